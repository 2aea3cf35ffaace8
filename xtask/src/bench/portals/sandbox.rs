//! What the sandbox costs: the same parser through it and without it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::board::Board;
use crate::bench::measure;
use crate::bench::table::{Row, Target};
use crate::demo::Built;
use crate::process;
use crate::workspace::{plugins_cargo, root};

/// How often the two are measured in turn, so that a busy moment meets both.
const ROUNDS: usize = 3;
/// How often each reads the board in a round.
const RUNS: usize = 31;

/// Seconds of each run without the sandbox.
#[derive(Debug, Default, Deserialize)]
struct Native {
    postings: usize,
    discover: Vec<f64>,
}

/// Seconds of each run through it.
#[derive(Debug, Default, Deserialize)]
struct Sandboxed {
    postings: usize,
    /// From the daemon's order until it has the postings.
    discover: Vec<f64>,
    /// Of it, from the guest's making until its postings are read out of it.
    guest: Vec<f64>,
    claim: Vec<f64>,
    /// From the start of a worker until it takes calls.
    ready: Vec<f64>,
    /// Of it, loading the component.
    load: Vec<f64>,
    /// The same, when nothing was compiled before.
    compile: Vec<f64>,
    /// A byte to another process and back.
    echo: Vec<f64>,
}

/// The figures, each with what it is held to.
pub(super) fn rows(built: &Built, reader: &Path, board: &Board, folder: &Path) -> Result<Vec<Row>> {
    let component = built
        .plugins
        .iter()
        .find(|path| path.file_stem().is_some_and(|name| name == "greenhouse"))
        .context("no greenhouse component was built")?;
    let agentd = built.bin.join("agentd");
    let (mut native, mut sandboxed) = (Native::default(), Sandboxed::default());
    for round in 0..ROUNDS {
        let said = process::capture(
            Command::new(reader)
                .arg(&board.file)
                .args([board.token, &RUNS.to_string()]),
        )?;
        let alone: Native = serde_json::from_str(&said).context("unreadable native figures")?;
        let said = process::capture(
            Command::new(built.bin.join("examples/measure-session"))
                .arg(&agentd)
                .arg(component)
                .arg(folder.join(format!("compiled-{round}")))
                .arg(&board.file)
                .args([&board.url(), &RUNS.to_string()]),
        )?;
        let within: Sandboxed = serde_json::from_str(&said).context("unreadable figures")?;
        ensure!(
            alone.postings == within.postings,
            "the sandbox gives {} postings and the same code without it {}",
            within.postings,
            alone.postings
        );
        native.discover.extend(alone.discover);
        for (all, new) in [
            (&mut sandboxed.discover, within.discover),
            (&mut sandboxed.guest, within.guest),
            (&mut sandboxed.claim, within.claim),
            (&mut sandboxed.ready, within.ready),
            (&mut sandboxed.load, within.load),
            (&mut sandboxed.compile, within.compile),
            (&mut sandboxed.echo, within.echo),
        ] {
            all.extend(new);
        }
    }
    let spawn = measure::median_of(21, || {
        process::capture(Command::new(&agentd).arg("--version")).map(drop)
    })?;
    let median = |seconds: &[f64]| measure::median(seconds).context("nothing was measured");
    let which = if board.is_recorded {
        "recorded"
    } else {
        "generated"
    };
    let megabytes = board.bytes as f64 / 1e6;
    Ok(vec![
        Row::seconds(
            format!("a {which} board of {megabytes:.1} MB, read by the guest"),
            median(&sandboxed.guest)?,
            "the same parser of the same bytes, native",
            median(&native.discover)?,
        )
        .held_to(Target::Times(2.0)),
        Row::seconds(
            "  with the bytes' way there and the postings' way back".to_owned(),
            median(&sandboxed.discover)?,
            "the same parser of the same bytes, native",
            median(&native.discover)?,
        ),
        Row::seconds(
            "a warm call (claim), round trip".to_owned(),
            median(&sandboxed.claim)?,
            "a byte to another process and back",
            median(&sandboxed.echo)?,
        )
        .held_to(Target::AtMost(0.001)),
        Row::seconds(
            "load of a component from the cache".to_owned(),
            median(&sandboxed.load)?,
            "a first look, which compiles it",
            median(&sandboxed.compile)?,
        )
        .held_to(Target::AtMost(0.025)),
        Row::seconds(
            "  with the start of its worker before".to_owned(),
            median(&sandboxed.ready)?,
            "spawn of agentd --version",
            spawn.as_secs_f64(),
        ),
    ])
}

/// Where the plugin's own reading lies, compiled for this machine. It is where the
/// components are built too: one lock, one set of build scripts.
pub(super) fn native_reader() -> PathBuf {
    root().join("target/guests/release/examples/measure-read")
}

/// Compiles it as it is compiled for the sandbox.
pub(super) fn build_native_reader() -> Result<PathBuf> {
    let mut build = plugins_cargo();
    build
        .args(["build", "--quiet", "--locked", "--release"])
        .args(["--package", "greenhouse", "--example", "measure-read"])
        .arg("--target-dir")
        .arg(root().join("target/guests"));
    process::run(&mut build)?;
    Ok(native_reader())
}
