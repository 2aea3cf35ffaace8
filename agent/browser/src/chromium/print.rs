//! A page of ours as PDF: a fresh Chromium that reaches no host prints it.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    time::Duration,
};

use thirtyfour::{
    WebDriver,
    common::print::{PrintMargins, PrintPage, PrintParameters},
    error::WebDriverResult,
};
use tokio::time::{sleep, timeout};

use super::{
    arguments::Mode,
    launch::{Processes, Start, gone, launch},
    new_folder,
    programs::Programs,
};
use crate::session::BrowserError;

/// Longest wait for the page to be laid out, and to be printed.
const LAID_OUT: Duration = Duration::from_secs(30);
const PRINTED: Duration = Duration::from_secs(60);

/// Most bytes of a page.
const LARGEST: usize = 8 << 20;

/// Where nobody listens: whatever Chromium would fetch is refused.
const NOWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 1);

/// A sheet of A4 and its margins, in centimetres.
const A4: PrintPage = PrintPage {
    width: 21.0,
    height: 29.7,
};
const MARGIN: f64 = 2.0;

/// Prints a self-contained page; `dir` is a folder for this alone, and is gone after.
pub(super) async fn pdf(
    programs: &Programs,
    mode: Mode,
    html: &str,
    dir: &Path,
) -> Result<Vec<u8>, BrowserError> {
    if html.len() > LARGEST {
        return Err(gone(format!("prints pages of at most {LARGEST} bytes")));
    }
    new_folder(dir)?;
    let start = Start {
        programs,
        mode,
        proxy: SocketAddr::from(NOWHERE),
        dir,
    };
    let processes = launch(start).await?;
    let printed = print(&processes, html, dir).await;
    processes.close().await;
    printed
}

async fn print(processes: &Processes, html: &str, dir: &Path) -> Result<Vec<u8>, BrowserError> {
    let page = dir.join("page.html");
    // It is the person's letter: nobody else reads it, not even for a moment.
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&page)?;
    file.write_all(html.as_bytes())?;
    let address = url::Url::from_file_path(fs::canonicalize(&page)?);
    let address = address.map_err(|()| gone("cannot be given the page"))?;
    let driver = &processes.driver;
    within(LAID_OUT, "laying out a page", show(driver, &address)).await?;
    let wanted = PrintParameters {
        background: true,
        page: A4,
        margin: PrintMargins {
            top: MARGIN,
            bottom: MARGIN,
            left: MARGIN,
            right: MARGIN,
        },
        ..PrintParameters::default()
    };
    let bytes = within(PRINTED, "printing a page", driver.print_page(wanted)).await?;
    match bytes.starts_with(b"%PDF-") {
        true => Ok(bytes),
        false => Err(gone("printed something that is no PDF")),
    }
}

/// Opens the page and waits until it is laid out.
async fn show(driver: &WebDriver, address: &url::Url) -> WebDriverResult<()> {
    driver.goto(address.as_str()).await?;
    loop {
        let state = driver
            .execute(
                "return [location.href, document.readyState].join(' ')",
                Vec::new(),
            )
            .await?;
        let state: String = state.convert()?;
        if state.starts_with("file:") && state.ends_with(" complete") {
            return Ok(());
        }
        sleep(Duration::from_millis(20)).await;
    }
}

async fn within<T>(
    longest: Duration,
    doing: &str,
    work: impl Future<Output = WebDriverResult<T>>,
) -> Result<T, BrowserError> {
    match timeout(longest, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(gone(format!("failed at {doing}: {error}"))),
        Err(_) => Err(gone(format!(
            "took more than {} s for {doing}",
            longest.as_secs()
        ))),
    }
}
