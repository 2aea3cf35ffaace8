//! `agentctl prompts`: what models are asked, and what you changed in it.

use agent_api::v1::{Prompt, PromptsRequest, PromptsResponse, ResetPromptRequest};
use clap::Subcommand;
use similar::{ChangeTag, TextDiff};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, BOLD, Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::session::{Place, Session};

/// What can be done with prompts.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the prompts, and which you changed
    #[command(after_help = "Examples:\n  agentctl prompts list\n  agentctl --json prompts list")]
    List,
    /// Show a prompt as it is used, and where to write your own
    #[command(after_help = "Examples:\n  agentctl prompts show posting\n  \
        agentctl prompts show posting --body > ~/my-posting.md\n\n\
        To change one, write your text into the file that is named; it is used from the\n\
        next question on. What is put in, its limits and the shape of the answer stay.")]
    Show {
        /// Its name
        name: String,
        /// Print the text alone, to begin your own with
        #[arg(long)]
        body: bool,
    },
    /// Show what you changed in a prompt
    #[command(after_help = "Examples:\n  agentctl prompts diff posting")]
    Diff {
        /// Its name
        name: String,
    },
    /// Use the prompt that came with the program again
    #[command(after_help = "Examples:\n  agentctl prompts reset posting\n\n\
        Your text is kept beside it, as NAME.md.old.")]
    Reset {
        /// Its name
        name: String,
    },
}

/// Runs a command on prompts.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let all = session.models().prompts(PromptsRequest {}).await?;
    let all = all.into_inner();
    match command {
        Command::List => output.show(&all, draw_list),
        Command::Show { name, body } => {
            let prompt = named(all, &name)?;
            if body {
                return output.raw(prompt.body.as_bytes());
            }
            output.show(&prompt, draw)
        }
        Command::Diff { name } => output.show(&named(all, &name)?, draw_diff),
        Command::Reset { name } => {
            let name = named(all, &name)?.name;
            let asked = ResetPromptRequest { name: name.clone() };
            let reset = session.models().reset_prompt(asked).await?.into_inner();
            output.show(&reset, |reset, screen, _| match reset.kept.as_str() {
                "" => screen.line(["You had changed nothing.".into()]),
                kept => {
                    screen.line([format!("The built-in prompt {name} is used again.").into()]);
                    screen.field("your text", kept);
                }
            })
        }
    }
}

fn named(all: PromptsResponse, name: &str) -> Result<Prompt, Failure> {
    let found = all.prompts.into_iter().find(|prompt| prompt.name == name);
    found.ok_or_else(|| {
        Failure::refused("there is no prompt of this name")
            .reason("unknown-id")
            .hint("see them with: agentctl prompts list")
    })
}

fn draw_list(all: &PromptsResponse, screen: &mut Screen, _: &Clock) {
    let mut table = Table::new([
        ("prompt", Column::Left),
        ("used", Column::Left),
        ("for", Column::Main),
    ]);
    for prompt in &all.prompts {
        let used = match (prompt.problem.is_empty(), prompt.changed) {
            (false, _) => Span::new("built-in", WARN),
            (true, true) => Span::new("yours", GOOD),
            (true, false) => Span::new("built-in", DIM),
        };
        let problem = match prompt.problem.as_str() {
            "" => String::new(),
            why => format!("yours is not used: {why}"),
        };
        table.row_with_notes(
            [(&prompt.name).into(), used, (&prompt.purpose).into()],
            [Note::Whole(Span::new(problem, BAD))],
        );
    }
    screen.table(&table);
    screen.next("agentctl prompts show NAME");
}

fn draw(prompt: &Prompt, screen: &mut Screen, _: &Clock) {
    screen.line([
        Span::new(&prompt.name, BOLD),
        format!(": {}", prompt.purpose).into(),
    ]);
    head(prompt, screen);
    let inputs: Vec<String> = prompt
        .inputs
        .iter()
        .map(|input| {
            let quoted = if input.quoted { ", as a quotation" } else { "" };
            format!("{} (at most {} characters{quoted})", input.name, input.cap)
        })
        .collect();
    screen.field("put in", inputs.join("; "));
    screen.field("answer", format!("at most {} tokens", prompt.answer_tokens));
    screen.blank();
    screen.text_lines(2, &prompt.body);
}

fn head(prompt: &Prompt, screen: &mut Screen) {
    match (prompt.problem.as_str(), prompt.changed) {
        ("", true) => screen.field("used", Span::new("yours", GOOD)),
        ("", false) => screen.field("used", "the built-in one"),
        (why, _) => screen.field(
            "used",
            Span::new(format!("the built-in one; yours is not: {why}"), BAD),
        ),
    }
    screen.field("your own", &prompt.path);
}

fn draw_diff(prompt: &Prompt, screen: &mut Screen, _: &Clock) {
    screen.line([Span::new(&prompt.name, BOLD)]);
    head(prompt, screen);
    if !prompt.changed {
        screen.line(["You have changed nothing.".into()]);
        return;
    }
    screen.blank();
    let old: Vec<&str> = prompt.built_in.lines().collect();
    let new: Vec<&str> = prompt.body.lines().collect();
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        let style = match change.tag() {
            ChangeTag::Delete => BAD,
            ChangeTag::Insert => GOOD,
            ChangeTag::Equal => DIM,
        };
        let line = format!("{} {}", change.tag(), change.value());
        screen.line([Span::new(line, style)]);
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::PromptInput;

    use super::*;
    use crate::command::testing::drawn;

    fn prompt() -> Prompt {
        Prompt {
            name: "posting".to_owned(),
            purpose: "Reads what one posting asks for".to_owned(),
            inputs: vec![PromptInput {
                name: "text".to_owned(),
                cap: 7000,
                quoted: true,
            }],
            answer_tokens: 900,
            body: "Read it.\nBe brief.\n===\n{{ text }}\n".to_owned(),
            built_in: "Read it.\nBe exact.\n===\n{{ text }}\n".to_owned(),
            changed: true,
            path: "/home/ada/.local/share/agentd/prompts/posting.md".to_owned(),
            problem: String::new(),
        }
    }

    #[test]
    fn prompts_are_listed_shown_and_compared() {
        let broken = Prompt {
            name: "plan".to_owned(),
            purpose: "Plans".to_owned(),
            changed: false,
            problem: "/home/ada/prompts/plan.md, line 3: there is no input cv".to_owned(),
            ..prompt()
        };
        let all = PromptsResponse {
            prompts: vec![prompt(), broken],
        };
        insta::assert_snapshot!("list", drawn(&all, draw_list));
        insta::assert_snapshot!("show", drawn(&prompt(), draw));
        insta::assert_snapshot!("diff", drawn(&prompt(), draw_diff));
    }
}
