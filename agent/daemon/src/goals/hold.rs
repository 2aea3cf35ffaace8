//! Points at which a fault test kills the daemon: between what a step does and
//! what is written of it. Only a practice home has them: a file `hold-at` in it
//! names the point.

use crate::handle::Handle;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// It is written that the step began, and nothing was done.
    Begun,
    /// The step was done, and nothing is written of it.
    Worked,
    /// It is written what came of it.
    Ended,
}

impl Point {
    const fn name(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Worked => "worked",
            Self::Ended => "ended",
        }
    }
}

/// Stays here for ever when this is the point to be killed at, and says so in a file.
pub(super) async fn at(handle: &Handle, step: &str, point: Point) {
    if !handle.practice {
        return;
    }
    let here = format!("{step}.{}", point.name());
    let wanted = tokio::fs::read_to_string(handle.home.root().join("hold-at")).await;
    if !wanted.is_ok_and(|wanted| wanted.trim() == here) {
        return;
    }
    let said = tokio::fs::write(handle.home.root().join("held"), &here).await;
    if said.is_ok() {
        handle.shutdown.cancelled().await;
    }
}
