//! `agentctl explain JOB`: all that a job's place in the ranking rests on; of a goal,
//! what its plan does.

use agent_api::v1::{ExplainJobRequest, Explanation, ModelCall, NearJob, Reason, ShowGoalRequest};
use tonic::Code;

use super::goals;
use super::jobs::draw::{place_of, verdict};
use super::jobs::{read, same};
use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, DIM, GOOD, Screen, Span, WARN};
use crate::session::{Place, Session};

/// Show all that a job's place, or a goal's plan, rests on.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl explain 1\n  agentctl explain ab12\n  agentctl --json explain 1"
)]
pub(crate) struct Args {
    /// Unique beginning of a job's or a goal's id, or a job's row in the last list
    #[arg(value_name = "JOB|GOAL")]
    id: String,
}

/// Explains a job or a goal.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let id = rows::resolve(List::Jobs, &place.home, &args.id)?;
    let session = Session::open(place, output).await?;
    let asked = ExplainJobRequest { id: id.clone() };
    let missing = match session.jobs().explain(asked).await {
        Ok(explanation) => return output.show(&explanation.into_inner(), draw),
        Err(status) if status.code() == Code::NotFound => status,
        Err(status) => return Err(status.into()),
    };
    match session.goals().show(ShowGoalRequest { id }).await {
        Ok(goal) => output.show(&goal.into_inner(), goals::draw::whole),
        Err(_) => Err(missing.into()),
    }
}

fn draw(explanation: &Explanation, screen: &mut Screen, clock: &Clock) {
    let job = explanation.job.clone().unwrap_or_default();
    screen.line([
        Span::new(&job.title, BOLD),
        format!(" at {}", job.company).into(),
    ]);
    screen.field("place", place_of(&job));
    screen.field("pay", &job.pay);
    match explanation.rank {
        0 => screen.field("rank", "not ranked yet"),
        rank => screen.field(
            "rank",
            format!(
                "{rank} of {}, {:.1} of 100 points",
                explanation.of, explanation.total
            ),
        ),
    }
    let against = verdict(&job);
    screen.field("state", against);

    if !explanation.checks.is_empty() {
        screen.heading("Your limits");
        for check in &explanation.checks {
            let outcome = match check.outcome.as_str() {
                "pass" => Span::new("pass  ", GOOD),
                "ask" => Span::new("ask   ", WARN),
                "fail" => Span::new("FAIL  ", BAD),
                other => Span::from(format!("{other:<6}")),
            };
            screen.line([outcome, Span::new(&check.constraint, BOLD)]);
            draw_reasons(check.reason.as_slice(), screen);
        }
    }
    if !explanation.parts.is_empty() {
        screen.heading("Score");
        for part in &explanation.parts {
            let name = Span::new(format!("{:<12}", part.part), BOLD);
            if part.part == "feedback" {
                let points = part.value.unwrap_or_default();
                let beside = Span::new(" points in the order, beside the score", DIM);
                screen.line([name, format!("{points:>+5.1}").into(), beside]);
                draw_reasons(&part.reasons, screen);
                continue;
            }
            let sum = match part.value {
                Some(value) => Span::from(format!(
                    "{value:>5.1} × {:>2.0} % = {:>4.1} points",
                    part.share * 100.0,
                    value * part.share
                )),
                None => Span::new("unknown; its share goes to the other parts", DIM),
            };
            screen.line([name, sum]);
            draw_reasons(&part.reasons, screen);
        }
    }
    if !explanation.skills_missing.is_empty() {
        screen.heading("Asked for and not in your CV");
        screen.paragraph(0, &explanation.skills_missing.join(", "));
    }
    if let Some(reading) = &explanation.reading {
        read::read(reading, screen, clock);
    }
    draw_near(
        "Nearest of those you like",
        &explanation.nearest_liked,
        screen,
    );
    draw_near(
        "Nearest of those you hid",
        &explanation.nearest_hidden,
        screen,
    );
    same::list(&explanation.same_opening, screen);
    draw_calls(&explanation.model_calls, screen, clock);
    draw_origin(explanation, screen, clock);
}

fn draw_reasons(reasons: &[Reason], screen: &mut Screen) {
    for reason in reasons {
        screen.paragraph(6, &reason.text);
        for evidence in &reason.evidence {
            // The mark of a list says nothing outside its list.
            let quote = evidence.quote.trim_start_matches(['-', '*', '•', ' ']);
            screen.paragraph(8, &format!("{}: “{quote}”", evidence.source));
        }
    }
}

/// Jobs the person spoke of, with how near each is and what they said.
fn draw_near(heading: &str, near: &[NearJob], screen: &mut Screen) {
    if near.is_empty() {
        return;
    }
    screen.heading(heading);
    for one in near {
        let job = one.job.clone().unwrap_or_default();
        screen.cut_line([
            Span::new(format!("{:.2}  ", one.cosine), BOLD),
            format!("{} at {}", job.title, job.company).into(),
        ]);
        if !one.reason.is_empty() {
            screen.paragraph(6, &format!("you said: “{}”", one.reason));
        }
    }
}

fn draw_origin(explanation: &Explanation, screen: &mut Screen, clock: &Clock) {
    screen.heading("Where this comes from");
    screen.field("plugin", &explanation.plugin);
    screen.field("board", &explanation.source_url);
    screen.field("fetched", &explanation.fetched_url);
    screen.field("at", clock.time(explanation.fetched_at.as_ref()));
    screen.field("content", &explanation.content_hash);
    screen.field(
        "profile",
        format!("revision {}", explanation.profile_revision),
    );
    screen.field("vectors", &explanation.vectors);
    if explanation.model_calls.is_empty() {
        screen.field("models", "no language model was called");
    }
}

/// What models were asked about it, also what was refused.
fn draw_calls(calls: &[ModelCall], screen: &mut Screen, clock: &Clock) {
    if calls.is_empty() {
        return;
    }
    screen.heading("What models were asked");
    for call in calls {
        let (seconds, tenths) = (call.millis / 1000, call.millis % 1000 / 100);
        let outcome = match call.outcome.as_str() {
            "ok" => Span::new("used", GOOD),
            "cached" => Span::new("known from before", DIM),
            "invalid" => Span::new("not used: another shape", WARN),
            other => Span::new(other, WARN),
        };
        let cost = match call.outcome.as_str() {
            "cached" => String::new(),
            _ => format!(
                "; {} + {} tokens, {seconds}.{tenths} s",
                call.tokens_in, call.tokens_out
            ),
        };
        screen.line([
            format!("{}  ", clock.time(call.at.as_ref())).into(),
            Span::new(&call.task, BOLD),
            format!(" by {}: ", call.model).into(),
            outcome,
            Span::new(cost, DIM),
        ]);
        if !call.why.is_empty() {
            screen.paragraph(6, &call.why);
        }
        if call.outcome == "ok" {
            let prompt: String = call.prompt.chars().take(16).collect();
            screen.paragraph(6, &format!("question {prompt}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::{Check, Evidence, Part};

    use super::super::jobs::draw::tests::row;
    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn p7_every_number_and_verdict_shows_what_it_rests_on() {
        let reason = |text: &str, source: &str, quote: &str| Reason {
            text: text.to_owned(),
            evidence: vec![Evidence {
                source: source.to_owned(),
                quote: quote.to_owned(),
            }],
        };
        let explanation = Explanation {
            job: Some(row()),
            plugin: "greenhouse 0.1.0".to_owned(),
            source_url: "https://boards.greenhouse.io/kranich".to_owned(),
            fetched_url: "https://boards-api.greenhouse.io/v1/boards/kranich/jobs?content=true"
                .to_owned(),
            fetched_at: at("2026-03-02T07:30:00Z"),
            content_hash: "9f86d081884c7d65".to_owned(),
            checks: vec![
                Check {
                    constraint: "location".to_owned(),
                    outcome: "pass".to_owned(),
                    reason: Some(reason("in a place you named", "posting", "Berlin · Zürich")),
                },
                Check {
                    constraint: "permit".to_owned(),
                    outcome: "ask".to_owned(),
                    reason: Some(reason(
                        "it asks for a right to work that your profile does not state",
                        "posting",
                        "You must be authorised to work in Germany\u{1b}[8m.",
                    )),
                },
            ],
            parts: vec![
                Part {
                    part: "skills".to_owned(),
                    value: Some(92.0),
                    share: 0.389,
                    reasons: vec![reason("8 of 9 skills", "profile", "Rust, PostgreSQL, gRPC")],
                },
                Part {
                    part: "salary".to_owned(),
                    value: None,
                    share: 0.0,
                    reasons: Vec::new(),
                },
                Part {
                    part: "feedback".to_owned(),
                    value: Some(2.14),
                    share: 0.0,
                    reasons: vec![reason(
                        "skill Rust moves it up: you wanted 1 with it",
                        "preference",
                        "liked: Backend Engineer at Muster GmbH",
                    )],
                },
            ],
            total: 87.4,
            profile_revision: 2,
            vectors: "minilm-static-128".to_owned(),
            rank: 3,
            of: 180,
            skills_missing: vec!["Kafka".to_owned()],
            nearest_liked: vec![NearJob {
                job: Some(row()),
                cosine: 0.914,
                ..NearJob::default()
            }],
            nearest_hidden: vec![NearJob {
                job: Some(row()),
                cosine: 0.7,
                reason: "only on site\u{1b}[2J".to_owned(),
                at: at("2026-03-01T07:30:00Z"),
            }],
            ..Explanation::default()
        };
        insta::assert_snapshot!(drawn(&explanation, draw));
    }
}
