//! `agentctl learn`: what the person learns.

use agent_api::v1::{LearnRequest, LearnedSkill, ListLearningRequest, ListLearningResponse};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::{self, Output};
use crate::screen::{BOLD, Column, GOOD, Screen, Span, Table};
use crate::session::{Place, Session};

/// What can be done with skills to learn.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say that you learn a skill; reports show since when
    #[command(after_help = "Examples:\n  agentctl learn start Kubernetes")]
    Start {
        /// The skill, by any of its names
        skill: String,
    },
    /// Say that you have a skill now: it goes into your profile, and the openings are ranked anew
    #[command(after_help = "Examples:\n  agentctl learn done Kubernetes\n  \
        agentctl learn done Kubernetes --level 3 --yes\n\n\
        It stands in your profile as your own word; to take it back:\n  \
        agentctl profile skill Kubernetes --clear")]
    Done {
        /// The skill, by any of its names
        skill: String,
        /// From 1 (beginner) to 5 (expert)
        #[arg(long, value_name = "LEVEL", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=5))]
        level: u32,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Give up learning a skill
    #[command(after_help = "Examples:\n  agentctl learn drop Kubernetes")]
    Drop {
        /// The skill, by any of its names
        skill: String,
    },
    /// List what you learn and have learned
    #[command(after_help = "Examples:\n  agentctl learn list\n  agentctl --json learn list")]
    List,
}

/// Runs a command on skills to learn.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let request = match command {
        Command::List => {
            let session = Session::open(place, output).await?;
            let list = session
                .reports()
                .list_learning(ListLearningRequest {})
                .await?;
            return output.show(&list.into_inner(), draw_list);
        }
        Command::Start { skill } => step(skill, "start", 0),
        Command::Drop { skill } => step(skill, "drop", 0),
        Command::Done { skill, level, yes } => {
            let question = format!("State {skill} in your profile, at level {level} of 5?");
            if !yes && !output::is_interactive() {
                return Err(
                    Failure::refused("this changes your profile, and nobody can be asked")
                        .reason("not-asked")
                        .hint("say it with --yes"),
                );
            }
            if !yes && !output.confirm(&question)? {
                return Err(Failure::refused("nothing was changed").reason("declined"));
            }
            step(skill, "done", level)
        }
    };
    let session = Session::open(place, output).await?;
    let learned = session.reports().learn(request).await?.into_inner();
    output.show(&learned, draw)
}

fn step(skill: String, step: &str, level: u32) -> LearnRequest {
    LearnRequest {
        skill,
        step: step.to_owned(),
        level,
    }
}

fn draw(learned: &LearnedSkill, screen: &mut Screen, _: &Clock) {
    let LearnedSkill { skill, state, .. } = learned;
    let (text, next) = match (state.as_str(), learned.changed) {
        ("learning", true) => ("You learn", "agentctl report learning-path"),
        ("learning", false) => ("You learn already", "agentctl learn list"),
        ("done", _) => ("In your profile now:", "agentctl report skill-gap"),
        _ => ("Given up:", "agentctl learn list"),
    };
    screen.line([format!("{text} ").into(), Span::new(skill, BOLD)]);
    screen.next(next);
}

fn draw_list(list: &ListLearningResponse, screen: &mut Screen, clock: &Clock) {
    if list.skills.is_empty() {
        screen.line(["You said of no skill that you learn it.".into()]);
        screen.next("agentctl report skill-gap");
        return;
    }
    let mut table = Table::new([
        ("skill", Column::Cut),
        ("state", Column::Left),
        ("since", Column::Left),
        ("until", Column::Left),
    ]);
    for one in &list.skills {
        let state = match one.state.as_str() {
            "done" => Span::new("done", GOOD),
            other => Span::from(other),
        };
        table.row([
            Span::new(&one.skill, BOLD),
            state,
            clock.time(one.started.as_ref()).into(),
            clock.time(one.ended.as_ref()).into(),
        ]);
    }
    screen.table(&table);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn what_is_learned_is_listed_with_its_days() {
        let skill = |skill: &str, state: &str| LearnedSkill {
            skill: skill.to_owned(),
            state: state.to_owned(),
            started: at("2026-02-11T09:00:00Z"),
            ended: (state == "done")
                .then(|| at("2026-03-01T09:00:00Z"))
                .flatten(),
            changed: true,
        };
        let list = ListLearningResponse {
            skills: vec![skill("Kubernetes", "learning"), skill("Git", "done")],
        };
        insta::assert_snapshot!(drawn(&list, draw_list));
        assert!(drawn(&skill("Git", "done"), draw).contains("In your profile now: Git"));
    }
}
