//! Starting chromedriver and, through it, Chromium with a fresh profile.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use rustls::crypto::ring;
use serde_json::Value;
use thirtyfour::{
    BrowserCapabilitiesHelper, CapabilitiesHelper, ChromeCapabilities, ChromiumLikeCapabilities,
    PageLoadStrategy, WebDriver, common::command::Command as DriverCommand, error::WebDriverResult,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::{sleep, timeout},
};

use super::{
    arguments::{EXTENSION, Mode, PROFILE, arguments, preferences},
    leftover::end_session,
    programs::Programs,
    temporary,
};
use crate::{gate::install::write_extension, session::BrowserError};

/// Longest wait for each of the two to be there.
const START: Duration = Duration::from_secs(60);

/// chromedriver takes a free port of IPv6 and ends when the same of IPv4 is in
/// use, as it may be on a machine with many connections: it is started again.
const MOST_TRIES: u32 = 8;

/// Longest wait for chromedriver to answer a command.
const COMMAND: Duration = Duration::from_secs(90);

/// A page of nobody's.
const EMPTY: &str = "about:blank";

/// Longest wait for the two to end by themselves.
const END: Duration = Duration::from_secs(3);

/// The two processes of one session. Dropping it ends both and removes the
/// session's folder.
#[derive(Debug)]
pub(super) struct Processes {
    pub(super) driver: WebDriver,
    pub(super) devtools: String,
    _folder: Folder,
}

/// What a session is started with.
pub(super) struct Start<'a> {
    pub(super) programs: &'a Programs,
    pub(super) mode: Mode,
    pub(super) proxy: SocketAddr,
    /// The session's own folder; it is there and empty.
    pub(super) dir: &'a Path,
}

/// A folder whose processes end with it.
#[derive(Debug)]
struct Folder {
    dir: PathBuf,
    chromedriver: Option<Child>,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(mut chromedriver) = self.chromedriver.take() {
            // It may be gone already.
            let _ = chromedriver.start_kill();
        }
        let dir = self.dir.clone();
        // Listing and waiting would hold up the runtime's thread.
        std::thread::spawn(move || {
            if let Err(error) = end_session(&dir) {
                tracing::warn!(dir = %dir.display(), %error, "a browser session was not cleaned up");
            }
        });
    }
}

/// Starts both. What was started is ended again when this fails.
pub(super) async fn launch(start: Start<'_>) -> Result<Processes, BrowserError> {
    let mut folder = Folder {
        dir: start.dir.to_owned(),
        chromedriver: None,
    };
    let temporary = temporary::make(start.dir)
        .map_err(|error| gone(format!("did not start: no temporary folder: {error}")))?;
    let mut tries = 0;
    let (port, mut lines) = loop {
        let (child, stdout) = spawn_driver(&start, &temporary)?;
        folder.chromedriver = Some(child);
        let mut lines = BufReader::new(stdout).lines();
        tries += 1;
        match timeout(START, port(&mut lines)).await {
            Ok(Some(port)) => break (port, lines),
            Ok(None) if tries < MOST_TRIES => {}
            Ok(None) => return Err(gone("did not start: chromedriver ended at once")),
            Err(_) => return Err(gone("did not start: chromedriver named no port")),
        }
    };
    // Both write to this pipe; a full one would stop them.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });

    write_extension(&start.dir.join(EXTENSION))?;
    let driver = session(port, capabilities(&start)?).await?;
    let devtools = endpoint(&start.dir.join(PROFILE)).await?;
    Ok(Processes {
        driver,
        devtools,
        _folder: folder,
    })
}

impl Processes {
    /// Asks both to end, and ends them if they do not.
    pub(super) async fn close(self) {
        let end = self.driver.cmd(DriverCommand::DeleteSession);
        // What does not end now is ended by its id.
        let _ = timeout(END, end).await;
        let mut folder = self._folder;
        if let Some(mut chromedriver) = folder.chromedriver.take() {
            let _ = chromedriver.start_kill();
            let _ = timeout(END, chromedriver.wait()).await;
        }
        let dir = folder.dir.clone();
        let ended = tokio::task::spawn_blocking(move || end_session(&dir)).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::warn!(dir = %folder.dir.display(), "a browser session was not cleaned up");
        }
    }
}

fn spawn_driver(start: &Start<'_>, temporary: &Path) -> Result<(Child, ChildStdout), BrowserError> {
    let failed = |error: std::io::Error| gone(format!("did not start: chromedriver: {error}"));
    let home = start.dir.join("home");
    std::fs::create_dir_all(&home).map_err(failed)?;
    let mut command = Command::new(&start.programs.chromedriver.path);
    command
        .arg("--port=0")
        .arg(format!(
            "--log-path={}",
            start.dir.join("chromedriver.log").display()
        ))
        // Certificates and settings of the person's own browser stay out of it.
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("TMPDIR", temporary)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // A key pressed in the daemon's terminal is not meant for the browser.
        .process_group(0)
        .kill_on_drop(true);
    for proxy in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    let mut child = command.spawn().map_err(failed)?;
    let stdout = child
        .stdout
        .take()
        .ok_or_else(|| gone("did not start: no output"))?;
    Ok((child, stdout))
}

/// The port chromedriver took ("ChromeDriver was started successfully on port 40081.").
async fn port(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<u16> {
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim_end_matches('.').trim().parse().ok();
        }
    }
    None
}

fn capabilities(start: &Start<'_>) -> Result<ChromeCapabilities, BrowserError> {
    let mut wanted = ChromeCapabilities::new();
    let root = rustix::process::geteuid().is_root();
    let fill = |wanted: &mut ChromeCapabilities| -> WebDriverResult<()> {
        wanted.set_binary(&start.programs.chromium.path.to_string_lossy())?;
        for argument in arguments(start.mode, root, start.proxy, start.dir) {
            wanted.add_arg(&argument)?;
        }
        wanted.set_browser_option("prefs", preferences())?;
        // The session waits by itself: a navigation may hang in the gate.
        wanted.set_page_load_strategy(PageLoadStrategy::None)?;
        // Dialogs are answered over DevTools, at once.
        wanted.set("unhandledPromptBehavior", Value::from("ignore"))
    };
    fill(&mut wanted).map_err(|error| gone(format!("did not start: {error}")))?;
    Ok(wanted)
}

async fn session(port: u16, wanted: ChromeCapabilities) -> Result<WebDriver, BrowserError> {
    // Fails only where a provider is there already, which is as good.
    let _ = ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(COMMAND)
        .build();
    let client = client.map_err(|error| gone(format!("did not start: {error}")))?;
    let made = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted).client(client);
    let driver = match timeout(START, made).await {
        Ok(Ok(driver)) => driver,
        Ok(Err(error)) => return Err(gone(format!("did not start: {error}"))),
        Err(_) => return Err(gone(format!("did not start within {} s", START.as_secs()))),
    };
    // Else it would block the runtime when it is dropped; the session ends it.
    let _ = driver.clone().leak();
    match timeout(START, empty(&driver)).await {
        Ok(Ok(())) => Ok(driver),
        Ok(Err(error)) => Err(gone(format!("did not start: {error}"))),
        Err(_) => Err(gone("did not start: it shows no empty page")),
    }
}

/// Leaves the page Chromium begins with: extensions, and with them the gate's,
/// have no say in Chromium's own pages.
async fn empty(driver: &WebDriver) -> WebDriverResult<()> {
    driver.goto(EMPTY).await?;
    while driver.current_url().await?.as_str() != EMPTY {
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Chromium writes where it listens into its profile: port and path, a line each.
async fn endpoint(profile: &Path) -> Result<String, BrowserError> {
    let path = profile.join("DevToolsActivePort");
    let text = tokio::fs::read_to_string(&path).await;
    let text = text.map_err(|error| gone(format!("does not say where it listens: {error}")))?;
    match text.split_once('\n') {
        Some((port, path)) => Ok(format!("ws://127.0.0.1:{port}{}", path.trim())),
        None => Err(gone("does not say where it listens")),
    }
}

pub(super) fn gone(what: impl Into<String>) -> BrowserError {
    BrowserError::Gone { what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chromium::programs::Program;

    /// Starts a driver that finds its port taken `times` times; gives how often it
    /// was started and what came of it.
    async fn check(times: usize) -> (usize, String) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("chromedriver");
        let script = format!(
            "#!/bin/sh\necho x >> \"$0.starts\"\n\
             if [ $(wc -l < \"$0.starts\") -gt {times} ]; then\n\
             echo 'ChromeDriver was started successfully on port 1.'\nfi\n"
        );
        // By another process: a file that was open for writing here is still so in whatever
        // other tests start meanwhile, and does not run ("text file busy").
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "printf %s \"$1\" > \"$0\" && chmod 700 \"$0\""]);
        assert!(shell.arg(&path).arg(&script).status().unwrap().success());
        let program = |path: &Path| Program {
            path: path.to_owned(),
            version: "156.0.0.0".to_owned(),
        };
        let programs = Programs {
            chromium: program(Path::new("/nowhere/chromium")),
            chromedriver: program(&path),
        };
        let session = dir.path().join("session");
        std::fs::create_dir(&session).unwrap();
        let start = Start {
            programs: &programs,
            mode: Mode::Practice,
            proxy: SocketAddr::from(([127, 0, 0, 1], 1)),
            dir: &session,
        };
        let error = launch(start).await.map(drop).unwrap_err().to_string();
        let starts = std::fs::read_to_string(dir.path().join("chromedriver.starts"));
        (starts.unwrap().lines().count(), error)
    }

    #[tokio::test]
    async fn a_driver_that_finds_its_port_taken_is_started_again_but_not_for_ever() {
        let ended = "chromedriver ended at once";
        let (starts, error) = check(3).await;
        assert_eq!(starts, 4);
        assert!(!error.contains(ended), "it was spoken to: {error}");
        let (starts, error) = check(usize::MAX >> 1).await;
        assert_eq!(starts, MOST_TRIES as usize);
        assert!(error.contains(ended), "{error}");
    }
}
