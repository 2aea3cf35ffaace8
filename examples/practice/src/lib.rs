//! The practice employer: a loopback TLS site that speaks the Greenhouse and
//! Lever board APIs under their true host names and takes applications on pages
//! like theirs, so that the agent can be tried and tested with no outside world.
//!
//! It depends on none of the agent's crates: it is the other side of the wire.
#![deny(missing_docs)]

mod apply;
mod authority;
mod bulk;
mod control;
mod corpus;
mod expected;
mod fault;
mod form;
mod line;
mod opening;
mod portal;
mod posting;
mod recorded;
mod request_log;
mod running;
mod server;
mod site;
mod socket;
mod trap;
mod world;

pub use apply::desk::Application;
pub use control::CONTROL_HOST;
pub use corpus::{Summary as PostingSummary, summaries};
pub use expected::{BoardInfo, Portal, RoundCounts};
pub use fault::{Fault, FaultKind, UnknownFault};
pub use form::submission::ReceivedFile;
pub use opening::{OpeningInfo, Shape};
pub use posting::{Language, Profession};
pub use request_log::LoggedRequest;
pub use running::{Ready, Running};
pub use server::{Practice, PracticeOptions};
pub use trap::{Trap, TrapClass, UnknownTrap};
