//! Opens sessions with a plugin and calls it, again and again, and prints how
//! long each time took, for `cargo xtask bench portals`.
//!
//! `measure-session AGENTD COMPONENT CACHE FILE BOARD RUNS`, with a CACHE that is
//! empty: every page the plugin
//! asks for is the content of FILE, from memory.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use agent_portal::fetch::{Fetch, FetchError, FetchRequest, FetchResponse};
use agent_portal::host::{InstalledPlugin, PluginHost, Reach, WorkerCommand};
use agent_portal::limits::Limits;
use async_trait::async_trait;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How often a session is opened, besides the first that compiles.
const OPENED: usize = 15;
/// How often a call that does next to nothing is made.
const CLAIMED: usize = 1_000;

#[tokio::main]
async fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // On a thread of the runtime, as in the daemon.
    println!("{}", tokio::spawn(measured(args)).await??);
    Ok(())
}

async fn measured(args: Vec<String>) -> Outcome<serde_json::Value> {
    let [agentd, component, cache, file, board, runs] = args.as_slice() else {
        return Err("say AGENTD COMPONENT CACHE FILE BOARD RUNS".into());
    };
    let command = WorkerCommand {
        program: agentd.into(),
        args: vec!["worker".into()],
    };
    let host = PluginHost::new(command, cache.into(), Limits::default());
    let start = Instant::now();
    let inspected = host.inspect(Path::new(component)).await?;
    let compile = [start.elapsed().as_secs_f64()];
    let plugin = InstalledPlugin {
        id: inspected.manifest.id,
        sha256: inspected.sha256,
        path: component.into(),
        hosts: inspected.manifest.hosts,
        form_hosts: Vec::new(),
        reach: Reach::Portal,
        terms_accepted: false,
    };
    let pages = Arc::new(OnePage(tokio::fs::read(file).await?));

    let (mut ready, mut load) = (Vec::new(), Vec::new());
    for _ in 0..OPENED {
        let start = Instant::now();
        let session = host.open(&plugin, pages.clone()).await?;
        ready.push(start.elapsed().as_secs_f64());
        load.extend(session.load_time().map(|took| took.as_secs_f64()));
        session.close().await;
    }

    let mut session = host.open(&plugin, pages).await?;
    let mut claim = Vec::new();
    let mut found = None;
    for _ in 0..CLAIMED {
        let start = Instant::now();
        found = session.claim(board).await?;
        claim.push(start.elapsed().as_secs_f64());
    }
    let found = found.ok_or_else(|| format!("{board} is no board of this plugin"))?;
    let (mut discover, mut guest) = (Vec::new(), Vec::new());
    let mut postings = 0;
    for _ in 0..runs.parse::<usize>()? {
        let start = Instant::now();
        let page = session.discover(&found, &[], None).await?;
        discover.push(start.elapsed().as_secs_f64());
        guest.extend(session.call_time().map(|took| took.as_secs_f64()));
        postings = page.postings.len();
    }
    session.close().await;
    Ok(json!({
        "postings": postings,
        "discover": discover,
        "guest": guest,
        "claim": claim,
        "ready": ready,
        "load": load,
        "compile": compile,
        "echo": echo().await?,
    }))
}

/// A byte to a process that only hands on, and back.
async fn echo() -> Outcome<Vec<f64>> {
    let mut child = tokio::process::Command::new("cat")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut to), Some(mut from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("cat has no pipes".into());
    };
    let mut seconds = Vec::new();
    for _ in 0..CLAIMED {
        let start = Instant::now();
        to.write_all(b".").await?;
        to.flush().await?;
        from.read_u8().await?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    drop(to);
    tokio::time::timeout(Duration::from_secs(5), child.wait()).await??;
    Ok(seconds)
}

/// Answers every request with the same bytes.
struct OnePage(Vec<u8>);

#[async_trait]
impl Fetch for OnePage {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        Ok(FetchResponse {
            status: 200,
            url: request.url,
            content_type: "application/json".to_owned(),
            body: self.0.clone(),
        })
    }
}
