//! `cargo xtask bench`: what the agent costs, beside a baseline of the same run.
//!
//! It measures and never asserts: a figure means something only beside another
//! one of the same machine in the same minute.

mod measure;
mod memory;
mod models;
mod portals;
mod rank;
mod table;

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::demo::{Agent, Built, Employer, Home, Profile, Screen, Serves};
use crate::workspace::root;
use crate::{interrupt, process};
use measure::{median_of, seconds_of};
use table::Row;

/// How many postings are synced and ranked.
const POSTINGS: usize = 10_000;

/// Options of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    only: Option<Only>,
    /// Print the figures as one object in the last line; everything else goes to standard error
    #[arg(long)]
    json: bool,
    /// Measure with this many postings
    #[arg(long, value_name = "N", default_value_t = POSTINGS)]
    postings: usize,
}

/// What is measured instead of the whole.
#[derive(Debug, clap::Subcommand)]
enum Only {
    /// Measure what the daemon adds to a call to a model, and what a second asking costs.
    Models(models::Args),
    /// Measure the plugins' sandbox and the intake of postings, beside what they are held to.
    Portals(portals::Args),
    /// Measure the ranking, the search and the lists of many jobs, beside what they are held to.
    Rank(rank::Args),
}

/// What the plain client says of the same bytes.
#[derive(Debug, Deserialize)]
struct Plain {
    bytes: u64,
    postings: usize,
    fetch_seconds: f64,
    words: usize,
    words_seconds: f64,
}

/// Builds in release, measures, prints.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.only {
        Some(Only::Models(args)) => return models::run(args),
        Some(Only::Portals(args)) => return portals::run(args),
        Some(Only::Rank(args)) => return rank::run(args),
        None => {}
    }
    interrupt::watch()?;
    let screen = Screen::new(args.json);
    screen.step("Build in release");
    let built = Built::all(Profile::Release)?;
    let home = Home::new(false)?;
    let rows = measured(args.postings, &built, &home, screen);
    home.leave(screen);
    let rows = rows?;
    screen.line(&format!("\n{}", table::in_columns(&rows)));
    if args.json {
        println!(
            "{}",
            serde_json::json!({ "postings": args.postings, "figures": rows })
        );
    }
    Ok(())
}

impl Plain {
    /// Lets the plain client fetch and parse what the employer serves.
    fn of(built: &Built, home: &Home) -> Result<Self> {
        let client = built.bin.join("examples/practice_client");
        let said = process::capture(Command::new(client).arg("fetch").arg(home.employer()))?;
        serde_json::from_str(&said).context("unreadable answer of the plain client")
    }
}

/// A running agent that follows every board of an employer, and has read none.
struct Followed {
    agent: Agent,
    _employer: Employer,
}

impl Followed {
    fn new(postings: usize, built: &Built, home: &Home, screen: Screen) -> Result<Self> {
        screen.step(&format!("Serve {postings} generated postings"));
        let serves = Serves {
            bulk: Some(postings),
            ..Serves::default()
        };
        let employer = Employer::start(&built.bin, &home.employer(), &serves)?;
        home.mark(&employer)?;
        let agent = Agent::new(&built.bin, &home.agent(), screen);

        screen.step("Start, install, import, follow");
        agent.quietly(&["start"])?;
        for plugin in &built.plugins {
            agent.quietly(&["plugin", "install", "--yes", &plugin.to_string_lossy()])?;
        }
        let person = root().join("examples/cv/backend-engineer.md");
        agent.quietly(&["init", &person.to_string_lossy()])?;
        for board in &employer.ready.boards {
            agent.quietly(&["source", "add", &board.url])?;
        }
        Ok(Self {
            agent,
            _employer: employer,
        })
    }
}

fn measured(postings: usize, built: &Built, home: &Home, screen: Screen) -> Result<Vec<Row>> {
    let followed = Followed::new(postings, built, home, screen)?;
    let agent = &followed.agent;
    let client = built.bin.join("examples/practice_client");

    screen.step("Sync, and the same bytes by a plain client");
    let watch = memory::WatchChildren::of(agent.pid()?);
    let (sync, ranking) = measure::sync(agent)?;
    let worker = watch.peak();
    let plain = Plain::of(built, home)?;
    screen.line(&format!(
        "{} postings, {} bytes, {} words",
        plain.postings, plain.bytes, plain.words
    ));

    screen.step("Rank again after a changed wish");
    let rank = measure::rank_again(agent)?;

    screen.step("List, memory, start");
    let list = median_of(21, || agent.quietly(&["jobs", "list"]))?;
    let ctl = median_of(21, || agent.version("agentctl"))?;
    let after_work = memory::resident(agent.pid()?)?;
    let empty = memory::of_idle_process(&client)?;
    let waiting = memory::of_idle_worker(&built.bin.join("agentd"))?;
    let starts = seconds_of(5, || {
        agent.quietly(&["stop"])?;
        measure::time(|| agent.quietly(&["start"]))
    })?;
    let idle = memory::resident(agent.pid()?)?;
    let version = median_of(21, || agent.version("agentd"))?;
    agent.quietly(&["stop"])?;

    let name = |text: &str| text.replace("{n}", &postings.to_string());
    let time = |name: String, ours: Duration, beside: &'static str, baseline: f64| {
        Row::seconds(name, ours.as_secs_f64(), beside, baseline)
    };
    let mut rows = vec![
        time(
            name("sync of {n} postings, end to end"),
            sync,
            "plain fetch and JSON parse of the same bytes",
            plain.fetch_seconds,
        ),
        time(
            name("  of it: rank of {n} jobs"),
            ranking,
            "counting the words of the same texts",
            plain.words_seconds,
        ),
        time(
            name("rank of {n} jobs after a changed wish"),
            rank,
            "counting the words of the same texts",
            plain.words_seconds,
        ),
        time(
            name("start to ready, {n} jobs in the home"),
            starts,
            "spawn of agentd --version",
            version.as_secs_f64(),
        ),
        time(
            "agentctl jobs list, round trip".to_owned(),
            list,
            "spawn of agentctl --version",
            ctl.as_secs_f64(),
        ),
        Row::bytes(
            "idle memory of the daemon, just started",
            idle,
            "a process that only waits",
            empty,
        ),
        Row::bytes(
            "idle memory of the daemon, after a sync and a ranking",
            after_work,
            "a process that only waits",
            empty,
        ),
    ];
    rows.push(Row::bytes(
        "idle memory of a plugin worker, waiting for its first order",
        waiting,
        "a process that only waits",
        empty,
    ));
    if let Some(worker) = worker {
        rows.push(Row::bytes(
            "most memory of a plugin worker in the sync",
            worker,
            "a process that only waits",
            empty,
        ));
    }
    Ok(rows)
}
