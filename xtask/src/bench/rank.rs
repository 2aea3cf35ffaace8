//! `cargo xtask bench rank`: what a new order of all jobs costs, what one changed
//! posting costs, and how long search and lists take among many jobs.
//!
//! The store is filled with made-up jobs by an example of agent-store, which also
//! takes the times, in processes of their own, so that their memory is theirs. It
//! calls the functions the daemon's stage calls, with the same chunks and threads.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::measure::median;
use super::table::{self, Row, Target};
use crate::demo::Screen;
use crate::workspace::{cargo, target_dir};
use crate::{interrupt, process};

/// How many searches are made, and how many pages of a list are asked for.
const QUERIES: usize = 300;
const PAGES: usize = 2_000;

/// Options of `cargo xtask bench rank`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the figures as one object in the last line; everything else goes to standard error
    #[arg(long)]
    json: bool,
    /// Rank and search this many jobs
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    jobs: usize,
    /// List this many stored jobs
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    stored: usize,
}

/// What a filled store is.
#[derive(Debug, Deserialize)]
struct Filled {
    jobs: usize,
    bytes: u64,
}

/// Rankings of all jobs and of one.
#[derive(Debug, Deserialize)]
struct Ranked {
    jobs: usize,
    rank_seconds: Vec<f64>,
    /// Of each: judging, writing, the sentences of the first hundred.
    judge_save_explain_seconds: Vec<[f64; 3]>,
    peak: u64,
    changed_judged: usize,
    changed_seconds: f64,
}

/// What each missing skill would unlock, counted as a report counts it, and by judging
/// every job for every skill.
#[derive(Debug, Deserialize)]
struct Reported {
    tried: usize,
    unlocked: u64,
    report_seconds: Vec<f64>,
    force_seconds: f64,
    peak: u64,
}

/// Searches, and scans of the same vectors.
#[derive(Debug, Deserialize)]
struct Searched {
    hits: usize,
    search_seconds: Vec<f64>,
    vec0_seconds: Vec<f64>,
    loop_seconds: Vec<f64>,
    vectors: usize,
    peak: u64,
}

/// Pages of the list.
#[derive(Debug, Deserialize)]
struct Listed {
    listed: u64,
    first_page_seconds: Vec<f64>,
    later_page_seconds: Vec<f64>,
    peak: u64,
}

/// Builds the example in release, measures, prints.
pub(super) fn run(args: &Args) -> Result<()> {
    interrupt::watch()?;
    let screen = Screen::new(args.json);
    screen.step("Build in release");
    let mut build = cargo();
    build
        .args(["build", "--quiet", "--locked", "--release"])
        .args(["--package", "agent-store", "--example", "measure-ranking"]);
    process::run(&mut build)?;
    let example = Example {
        program: target_dir()?.join("release/examples/measure-ranking"),
    };
    let rows = measured(args, &example, screen)?;
    screen.line(&format!("\n{}", table::in_columns(&rows)));
    if args.json {
        let said = json!({ "jobs": args.jobs, "stored": args.stored, "figures": rows });
        println!("{said}");
    }
    Ok(())
}

/// The program that fills and measures.
struct Example {
    program: PathBuf,
}

impl Example {
    fn ask<T: DeserializeOwned>(&self, what: &str, file: &Path, count: Option<usize>) -> Result<T> {
        let mut command = Command::new(&self.program);
        command
            .arg(what)
            .arg(file)
            .args(count.map(|count| count.to_string()));
        interrupt::check()?;
        let said = process::capture(&mut command)?;
        serde_json::from_str(&said).with_context(|| format!("unreadable figures: {said}"))
    }
}

fn measured(args: &Args, example: &Example, screen: Screen) -> Result<Vec<Row>> {
    let folder = tempfile::tempdir().context("could not make a folder for the stores")?;
    let (few, many) = (folder.path().join("few.db"), folder.path().join("many.db"));

    screen.step(&format!("Fill a store with {} jobs", args.jobs));
    let filled: Filled = example.ask("fill", &few, Some(args.jobs))?;
    screen.line(&format!("{} jobs, {} MiB", filled.jobs, filled.bytes >> 20));
    screen.step("Rank them all, and one that changed");
    let ranked: Ranked = example.ask("rank", &few, None)?;
    ensure!(ranked.jobs == args.jobs, "{} jobs were judged", ranked.jobs);
    screen.line(&format!(
        "{} rankings of {} jobs, after one posting changed {} judged",
        ranked.rank_seconds.len(),
        ranked.jobs,
        ranked.changed_judged
    ));
    for [judge, save, explain] in &ranked.judge_save_explain_seconds {
        screen.line(&format!(
            "  judged in {judge:.3} s, written in {save:.3} s, explained in {explain:.3} s"
        ));
    }
    screen.step("Count what each missing skill would unlock, and again by brute force");
    let reported: Reported = example.ask("report", &few, None)?;
    screen.line(&format!(
        "{} skills tried, {} jobs unlocked by one or another",
        reported.tried, reported.unlocked
    ));
    screen.step("Search, and scan the same vectors");
    let searched: Searched = example.ask("search", &few, Some(QUERIES))?;
    ensure!(searched.hits > 0, "nothing was found");
    screen.line(&format!(
        "{QUERIES} searches with {} hits, scans of {} vectors",
        searched.hits, searched.vectors
    ));

    screen.step(&format!(
        "Fill a store with {} jobs of short descriptions",
        args.stored
    ));
    let crowd: Filled = example.ask("crowd", &many, Some(args.stored))?;
    screen.line(&format!("{} jobs, {} MiB", crowd.jobs, crowd.bytes >> 20));
    screen.step("List them");
    let listed: Listed = example.ask("list", &many, Some(PAGES))?;
    screen.line(&format!("{PAGES} pages of a list of {}", listed.listed));
    let mut rows = rows(args, &ranked, &searched, &listed)?;
    rows.extend(report_rows(args, &reported)?);
    Ok(rows)
}

fn report_rows(args: &Args, reported: &Reported) -> Result<[Row; 2]> {
    let report = median(&reported.report_seconds).context("nothing was measured")?;
    let by_force = "judging every job for every skill";
    Ok([
        Row::seconds(
            format!("unlocks over {} jobs, {} skills", args.jobs, reported.tried),
            report,
            by_force,
            reported.force_seconds,
        )
        .held_to(Target::AtMost(1.0)),
        Row::bytes(
            "most memory of the report",
            reported.peak,
            "the vectors as plain floats",
            (args.jobs * 128 * 4) as u64,
        ),
    ])
}

fn rows(args: &Args, ranked: &Ranked, searched: &Searched, listed: &Listed) -> Result<Vec<Row>> {
    let (jobs, stored) = (args.jobs, args.stored);
    let middle = |seconds: &[f64]| median(seconds).context("nothing was measured");
    let scan = middle(&searched.vec0_seconds)?;
    let plain = middle(&searched.loop_seconds)?;
    let rank = middle(&ranked.rank_seconds)?;
    let by_scan = "one sqlite-vec scan of the same vectors";
    let by_loop = "a plain float loop over the same vectors";
    let vectors = (searched.vectors * 128 * 4) as u64;
    let pages: Vec<f64> = [&listed.first_page_seconds, &listed.later_page_seconds]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let bytes = |what: &str, ours| Row::bytes(what, ours, "the vectors as plain floats", vectors);
    Ok(vec![
        Row::seconds(
            format!("rank of {jobs} jobs, all parts, reasons"),
            rank,
            by_scan,
            scan,
        )
        .held_to(Target::AtMost(1.0)),
        Row::seconds(
            format!("rank of {jobs} jobs, all parts, reasons"),
            rank,
            by_loop,
            plain,
        ),
        bytes("most memory of the ranking", ranked.peak).held_to(Target::AtMost(400.0)),
        Row::seconds(
            "rank after one posting changed".to_owned(),
            ranked.changed_seconds,
            by_scan,
            scan,
        ),
        Row::count(
            "  jobs judged for it".to_owned(),
            ranked.changed_judged as f64,
            "the one that changed",
            1.0,
        )
        .held_to(Target::AtMost(1.0)),
        Row::seconds(
            format!("hybrid search of {jobs} jobs, median"),
            middle(&searched.search_seconds)?,
            by_scan,
            scan,
        ),
        Row::seconds(
            format!("hybrid search of {jobs} jobs, p99"),
            p99(&searched.search_seconds)?,
            by_scan,
            scan,
        )
        .held_to(Target::AtMost(0.15)),
        bytes("most memory of the search and the scans", searched.peak),
        Row::seconds(
            format!("jobs list of {stored} stored jobs, median"),
            middle(&pages)?,
            by_loop,
            plain,
        ),
        Row::seconds(
            format!("jobs list of {stored} stored jobs, p99"),
            p99(&pages)?,
            by_loop,
            plain,
        )
        .held_to(Target::AtMost(0.02)),
        bytes("most memory of the lists", listed.peak),
    ])
}

/// The time that one of a hundred exceeds.
fn p99(seconds: &[f64]) -> Result<f64> {
    let mut seconds = seconds.to_vec();
    seconds.sort_unstable_by(f64::total_cmp);
    let place = (seconds.len() * 99).div_ceil(100).saturating_sub(1);
    seconds.get(place).copied().context("nothing was measured")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_hundred_is_above_the_p99() {
        let check = |count: u32, expected: f64| {
            let seconds: Vec<f64> = (1..=count).rev().map(f64::from).collect();
            assert_eq!(p99(&seconds).ok(), Some(expected), "{count}");
        };
        check(100, 99.0);
        check(300, 297.0);
        check(10, 10.0);
        check(1, 1.0);
        assert!(p99(&[]).is_err());
    }
}
