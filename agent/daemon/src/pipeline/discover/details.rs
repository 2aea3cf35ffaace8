//! The own pages of postings that their board lists without a description.
//!
//! Each is asked for and taken in by itself, so that a kill loses none, and at
//! most so many in one sync that no board is asked without end.

use agent_core::job;
use agent_portal::{
    error::{PluginError, PortalError},
    fetch::FetchError,
    host::Session,
};
use agent_store::{DetailEnd, Detailed, JobPage, SeenJob, WantedDetail};

use super::{Kept, Stop, pages::Reading};
use crate::{
    clock,
    fault::Fault,
    pipeline::{Progress, ending},
};

/// Most pages asked for of one board in one sync; the rest come with the next.
const PER_SYNC: u32 = 200;

/// After so many failures in a row the rest is left for the next sync.
const FAILURES: u32 = 5;

/// What a portal answered.
enum Answer {
    /// The job with its page, and the page.
    Page(Box<(SeenJob, job::Posting)>),
    /// The posting is gone.
    Gone,
    /// This page cannot be read.
    Failed(String),
    /// No further page is asked for until the next sync, and why.
    Enough(String),
}

/// Asks for the pages that are wanted, newest posting first.
pub(super) async fn read<F>(
    reading: &Reading<'_, F>,
    session: &mut Session,
    mut kept: Kept,
) -> Result<Kept, Stop> {
    if !reading.detailed {
        return Ok(kept);
    }
    let (run, id) = (reading.row.run, reading.source.id);
    let wanted = reading.handle.store.read(move |reader| {
        let left = PER_SYNC.saturating_sub(reader.details_tried(run, id)?);
        reader.wanted_details(run, id, left)
    });
    let wanted = wanted.await.map_err(|error| Stop::Daemon(error.into()))?;
    let total = super::count(wanted.len());
    let mut failures = 0;
    for (one, done) in wanted.into_iter().zip(1..) {
        let answer = tokio::select! {
            answer = ask(reading, session, &one) => answer,
            () = reading.handle.shutdown.cancelled() => return Err(Stop::Daemon(ending())),
        };
        match &answer {
            Answer::Page(_) | Answer::Gone => failures = 0,
            Answer::Failed(why) => {
                failures += 1;
                tracing::warn!(source = %id, posting = one.external_id, why, "page not read");
            }
            Answer::Enough(why) => {
                tracing::info!(source = %id, why, "the other pages are left for the next sync");
                break;
            }
        }
        let taken = take(reading, one, answer, kept).await;
        kept = taken.map_err(Stop::Daemon)?.ok_or(Stop::Unfollowed)?;
        reading.reporter.tell(Progress::Details {
            source: id,
            company: reading.source.company.clone(),
            done,
            total,
        });
        if failures >= FAILURES {
            break;
        }
    }
    let left = reading
        .handle
        .store
        .read(move |reader| reader.wanted_details_count(run, id));
    kept.report.not_asked = left.await.map_err(|error| Stop::Daemon(error.into()))?;
    Ok(kept)
}

async fn ask<F>(reading: &Reading<'_, F>, session: &mut Session, one: &WantedDetail) -> Answer {
    let page = match session.detail(&reading.board, &one.external_id).await {
        Ok(page) => page,
        Err(error) => return refused(error),
    };
    let posting = one.posting.detailed_by(&page);
    match job::read(reading.source.id, &reading.source.company, &posting) {
        Ok(job) => Answer::Page(Box::new((SeenJob { job, posting }, page))),
        Err(error) => Answer::Failed(error.to_string()),
    }
}

/// Whether an error is of this one page, or of all that could be asked for.
fn refused(error: PluginError) -> Answer {
    let said = error.to_string();
    match error {
        PluginError::Portal {
            fetch: Some(FetchError::Wait { .. }),
            ..
        } => Answer::Enough(said),
        PluginError::Portal { error, .. } => match error {
            PortalError::Gone(_) => Answer::Gone,
            PortalError::Blocked(_)
            | PortalError::RateLimited(_)
            | PortalError::NeedsLogin
            | PortalError::Unsupported => Answer::Enough(said),
            PortalError::Changed(_) | PortalError::Invalid(_) | PortalError::Fetch(_) => {
                Answer::Failed(said)
            }
        },
        PluginError::TooLarge { .. }
        | PluginError::Trapped { .. }
        | PluginError::ComputedTooLong { .. }
        | PluginError::TimedOut { .. }
        | PluginError::OutOfMemory { .. }
        | PluginError::TooManyFetches { .. }
        | PluginError::BadResult { .. }
        | PluginError::WorkerDied { .. } => Answer::Failed(said),
        PluginError::Unreadable { .. }
        | PluginError::NotAComponent { .. }
        | PluginError::ForeignImport { .. }
        | PluginError::WrongWorld { .. }
        | PluginError::BadManifest { .. }
        | PluginError::CompileLimit { .. }
        | PluginError::WrongHash { .. }
        | PluginError::HostNotGranted { .. }
        | PluginError::WorkerStart { .. } => Answer::Enough(said),
    }
}

/// Writes what came of one page, with the counts, in one transaction. `None` when
/// the board was unfollowed meanwhile.
async fn take<F>(
    reading: &Reading<'_, F>,
    one: WantedDetail,
    answer: Answer,
    mut kept: Kept,
) -> Result<Option<Kept>, Fault> {
    let (run, source, now) = (reading.row.run, reading.source.id, clock::now());
    let from = reading.fetch.address();
    let written = reading.handle.write(move |tx| {
        if tx
            .source(source)?
            .is_none_or(|row| row.removed_at.is_some())
        {
            return Ok(None);
        }
        let page = JobPage {
            run,
            source,
            at: now,
            fetched_from: from.as_deref(),
            jobs: &[],
        };
        let end = match &answer {
            Answer::Page(read) => DetailEnd::Read {
                whole: &read.0,
                page: &read.1,
            },
            Answer::Gone => DetailEnd::Gone,
            Answer::Failed(_) | Answer::Enough(_) => DetailEnd::Failed,
        };
        let detailed = tx.take_detail(&page, one.job, end)?;
        if let DetailEnd::Failed = end {
            kept.report.details_failed += 1;
            kept.reading.details_failed += 1;
        } else {
            kept.report.details += 1;
            kept.reading.details += 1;
        }
        if let (DetailEnd::Read { .. }, Some(from)) = (end, &from) {
            tx.fetched_from(one.job, from)?;
        }
        match detailed {
            Detailed::Closed => kept.report.closed += 1,
            Detailed::Changed => kept.report.changed += 1,
            Detailed::Restated => kept.report.restated += 1,
            Detailed::Unchanged | Detailed::Described => {}
        }
        tx.save_progress(run, source, &kept.progress(None))?;
        Ok(Some(kept))
    });
    Ok(written.await?)
}
