//! `cargo xtask bench portals`: what the sandbox costs and how fast postings are
//! taken in, each figure beside its baseline and what it is held to.

mod board;
mod intake;
mod sandbox;

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;

use super::{Followed, Plain, table};
use crate::demo::{Built, Home, Profile, Screen};
use crate::interrupt;
use board::Board;

/// Options of `cargo xtask bench portals`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the figures as one object in the last line; everything else goes to standard error
    #[arg(long)]
    json: bool,
    /// Read the large recorded board of this folder instead of a generated one
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Take in this many postings
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    postings: usize,
    /// Measure what was built before in release, instead of building it
    #[arg(long)]
    as_built: bool,
}

/// Builds in release, measures, prints.
pub(super) fn run(args: &Args) -> Result<()> {
    interrupt::watch()?;
    let screen = Screen::new(args.json);
    let (built, reader) = if args.as_built {
        (Built::before(Profile::Release)?, sandbox::native_reader())
    } else {
        screen.step("Build in release");
        let built = Built::all(Profile::Release)?;
        (built, sandbox::build_native_reader()?)
    };
    let home = Home::new(false)?;
    let measured = measured(args, (&built, &reader), &home, screen);
    home.leave(screen);
    let (rows, readings) = measured?;
    screen.line(&format!("\n{}", table::in_columns(&rows)));
    if args.json {
        let said = json!({ "postings": args.postings, "figures": rows, "readings": readings });
        println!("{said}");
    }
    Ok(())
}

fn measured(
    args: &Args,
    (built, reader): (&Built, &Path),
    home: &Home,
    screen: Screen,
) -> Result<(Vec<table::Row>, Vec<intake::Reading>)> {
    screen.step("One large board, native and in the sandbox by turns");
    let folder = home.employer();
    let board = Board::new(args.data.as_deref(), &folder)?;
    let mut rows = sandbox::rows(built, reader, &board, &folder)?;

    let followed = Followed::new(args.postings, built, home, screen)?;
    screen.step("Sync, and the same bytes by a plain client");
    let intake = intake::measured(&followed)?;
    screen.line(&intake.in_words());
    rows.extend(intake.rows(&Plain::of(built, home)?)?);
    Ok((rows, intake.readings))
}
