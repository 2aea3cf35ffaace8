//! `agentctl answers`: what the person answered before, for the next form.

use agent_api::v1::{
    Answer, EditAnswerRequest, ListAnswersRequest, ListAnswersResponse, RemoveAnswerRequest,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BOLD, DIM, Screen, Span};
use crate::session::{Place, Session};
use crate::text::count;

/// What can be done with kept answers.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the answers that are kept for other forms
    #[command(after_help = "Examples:\n  agentctl answers list\n  agentctl --json answers list")]
    List,
    /// Change a kept answer; forms that wait for review keep the old one
    #[command(
        after_help = "Examples:\n  agentctl answers edit 3 \"Three months\"\n  \
        agentctl answers edit 5 German English   (several choices)"
    )]
    Edit {
        /// Its number in the list
        number: u64,
        /// The new answer; several for a question with several choices
        #[arg(required = true)]
        values: Vec<String>,
    },
    /// Forget a kept answer; the next form asks again
    #[command(after_help = "Examples:\n  agentctl answers remove 3")]
    Remove {
        /// Its number in the list
        number: u64,
    },
}

/// Runs a command on kept answers.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut answers = session.answers();
    match command {
        Command::List => {
            let list = answers.list(ListAnswersRequest {}).await?.into_inner();
            output.show(&list, draw)
        }
        Command::Edit { number, values } => {
            let request = EditAnswerRequest { id: number, values };
            let answer = answers.edit(request).await?.into_inner();
            output.show(&answer, |answer, screen, clock| {
                draw_answer(answer, screen, clock);
            })
        }
        Command::Remove { number } => {
            let removed = answers.remove(RemoveAnswerRequest { id: number }).await?;
            output.show(removed.get_ref(), |_, screen, _| {
                screen.line([format!("Answer {number} is forgotten.").into()]);
            })
        }
    }
}

fn draw(list: &ListAnswersResponse, screen: &mut Screen, clock: &Clock) {
    if list.answers.is_empty() {
        screen.line(["No answer is kept yet. What you answer for one form can be.".into()]);
        return;
    }
    for answer in &list.answers {
        draw_answer(answer, screen, clock);
    }
    screen.blank();
    screen.line([format!("{}.", count(list.answers.len() as u64, "answer")).into()]);
    screen.next("agentctl answers edit NUMBER VALUE");
}

fn draw_answer(answer: &Answer, screen: &mut Screen, clock: &Clock) {
    screen.hanging(
        [Span::new(format!("{:>3}  ", answer.id), DIM)],
        Span::new(&answer.question, BOLD),
    );
    match answer.values.as_slice() {
        [] => screen.line([Span::new("     left empty", DIM)]),
        values => screen.text_lines(5, &values.join("\n")),
    }
    let used = match answer.used {
        0 => "not used yet".to_owned(),
        used => format!("used in {}", count(used, "form")),
    };
    let about = [
        answer.question_class.as_str(),
        used.as_str(),
        &clock.time(answer.changed.as_ref()),
    ];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    screen.line([Span::new(format!("     {}", about.join(" · ")), DIM)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn kept_answers_are_listed_with_their_numbers() {
        let list = ListAnswersResponse {
            answers: vec![
                Answer {
                    id: 3,
                    question: "What is your notice period?\u{1b}[2J".to_owned(),
                    values: vec!["Three months".to_owned()],
                    kind: "text".to_owned(),
                    question_class: "availability".to_owned(),
                    changed: at("2026-03-01T09:00:00Z"),
                    used: 2,
                },
                Answer {
                    id: 5,
                    question: "Languages".to_owned(),
                    values: vec!["German".to_owned(), "English".to_owned()],
                    ..Answer::default()
                },
            ],
        };
        insta::assert_snapshot!(drawn(&list, draw));
        let none = drawn(&ListAnswersResponse::default(), draw);
        assert!(none.starts_with("No answer is kept yet."), "{none}");
    }
}
