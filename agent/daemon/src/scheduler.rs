//! Syncs by itself when the schedule says so.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Zoned};

use crate::{clock, fault::Fault, handle::Handle, pipeline, schedule::Schedule, sources};

/// The clock is asked at least this often: a laptop that slept has not told us.
const TICK: Duration = Duration::from_secs(30);

/// The least time between two syncs that were started because one was due: one
/// that could not be finished, as on a full disk, stays due.
const REST: Duration = Duration::from_secs(15 * 60);

/// How far in the future the last run may lie before the clock that stamped it
/// is taken to have been wrong. A run that counted would hold back all later ones.
const TOLERANCE: SignedDuration = SignedDuration::from_hours(1);

/// The schedule in force and when it ran last and runs next.
pub(crate) struct Rhythm {
    pub(crate) schedule: Schedule,
    pub(crate) last: Option<Timestamp>,
    pub(crate) next: Option<Timestamp>,
}

/// Reads the rhythm: the person's choice, else the configuration's.
pub(crate) async fn rhythm(handle: &Handle) -> Result<Rhythm, Fault> {
    let (chosen, last, first_board) = handle
        .store
        .read(|reader| {
            let boards = reader.sources()?;
            Ok((
                reader.schedule()?.sync,
                reader.last_finished_run(pipeline::SYNC)?,
                boards.iter().map(|board| board.added_at).min(),
            ))
        })
        .await?;
    let last = last.and_then(|run| run.finished_at);
    let last = believable(last, clock::now());
    let chosen = chosen.and_then(|text| text.parse().ok());
    let schedule: Schedule = chosen.unwrap_or(handle.config.sync.schedule);
    // From the first board on, so that a daemon started every morning after the
    // hour of its schedule comes to its first run too.
    let since = first_board.map_or(handle.started, |added| added.min(handle.started));
    let since: Zoned = since.to_zoned(clock::local().time_zone().clone());
    Ok(Rhythm {
        schedule,
        last,
        next: schedule.next(last, &since),
    })
}

/// The last run, unless it lies in a future that a wrong clock made up.
fn believable(last: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    last.filter(|last| last.duration_since(now) <= TOLERANCE)
}

/// Runs until the daemon ends. A run that is due is due once, however long the
/// machine slept; one that cannot start is tried again at the next tick.
pub(crate) async fn run(handle: Handle) {
    let mut rescheduled = handle.rescheduled.subscribe();
    let mut tried: Option<Duration> = None;
    loop {
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            _ = rescheduled.changed() => {}
            () = clock::tick(TICK) => {}
        }
        if tried.is_some_and(|tried| clock::awake() < tried + REST) {
            continue;
        }
        match run_if_due(&handle).await {
            Ok(true) => tried = Some(clock::awake()),
            Ok(false) => {}
            Err(fault) => {
                tried = Some(clock::awake());
                tracing::warn!(%fault, "the scheduled sync did not start");
            }
        }
    }
}

/// Says whether a sync was due and is started.
async fn run_if_due(handle: &Handle) -> Result<bool, Fault> {
    let due = rhythm(handle)
        .await?
        .next
        .is_some_and(|next| next <= clock::now());
    if !due || !handle.conductor.activity().await.is_empty() {
        return Ok(false);
    }
    let all = sources::followed(handle).await?;
    if all.is_empty() {
        return Ok(false);
    }
    tracing::info!(sources = all.len(), "scheduled sync");
    pipeline::sync(handle, all).await.map(|_| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_stamped_by_a_clock_that_was_ahead_does_not_hold_back_the_next() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        for (last, counts) in [
            ("2026-11-20T10:00:00Z", true),
            ("2026-11-21T10:00:30Z", true),
            ("2027-11-21T10:00:00Z", false),
        ] {
            let last: Timestamp = last.parse().unwrap();
            assert_eq!(believable(Some(last), now).is_some(), counts, "{last}");
        }
        assert_eq!(believable(None, now), None);
    }
}
