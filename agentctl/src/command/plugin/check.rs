//! `agentctl plugin check`: what a component asks for, or how it reads a recording.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use agent_api::v1::CheckPluginRequest;
use serde_json::Value;

use super::conformance::{self, Verdict};
use super::{daemon_program, draw, install};
use crate::error::{Failure, Kind};
use crate::output::{Format, Output};
use crate::session::{Place, Session};
use crate::text::count;

/// What was typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// File of the component, or the name of a dropped one
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: String,
    /// Recording (HAR 1.2) of a board, to read instead of the network
    #[arg(long, value_name = "FILE", requires = "board", value_hint = clap::ValueHint::FilePath)]
    har: Option<PathBuf>,
    /// Address of the recorded board
    #[arg(long, value_name = "URL", requires = "har")]
    board: Option<String>,
}

/// Checks a component.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    match (&args.har, &args.board) {
        (Some(har), Some(board)) => over_recording(&args.file, har, board, place, output),
        (Some(_), None) | (None, Some(_)) | (None, None) => {
            described(args.file, place, output).await
        }
    }
}

/// Shows what the component asks for.
async fn described(file: String, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let path = install::component(&file, &place.home.plugins_dir())?;
    let plugin = session
        .plugins()
        .check(CheckPluginRequest { path })
        .await?
        .into_inner();
    output.show(&plugin, |plugin, screen, clock| {
        draw::draw(plugin, screen, clock);
        if plugin.state != "installed" {
            screen.next(&format!("agentctl plugin install {file}"));
        }
    })
}

/// Lets a child of the daemon's program run the component over a recording.
fn over_recording(
    file: &str,
    har: &Path,
    board: &str,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let path = install::component(file, &place.home.plugins_dir())?;
    let path = match Path::new(&path).exists() {
        true => PathBuf::from(path),
        false => place.home.plugins_dir().join(path).with_extension("wasm"),
    };
    let mut command = daemon_program::command(place)?;
    let child = command
        .arg("plugin-check")
        .arg(path)
        .arg("--har")
        .arg(har)
        .args(["--board", board])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::file("run", Path::new(command.get_program()), &error))?;
    let told = String::from_utf8_lossy(&child.stdout);
    let lines: Vec<Value> = told
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let Some((last, postings)) = lines.split_last() else {
        let said = String::from_utf8_lossy(&child.stderr);
        let said = said.trim().trim_start_matches("error: ");
        let why = match said.is_empty() {
            true => format!("the check ended without a verdict ({})", child.status),
            false => said.to_owned(),
        };
        return Err(Failure::refused(why).reason("no-verdict"));
    };
    let verdict: Verdict = serde_json::from_value(last.clone()).map_err(|error| {
        Failure::new(Kind::Bug, format!("the verdict cannot be read: {error}"))
            .hint("agentctl and agentd should be of the same version")
    })?;
    match output.format {
        Format::Json => {
            for line in told.lines() {
                output.json_line(line)?;
            }
        }
        Format::Text => {
            let mut screen = output.screen();
            conformance::draw(&verdict, postings, &mut screen);
            if verdict.passed() {
                screen.next(&format!("agentctl plugin install {file}"));
            }
            output.print(screen)?;
        }
    }
    match verdict.passed() {
        true => Ok(()),
        false => Err(Failure::refused(format!(
            "the check found {}",
            count(verdict.faults(), "fault")
        ))
        .reason("findings")),
    }
}
