//! Ctrl-C and SIGTERM as something the running command notices, not as its end.
//!
//! A command that started a daemon must end it. So a signal only sets a mark;
//! the next child is not started, and everything is cleared away on the way out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Context, Result, bail};
use tokio::signal::unix::{SignalKind, signal};

static ASKED_TO_END: AtomicBool = AtomicBool::new(false);

/// Takes signals from here on to the end of the process.
pub(crate) fn watch() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("could not watch for signals")?;
    thread::spawn(move || {
        runtime.block_on(async {
            let (Ok(mut interrupt), Ok(mut terminate)) = (
                signal(SignalKind::interrupt()),
                signal(SignalKind::terminate()),
            ) else {
                return;
            };
            loop {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                ASKED_TO_END.store(true, Ordering::Relaxed);
            }
        });
    });
    Ok(())
}

/// An error once a signal has come.
pub(crate) fn check() -> Result<()> {
    if ASKED_TO_END.load(Ordering::Relaxed) {
        bail!("interrupted");
    }
    Ok(())
}
