//! `cargo xtask lint`: formatting, lints, documentation and layer rules, warnings denied.

use anyhow::Result;

use crate::process::{run as child, timed};
use crate::workspace::{cargo, plugins_cargo};

/// Crates other programs link; their documentation must build without a warning.
const LIBRARIES: [&str; 8] = [
    "agent-api",
    "agent-approval",
    "agent-browser",
    "agent-core",
    "agent-document",
    "agent-models",
    "agent-portal",
    "agent-store",
];

const CLIPPY: [&str; 7] = [
    "clippy",
    "--workspace",
    "--all-targets",
    "--locked",
    "--",
    "-D",
    "warnings",
];

/// Runs each check in turn; stops at the first that fails.
pub(crate) fn run() -> Result<()> {
    timed("formatting", || {
        child(cargo().args(["fmt", "--all", "--check"]))?;
        child(plugins_cargo().args(["fmt", "--all", "--check"]))
    })?;
    timed("lints", || child(cargo().args(CLIPPY)))?;
    timed("lints of the plugins", || {
        child(plugins_cargo().args(CLIPPY))
    })?;
    timed("documentation", || {
        let mut doc = cargo();
        doc.args(["doc", "--no-deps", "--locked"])
            .env("RUSTDOCFLAGS", "-D warnings");
        for library in LIBRARIES {
            doc.args(["--package", library]);
        }
        child(&mut doc)
    })?;
    timed("layer rules", || {
        child(cargo().args(["test", "--locked", "--package", "tests", "--test", "tidy"]))
    })?;
    eprintln!("\nno complaint");
    Ok(())
}
