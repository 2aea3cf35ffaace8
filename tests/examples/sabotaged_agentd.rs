//! The daemon with a browser whose gate is forced open, to show that the demo's
//! verifier notices.

// A test program stops at what it did not expect.
#![allow(clippy::indexing_slicing)]

#[path = "scripted/mod.rs"]
mod scripted;

use scripted::Manner;

fn main() -> std::process::ExitCode {
    agentd::program::run(|parts| scripted::browser(Manner::Forced, parts))
}
