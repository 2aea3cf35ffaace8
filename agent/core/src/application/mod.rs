//! The life of an application, as a pure state machine.
//!
//! [`transition`] takes a state and an event and gives the next state and what
//! must be done about it. It does nothing itself: the caller commits the new
//! state together with the event, and only then performs the effects, in order.
//!
//! Rules held here, whatever the caller does:
//! - only [`Stage::Approved`] leads to [`Stage::Submitting`], and only
//!   [`Event::PersonApproved`] with the digest of the manifest that waits leads
//!   to [`Stage::Approved`];
//! - the intent uses the approval up: the manifest is spent and can never be
//!   approved again, so a second submission needs a second approval;
//! - [`Stage::OutcomeUnknown`] is left by the person's word alone.

mod effect;
mod event;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod transition;

pub use agent_approval::{Difference, ManifestDigest};
pub use effect::{Ask, Effect};
pub use event::{Event, Settlement};
pub use state::{ClosedBy, IntentId, PersonStop, Proof, ReceiptId, Stage, State};
pub use transition::{Refused, Transition, transition};
