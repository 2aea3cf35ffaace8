//! Taking times.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::demo::Agent;

/// How long one piece of work takes.
pub(super) fn time(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

/// The median time of several runs of the same work.
pub(super) fn median_of(runs: usize, mut work: impl FnMut() -> Result<()>) -> Result<Duration> {
    seconds_of(runs, || time(&mut work))
}

/// The median of several measurements that take their own time.
pub(super) fn seconds_of(
    runs: usize,
    mut measure: impl FnMut() -> Result<Duration>,
) -> Result<Duration> {
    let mut times = (0..runs).map(|_| measure()).collect::<Result<Vec<_>>>()?;
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

/// The median of many times, in seconds; nothing of none.
pub(super) fn median(seconds: &[f64]) -> Option<f64> {
    let mut seconds = seconds.to_vec();
    seconds.sort_unstable_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied()
}

/// The time of a whole sync, and of its ranking, which is its last stage.
pub(super) fn sync(agent: &Agent) -> Result<(Duration, Duration)> {
    let start = Instant::now();
    let mut before_ranking = Duration::ZERO;
    agent.follow(&["sync"], |line| {
        if line["stage"] != "rank" && line["stage"] != "done" {
            before_ranking = start.elapsed();
        }
    })?;
    let all = start.elapsed();
    Ok((all, all.saturating_sub(before_ranking)))
}

/// The time until every job is ranked for a changed wish.
pub(super) fn rank_again(agent: &Agent) -> Result<Duration> {
    time(|| agent.quietly(&["prefs", "set", "roles", "site reliability engineer"]))
}
