//! The one function that moves an application on.

use agent_approval::ManifestDigest;

use super::{
    effect::{self, Effect},
    event::Event,
    state::{Stage, State},
    step,
};

/// A step taken: where the application stands now and what must be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The next state, to be committed with the event.
    pub next: State,
    /// To be performed after the commit, in order.
    pub effects: Vec<Effect>,
}

/// An event that does not fit where the application stands. Nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The stage has no such way out.
    #[error("an application that is {stage} takes no {event}")]
    NoSuchStep {
        /// Where it stands.
        stage: &'static str,
        /// What was asked.
        event: &'static str,
    },
    /// The approval is for something else than what waits.
    #[error("the approval is for manifest {given}, but {waiting} waits: review it again")]
    OtherManifest {
        /// The manifest that waits.
        waiting: ManifestDigest,
        /// The manifest that was signed.
        given: ManifestDigest,
    },
    /// The manifest was approved before and can not be used again.
    #[error("manifest {manifest} was used or dropped before: compose one with a new nonce")]
    SpentManifest {
        /// The manifest.
        manifest: ManifestDigest,
    },
    /// A change was announced, but the manifest is the one that was there.
    #[error("manifest {manifest} is the one under review already: a change needs a new one")]
    SameManifest {
        /// The manifest.
        manifest: ManifestDigest,
    },
}

/// Moves an application on. Pure: the same input gives the same output.
pub fn transition(state: &State, event: &Event) -> Result<Transition, Refused> {
    let stage = step::next(state, event)?;
    let mut spent = state.spent.clone();
    let mut effects = Vec::new();
    if let Stage::Approved { manifest } = &state.stage
        && !matches!(stage, Stage::Approved { .. })
    {
        // An approval that ran out is not spent: nothing changed, and the person
        // may sign the same manifest anew.
        if *event != Event::ApprovalExpired {
            spent.push(*manifest);
        }
        if let Stage::Submitting { intent, manifest } = &stage {
            let (intent, manifest) = (*intent, *manifest);
            effects.push(Effect::RecordIntent { intent, manifest });
            effects.push(Effect::OpenGate { intent, manifest });
        } else {
            let manifest = *manifest;
            effects.push(Effect::DropApproval { manifest });
        }
    }
    if let Stage::Submitting { intent, .. } = &state.stage {
        effects.push(Effect::CloseGate { intent: *intent });
    }
    effects.extend(effect::of_entering(&stage));
    Ok(Transition {
        next: State { stage, spent },
        effects,
    })
}
