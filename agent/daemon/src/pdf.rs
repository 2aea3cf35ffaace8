//! Text of a PDF, read in a limited child process.
//!
//! PDF is a large format and its readers have faults: a crash, a loop or a
//! memory bomb in one must cost this one step and not the daemon.

use std::{
    io::{Read as _, Write as _},
    path::Path,
    process::{ExitCode, Stdio},
    time::Duration,
};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};

/// The most text taken from a PDF: a CV of a hundred dense pages.
const MAX_TEXT: u64 = 512 * 1024;
/// The most taken of what the child complains.
const MAX_MESSAGE: u64 = 4096;
/// How long the child may take. A CV takes well under a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// Exit codes the child answers with, beside 0 with text on standard output.
const ENCRYPTED: u8 = 10;
const BROKEN: u8 = 11;

/// Why no text came out of a PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// It needs a password.
    #[error("the PDF is encrypted")]
    Encrypted,
    /// It is damaged, or not a PDF.
    #[error("the PDF is damaged: {0}")]
    Broken(String),
    /// It has pages and no text: a scan.
    #[error("the PDF holds no text, only pictures")]
    NoText,
    /// It needs more time or memory than a CV can need.
    #[error("the PDF is too large or too complex to read")]
    TooMuch,
    /// The child could not be run.
    #[error("cannot run the PDF reader: {0}")]
    Child(std::io::Error),
}

/// Runs `program read-pdf` on `bytes` and returns the text.
pub(crate) async fn text_of(program: &Path, bytes: Vec<u8>) -> Result<String, PdfError> {
    let mut child = tokio::process::Command::new(program)
        .arg("read-pdf")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(PdfError::Child)?;
    let (Some(mut to), Some(from), Some(errors)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(PdfError::Child(std::io::Error::other("no pipes")));
    };
    let feed = async move {
        // A child that has seen enough closes its end: its exit code says why.
        let _ = to.write_all(&bytes).await;
        drop(to);
    };
    let work = async {
        let ((), text, message) =
            tokio::join!(feed, head_of(from, MAX_TEXT), head_of(errors, MAX_MESSAGE));
        Ok((text?, message?, child.wait().await?))
    };
    let (text, message, status) = match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(PdfError::Child)?,
        Err(_) => return Err(PdfError::TooMuch),
    };
    match status.code() {
        Some(0) => {
            let text = String::from_utf8_lossy(&text).into_owned();
            if text.trim().is_empty() {
                Err(PdfError::NoText)
            } else {
                Ok(text)
            }
        }
        Some(code) if code == i32::from(ENCRYPTED) => Err(PdfError::Encrypted),
        Some(_) => Err(PdfError::Broken(last_line(&message))),
        // Ended by a signal: the limits of memory or processor time.
        None => Err(PdfError::TooMuch),
    }
}

/// The first `most` bytes of a pipe. The rest is read and dropped: a writer
/// whose pipe is full would wait for ever.
async fn head_of(mut pipe: impl AsyncRead + Unpin, most: u64) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    (&mut pipe).take(most).read_to_end(&mut head).await?;
    tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await?;
    Ok(head)
}

fn last_line(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    agent_core::text::line(text.lines().last().unwrap_or("no reason given"))
}

/// The child: reads a PDF from standard input, writes its text to standard output.
pub fn child() -> ExitCode {
    if let Err(error) = confine() {
        return complain(BROKEN, &format!("cannot limit the reader: {error}"));
    }
    let mut bytes = Vec::new();
    if let Err(error) = std::io::stdin().lock().read_to_end(&mut bytes) {
        return complain(BROKEN, &error.to_string());
    }
    // The library panics on what it did not expect; a backtrace tells a person nothing.
    std::panic::set_hook(Box::new(|_| {}));
    let Ok(read) = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem(&bytes)) else {
        return complain(BROKEN, "its structure cannot be understood");
    };
    match read {
        Ok(text) => {
            let end = text.floor_char_boundary(
                usize::try_from(MAX_TEXT)
                    .unwrap_or(usize::MAX)
                    .min(text.len()),
            );
            let (text, _) = text.split_at(end);
            let written = std::io::stdout().lock().write_all(text.as_bytes());
            if written.is_ok() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(BROKEN)
            }
        }
        Err(error) if says_encrypted(&error) => complain(ENCRYPTED, "encrypted"),
        Err(error) => complain(BROKEN, &error.to_string()),
    }
}

/// Whether the document asks for a password. The library opens documents whose
/// user password is empty, so what is left needs one.
fn says_encrypted(error: &pdf_extract::OutputError) -> bool {
    match error {
        pdf_extract::OutputError::PdfError(error) => {
            format!("{error:?}").to_lowercase().contains("crypt")
        }
        _ => false,
    }
}

fn complain(code: u8, message: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr().lock(), "{message}");
    ExitCode::from(code)
}

/// 1 GiB of memory and ten seconds of processor time.
fn confine() -> Result<(), rustix::io::Errno> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::As, limit(1 << 30))?;
    setrlimit(Resource::Cpu, limit(10))?;
    setrlimit(Resource::Core, limit(0))?;
    setrlimit(Resource::Fsize, limit(0))
}
