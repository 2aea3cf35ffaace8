//! The daemon with a browser that has no screen, for the fault tests.

// A test program stops at what it did not expect.
#![allow(clippy::indexing_slicing)]

#[path = "scripted/mod.rs"]
mod scripted;

use scripted::Manner;

fn main() -> std::process::ExitCode {
    agentd::program::run(|parts| scripted::browser(Manner::Gated, parts))
}
