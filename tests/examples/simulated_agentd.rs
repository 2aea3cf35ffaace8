//! The daemon with a clock that a test sets and a browser that has no screen, for
//! simulated days; and one whose runtime can be made to hang, for the watchdog.

// A test program stops at what it did not expect.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "scripted/mod.rs"]
mod scripted;

use std::{path::PathBuf, sync::Arc, thread, time::Duration};

use agent_browser::{Browser, BrowserError, Page, Session, Visit};
use async_trait::async_trait;
use jiff::SignedDuration;
use scripted::Manner;

fn main() -> std::process::ExitCode {
    if let Some(file) = std::env::var_os("SIMULATED_CLOCK") {
        follow(file.into());
    }
    agentd::program::run(|parts| Arc::new(Hanging(scripted::browser(Manner::Gated, parts))))
}

/// Sets the clock off by the seconds the file says, and says so in another one.
fn follow(file: PathBuf) {
    let mut last = String::new();
    let mut look = move || {
        let said = std::fs::read_to_string(&file).unwrap_or_default();
        if said != last
            && let Ok(seconds) = said.trim().parse()
        {
            agentd::clock::set_off_by(SignedDuration::from_secs(seconds));
            std::fs::write(file.with_extension("set"), &said).unwrap();
            last = said;
        }
    };
    // Before the daemon asks for the time.
    look();
    thread::spawn(move || {
        loop {
            look();
            thread::sleep(Duration::from_millis(5));
        }
    });
}

/// A browser whose check, where it is told so, holds every thread of the runtime.
struct Hanging(Arc<dyn Browser>);

#[async_trait]
impl Browser for Hanging {
    async fn open(&self, visit: Visit) -> Result<Box<dyn Session>, BrowserError> {
        self.0.open(visit).await
    }

    async fn print(&self, page: Page) -> Result<Vec<u8>, BrowserError> {
        self.0.print(page).await
    }

    async fn check(&self) -> Result<String, BrowserError> {
        if std::env::var_os("SIMULATED_HANG").is_some() {
            for _ in 0..256 {
                tokio::spawn(async { thread::sleep(Duration::from_secs(600)) });
            }
        }
        self.0.check().await
    }
}
