//! The practice employer, asked over TLS as the agent asks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop here"
)]

mod applicant;
mod applications;
mod boards;
mod client;
mod corpus;
mod faults;
mod forms;
mod html;
mod log;
mod program;
mod questions;
mod recorded;
mod refusals;
mod tls;
mod traps;
