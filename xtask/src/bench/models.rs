//! `cargo xtask bench models`: a call to a model beside the same call through the
//! daemon, and what the same questions cost a second time.
//!
//! The call through the daemon is the whole of it: `agentctl` is started, asks, and
//! prints what the model read, which was checked and written down by then.

mod relay;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use self::relay::{Mode, Relay};
use super::measure::{median, time};
use super::table::{self, Row, Target};
use crate::demo::{Agent, Built, Employer, Home, Profile, Screen, Serves};
use crate::interrupt;
use crate::workspace::root;

/// What the daemon may add to the time of a call.
const SHARE: f64 = 1.03;

/// Options of `cargo xtask bench models`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the figures as one object in the last line; everything else goes to standard error
    #[arg(long)]
    json: bool,
    /// Have this many postings read
    #[arg(long, value_name = "N", default_value_t = 7)]
    postings: usize,
    /// Ask the server that OLLAMA_HOST names (such as 127.0.0.1:11434) instead of a scripted one
    #[arg(long)]
    real: bool,
    /// Measure what was built for showing, instead of building in release
    #[arg(long)]
    dev: bool,
}

#[derive(Deserialize)]
struct Listed {
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    id: String,
}

/// Builds, measures, prints.
pub(super) fn run(args: &Args) -> Result<()> {
    interrupt::watch()?;
    let screen = Screen::new(args.json);
    let upstream = match args.real {
        true => Some(real()?),
        false => None,
    };
    let built = match args.dev {
        true => Built::before(Profile::Dev)?,
        false => {
            screen.step("Build in release");
            Built::all(Profile::Release)?
        }
    };
    let home = Home::new(false)?;
    let rows = measured(args.postings, upstream, (&built, &home), screen);
    home.leave(screen);
    let rows = rows?;
    screen.line(&format!("\n{}", table::in_columns(&rows)));
    if args.json {
        println!("{}", json!({ "postings": args.postings, "figures": rows }));
    }
    Ok(())
}

/// Address of the server that `OLLAMA_HOST` names.
fn real() -> Result<String> {
    let host = std::env::var("OLLAMA_HOST").context("OLLAMA_HOST names no model server")?;
    let host = host.trim().trim_start_matches("http://");
    let host = host.trim_end_matches('/');
    Ok(match host.contains(':') {
        true => host.to_owned(),
        false => format!("{host}:11434"),
    })
}

fn measured(
    postings: usize,
    upstream: Option<String>,
    (built, home): (&Built, &Home),
    screen: Screen,
) -> Result<Vec<Row>> {
    let relay = Relay::start(upstream)?;
    let employer = Employer::start(&built.bin, &home.employer(), &Serves::default())?;
    home.mark(&employer)?;
    configure(&home.agent(), &relay)?;
    let agent = Agent::new(&built.bin, &home.agent(), screen);
    screen.step("Start, install, import, follow, sync");
    agent.quietly(&["start"])?;
    for plugin in &built.plugins {
        agent.quietly(&["plugin", "install", "--yes", &plugin.to_string_lossy()])?;
    }
    let person = root().join("examples/cv/backend-engineer.md");
    agent.quietly(&["init", &person.to_string_lossy()])?;
    for board in &employer.ready.boards {
        agent.quietly(&["source", "add", &board.url])?;
    }
    agent.quietly(&["sync"])?;
    let listed: Listed = agent.ask(&["jobs", "list", "--all", "--limit", "500"])?;
    let ids: Vec<String> = listed.jobs.into_iter().map(|job| job.id).collect();
    let ids = ids.get(..postings.min(ids.len())).unwrap_or_default();

    screen.step(&format!(
        "Have {} postings read, and make the same calls plainly",
        ids.len()
    ));
    let (mut through, mut plain) = (Vec::new(), Vec::new());
    for id in ids {
        // The question is kept and refused first, so that it is known before it is
        // answered; the list has the daemon forget that the server failed.
        relay.set(Mode::Keep);
        agent.quietly(&["jobs", "read", id])?;
        relay.set(Mode::Answer);
        agent.quietly(&["models", "list"])?;
        let body = relay.body();
        // A real server reads a question it knows faster: both times are of the second.
        relay.ask(&body)?;
        let mut read = Value::Null;
        let ours = time(|| {
            read = agent.ask(&["jobs", "read", id])?;
            Ok(())
        })?;
        if read["model"].as_str().unwrap_or_default().is_empty() {
            screen.line(&format!("not measured: {}", read["nobody"]));
            continue;
        }
        through.push(ours.as_secs_f64());
        plain.push(time(|| relay.ask(&body).map(drop))?.as_secs_f64());
        let (ours, beside) = (ours, plain.last().copied().unwrap_or_default());
        screen.line(&line(ours, beside));
    }
    let (Some(ours), Some(beside)) = (median(&through), median(&plain)) else {
        bail!("no call was measured");
    };
    screen.line(&format!(
        "median: {ours:.3} s through the daemon, {beside:.3} s plain: {:+.2} %",
        (ours / beside - 1.0) * 100.0
    ));

    screen.step("The same again, from what is kept");
    let before = relay.calls();
    let again = time(|| {
        ids.iter()
            .try_for_each(|id| agent.quietly(&["jobs", "read", id]))
    })?;
    let calls = relay.calls() - before;
    agent.quietly(&["stop"])?;
    let each = again.as_secs_f64() / ids.len().max(1) as f64;
    Ok(vec![
        Row::seconds(
            format!("reading a posting through the daemon, of {}", through.len()),
            ours,
            "the same call over plain HTTP",
            beside,
        )
        .held_to(Target::Times(SHARE)),
        Row::seconds(
            "reading a posting again".to_owned(),
            each,
            "the same call over plain HTTP",
            beside,
        ),
        Row::count(
            "calls to the model for reading all again".to_owned(),
            calls as f64,
            "postings",
            ids.len() as f64,
        )
        .held_to(Target::AtMost(0.0)),
    ])
}

fn line(ours: Duration, beside: f64) -> String {
    let ours = ours.as_secs_f64();
    format!("{ours:.3} s through the daemon, {beside:.3} s plain")
}

fn configure(home: &Path, relay: &Relay) -> Result<()> {
    let text = format!(
        "[models]\nembeddings = \"built-in\"\nollama = \"http://{}\"\n",
        relay.address
    );
    fs::create_dir_all(home)?;
    fs::write(home.join("config.toml"), text).context("could not write the configuration")
}
