//! Fills a store with made-up jobs and measures ranking, search and lists over
//! them, for `cargo xtask bench rank`. Prints one JSON object.
//!
//! - `measure-ranking fill FILE JOBS`: jobs with descriptions, skills and vectors
//! - `measure-ranking rank FILE`: all of them, and one that changed
//! - `measure-ranking report FILE`: what each missing skill would unlock, and by brute force
//! - `measure-ranking search FILE QUERIES`: hybrid search, and scans beside it
//! - `measure-ranking crowd FILE JOBS`: many jobs with short descriptions
//! - `measure-ranking list FILE PAGES`: pages of the list
#![allow(clippy::print_stdout)]

mod crowd;
mod fill;
mod list;
mod made_up;
mod rank;
mod report;
mod search;

use std::{error::Error, path::Path};

use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // On a thread of the runtime, as in the daemon.
    println!("{}", tokio::spawn(measured(args)).await??);
    Ok(())
}

async fn measured(args: Vec<String>) -> Outcome<Value> {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["fill", file, jobs] => fill::fill(Path::new(file), jobs.parse()?).await,
        ["rank", file] => rank::measure(Path::new(file)).await,
        ["report", file] => report::measure(Path::new(file)).await,
        ["search", file, queries] => search::measure(Path::new(file), queries.parse()?).await,
        ["crowd", file, jobs] => crowd::fill(Path::new(file), jobs.parse()?).await,
        ["list", file, pages] => list::measure(Path::new(file), pages.parse()?).await,
        _ => Err("say fill, rank, report, search, crowd or list, and a file".into()),
    }
}

/// The most memory this process held so far, in bytes; 0 where Linux's `/proc`
/// does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() * 1024
}
