//! The pages of a board, each a transaction, and with the last one what is no
//! longer there.

use agent_portal::host::{Board, Page, Session};
use agent_store::{JobPage, RunSource, SourceRow};

use super::{
    Kept, MAX_PAGES, Stop, count,
    judged::{self, Finished},
    understood::{Understood, understand},
};
use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
    pipeline::{Progress, Reporter, ending, fetched::LastFetched},
};

/// A board under way.
pub(super) struct Reading<'a, F> {
    pub(super) handle: &'a Handle,
    pub(super) row: &'a RunSource,
    pub(super) source: &'a SourceRow,
    pub(super) board: Board,
    pub(super) fetch: &'a LastFetched<F>,
    pub(super) reporter: &'a Reporter,
    /// Whether the plugin reads single postings.
    pub(super) detailed: bool,
}

/// Reads the pages that are left.
pub(super) async fn read<F>(
    reading: &Reading<'_, F>,
    session: &mut Session,
    mut kept: Kept,
) -> Result<Kept, Stop> {
    let (handle, source) = (reading.handle, reading.source);
    let mut cursor = reading.row.cursor.clone();
    if kept.pages_read {
        return Ok(kept);
    }
    for _ in 0..MAX_PAGES {
        let page = tokio::select! {
            page = session.discover(&reading.board, &[], cursor.as_deref()) => page,
            () = handle.shutdown.cancelled() => return Err(Stop::Daemon(ending())),
        };
        let page = page.map_err(|error| Stop::board(error.into(), &kept))?;
        cursor = page.next.clone();
        let taken = ingest(reading, page, kept).await;
        kept = taken.map_err(Stop::Daemon)?.ok_or(Stop::Unfollowed)?;
        reading.reporter.tell(Progress::Board {
            source: source.id,
            company: source.company.clone(),
            done: kept.report.fetched,
            total: kept.report.asked,
        });
        if cursor.is_none() {
            return Ok(kept);
        }
    }
    let endless = format!("{} gave more than {MAX_PAGES} pages", source.url);
    let fault = Fault::new(Kind::Exhausted, agent_api::reason::PORTAL_FAILED, endless);
    Err(Stop::board(fault, &kept))
}

/// Takes one page in: its jobs, their events, the counts and the next cursor in
/// one transaction. With the last page the board is judged, and what was not seen
/// is closed in it too. `None` when the board was unfollowed meanwhile: its jobs
/// stay closed.
async fn ingest<F>(
    reading: &Reading<'_, F>,
    page: Page,
    mut kept: Kept,
) -> Result<Option<Kept>, Fault> {
    let (handle, source) = (reading.handle, reading.source);
    let report = &mut kept.report;
    report.fetched += count(page.postings.len());
    report.duplicates += page.repeated;
    report.asked = page.total.unwrap_or(report.fetched).max(report.fetched);
    kept.reading.dropped += count(page.dropped.len());
    report.drop_postings(page.dropped);
    let Understood {
        taken,
        undescribed,
        refused,
        reading: listed,
    } = understand(handle, source, page.postings, reading.detailed).await?;
    kept.reading.add(&listed);
    report.drop_postings(refused);
    // A board added by its address alone goes by its key until its postings name
    // the employer.
    let named = taken
        .first()
        .filter(|seen| source.company == source.key && seen.posting.company.is_some())
        .map(|seen| seen.job.company.clone());
    let (run, id, company) = (reading.row.run, source.id, source.company.clone());
    let (from, cursor, now) = (reading.fetch.address(), page.next, clock::now());
    let kept = handle
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
            for (job, listed) in undescribed {
                tx.note_undescribed(job, listed)?;
            }
            if let Some(company) = named {
                tx.name_source(id, &company)?;
            }
            let report = &mut kept.report;
            report.new += count(ingested.new.len());
            report.changed += count(ingested.changed.len());
            report.restated += count(ingested.restated.len());
            report.unchanged += count(ingested.unchanged.len());
            report.reopened += count(ingested.reopened.len());
            report.duplicates += count(ingested.duplicates.len());
            report.drop_postings(
                ingested
                    .duplicates
                    .iter()
                    .map(|id| format!("{id}: the board lists it twice")),
            );
            if cursor.is_none() {
                let board = Finished {
                    run,
                    source: id,
                    company: &company,
                    at: now,
                };
                judged::settle(tx, &board, &kept.reading, report)?;
                kept.pages_read = true;
            }
            tx.save_progress(run, id, &kept.progress(cursor))?;
            Ok(Some(kept))
        })
        .await?;
    Ok(kept)
}
