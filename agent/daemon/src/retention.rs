//! What is forgotten, and when: once a day, so that a daemon that runs for years stays
//! as it was after a month.
//!
//! What happened to jobs and applications is the person's, and stays. Log files go by
//! their own rule (`[log] keep_days`), fetched pages by their size.

use std::time::Duration;

use jiff::SignedDuration;

use crate::{clock, fault::Fault, handle::Handle, manners::Remembered, notify};

/// How often it is looked whether a day has passed.
const TICK: Duration = Duration::from_secs(30 * 60);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long single exchanges stay in the egress ledger; their sums stay for good.
const EXCHANGES: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Runs until the daemon ends; the first time, soon after the start.
pub(crate) async fn run(handle: Handle) {
    let mut next = clock::awake();
    loop {
        if clock::awake() >= next {
            next = clock::awake() + DAY;
            if let Err(fault) = forget(&handle).await {
                tracing::warn!(%fault, "what is long past could not be forgotten");
            }
        }
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = clock::tick(TICK) => {}
        }
    }
}

async fn forget(handle: &Handle) -> Result<(), Fault> {
    Remembered::prune(&handle.store).await;
    notify::prune(handle).await?;
    if let Ok(before) = clock::now().checked_sub(EXCHANGES) {
        let folded = handle.store.write(move |tx| tx.fold_egress(before)).await?;
        tracing::debug!(folded, "exchanges of long ago are kept as sums");
    }
    handle.store.empty_log().await?;
    Ok(())
}
