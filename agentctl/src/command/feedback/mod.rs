//! `agentctl like`, `hide` and what takes them back, `feedback` and `rules`.

mod draw;

use agent_api::v1::{
    AcceptRuleRequest, ListFeedbackRequest, ListRulesRequest, SayRequest, UndoRuleRequest,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::output::Output;
use crate::rows::{self, List};
use crate::session::{Place, Session};

/// Say that you like an opening: others like it move up
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl like 3\n  agentctl like ab12 --reason \"small team\"\n\n\
    What you like and hide changes the order by a few points, and none of your limits.\n\
    agentctl unlike takes it back."
)]
pub(crate) struct Like {
    /// Unique beginning of its id, or its row in the last list
    job: String,
    /// Why, in your words
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
}

/// Take an opening out of the lists: others like it move down
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl hide 3\n  agentctl hide ab12 --reason \"an agency\"\n\n\
    agentctl jobs list --hidden shows it still; agentctl unhide takes it back."
)]
pub(crate) struct Hide {
    /// Unique beginning of its id, or its row in the last list
    job: String,
    /// Why, in your words
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
}

/// Take a like back
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl unlike 3\n  agentctl unlike ab12")]
pub(crate) struct Unlike {
    /// Unique beginning of its id, or its row in the last list
    job: String,
}

/// Show a hidden opening in the lists again
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl unhide ab12\n  agentctl unhide 1")]
pub(crate) struct Unhide {
    /// Unique beginning of its id, or its row in the last list
    job: String,
}

/// What can be done with what was said.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the openings you like and hide, the latest first
    #[command(
        after_help = "Examples:\n  agentctl feedback list\n  agentctl feedback list --limit 5"
    )]
    List {
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
}

/// What can be done with rules.
#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// List proposed and accepted rules, with what each changes
    #[command(
        after_help = "Examples:\n  agentctl rules list\n  agentctl --json rules list\n\n\
        A rule is proposed when five openings you hid, or liked, have something in\n\
        common. It moves or hides openings, and touches none of your limits."
    )]
    List,
    /// Accept a proposed rule
    #[command(after_help = "Examples:\n  agentctl rules accept p3fa2")]
    Accept {
        /// Its name in the list
        rule: String,
    },
    /// Take an accepted rule back
    #[command(after_help = "Examples:\n  agentctl rules undo 3")]
    Undo {
        /// Its number in the list
        rule: String,
    },
}

/// What a person says of a job.
pub(super) enum Said {
    Like(Like),
    Hide(Hide),
    Unlike(Unlike),
    Unhide(Unhide),
}

/// Passes on what the person says of a job.
pub(super) async fn say(said: Said, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let (word, job, reason) = match said {
        Said::Like(Like { job, reason }) => ("like", job, reason),
        Said::Hide(Hide { job, reason }) => ("hide", job, reason),
        Said::Unlike(Unlike { job }) => ("unlike", job, String::new()),
        Said::Unhide(Unhide { job }) => ("unhide", job, String::new()),
    };
    let request = SayRequest {
        id: rows::resolve(List::Jobs, &place.home, &job)?,
        said: word.to_owned(),
        reason,
    };
    let session = Session::open(place, output).await?;
    let answer = session.feedback().say(request).await?.into_inner();
    output.show(&answer, |answer, screen, _| {
        draw::said(word, answer, screen)
    })
}

/// Runs a command on what was said.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    match command {
        Command::List { limit } => {
            let request = ListFeedbackRequest { limit };
            let list = session.feedback().list(request).await?.into_inner();
            let ids = list.entries.iter().filter_map(|entry| entry.job.as_ref());
            rows::keep(List::Jobs, &place.home, 0, ids.map(|job| job.id.as_str()));
            rows::keep_rest(&place.home, None);
            output.show(&list, draw::list)
        }
    }
}

/// Runs a command on rules.
pub(super) async fn rules(
    command: Rules,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut feedback = session.feedback();
    match command {
        Rules::List => {
            let list = feedback.rules(ListRulesRequest {}).await?.into_inner();
            output.show(&list, draw::rules)
        }
        Rules::Accept { rule } => {
            let request = AcceptRuleRequest { id: rule };
            let rule = feedback.accept_rule(request).await?.into_inner();
            output.show(&rule, |rule, screen, _| draw::accepted(rule, screen))
        }
        Rules::Undo { rule } => {
            let request = UndoRuleRequest { id: rule };
            let rule = feedback.undo_rule(request).await?.into_inner();
            output.show(&rule, |rule, screen, _| draw::undone(rule, screen))
        }
    }
}
