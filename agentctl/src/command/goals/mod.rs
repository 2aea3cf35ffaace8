//! `agentctl goals`: what was asked for, and how far it is.

pub(super) mod draw;

use agent_api::v1::{
    AnswerGoalRequest, CancelGoalRequest, ListGoalsRequest, RetryGoalRequest, ShowGoalRequest,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::output::Output;
use crate::rows::{self, List};
use crate::session::{Place, Session};

/// What can be done with goals.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the goals that are at work, wait or stand
    #[command(after_help = "Examples:\n  agentctl goals list\n  agentctl goals list --all")]
    List {
        /// Also those that are over
        #[arg(long)]
        all: bool,
    },
    /// Show a goal: its plan, who planned it, each step, what models were asked
    #[command(after_help = "Examples:\n  agentctl goals show 1\n  agentctl --json goals show ab12")]
    Show {
        /// Row of the last list, or how its id begins
        goal: String,
    },
    /// End a goal; what it prepared stays
    #[command(after_help = "Examples:\n  agentctl goals cancel 1")]
    Cancel {
        /// Row of the last list, or how its id begins
        goal: String,
    },
    /// Try again what was given up
    #[command(after_help = "Examples:\n  agentctl goals retry 1")]
    Retry {
        /// Row of the last list, or how its id begins
        goal: String,
    },
    /// Answer what a goal asks
    #[command(after_help = "Examples:\n  agentctl goals answer 1 list\n  \
        agentctl goals answer ab12 prepare")]
    Answer {
        /// Row of the last list, or how its id begins
        goal: String,
        /// One of the answers it names
        answer: String,
    },
}

/// Runs a command on goals.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let resolve = |typed: &String| rows::resolve(List::Goals, &place.home, typed);
    let session = Session::open(place, output).await?;
    let mut goals = session.goals();
    match command {
        Command::List { all } => {
            let list = goals.list(ListGoalsRequest { all }).await?.into_inner();
            let ids = list.goals.iter().map(|goal| goal.id.as_str());
            rows::keep(List::Goals, &place.home, 0, ids);
            output.show(&list, draw::list)
        }
        Command::Show { goal } => {
            let id = resolve(&goal)?;
            let shown = goals.show(ShowGoalRequest { id }).await?.into_inner();
            output.show(&shown, draw::whole)
        }
        Command::Cancel { goal } => {
            let id = resolve(&goal)?;
            let ended = goals.cancel(CancelGoalRequest { id }).await?.into_inner();
            output.show(&ended, |goal, screen, _| {
                screen.line([
                    format!("The goal {} is ended: {}", goal.short_id, goal.sentence).into(),
                ]);
                screen.line(["What it prepared stays in your review queue.".into()]);
            })
        }
        Command::Retry { goal } => {
            let id = resolve(&goal)?;
            let again = goals.retry(RetryGoalRequest { id }).await?.into_inner();
            output.show(&again, draw::whole)
        }
        Command::Answer { goal, answer } => {
            let id = resolve(&goal)?;
            let request = AnswerGoalRequest { id, answer };
            let on = goals.answer(request).await?.into_inner();
            output.show(&on, draw::whole)
        }
    }
}
