//! Asks one question on the terminal.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

use agent_api::v1::{GivenAnswer, PendingQuestion};

use super::question;
use super::typed::{Form, Slot};
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{Span, WARN};

/// Asks until the answer fits; none when the person ends the input (Ctrl-D).
pub(super) fn question(
    question: &PendingQuestion,
    editor: Option<&Path>,
    output: &mut Output,
) -> Result<Option<GivenAnswer>, Failure> {
    let slot = Slot::of(question);
    let mut screen = output.screen();
    question::draw(question, &mut screen);
    output.print(screen)?;
    let values = loop {
        let typed = match (slot.form, editor) {
            (Form::Text, Some(dir)) => Some(edit("", dir)?),
            (Form::Text, None) => text(question::prompt(question), output)?,
            (Form::Line | Form::One | Form::Several | Form::Box | Form::File, _) => {
                let screen = output.screen();
                output.ask(screen, question::prompt(question))?
            }
        };
        let Some(typed) = typed else { return Ok(None) };
        let typed = match (typed.trim(), question.suggestion.as_str()) {
            ("=", suggestion) if !suggestion.is_empty() => suggestion,
            _ => typed.as_str(),
        };
        match slot.line(typed) {
            Ok(values) => break values,
            Err(why) => {
                let mut screen = output.screen();
                screen.hanging(["     ".into()], Span::new(why, WARN));
                output.print(screen)?;
                // An editor that is opened again and again gives no chance to stop.
                if editor.is_some() && slot.form == Form::Text {
                    let screen = output.screen();
                    if output
                        .ask(screen, "     Enter opens the editor again: ")?
                        .is_none()
                    {
                        return Ok(None);
                    }
                }
            }
        }
    };
    let keep = question.keepable && !values.is_empty() && keep(output)?;
    Ok(Some(GivenAnswer {
        number: question.number,
        values,
        keep,
    }))
}

/// Asks whether an answer is for other forms too; yes unless told otherwise.
pub(in crate::command) fn keep(output: &mut Output) -> Result<bool, Failure> {
    let screen = output.screen();
    let typed = output.ask(screen, "     keep for other forms? [Y/n] ")?;
    Ok(typed.is_some_and(|typed| keeps(&typed)))
}

fn keeps(typed: &str) -> bool {
    matches!(typed.trim().to_lowercase().as_str(), "" | "y" | "yes")
}

/// Reads lines up to one with a single dot; none when the input ends before.
pub(in crate::command) fn text(
    prompt: &str,
    output: &mut Output,
) -> Result<Option<String>, Failure> {
    let mut screen = output.screen();
    screen.line([prompt.trim_end().into()]);
    let mut lines = Vec::new();
    let mut next = output.ask(screen, "     ")?;
    while let Some(line) = next {
        if line == "." || (lines.is_empty() && line.trim() == "=") {
            if line != "." {
                lines.push(line);
            }
            return Ok(Some(lines.join("\n")));
        }
        lines.push(line);
        next = output.next_line()?;
    }
    Ok(None)
}

/// Has the person write a text in their editor.
pub(in crate::command) fn edit(begin: &str, dir: &Path) -> Result<String, Failure> {
    let path = dir.join(format!("answer-{}.txt", std::process::id()));
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(begin.as_bytes()))
        .map_err(|error| Failure::file("write", &path, &error))?;
    let written = run_editor(&path).and_then(|()| {
        std::fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))
    });
    let _ = std::fs::remove_file(&path);
    Ok(written?.trim_end().replace("\r\n", "\n"))
}

fn run_editor(path: &Path) -> Result<(), Failure> {
    let named = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    };
    let editor = named("VISUAL").or_else(|| named("EDITOR")).ok_or_else(|| {
        Failure::refused("no editor is named").hint("set EDITOR, or answer without --editor")
    })?;
    // EDITOR may have arguments of its own, such as: code --wait
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let ended = Command::new(program).args(words).arg(path).status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => {
            Err(Failure::refused(format!("{program} ended with {status}"))
                .hint("nothing was answered"))
        }
        Err(error) => Err(Failure::file("run", Path::new(program), &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_unless_told_otherwise() {
        for (typed, expected) in [
            ("", true),
            ("Y", true),
            ("n", false),
            ("no", false),
            ("what", false),
        ] {
            assert_eq!(keeps(typed), expected, "{typed:?}");
        }
    }
}
