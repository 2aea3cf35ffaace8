//! What each kind of step does.

use agent_api::reason;
use agent_core::{
    plan::{Question, Work},
    report,
};
use agent_store::{ApplicationFilter, Goal, GoalStep, GoalStepState, stages};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::{draft, shortlist};
use crate::{
    analysis::{self, Analysis},
    clock,
    fault::{Fault, Kind},
    handle::Handle,
    pipeline::{self, Progress, Reporter},
    reports, sources,
};

/// Boards that were read within this time are not read again for a goal.
const FRESH: SignedDuration = SignedDuration::from_mins(60);

/// What came of a step.
pub(super) struct Done {
    pub(super) state: GoalStepState,
    pub(super) result: Value,
    /// The same in one line.
    pub(super) note: String,
}

impl Done {
    pub(super) fn with(result: Value, note: impl Into<String>) -> Self {
        Self {
            state: GoalStepState::Done,
            result,
            note: note.into(),
        }
    }

    pub(super) fn skipped(note: impl Into<String>) -> Self {
        Self {
            state: GoalStepState::Skipped,
            result: Value::Null,
            note: note.into(),
        }
    }
}

/// Does a step. Doing it again, after a kill in the middle, is as doing it once.
pub(super) async fn run(handle: &Handle, goal: &Goal, step: &GoalStep) -> Result<Done, Fault> {
    match &step.work {
        Work::Discover => discover(handle).await,
        Work::Rank => rank(handle).await,
        Work::Shortlist { limit } => shortlist::run(handle, goal, *limit).await,
        Work::Enrich { from, limit } => enrich(handle, goal, from, *limit).await,
        Work::Draft { from, limit } => draft::run(handle, goal, step, (from, *limit)).await,
        Work::Report { what } => make_report(handle, *what).await,
        Work::FollowUp { days } => follow_up(handle, *days).await,
        Work::Ask { question } => Ok(ask(*question)),
    }
}

/// Reads the followed boards, and no others.
async fn discover(handle: &Handle) -> Result<Done, Fault> {
    let boards = handle.store.read(|reader| reader.sources()).await?;
    if boards.is_empty() {
        let message = "no board is followed yet";
        return Err(Fault::new(Kind::Refused, reason::INVALID_VALUE, message)
            .hint("follow one: agentctl source add NAME"));
    }
    let now = clock::now();
    let oldest = boards
        .iter()
        .map(|board| board.last_sync.filter(|_| board.last_error.is_none()))
        .min()
        .flatten();
    if let Some(age) = oldest.map(|at| now.duration_since(at))
        && !age.is_negative()
        && age < FRESH
    {
        let note = format!("the boards were read {} minutes ago", age.as_mins());
        return Ok(Done::skipped(note));
    }
    let all = sources::followed(handle).await?;
    let mut progress = match pipeline::sync(handle, all).await {
        // A sync of some of them is under way: after it.
        Err(fault) if fault.reason == reason::SYNC_RUNNING => {
            return Err(Fault {
                kind: Kind::Unavailable,
                ..fault
            });
        }
        progress => progress?,
    };
    loop {
        match progress.recv().await {
            Ok(Progress::Done { report }) => {
                let note = format!(
                    "{} new, {} changed, {} closed",
                    report.new, report.changed, report.closed
                );
                let result = json!({
                    "new": report.new,
                    "changed": report.changed,
                    "closed": report.closed,
                    "failed_sources": report.failed_sources,
                });
                return Ok(Done::with(result, note));
            }
            Ok(Progress::Stopped { fault }) => return Err(fault),
            Err(RecvError::Closed) => {
                let message = "the sync ended early";
                return Err(Fault::new(Kind::Unavailable, reason::SYNC_RUNNING, message));
            }
            Ok(
                Progress::Board { .. }
                | Progress::Details { .. }
                | Progress::BoardDone { .. }
                | Progress::Enrich { .. }
                | Progress::Rank { .. },
            )
            | Err(RecvError::Lagged(_)) => {}
        }
    }
}

async fn rank(handle: &Handle) -> Result<Done, Fault> {
    let judged = pipeline::take_up(handle, &Reporter::new()).await?;
    let note = match judged {
        0 => "everything is ranked".to_owned(),
        1 => "1 opening was judged".to_owned(),
        many => format!("{many} openings were judged"),
    };
    Ok(Done::with(json!({ "judged": judged }), note))
}

/// Has a model read the picked openings. What it reads is shown with each of them;
/// it changes neither their order nor what is done.
async fn enrich(handle: &Handle, goal: &Goal, from: &str, limit: u32) -> Result<Done, Fault> {
    let jobs = shortlist::picked(handle, goal, from).await?;
    let jobs = jobs.iter().take(limit as usize);
    let of = jobs.len();
    let (mut read, mut missed) = (0, String::new());
    // One posting that a model cannot read says nothing of the next; a server that is
    // not there is not asked again.
    for job in jobs {
        match analysis::of_job(handle, job.id).await? {
            Analysis::Read(_) => read += 1,
            Analysis::Nobody { why } => missed = why,
        }
    }
    if read == 0 {
        let note = match missed.as_str() {
            "" => "no posting to read".to_owned(),
            why => format!("no model read them, the rules did: {why}"),
        };
        return Ok(Done::skipped(note));
    }
    let note = match (read, missed.as_str()) {
        (1, "") => "a model read 1 posting".to_owned(),
        (many, "") => format!("a model read {many} postings"),
        (some, why) => format!("a model read {some} of {of} postings, the rules the rest: {why}"),
    };
    Ok(Done::with(json!({ "read": read }), note))
}

/// Makes a report of what is stored now, and keeps it.
async fn make_report(handle: &Handle, what: report::Kind) -> Result<Done, Fault> {
    let made = reports::make(handle, what, reports::Options::default()).await?;
    let command = format!("agentctl report show {}", made.id.0);
    Ok(Done::with(
        json!({ "report": what.name(), "id": made.id.0, "command": command }),
        format!("see it with: {command}"),
    ))
}

/// Applications that were sent and heard nothing of.
async fn follow_up(handle: &Handle, days: u32) -> Result<Done, Fault> {
    let filter = ApplicationFilter {
        stages: ["submitted", "in-review"]
            .into_iter()
            .filter_map(stages::named)
            .collect(),
        limit: 200,
        after: None,
    };
    let since = clock::now() - SignedDuration::from_hours(24 * i64::from(days));
    let sent = handle
        .store
        .read(move |reader| reader.applications(&filter))
        .await?;
    let silent: Vec<Value> = sent
        .rows
        .iter()
        .filter(|application| application.changed_at < since)
        .map(|application| {
            json!({
                "id": application.id.to_string(),
                "title": application.title,
                "company": application.employer,
                "since": application.changed_at.to_string(),
            })
        })
        .collect();
    let note = match silent.len() {
        0 => format!("nothing that you sent waits for {days} days or longer"),
        1 => format!("1 application has no answer for {days} days or longer"),
        many => format!("{many} applications have no answer for {days} days or longer"),
    };
    Ok(Done::with(json!({ "silent": silent }), note))
}

fn ask(question: Question) -> Done {
    let choices: Vec<&str> = question
        .choices()
        .iter()
        .map(|choice| choice.name())
        .collect();
    let note = format!("{} Answer {}", question.words(), choices.join(", "));
    let result = json!({ "question": question.words(), "choices": choices });
    Done::with(result, note)
}
