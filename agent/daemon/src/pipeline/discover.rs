//! Discover and ingest: the pages of one board, each a transaction, and at the
//! last one what is no longer there.

use std::sync::Arc;

use agent_core::job;
use agent_portal::{
    error::PluginError,
    fetch::Fetch,
    host::{Board, Page},
};
use agent_store::{JobPage, RunId, RunSource, SeenJob, SourceEnd, SourceRow};

use super::{Progress, Report, Reporter, ending, fetched::LastFetched};
use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
    plugins,
};

/// Pages after which a board is given up: a cursor that never ends.
const MAX_PAGES: u32 = 500;

/// Why reading a board ended before its end.
enum Stop {
    /// The board or its plugin: the other boards go on. With the counts so far.
    Board(Fault, Box<Report>),
    /// The person stopped following it, and nothing more of it is kept.
    Unfollowed,
    /// The store, or the end of the daemon: the sync stops.
    Daemon(Fault),
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
        Some(source) if source.removed_at.is_none() => {
            read_pages(handle, &row, source, reporter).await
        }
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
        Err(Stop::Board(fault, mut report)) => {
            tracing::warn!(source = %id, company, %fault, "board not read to its end");
            report.failed_sources = 1;
            give_up(handle, &row, &company, &fault, &report).await?;
            reporter.tell(Progress::BoardDone {
                source: id,
                company,
                report: *report,
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
    report: &Report,
) -> Result<(), Fault> {
    let (run, id, cursor) = (row.run, row.source, row.cursor.clone());
    let (said, company, counters) = (
        fault.to_string(),
        company.to_owned(),
        serde_json::json!(report),
    );
    let reason = fault.reason;
    handle
        .write(move |tx| {
            tx.save_progress(run, id, &agent_store::Progress { cursor, counters })?;
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

async fn read_pages(
    handle: &Handle,
    row: &RunSource,
    source: &SourceRow,
    reporter: &Reporter,
) -> Result<Report, Stop> {
    let mut report = counters(row);
    let mut cursor = row.cursor.clone();
    let stop = |fault: Fault, report: &Report| Stop::Board(fault, Box::new(report.clone()));
    let plugin = plugins::installed(handle, &source.plugin)
        .await
        .map_err(|fault| stop(fault, &report))?
        .for_board(&source.url);
    let fetch = Arc::new(LastFetched::new(plugins::fetch(
        handle, &plugin, "discover",
    )));
    let opened = handle
        .plugins
        .open(&plugin, Arc::clone(&fetch) as Arc<dyn Fetch>)
        .await;
    let mut session = opened.map_err(|error: PluginError| stop(error.into(), &report))?;
    let board = Board {
        key: source.key.clone(),
        url: source.url.clone(),
        company: Some(source.company.clone()),
    };
    for _ in 0..MAX_PAGES {
        let page = tokio::select! {
            page = session.discover(&board, &[], cursor.as_deref()) => page,
            () = handle.shutdown.cancelled() => return Err(Stop::Daemon(ending())),
        };
        let page = page.map_err(|error| stop(error.into(), &report))?;
        cursor = page.next.clone();
        let arrived = Arrived {
            run: row.run,
            source,
            page,
            from: fetch.address(),
        };
        let taken = ingest(handle, arrived, report).await;
        report = taken.map_err(Stop::Daemon)?.ok_or(Stop::Unfollowed)?;
        let (company, done, total) = (source.company.clone(), report.fetched, report.asked);
        reporter.tell(Progress::Board {
            source: source.id,
            company,
            done,
            total,
        });
        if cursor.is_none() {
            session.close().await;
            return Ok(report);
        }
    }
    let endless = format!("{} gave more than {MAX_PAGES} pages", source.url);
    Err(stop(
        Fault::new(Kind::Exhausted, agent_api::reason::PORTAL_FAILED, endless),
        &report,
    ))
}

/// A page that came in.
struct Arrived<'a> {
    run: RunId,
    source: &'a SourceRow,
    page: Page,
    /// Address it was fetched from last.
    from: Option<String>,
}

/// Takes one page in: its jobs, their events, the counts and the next cursor in
/// one transaction. With the last page, what was not seen is closed in it too.
/// `None` when the board was unfollowed meanwhile: its jobs stay closed.
async fn ingest(
    handle: &Handle,
    arrived: Arrived<'_>,
    mut report: Report,
) -> Result<Option<Report>, Fault> {
    let Arrived {
        run,
        source,
        page,
        from,
    } = arrived;
    let (id, company) = (source.id, source.company.clone());
    report.fetched += count(page.postings.len());
    report.asked = page.total.unwrap_or(report.fetched).max(report.fetched);
    report.drop_postings(page.dropped);
    let postings = page.postings;
    let read = handle.compute(move || {
        let (mut taken, mut refused) = (Vec::with_capacity(postings.len()), Vec::new());
        for posting in postings {
            match job::read(id, &company, &posting) {
                Ok(job) => taken.push(SeenJob { job, posting }),
                Err(error) => refused.push(format!("{}: {error}", posting.external_id)),
            }
        }
        (taken, refused)
    });
    let (taken, refused) = read.await?;
    report.drop_postings(refused);
    // A board added by its address alone goes by its key until its postings name
    // the employer.
    let named = taken
        .first()
        .filter(|seen| source.company == source.key && seen.posting.company.is_some())
        .map(|seen| seen.job.company.clone());
    let now = clock::now();
    let cursor = page.next;
    let report = handle
        .write(move |tx| {
            if tx.source(id)?.is_none_or(|row| row.removed_at.is_some()) {
                return Ok(None);
            }
            let seen = JobPage {
                run,
                source: id,
                at: now,
                fetched_from: from.as_deref(),
                jobs: &taken,
            };
            let ingested = tx.ingest(&seen)?;
            if let Some(company) = named {
                tx.name_source(id, &company)?;
            }
            report.new += count(ingested.new.len());
            report.changed += count(ingested.changed.len());
            report.restated += count(ingested.restated.len());
            report.unchanged += count(ingested.unchanged.len());
            report.reopened += count(ingested.reopened.len());
            report.drop_postings(
                ingested
                    .duplicates
                    .iter()
                    .map(|id| format!("{id}: the board lists it twice")),
            );
            let last = cursor.is_none();
            if last {
                report.closed += count(tx.close_unseen(run, id, now)?.len());
            }
            let counters = serde_json::json!(report);
            tx.save_progress(run, id, &agent_store::Progress { cursor, counters })?;
            if last {
                tx.finish_source(run, id, &SourceEnd::Done)?;
                tx.set_sync_outcome(id, now, Ok(()))?;
            }
            Ok(Some(report))
        })
        .await?;
    Ok(report)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The counts kept in the row of a board's run; none before its first page.
pub(super) fn counters(row: &RunSource) -> Report {
    serde_json::from_value(row.counters.clone()).unwrap_or_default()
}
