//! Text of a PDF or Word document, read in a limited child process.
//!
//! Both are large formats and their readers have faults: a crash, a loop or a
//! memory bomb in one must cost this one step and not the daemon.

use std::{
    io::{Read as _, Write as _},
    path::Path,
    process::{ExitCode, Stdio},
    time::Duration,
};

use agent_core::profile::read::Format;
use agent_document::{DocumentError, Kind, MAX_TEXT};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};

/// The most taken of what the child complains.
const MAX_MESSAGE: u64 = 4096;
/// How long the child may take. A CV takes well under a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// Exit codes the child answers with, beside 0 with text on standard output.
const ENCRYPTED: u8 = 10;
const BROKEN: u8 = 11;
const NO_TEXT: u8 = 12;
const TOO_MUCH: u8 = 13;

/// Why the child gave no text.
#[derive(Debug, thiserror::Error)]
pub enum ReadingError {
    /// What the document is or lacks.
    #[error("the document cannot be read: {0}")]
    Document(#[from] DocumentError),
    /// The child could not be run.
    #[error("cannot run the reader of documents: {0}")]
    Child(std::io::Error),
}

/// The kind of document a format is; none for text.
pub(crate) fn kind_of(format: Format) -> Option<Kind> {
    match format {
        Format::Pdf => Some(Kind::Pdf),
        Format::Docx => Some(Kind::Docx),
        Format::Markdown | Format::Text | Format::JsonResume => None,
    }
}

/// Runs `program read-document` on `bytes` and returns the text.
pub(crate) async fn text_of(
    program: &Path,
    kind: Kind,
    bytes: Vec<u8>,
) -> Result<String, ReadingError> {
    let mut child = tokio::process::Command::new(program)
        .args(["read-document", name_of(kind)])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(ReadingError::Child)?;
    let (Some(mut to), Some(from), Some(errors)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(ReadingError::Child(std::io::Error::other("no pipes")));
    };
    let feed = async move {
        // A child that has seen enough closes its end: its exit code says why.
        let _ = to.write_all(&bytes).await;
        drop(to);
    };
    let most = MAX_TEXT as u64;
    let work = async {
        let ((), text, message) =
            tokio::join!(feed, head_of(from, most), head_of(errors, MAX_MESSAGE));
        Ok((text?, message?, child.wait().await?))
    };
    let too_much = || DocumentError::TooMuch {
        what: "more in it than a CV can need time or memory for".to_owned(),
    };
    let (text, message, status) = match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(ReadingError::Child)?,
        Err(_) => return Err(too_much().into()),
    };
    let said = last_line(&message);
    let code = status.code().map(u8::try_from);
    Err(match code {
        Some(Ok(0)) => return Ok(String::from_utf8_lossy(&text).into_owned()),
        Some(Ok(ENCRYPTED)) => DocumentError::Encrypted,
        Some(Ok(NO_TEXT)) => DocumentError::NoText,
        Some(Ok(TOO_MUCH)) => DocumentError::TooMuch { what: said },
        Some(_) => DocumentError::Broken(said),
        // Ended by a signal: the limits of memory or processor time.
        None => too_much(),
    }
    .into())
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

fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "pdf",
        Kind::Docx => "docx",
    }
}

/// The child: reads a document from standard input, writes its text to standard output.
pub fn child(kind: &str) -> ExitCode {
    if let Err(error) = confine() {
        return complain(BROKEN, &format!("cannot limit the reader: {error}"));
    }
    let Some(kind) = [Kind::Pdf, Kind::Docx]
        .into_iter()
        .find(|known| name_of(*known) == kind)
    else {
        return complain(BROKEN, "no such kind of document");
    };
    let mut bytes = Vec::new();
    if let Err(error) = std::io::stdin().lock().read_to_end(&mut bytes) {
        return complain(BROKEN, &error.to_string());
    }
    // The libraries panic on what they did not expect; a backtrace tells a person nothing.
    std::panic::set_hook(Box::new(|_| {}));
    match agent_document::text_of(kind, &bytes) {
        Ok(text) => match std::io::stdout().lock().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => complain(BROKEN, &error.to_string()),
        },
        Err(DocumentError::Encrypted) => complain(ENCRYPTED, "encrypted"),
        Err(DocumentError::NoText) => complain(NO_TEXT, "no text"),
        Err(DocumentError::TooMuch { what }) => complain(TOO_MUCH, &what),
        Err(DocumentError::Broken(why)) => complain(BROKEN, &why),
    }
}

fn complain(code: u8, message: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr().lock(), "{message}");
    ExitCode::from(code)
}

/// 1 GiB of memory and twenty seconds of processor time.
fn confine() -> Result<(), rustix::io::Errno> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::As, limit(1 << 30))?;
    setrlimit(Resource::Cpu, limit(20))?;
    setrlimit(Resource::Core, limit(0))?;
    setrlimit(Resource::Fsize, limit(0))
}
