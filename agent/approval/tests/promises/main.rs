//! What is approved, signed and let through: the promises of this crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says where it stopped"
)]

mod approval;
mod compare;
mod key;
mod manifest;
mod random;
mod review;
mod rotation;
mod sample;
mod wire;
