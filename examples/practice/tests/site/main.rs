//! The practice employer, asked over TLS as the agent asks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop here"
)]

mod boards;
mod client;
mod corpus;
mod faults;
mod program;
mod recorded;
mod tls;
