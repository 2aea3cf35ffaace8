//! Portals as sandboxed components: the host that runs them in a limited child
//! process, what each was granted, and the two things that answer their
//! fetches, the broker and a recording.
#![deny(missing_docs)]

pub mod broker;
pub mod conformance;
pub mod error;
pub mod fetch;
mod frame;
pub mod grant;
pub mod har;
pub mod host;
pub mod limits;
pub mod registry;
mod worker;

pub use worker::worker_main;
