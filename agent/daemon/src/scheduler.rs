//! Syncs by itself when the schedule says so.

use std::time::Duration;

use jiff::{Timestamp, Zoned};

use crate::{clock, fault::Fault, handle::Handle, pipeline, schedule::Schedule, sources};

/// The clock is asked at least this often: a laptop that slept has not told us.
const TICK: Duration = Duration::from_secs(30);

/// The schedule in force and when it ran last and runs next.
pub(crate) struct Rhythm {
    pub(crate) schedule: Schedule,
    pub(crate) last: Option<Timestamp>,
    pub(crate) next: Option<Timestamp>,
}

/// Reads the rhythm: the person's choice, else the configuration's.
pub(crate) async fn rhythm(handle: &Handle) -> Result<Rhythm, Fault> {
    let (chosen, last) = handle
        .store
        .read(|reader| {
            Ok((
                reader.schedule()?.sync,
                reader.last_finished_run(pipeline::SYNC)?,
            ))
        })
        .await?;
    let last = last.and_then(|run| run.finished_at);
    let chosen = chosen.and_then(|text| text.parse().ok());
    let schedule: Schedule = chosen.unwrap_or(handle.config.sync.schedule);
    let since: Zoned = handle.started.to_zoned(clock::local().time_zone().clone());
    Ok(Rhythm {
        schedule,
        last,
        next: schedule.next(last, &since),
    })
}

/// Runs until the daemon ends. A run that is due is due once, however long the
/// machine slept; one that cannot start is tried again at the next tick.
pub(crate) async fn run(handle: Handle) {
    let mut rescheduled = handle.rescheduled.subscribe();
    loop {
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            _ = rescheduled.changed() => {}
            () = tokio::time::sleep(TICK) => {}
        }
        if let Err(fault) = run_if_due(&handle).await {
            tracing::warn!(%fault, "the scheduled sync did not start");
        }
    }
}

async fn run_if_due(handle: &Handle) -> Result<(), Fault> {
    let due = rhythm(handle)
        .await?
        .next
        .is_some_and(|next| next <= clock::now());
    if !due || !handle.conductor.activity().await.is_empty() {
        return Ok(());
    }
    let all = sources::followed(handle).await?;
    if all.is_empty() {
        return Ok(());
    }
    tracing::info!(sources = all.len(), "scheduled sync");
    pipeline::sync(handle, all).await.map(drop)
}
