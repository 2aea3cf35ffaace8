//! The browser room against the practice employer: real Chromium through the
//! real chromedriver, behind the real gate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod ending;
mod filling;
mod person;
mod printing;
mod programs;
mod reading;
mod recipe;
mod releasing;
mod traps;
mod world;
