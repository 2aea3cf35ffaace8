//! `agentctl jobs read`: what a model reads out of one posting.

use agent_api::v1::{JobReading, ReadJobProgress, ReadJobRequest, ReadSkill};
use tonic::Streaming;

use crate::error::Failure;
use crate::moment::Clock;
use crate::moving::MovingLine;
use crate::output::Output;
use crate::screen::{BOLD, DIM, Screen, Span, WARN};
use crate::session::Session;

/// Has a model read a posting, and shows what it read.
pub(super) async fn run(id: String, session: &Session, output: &mut Output) -> Result<(), Failure> {
    let steps = session.jobs().read(ReadJobRequest { id }).await?;
    let reading = to_end(steps.into_inner(), output).await?;
    output.show(&reading, draw)
}

async fn to_end(
    mut steps: Streaming<ReadJobProgress>,
    output: &Output,
) -> Result<JobReading, Failure> {
    let line = MovingLine::new(output.format);
    while let Some(step) = steps.message().await? {
        if let Some(reading) = step.reading {
            return Ok(reading);
        }
        line.says(&format!("{} reads: {} tokens", step.model, step.tokens));
    }
    Err(Failure::refused("the daemon ended the work early")
        .reason("work-ended")
        .hint("try again: agentctl jobs read JOB"))
}

fn draw(reading: &JobReading, screen: &mut Screen, clock: &Clock) {
    screen.line([
        Span::new(&reading.title, BOLD),
        format!(" at {}", reading.company).into(),
    ]);
    if reading.model.is_empty() {
        let why = format!("no model: {}", reading.nobody);
        screen.line([Span::new(why, WARN)]);
        screen.heading("What rules read");
        skills(&reading.by_rules, screen);
        screen.next("agentctl models list");
        return;
    }
    read(reading, screen, clock);
    let short: String = reading.job.chars().take(8).collect();
    screen.next(&format!("agentctl explain {short}"));
}

/// What a model read, marked as such.
pub(in crate::command) fn read(reading: &JobReading, screen: &mut Screen, clock: &Clock) {
    screen.heading("What the model read");
    screen.line([
        Span::new(&reading.model, BOLD),
        Span::new(
            format!(
                " ({}), {}; it moves no score",
                reading.tier,
                clock.relative(reading.at.as_ref())
            ),
            DIM,
        ),
    ]);
    if reading.skills.is_empty() {
        screen.line([Span::new("nothing that stands in the posting", DIM)]);
    }
    skills(&reading.skills, screen);
}

fn skills(all: &[ReadSkill], screen: &mut Screen) {
    for kind in ["must", "nice", "named"] {
        for skill in all.iter().filter(|skill| skill.kind == kind) {
            let known = match skill.label.as_str() {
                "" => String::new(),
                label if label.eq_ignore_ascii_case(&skill.skill) => String::new(),
                label => format!(" = {label}"),
            };
            screen.line([
                format!("  {kind:<6}").into(),
                Span::new(&skill.skill, BOLD),
                known.into(),
            ]);
            screen.paragraph(8, &format!("“{}”", skill.quote));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    fn skill(kind: &str, skill: &str, label: &str, quote: &str) -> ReadSkill {
        ReadSkill {
            kind: kind.to_owned(),
            skill: skill.to_owned(),
            label: label.to_owned(),
            quote: quote.to_owned(),
        }
    }

    #[test]
    fn what_a_model_read_is_marked_and_what_none_read_is_said() {
        let read = JobReading {
            title: "Backend Engineer".to_owned(),
            company: "Kranich".to_owned(),
            model: "qwen3:4b".to_owned(),
            tier: "ollama".to_owned(),
            at: at("2026-03-02T09:58:00Z"),
            skills: vec![
                skill("nice", "Kafka", "Apache Kafka", "Kafka is a plus"),
                skill("must", "Rust", "Rust", "three years of Rust in production"),
                skill("must", "shift planning", "", "you do our shift planning"),
            ],
            ..JobReading::default()
        };
        insta::assert_snapshot!(drawn(&read, draw));
        let none = JobReading {
            model: String::new(),
            nobody: "no model server answers at http://127.0.0.1:11434: refused".to_owned(),
            by_rules: vec![skill("named", "Rust", "Rust", "We write Rust.")],
            ..read
        };
        insta::assert_snapshot!("by_rules", drawn(&none, draw));
    }
}
