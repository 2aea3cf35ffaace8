//! Discover and ingest: the pages of one board, then the own pages of postings
//! that it lists in short. Every step is a transaction with its counts.

mod details;
mod judged;
mod kept;
mod look;
mod pages;
mod understood;

use std::sync::Arc;

use agent_portal::{
    error::PluginError,
    fetch::Fetch,
    host::{Board, Capability},
};
use agent_store::{RunId, RunSource, SourceEnd, SourceRow};

pub(crate) use self::look::look;
use self::{judged::Finished, kept::Kept, pages::Reading};

use super::{Progress, Report, Reporter, fetched::LastFetched};
use crate::{
    clock,
    events::{self, event},
    fault::Fault,
    handle::Handle,
    plugins,
};

/// Pages after which a board is given up: a cursor that never ends.
const MAX_PAGES: u32 = 500;

/// Why reading a board ended before its end.
enum Stop {
    /// The board or its plugin: the other boards go on. With the counts so far.
    Board(Fault, Box<Kept>),
    /// The person stopped following it, and nothing more of it is kept.
    Unfollowed,
    /// The store, or the end of the daemon: the sync stops.
    Daemon(Fault),
}

impl Stop {
    fn board(fault: Fault, kept: &Kept) -> Self {
        Self::Board(fault, Box::new(kept.clone()))
    }
}

/// Reads one board from where its run stands. A fault of the board is kept in
/// its row and told to watchers; only a fault of ours is returned.
pub(super) async fn board(
    handle: &Handle,
    run: RunId,
    row: RunSource,
    reporter: &Reporter,
) -> Result<(), Fault> {
    let id = row.source;
    handle.write(move |tx| tx.begin_source(run, id)).await?;
    let source = handle.store.read(move |reader| reader.source(id)).await?;
    let company = source
        .as_ref()
        .map(|source| source.company.clone())
        .unwrap_or_default();
    let read = match &source {
        Some(source) if source.removed_at.is_none() => read(handle, &row, source, reporter).await,
        Some(_) | None => Err(Stop::Unfollowed),
    };
    match read {
        Ok(report) => {
            tracing::info!(source = %id, company, new = report.new, closed = report.closed, "board read");
            reporter.tell(Progress::BoardDone {
                source: id,
                company,
                report,
                fault: None,
            });
            Ok(())
        }
        Err(Stop::Daemon(fault)) => Err(fault),
        Err(Stop::Unfollowed) => {
            tracing::info!(source = %id, "the board is no longer followed");
            let end = SourceEnd::Failed("the board is no longer followed".into());
            handle
                .write(move |tx| tx.finish_source(run, id, &end))
                .await?;
            Ok(())
        }
        Err(Stop::Board(fault, mut kept)) => {
            tracing::warn!(source = %id, company, %fault, "board not read to its end");
            kept.report.failed_sources = 1;
            give_up(handle, &row, &company, &fault, &kept).await?;
            reporter.tell(Progress::BoardDone {
                source: id,
                company,
                report: kept.report,
                fault: Some(fault),
            });
            Ok(())
        }
    }
}

/// Keeps why a board was given up, with the counts of the pages that came.
async fn give_up(
    handle: &Handle,
    row: &RunSource,
    company: &str,
    fault: &Fault,
    kept: &Kept,
) -> Result<(), Fault> {
    let (run, id, progress) = (row.run, row.source, kept.progress(row.cursor.clone()));
    let (said, company) = (fault.to_string(), company.to_owned());
    let reason = fault.reason;
    handle
        .write(move |tx| {
            tx.save_progress(run, id, &progress)?;
            tx.finish_source(run, id, &SourceEnd::Failed(said.clone()))?;
            tx.set_sync_outcome(id, clock::now(), Err(&said))?;
            let detail = serde_json::json!({ "reason": reason });
            tx.append_event(&event(
                events::SOURCE_FAILED,
                id,
                format!("{company}: {said}"),
                detail,
            ))?;
            Ok(())
        })
        .await?;
    Ok(())
}

/// Reads what is left of a board: its pages, then the postings' own pages, and
/// then its part of the run is done.
async fn read(
    handle: &Handle,
    row: &RunSource,
    source: &SourceRow,
    reporter: &Reporter,
) -> Result<Report, Stop> {
    let kept = Kept::of(row);
    let stop = |fault: Fault| Stop::board(fault, &kept);
    let id = source.plugin.clone();
    let installed = handle.store.read(move |reader| reader.plugin(&id));
    let detailed = installed
        .await
        .map_err(|error| Stop::Daemon(error.into()))?
        .is_some_and(|plugin| {
            let detail = plugins::word(Capability::Detail);
            plugin.supports.iter().any(|word| word == detail)
        });
    let plugin = plugins::installed(handle, &source.plugin)
        .await
        .map_err(stop)?
        .for_board(&source.url);
    let fetch = Arc::new(LastFetched::new(plugins::fetch(
        handle, &plugin, "discover",
    )));
    let opened = handle
        .plugins
        .open(&plugin, Arc::clone(&fetch) as Arc<dyn Fetch>)
        .await;
    let mut session = opened.map_err(|error: PluginError| stop(error.into()))?;
    let reading = Reading {
        handle,
        row,
        source,
        board: Board {
            key: source.key.clone(),
            url: source.url.clone(),
            company: Some(source.company.clone()),
        },
        fetch: &fetch,
        reporter,
        detailed,
    };
    let kept = pages::read(&reading, &mut session, kept).await?;
    let kept = details::read(&reading, &mut session, kept).await?;
    session.close().await;
    finish(&reading, kept).await.map_err(Stop::Daemon)
}

/// Ends the board's part of the run.
async fn finish<F>(reading: &Reading<'_, F>, mut kept: Kept) -> Result<Report, Fault> {
    let (run, id, now) = (reading.row.run, reading.source.id, clock::now());
    let company = reading.source.company.clone();
    let report = reading.handle.write(move |tx| {
        let board = Finished {
            run,
            source: id,
            company: &company,
            at: now,
        };
        judged::settle_details(tx, &board, &kept.reading, &mut kept.report)?;
        tx.save_progress(run, id, &kept.progress(None))?;
        tx.finish_source(run, id, &SourceEnd::Done)?;
        tx.set_sync_outcome(id, now, Ok(()))?;
        Ok(kept.report)
    });
    Ok(report.await?)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The counts kept in the row of a board's run; none before its first page.
pub(super) fn counters(row: &RunSource) -> Report {
    Kept::of(row).report
}
