//! The workspace's tests in two lanes. The end-to-end stories wait for browsers and
//! daemons much of their time, so that one test program after the other leaves the
//! processors idle. More at once than here makes the processors so busy that what
//! looks at the clock fails.

use std::path::PathBuf;
use std::process::Command;
use std::{env, thread};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process::{self, Beside, run as child};
use crate::workspace::{cargo, root};

/// The test program that takes as long as all others together.
const STORIES: &str = "e2e";
/// How many tests of one program run at once, for the test harness.
const THREADS: &str = "RUST_TEST_THREADS";

/// A line of cargo's account of what it built; others lack these fields.
#[derive(Deserialize)]
struct Artifact {
    manifest_path: PathBuf,
    target: Target,
    profile: Profile,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// Builds and runs every test of the workspace; `long` lets the long proofs run.
pub(super) fn run(long: bool) -> Result<()> {
    child(cargo().args(["test", "--workspace", "--no-run", "--locked"]))?;
    let (stories, others): (Vec<_>, Vec<_>) = built()?
        .into_iter()
        .partition(|artifact| artifact.target.name == STORIES);
    let mut beside = Vec::new();
    for artifact in &stories {
        beside.push(Beside::start(tests(artifact, long)?)?);
    }
    let mut result = Ok(());
    for artifact in &others {
        result = result.and_then(|()| child(&mut tests(artifact, long)?));
    }
    for stories in beside {
        result = result.and(stories.finish());
    }
    result?;
    child(cargo().args(["test", "--workspace", "--doc", "--locked"]))
}

/// The test programs, as cargo names them.
fn built() -> Result<Vec<Artifact>> {
    let said = process::capture(cargo().args([
        "test",
        "--workspace",
        "--no-run",
        "--locked",
        "--message-format=json",
    ]))?;
    let artifacts = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Artifact>(line).ok());
    Ok(artifacts
        .filter(|artifact| artifact.profile.test && artifact.executable.is_some())
        .collect())
}

/// A test program as cargo would start it, with as many tests at once as its lane bears.
fn tests(artifact: &Artifact, long: bool) -> Result<Command> {
    let program = artifact.executable.as_ref().context("no test program")?;
    let folder = artifact.manifest_path.parent().context("no folder")?;
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("CARGO_MANIFEST_DIR", folder);
    if env::var_os(THREADS).is_none() {
        command.env(THREADS, threads(artifact).to_string());
    }
    if long {
        command.env("AGENT_LONG", "1");
    }
    if let Some(data) = recorded_data() {
        command.env("AGENT_DATA", data);
    }
    Ok(command)
}

/// One for each processor; twice as many of the stories, which wait for other
/// programs half of their time.
fn threads(artifact: &Artifact) -> usize {
    let processors = thread::available_parallelism().map_or(2, usize::from);
    if artifact.target.name == STORIES {
        2 * processors
    } else {
        processors
    }
}

/// Recordings of real boards, which are not part of this repository: the folder
/// that AGENT_DATA names, else `shared/data` beside the checkout if it is there.
fn recorded_data() -> Option<PathBuf> {
    let named = env::var_os("AGENT_DATA").map(PathBuf::from);
    let beside = root().parent().map(|parent| parent.join("shared/data"));
    named.or(beside).filter(|data| data.is_dir())
}
