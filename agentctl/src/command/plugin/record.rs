//! `agentctl plugin record`: a board's answers as a HAR file.

use std::io::Write;
use std::path::{Path, PathBuf};

use agent_api::v1::{RecordProgress, RecordRequest};
use serde::Serialize;

use super::install::{self, Said};
use crate::error::Failure;
use crate::moving::MovingLine;
use crate::output::Output;
use crate::screen::{BOLD, Span, WARN};
use crate::session::{Place, Session};
use crate::text::{bytes, count};

/// What was typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// File of the component; it need not be installed
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    plugin: String,
    /// Address of the board
    #[arg(long, value_name = "URL")]
    board: String,
    /// File to write, HAR 1.2
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
    /// Most pages of the list
    #[arg(long, value_name = "N", default_value_t = 3)]
    pages: u32,
    /// Most postings asked for one by one, where the list does not describe them
    #[arg(long, value_name = "N", default_value_t = 3)]
    details: u32,
    /// Grant the hosts it asks for, for this recording, without a question
    #[arg(long, short)]
    yes: bool,
    /// Accept what the site's terms say against programs
    #[arg(long)]
    accept_terms: bool,
}

#[derive(Serialize)]
struct Written {
    file: String,
    bytes: u64,
    pages: u32,
    postings: u32,
    details: u32,
    more: bool,
    stopped: String,
}

/// Records a board.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let path = install::component(&args.plugin, &place.home.plugins_dir())?;
    let said = Said {
        yes: args.yes,
        accept_terms: args.accept_terms,
    };
    let component = install::ask(&session, path, None, &said, output).await?;
    let request = RecordRequest {
        component: Some(component),
        board: args.board.clone(),
        pages: args.pages.max(1),
        details: args.details,
    };
    let mut steps = session.plugins().record(request).await?.into_inner();
    let progress = MovingLine::new(output.format);
    let mut last = RecordProgress::default();
    let mut har = Vec::new();
    while let Some(step) = steps.message().await? {
        if step.har.is_empty() {
            let line = line(&step);
            if !progress.says(&line) {
                output.note(&line);
            }
            last = step;
        } else {
            last.more = step.more;
            last.stopped = step.stopped;
            har.extend(step.har);
        }
    }
    drop(progress);
    if har.is_empty() {
        return Err(Failure::refused("the daemon ended the recording early").reason("ended"));
    }
    write(&args.out, &har)?;
    let written = Written {
        file: args.out.display().to_string(),
        bytes: har.len() as u64,
        pages: last.pages,
        postings: last.postings,
        details: last.details,
        more: last.more,
        stopped: last.stopped.clone(),
    };
    output.show(&written, |written, screen, _| {
        screen.line([
            "Recorded ".into(),
            Span::new(&written.file, BOLD),
            format!(", {}: {}", bytes(written.bytes), line(&last)).into(),
        ]);
        screen.field("stopped at", Span::new(&written.stopped, WARN));
        if written.more {
            screen.line(["The board goes on; --pages N records more.".into()]);
        }
        screen.line(["Look through it before you share it: postings may name people.".into()]);
        screen.next(&format!(
            "agentctl plugin check {} --har {} --board {}",
            args.plugin, written.file, args.board
        ));
    })
}

/// Writes the file whole or not at all.
fn write(out: &Path, har: &[u8]) -> Result<(), Failure> {
    let mut half = out.as_os_str().to_owned();
    half.push(".part");
    let half = PathBuf::from(half);
    std::fs::File::create(&half)
        .and_then(|mut file| file.write_all(har).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&half, out))
        .map_err(|error| Failure::file("write", out, &error))
}

fn line(step: &RecordProgress) -> String {
    let mut line = format!(
        "{} on {}",
        count(step.postings, "posting"),
        count(step.pages, "page")
    );
    if step.details > 0 {
        line.push_str(&format!(", {} asked for by themselves", step.details));
    }
    line
}
