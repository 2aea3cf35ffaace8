//! Does the steps of goals, one after the other. What is to be done next is read
//! from the store each time, so that a restart goes on where the daemon stopped.

use std::time::{Duration, Instant};

use agent_api::reason;
use agent_core::plan::{self, MOST_TRIES, StepKind};
use agent_store::{Goal, GoalState, GoalStep, GoalStepState, StepEnd};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    hold::{self, Point},
    standing,
    step::{self, Done},
};
use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
};

/// The clock is asked at least this often.
const TICK: Duration = Duration::from_secs(30);
/// The rest after a fault of the store.
const REST: Duration = Duration::from_secs(5);

/// What is due.
enum Due {
    /// A step of a goal.
    Step(Box<(Goal, GoalStep)>),
    /// Nothing is left of a goal's round.
    End(Box<Goal>),
    /// Nothing, before this time at the earliest.
    Later(Option<Timestamp>),
}

/// Works until the daemon ends.
pub(crate) async fn run(handle: Handle) {
    let mut news = handle.news.subscribe();
    loop {
        news.mark_unchanged();
        let pause = match work(&handle).await {
            Ok(later) => until(later),
            Err(fault) => {
                tracing::warn!(%fault, "goals could not be worked on");
                REST
            }
        };
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            _ = news.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

fn until(later: Option<Timestamp>) -> Duration {
    let wait = later.map(|at| at.duration_since(clock::now()));
    wait.and_then(|wait| Duration::try_from(wait).ok())
        .map_or(TICK, |wait| wait.min(TICK))
}

/// Does what is due; gives when something will be.
async fn work(handle: &Handle) -> Result<Option<Timestamp>, Fault> {
    loop {
        if handle.shutdown.is_cancelled() {
            return Ok(None);
        }
        let paused = handle.store.read(|reader| reader.paused_since()).await?;
        if paused.is_some() {
            return Ok(None);
        }
        standing::begin_rounds(handle).await?;
        match due(handle).await? {
            Due::Later(at) => return Ok(at),
            Due::End(goal) => end(handle, &goal).await?,
            Due::Step(due) => {
                let (goal, step) = *due;
                if !do_step(handle, &goal, step).await? {
                    return Ok(None);
                }
            }
        }
    }
}

/// The first goal that has something to do now.
async fn due(handle: &Handle) -> Result<Due, Fault> {
    let now = clock::now();
    let due = handle
        .store
        .read(move |reader| {
            let mut later: Option<Timestamp> = None;
            for goal in reader.goals_in(&[GoalState::Working])? {
                let next = reader
                    .goal_steps(goal.id, goal.round)?
                    .into_iter()
                    .find(|step| match step.state {
                        GoalStepState::Queued | GoalStepState::Running => true,
                        GoalStepState::Done
                        | GoalStepState::Failed
                        | GoalStepState::Dead
                        | GoalStepState::Skipped => false,
                    });
                match next {
                    None => return Ok(Due::End(Box::new(goal))),
                    Some(step) => match step.next_at.filter(|at| *at > now) {
                        None => return Ok(Due::Step(Box::new((goal, step)))),
                        Some(at) => later = Some(later.map_or(at, |known| known.min(at))),
                    },
                }
            }
            Ok(Due::Later(later))
        })
        .await?;
    Ok(due)
}

/// Does one step and writes what came of it. `false` when work must stop.
async fn do_step(handle: &Handle, goal: &Goal, step: GoalStep) -> Result<bool, Fault> {
    let (id, round, position) = (goal.id, goal.round, step.position);
    let kind = step.work.kind();
    let allowed = u64::from(goal.plan.budget.minutes) * 60_000;
    if goal.worked_ms >= allowed {
        let message = format!(
            "its {} minutes of work are used up",
            goal.plan.budget.minutes
        );
        let fault = Fault::new(Kind::Exhausted, reason::INVALID_VALUE, message);
        give_up(handle, goal, &step, &fault, 0).await?;
        return Ok(true);
    }
    handle
        .write(move |tx| tx.begin_goal_step(id, round, position))
        .await?;
    hold::at(handle, &step.name, Point::Begun).await;
    let began = Instant::now();
    let outcome = tokio::select! {
        biased;
        () = stopped(handle, goal) => None,
        outcome = step::run(handle, goal, &step) => Some(outcome),
    };
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Paused, ended or cancelled: the step is begun anew, or never.
    let Some(outcome) = outcome else {
        return Ok(!handle.shutdown.is_cancelled());
    };
    hold::at(handle, &step.name, Point::Worked).await;
    match outcome {
        Ok(done) => write_end(handle, goal, &step, done, took_ms).await?,
        Err(fault) if is_halt(&fault) => return Ok(false),
        Err(fault) => {
            tracing::info!(goal = %id, step = %kind, %fault, "a step of a goal failed");
            let again = match fault.kind {
                Kind::Unavailable | Kind::Exhausted | Kind::Internal => step.tries + 1 < MOST_TRIES,
                Kind::Invalid | Kind::NotFound | Kind::Refused => false,
            };
            if again {
                try_later(handle, goal, &step, &fault, took_ms).await?;
            } else {
                give_up(handle, goal, &step, &fault, took_ms).await?;
            }
        }
    }
    hold::at(handle, &step.name, Point::Ended).await;
    Ok(true)
}

/// The kill switch or the daemon's end: no failure of the step.
fn is_halt(fault: &Fault) -> bool {
    fault.reason == reason::PAUSED || fault.reason == reason::SHUTTING_DOWN
}

/// Comes back when the goal is not to be worked on any more.
async fn stopped(handle: &Handle, goal: &Goal) {
    let id = goal.id;
    let mut news = handle.news.subscribe();
    loop {
        let stands = handle
            .store
            .read(move |reader| {
                let state = reader.goal(id)?.map(|goal| goal.state);
                Ok(state == Some(GoalState::Working) && reader.paused_since()?.is_none())
            })
            .await;
        if matches!(stands, Ok(false)) {
            return;
        }
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            changed = news.changed() => if changed.is_err() { return },
        }
    }
}

async fn write_end(
    handle: &Handle,
    goal: &Goal,
    step: &GoalStep,
    done: Done,
    took_ms: u64,
) -> Result<(), Fault> {
    let (id, round, position) = (goal.id, goal.round, step.position);
    let asks = step.work.kind() == StepKind::Ask;
    let name = step.name.clone();
    let end = StepEnd {
        state: done.state,
        next_at: None,
        result: done.result,
        note: agent_core::text::quote(&done.note, 300),
        took_ms,
    };
    handle
        .write(move |tx| {
            let text = format!("{name}: {}", end.note);
            let detail = json!({ "step": name, "state": end.state.name() });
            tx.end_goal_step(id, round, position, &end)?;
            if asks {
                tx.set_goal(id, GoalState::Waiting, &end.note, clock::now())?;
                tx.append_event(&event(events::GOAL_WAITING, id, end.note, json!({})))?;
                return Ok(());
            }
            tx.append_event(&event(events::GOAL_STEP, id, text, detail))?;
            Ok(())
        })
        .await?;
    Ok(())
}

async fn try_later(
    handle: &Handle,
    goal: &Goal,
    step: &GoalStep,
    fault: &Fault,
    took_ms: u64,
) -> Result<(), Fault> {
    let (id, round, position) = (goal.id, goal.round, step.position);
    let wait = plan::delay(step.tries + 1, chance());
    let end = StepEnd {
        state: GoalStepState::Queued,
        next_at: Some(clock::now() + wait),
        result: kept_result(handle, goal, step).await?,
        note: agent_core::text::quote(&fault.message, 300),
        took_ms,
    };
    handle
        .write(move |tx| tx.end_goal_step(id, round, position, &end))
        .await?;
    Ok(())
}

/// Gives a step up, and the goal with it where it cannot do without.
async fn give_up(
    handle: &Handle,
    goal: &Goal,
    step: &GoalStep,
    fault: &Fault,
    took_ms: u64,
) -> Result<(), Fault> {
    let (id, round, position) = (goal.id, goal.round, step.position);
    let needed = step.work.kind().is_needed();
    let name = step.name.clone();
    let end = StepEnd {
        state: if needed {
            GoalStepState::Dead
        } else {
            GoalStepState::Failed
        },
        next_at: None,
        result: kept_result(handle, goal, step).await?,
        note: agent_core::text::quote(&fault.to_string(), 300),
        took_ms,
    };
    handle
        .write(move |tx| {
            let text = format!("{name}: {}", end.note);
            let detail = json!({ "step": name, "state": end.state.name() });
            tx.end_goal_step(id, round, position, &end)?;
            if needed {
                tx.set_goal(id, GoalState::Dead, &text, clock::now())?;
                tx.append_event(&event(events::GOAL_DEAD, id, text, detail))?;
            } else {
                tx.append_event(&event(events::GOAL_STEP, id, text, detail))?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

/// What a step that goes through several things has noted so far.
async fn kept_result(handle: &Handle, goal: &Goal, step: &GoalStep) -> Result<Value, Fault> {
    let (id, round, position) = (goal.id, goal.round, step.position);
    let steps = handle
        .store
        .read(move |reader| reader.goal_steps(id, round))
        .await?;
    let kept = steps.into_iter().find(|step| step.position == position);
    Ok(kept.map(|step| step.result).unwrap_or_default())
}

/// Ends a round: a standing goal waits for the next sync.
async fn end(handle: &Handle, goal: &Goal) -> Result<(), Fault> {
    let (id, round) = (goal.id, goal.round);
    let state = if goal.plan.wish.standing {
        GoalState::Standing
    } else {
        GoalState::Done
    };
    handle
        .write(move |tx| {
            let steps = tx.goal_steps(id, round)?;
            let telling = |step: &&GoalStep| {
                matches!(step.state, GoalStepState::Done) && step.work.kind() > StepKind::Rank
            };
            let notes = steps.iter().filter(telling).map(|step| step.note.as_str());
            let note = notes.collect::<Vec<_>>().join("; ");
            let note = agent_core::text::quote(&note, 300);
            tx.set_goal(id, state, &note, clock::now())?;
            tx.append_event(&event(events::GOAL_DONE, id, note, json!({})))?;
            Ok(())
        })
        .await?;
    Ok(())
}

/// A number from 0 to 1 that nobody can foresee; 1 where the system gives none.
fn chance() -> f64 {
    let mut bytes = [u8::MAX; 4];
    if getrandom::fill(&mut bytes).is_err() {
        bytes = [u8::MAX; 4];
    }
    f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX)
}
