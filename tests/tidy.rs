//! The rules of the house as tests: who may use whom, where unsafe code, the
//! clock, the environment and SQL live, and what every crate and document has.
//!
//! A rule is a function from what it reads to a list of complaints, each saying
//! what to do. It is run on this repository, and on a made-up violation it must
//! see: a rule that cannot fail holds nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail as its body does"
)]

#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/manifests.rs"]
mod manifests;
#[path = "tidy/places.rs"]
mod places;
#[path = "tidy/source.rs"]
mod source;

use std::path::PathBuf;

/// The repository's own folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Fails with every complaint of a rule at once, so that one run shows all there is to mend.
#[track_caller]
fn expect_clean(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Fails unless a rule complains exactly once and its complaint names `what`.
#[track_caller]
fn expect_one(complaints: &[String], what: &str) {
    assert!(
        complaints.len() == 1 && complaints[0].contains(what),
        "expected one complaint about {what:?}, got {complaints:#?}"
    );
}
