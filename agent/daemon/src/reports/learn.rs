//! What the person learns: begun, done, dropped.

use agent_api::reason;
use agent_core::skill;
use agent_store::{Learning, LearningState};

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind, shown},
    handle::Handle,
    profile,
};

/// A step of learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Start,
    /// The person has the skill: it is stated in their profile at this level.
    Done {
        level: u8,
    },
    Drop,
}

impl Step {
    const fn state(self) -> LearningState {
        match self {
            Self::Start => LearningState::Learning,
            Self::Done { .. } => LearningState::Done,
            Self::Drop => LearningState::Dropped,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Start => events::LEARNING_STARTED,
            Self::Done { .. } => events::LEARNING_DONE,
            Self::Drop => events::LEARNING_DROPPED,
        }
    }
}

/// Takes a step with a skill; also tells whether it changed anything. What is done is in
/// the profile with the same transaction, and the jobs are judged anew.
pub(crate) async fn learn(
    handle: &Handle,
    given: &str,
    step: Step,
) -> Result<(Learning, bool), Fault> {
    let label = skill::named(given.trim()).ok_or_else(|| unknown(given))?;
    let held = handle.clone();
    let keep = async move {
        let written = held.write(move |tx| {
            if let Step::Done { level } = step {
                let edit = profile::write_edit(tx, |edits, _| edits.set_level(label, Some(level)))?;
                if let Err(fault) = edit {
                    return Ok(Err(fault));
                }
            }
            let changed = tx.end_learning(label, step.state(), clock::now())?;
            if changed {
                let detail = serde_json::json!({ "skill": label });
                tx.append_event(&event(step.event(), label, label, detail))?;
            }
            Ok(Ok((tx.learning_of(label)?, changed)))
        });
        let (found, changed) = written.await??;
        if let Step::Done { .. } = step {
            profile::rank_again(&held).await;
        }
        Ok::<_, Fault>((found, changed))
    };
    let (found, changed) = handle.complete(keep).await??;
    let nothing = || {
        let message = format!("{label} is not being learned");
        Fault::new(Kind::Refused, reason::NOT_LEARNED, message)
            .hint("see what is: agentctl learn list")
    };
    match (found, step) {
        (Some(found), Step::Start | Step::Done { .. }) => Ok((found, changed)),
        (Some(found), Step::Drop) if changed => Ok((found, changed)),
        (_, Step::Start | Step::Done { .. } | Step::Drop) => Err(nothing()),
    }
}

/// What is and was learned.
pub(crate) async fn learning(handle: &Handle) -> Result<Vec<Learning>, Fault> {
    Ok(handle.store.read(|reader| reader.learning()).await?)
}

fn unknown(given: &str) -> Fault {
    let message = format!("no list of skills has {}", shown(given, 60));
    Fault::new(Kind::NotFound, reason::UNKNOWN_SKILL, message)
        .hint("see what is asked for: agentctl report skill-gap")
}
