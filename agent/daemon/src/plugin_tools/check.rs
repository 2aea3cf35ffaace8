//! `agentd plugin-check`: the conformance check, told as JSON lines: a posting
//! each, and the verdict last.

use std::io::{BufWriter, Write as _, stdout};
use std::path::PathBuf;

use agent_portal::conformance::{self, Report, Subject};
use serde::Serialize;

/// Options of `agentd plugin-check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File of the component
    component: PathBuf,
    /// Recording (HAR 1.2) of a board
    #[arg(long, value_name = "FILE")]
    har: PathBuf,
    /// Address of the recorded board
    #[arg(long, value_name = "URL")]
    board: String,
    /// Folder to keep compiled code in for the next check
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

/// The last line.
#[derive(Serialize)]
struct Last<'a> {
    verdict: &'static str,
    postings: usize,
    #[serde(flatten)]
    report: &'a Report,
}

/// Checks and prints; whether the check was passed.
pub(super) fn run(args: &Args) -> anyhow::Result<bool> {
    let bench = super::bench(args.cache.as_deref())?;
    let subject = Subject {
        component: &args.component,
        recording: &args.har,
        board: &args.board,
    };
    let report = super::runtime()?.block_on(conformance::check(&bench.host, &subject))?;
    let mut out = BufWriter::new(stdout().lock());
    for posting in &report.postings {
        serde_json::to_writer(&mut out, posting)?;
        out.write_all(b"\n")?;
    }
    let last = Last {
        verdict: if report.passed() {
            "passed"
        } else {
            "findings"
        },
        postings: report.postings.len(),
        report: &report,
    };
    serde_json::to_writer(&mut out, &last)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(report.passed())
}
