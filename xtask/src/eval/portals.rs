//! `cargo xtask eval portals`: recorded boards through the built components.
//!
//! Each session runs in a process of its own, through the same check as
//! `agentctl plugin check`: a component that crashes is one failed session.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::session::{self, Session};
use super::table;
use crate::process;
use crate::workspace::{cargo, root, target_dir};

/// Options of `cargo xtask eval portals`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder with `index.json` and the recorded answers
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Print the figures as one object in the last line; everything else goes to standard error
    #[arg(long)]
    json: bool,
    /// Run the sessions of this portal, or of this name, only
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Use this agentd instead of building one
    #[arg(long, value_name = "PROGRAM")]
    agentd: Option<PathBuf>,
    /// Use the components in this folder as they are, instead of target/plugins
    #[arg(long, value_name = "DIR")]
    components: Option<PathBuf>,
}

/// The figures of a whole run.
#[derive(Debug, Default, Serialize)]
struct Figures {
    sessions: usize,
    postings_recorded: usize,
    postings_found: usize,
    markup_leaks: usize,
    unclaimed: usize,
    /// Sessions that miss postings or whose check found something.
    failed: usize,
    per_session: Vec<Row>,
}

/// What came of one session.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) portal: String,
    pub(super) recorded: usize,
    pub(super) found: usize,
    pub(super) markup_leaks: usize,
    pub(super) unclaimed: bool,
    pub(super) truncated: bool,
    /// "passed", "findings" or "failed".
    pub(super) check: &'static str,
    /// Share of the postings that state a field.
    pub(super) fill: BTreeMap<String, f64>,
    pub(super) dropped: Vec<String>,
    pub(super) findings: Vec<String>,
}

impl Row {
    /// Whether every posting was found and nothing speaks against it. Of a page
    /// that holds no posting, a typed error is as good an answer as an empty list.
    pub(super) fn is_fine(&self) -> bool {
        let typed_error = self.recorded == 0
            && self.check == "findings"
            && self
                .findings
                .iter()
                .all(|found| found.starts_with("failed: "));
        (self.check == "passed" || typed_error) && self.found >= self.recorded
    }
}

/// The last line of a check.
#[derive(Debug, Deserialize)]
struct Verdict {
    verdict: String,
    postings: usize,
    #[serde(default)]
    repeated: usize,
    markup_leaks: usize,
    truncated: Option<String>,
    fill: Vec<Fill>,
    dropped: Vec<String>,
    findings: Vec<Finding>,
    #[serde(default)]
    more_findings: usize,
}

#[derive(Debug, Deserialize)]
struct Fill {
    field: String,
    share: f64,
}

#[derive(Debug, Deserialize)]
struct Finding {
    kind: String,
    says: String,
}

/// Runs every session and prints the table.
pub(super) fn run(args: &Args) -> Result<()> {
    let mut index = session::index(&args.dir)?;
    if let Some(only) = &args.only {
        index
            .sessions
            .retain(|session| session.portal == *only || session.name == *only);
        ensure!(!index.sessions.is_empty(), "no session has the name {only}");
    }
    let agentd = match &args.agentd {
        Some(agentd) => agentd.clone(),
        None => {
            process::run(cargo().args(["build", "--quiet", "--locked", "--package", "agentd"]))?;
            target_dir()?.join("debug/agentd")
        }
    };
    let work = tempfile::tempdir().context("could not make a folder for recordings")?;
    let bench = Bench {
        agentd,
        components: args
            .components
            .clone()
            .unwrap_or_else(|| root().join("target/plugins")),
        cache: work.path().join("compiled"),
        har: work.path().join("session.har"),
    };
    let mut figures = Figures::default();
    for session in &index.sessions {
        eprint!("\r\x1b[K{} {}", session.portal, session.name);
        let row = bench.row(session, &args.dir);
        figures.sessions += 1;
        figures.postings_recorded += row.recorded;
        figures.postings_found += row.found;
        figures.markup_leaks += row.markup_leaks;
        figures.unclaimed += usize::from(row.unclaimed);
        figures.failed += usize::from(!row.is_fine());
        figures.per_session.push(row);
    }
    eprint!("\r\x1b[K");
    let text = table::draw(&figures.per_session);
    let sum = format!(
        "{} sessions: {} of {} postings found, {} markup leaks, {} unclaimed, {} failed",
        figures.sessions,
        figures.postings_found,
        figures.postings_recorded,
        figures.markup_leaks,
        figures.unclaimed,
        figures.failed
    );
    if args.json {
        eprintln!("{text}\n{sum}");
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        println!("{text}\n{sum}");
    }
    ensure!(figures.failed == 0, "{} sessions failed", figures.failed);
    Ok(())
}

/// What a session is run with.
struct Bench {
    agentd: PathBuf,
    components: PathBuf,
    cache: PathBuf,
    har: PathBuf,
}

impl Bench {
    fn row(&self, session: &Session, dir: &Path) -> Row {
        let mut row = Row {
            name: session.name.clone(),
            portal: session.portal.clone(),
            recorded: session.postings,
            check: "failed",
            ..Row::default()
        };
        match self.check(session, dir) {
            Ok(verdict) => {
                row.check = match verdict.verdict.as_str() {
                    "passed" => "passed",
                    _ => "findings",
                };
                // What a portal lists word for word twice is read, and kept once.
                row.found = verdict.postings + verdict.repeated;
                row.markup_leaks = verdict.markup_leaks;
                row.truncated = verdict.truncated.is_some();
                row.fill = verdict
                    .fill
                    .into_iter()
                    .map(|fill| (fill.field, fill.share))
                    .collect();
                row.dropped = verdict.dropped;
                row.unclaimed = verdict.findings.iter().any(|f| f.kind == "unclaimed");
                row.findings = verdict
                    .findings
                    .into_iter()
                    .map(|finding| format!("{}: {}", finding.kind, finding.says))
                    .collect();
                if verdict.more_findings > 0 {
                    row.findings
                        .push(format!("and {} more", verdict.more_findings));
                }
            }
            Err(error) => row.findings.push(format!("{error:#}")),
        }
        row
    }

    fn check(&self, session: &Session, dir: &Path) -> Result<Verdict> {
        let component = self.components.join(&session.portal).with_extension("wasm");
        ensure!(
            component.is_file(),
            "{} is not there; run cargo xtask plugins",
            component.display()
        );
        let mut file = BufWriter::new(std::fs::File::create(&self.har)?);
        serde_json::to_writer(&mut file, &session.har(dir)?)?;
        file.flush()?;
        let output = Command::new(&self.agentd)
            .arg("plugin-check")
            .arg(&component)
            .arg("--har")
            .arg(&self.har)
            .args(["--board", &session.board])
            .arg("--cache")
            .arg(&self.cache)
            .stdin(Stdio::null())
            .output()
            .context("could not start agentd")?;
        let text = String::from_utf8(output.stdout).context("agentd wrote no text")?;
        let Some(last) = text.lines().last() else {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("no verdict ({}): {}", output.status, said.trim());
        };
        // A line that is no posting any more would be counted as one by the sum.
        let lines = text.lines().count().saturating_sub(1);
        let verdict: Verdict = serde_json::from_str(last).context("an unreadable verdict")?;
        let titled = text.lines().take(lines).filter(|line| {
            serde_json::from_str::<Value>(line)
                .is_ok_and(|line| line["title"].as_str().is_some_and(|t| !t.is_empty()))
        });
        ensure!(
            titled.count() == verdict.postings,
            "the verdict counts other postings than were printed"
        );
        Ok(verdict)
    }
}
