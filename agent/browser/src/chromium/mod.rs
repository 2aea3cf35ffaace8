//! The real browser: Chromium, driven through chromedriver and DevTools.

mod answer;
mod arguments;
mod launch;
mod leftover;
mod outcome;
mod print;
mod programs;
mod release;
mod session;
mod temporary;
#[cfg(test)]
mod tests;

use std::{fs, io, path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;

use crate::{
    gate::{Gate, GateLog, GateOptions, Outlet},
    session::{Browser, BrowserError, Page, Session, Visit},
};

pub use arguments::Mode;
pub use leftover::end_leftovers;

use launch::{Start, launch};
use session::ChromiumSession;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// Until a page shows its form.
    pub load: Duration,
    /// Until a release was answered and the page shows what became of it.
    pub answer: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            load: Duration::from_secs(45),
            answer: Duration::from_secs(45),
        }
    }
}

/// What Chromium is started with.
pub struct ChromiumOptions {
    /// Path of Chromium; none looks for it.
    pub chromium: Option<PathBuf>,
    /// Path of chromedriver; none looks for it.
    pub chromedriver: Option<PathBuf>,
    /// Which home it works for.
    pub mode: Mode,
    /// How long things may take.
    pub waits: Waits,
    /// Opens the gate's connections.
    pub outlet: Arc<dyn Outlet>,
    /// Takes note of what passed and what was refused.
    pub log: Arc<dyn GateLog>,
}

/// Starts a Chromium of its own for every session.
pub struct Chromium {
    options: ChromiumOptions,
}

impl Chromium {
    /// Chromium with these options. Nothing is started or looked for yet.
    pub fn new(options: ChromiumOptions) -> Self {
        Self { options }
    }

    async fn programs(&self) -> Result<programs::Programs, BrowserError> {
        let ChromiumOptions {
            chromium,
            chromedriver,
            ..
        } = &self.options;
        programs::find(chromium.as_deref(), chromedriver.as_deref()).await
    }
}

#[async_trait]
impl Browser for Chromium {
    async fn open(&self, visit: Visit) -> Result<Box<dyn Session>, BrowserError> {
        let programs = self.programs().await?;
        new_folder(&visit.dir)?;
        let mut page_hosts = visit.recipe.page_hosts.clone();
        page_hosts.extend(
            url::Url::parse(&visit.recipe.url)
                .ok()
                .and_then(|url| Some(url.host_str()?.to_owned())),
        );
        let gate = Gate::start(GateOptions {
            outlet: Arc::clone(&self.options.outlet),
            log: Arc::clone(&self.options.log),
            page_hosts,
            helper_hosts: visit.recipe.helper_hosts.clone(),
        });
        let gate = Arc::new(gate.await?);
        let start = Start {
            programs: &programs,
            mode: self.options.mode,
            proxy: gate.address(),
            dir: &visit.dir,
        };
        let processes = launch(start).await?;
        let session = ChromiumSession::start(visit, gate, processes, self.options.waits).await?;
        Ok(Box::new(session))
    }

    async fn print(&self, page: Page) -> Result<Vec<u8>, BrowserError> {
        let programs = self.programs().await?;
        print::pdf(&programs, self.options.mode, &page.html, &page.dir).await
    }

    async fn check(&self) -> Result<String, BrowserError> {
        let programs = self.programs().await?;
        Ok(format!(
            "Chromium {} ({}) and chromedriver {} ({})",
            programs.chromium.version,
            programs.chromium.path.display(),
            programs.chromedriver.version,
            programs.chromedriver.path.display()
        ))
    }
}

/// Makes the session's folder, which nobody else may look into.
fn new_folder(dir: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if let Some(parent) = dir.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::DirBuilder::new().mode(0o700).create(dir)
}
