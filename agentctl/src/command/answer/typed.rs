//! What a person types as an answer, and what it means for its question.
#![deny(clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;

use agent_api::v1::{GivenAnswer, PendingQuestion};

use crate::error::{Failure, Kind};

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command) enum Form {
    /// A line.
    Line,
    /// Many lines.
    Text,
    /// One of the options.
    One,
    /// Any of the options.
    Several,
    /// Yes or no.
    Box,
    /// A file's path.
    File,
}

/// What the answer must fit.
#[derive(Debug, Clone, Copy)]
pub(in crate::command) struct Slot<'a> {
    /// How it is answered.
    pub(in crate::command) form: Form,
    /// Whether it must be answered.
    pub(in crate::command) required: bool,
    /// Texts of the choices.
    pub(in crate::command) options: &'a [String],
}

impl<'a> Slot<'a> {
    /// The slot of a pending question.
    pub(super) fn of(question: &'a PendingQuestion) -> Self {
        Self {
            form: form(&question.kind, &question.options),
            required: question.required,
            options: &question.options,
        }
    }

    /// The values of a typed line, or why they do not fit.
    pub(in crate::command) fn line(&self, typed: &str) -> Result<Vec<String>, String> {
        let typed = typed.trim();
        match self.form {
            Form::Several => {
                // A choice's own text may have commas in it.
                let parts = match self.option(typed) {
                    Ok(_) => vec![typed],
                    Err(_) => typed.split(',').map(str::trim).collect(),
                };
                self.values(&parts)
            }
            Form::Line | Form::Text | Form::One | Form::Box | Form::File => self.values(&[typed]),
        }
    }

    /// The values given one by one, or why they do not fit.
    pub(in crate::command) fn values(&self, given: &[&str]) -> Result<Vec<String>, String> {
        let given: Vec<&str> = given
            .iter()
            .copied()
            .filter(|value| !value.is_empty())
            .collect();
        if given.is_empty() {
            return match self.required {
                true => Err("this one must be answered".to_owned()),
                false => Ok(Vec::new()),
            };
        }
        if let (Form::Line | Form::Text | Form::One | Form::Box | Form::File, [_, _, ..]) =
            (self.form, given.as_slice())
        {
            return Err("it takes one answer".to_owned());
        }
        given
            .into_iter()
            .map(|value| match self.form {
                Form::One | Form::Several => self.option(value),
                Form::Box => yes_or_no(value),
                Form::File => file(value),
                Form::Line | Form::Text => Ok(value.to_owned()),
            })
            .collect()
    }

    /// An option by its text or by its number from 1.
    fn option(&self, typed: &str) -> Result<String, String> {
        let exact = self.options.iter().find(|option| option.as_str() == typed);
        let loose = || {
            let mut alike = self
                .options
                .iter()
                .filter(|option| option.to_lowercase() == typed.to_lowercase());
            alike.next().filter(|_| alike.next().is_none())
        };
        let numbered = || {
            let number = typed.parse::<usize>().ok()?.checked_sub(1)?;
            self.options.get(number)
        };
        exact
            .or_else(loose)
            .or_else(numbered)
            .cloned()
            .ok_or_else(|| format!("{typed:?} is none of the {} choices", self.options.len()))
    }
}

/// How a kind of question is answered. A list whose choices are not known is a line of text.
pub(super) fn form(kind: &str, options: &[String]) -> Form {
    match kind {
        "long-text" => Form::Text,
        "select" | "radio" | "combobox" if !options.is_empty() => Form::One,
        "multi-select" | "checkbox-group" if !options.is_empty() => Form::Several,
        "checkbox" => Form::Box,
        "file" => Form::File,
        _ => Form::Line,
    }
}

fn yes_or_no(typed: &str) -> Result<String, String> {
    match typed.to_lowercase().as_str() {
        "y" | "yes" => Ok("yes".to_owned()),
        "n" | "no" => Ok("no".to_owned()),
        _ => Err("type yes or no".to_owned()),
    }
}

/// The daemon runs elsewhere, so it is told the whole path.
fn file(typed: &str) -> Result<String, String> {
    let path = std::path::absolute(typed).map_err(|error| error.to_string())?;
    match path.is_file() {
        true => Ok(path.to_string_lossy().into_owned()),
        false => Err(format!("there is no file {}", path.display())),
    }
}

/// The answers of `--set` and `--set-file`, each checked against its question.
pub(super) fn given(
    set: &[String],
    set_file: &[String],
    questions: &[PendingQuestion],
) -> Result<Vec<GivenAnswer>, Failure> {
    let mut by_number: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for argument in set {
        let (number, value) = split(argument)?;
        by_number.entry(number).or_default().push(value.to_owned());
    }
    for argument in set_file {
        let (number, file) = split(argument)?;
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::file("read", Path::new(file), &error))?;
        let text = text.trim_end_matches('\n').replace("\r\n", "\n");
        by_number.entry(number).or_default().push(text);
    }
    by_number
        .into_iter()
        .map(|(number, values)| {
            let question = questions
                .iter()
                .find(|question| question.number == number)
                .ok_or_else(|| {
                    usage(format!("there is no question {number}"))
                        .hint("see them all with: agentctl answer ID --json")
                })?;
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let values = Slot::of(question)
                .values(&values)
                .map_err(|why| usage(format!("question {number}: {why}")))?;
            Ok(GivenAnswer {
                number,
                values,
                keep: false,
            })
        })
        .collect()
}

fn split(argument: &str) -> Result<(u32, &str), Failure> {
    argument
        .split_once('=')
        .and_then(|(number, value)| Some((number.trim().parse().ok()?, value)))
        .ok_or_else(|| {
            usage(format!("{argument:?} is not NUMBER=VALUE"))
                .hint("such as: --set 2=\"Three months\"")
        })
}

fn usage(message: String) -> Failure {
    Failure::new(Kind::Usage, message).reason(agent_api::reason::INVALID_VALUE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str, required: bool, options: &[&str]) -> PendingQuestion {
        PendingQuestion {
            number: 1,
            kind: kind.to_owned(),
            required,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            ..PendingQuestion::default()
        }
    }

    fn check(question: &PendingQuestion, typed: &str, expected: Option<&[&str]>) {
        let values = Slot::of(question).line(typed).ok();
        let values = values
            .as_ref()
            .map(|values| values.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(
            values.as_deref(),
            expected,
            "{typed:?} for {}",
            question.kind
        );
    }

    #[test]
    fn what_is_typed_fits_its_question_or_is_asked_again() {
        let text = question("text", true, &[]);
        check(&text, " Three months ", Some(&["Three months"]));
        check(&text, "", None);
        check(&question("text", false, &[]), "", Some(&[]));

        let one = question("radio", true, &["Yes", "No", "3"]);
        check(&one, "1", Some(&["Yes"]));
        check(&one, "no", Some(&["No"]));
        check(&one, "3", Some(&["3"]));
        check(&one, "4", None);
        check(&one, "y", None);
        check(&one, "0", None);
        check(&one, "", None);
        check(&question("select", true, &["a", "A"]), "a", Some(&["a"]));

        let several = question("checkbox-group", false, &["Rust", "C, C++", "Go"]);
        check(&several, "1, go", Some(&["Rust", "Go"]));
        check(&several, "C, C++", Some(&["C, C++"]));
        check(&several, "1,9", None);
        check(&several, "", Some(&[]));

        let tick = question("checkbox", true, &[]);
        check(&tick, "Y", Some(&["yes"]));
        check(&tick, "no", Some(&["no"]));
        check(&tick, "1", None);
        check(&tick, "", None);

        check(
            &question("combobox", true, &[]),
            "Berlin",
            Some(&["Berlin"]),
        );
        check(&question("file", true, &[]), "/nowhere/at/all.pdf", None);
    }

    #[test]
    fn the_command_line_answers_by_number() {
        let questions = [
            question("checkbox-group", true, &["Rust", "Go"]),
            PendingQuestion {
                number: 2,
                ..question("text", false, &[])
            },
        ];
        let of = |set: &[&str]| {
            let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
            given(&set, &[], &questions)
        };
        let answers = of(&["1=Rust", "1=2", "2=a=b"]).unwrap();
        assert_eq!(answers[0].values, ["Rust", "Go"]);
        assert_eq!(answers[1].values, ["a=b"]);
        assert!(of(&["2="]).unwrap()[0].values.is_empty());
        for wrong in ["3=x", "x", "one=x", "1=", "1=Perl"] {
            assert_eq!(of(&[wrong]).unwrap_err().kind().code(), 2, "{wrong}");
        }
    }
}
