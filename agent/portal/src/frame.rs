//! Messages between the daemon and its plugin worker, over the worker's stdin
//! and stdout: two lengths, the message in MessagePack with its fields named, and
//! raw bytes (a page, a component). In JSON a page of postings took as long on its
//! way as it took to be read.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use agent_core::form::Recipe;
use agent_core::job::Posting;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::error::PortalError;
use crate::fetch::{FetchError, Method};
use crate::host::{Board, LogLine, Reach};
use crate::limits::Limits;

/// From the daemon.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// The first message: the limits to take on before any other byte is read.
    Start {
        limits: Limits,
        cpu_seconds: u64,
        cache: PathBuf,
    },
    /// The component follows as bytes.
    Load,
    Describe,
    Claim {
        url: String,
    },
    Discover {
        board: Board,
        words: Vec<String>,
        cursor: Option<String>,
    },
    Detail {
        board: Board,
        external_id: String,
    },
    Form {
        board: Board,
        external_id: String,
    },
    /// Answer to [`Report::Fetch`]; the body follows as bytes.
    Fetched {
        answer: Result<Head, FetchError>,
        /// How long the page waited for its host's turn, which the call is given back.
        waited: Duration,
    },
}

/// An answered fetch without its body.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) url: String,
    pub(crate) content_type: String,
}

/// From the worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Report {
    /// The component is compiled and fits the contract.
    Loaded { imports: Vec<String> },
    /// The component is not usable.
    NotLoaded(Failure),
    /// The guest asks for a page; the request's body follows as bytes.
    Fetch { method: Method, url: String },
    /// A call is over.
    Done {
        result: Result<Answer, Failure>,
        log: Vec<LogLine>,
        /// Time from the guest's making to its read results, its fetches aside.
        took: Duration,
    },
}

/// What a call gave.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Manifest(StatedManifest),
    Claim(Option<Board>),
    Page(StatedPage),
    Posting(Box<Posting>),
    Recipe(Box<Recipe>),
}

/// A manifest as the guest states it, unchecked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StatedManifest {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) hosts: Vec<String>,
    pub(crate) form_hosts: Vec<String>,
    pub(crate) discover: bool,
    pub(crate) detail: bool,
    pub(crate) form: bool,
    pub(crate) reach: Reach,
    pub(crate) terms: Option<String>,
}

/// A page as the guest states it, unchecked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StatedPage {
    pub(crate) postings: Vec<Posting>,
    pub(crate) next: Option<String>,
    pub(crate) total: Option<u32>,
    pub(crate) dropped: Vec<String>,
}

/// Why a component or a call gave nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Failure {
    NotAComponent { found: String },
    ForeignImport { name: String },
    WrongWorld { why: String },
    Trapped { why: String },
    TimedOut,
    OutOfMemory,
    TooManyFetches,
    BadResult { why: String },
    Portal(PortalError),
}

/// A message that could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FrameError {
    #[error("closed its output")]
    Closed,
    #[error("could not be read: {0}")]
    Io(#[from] io::Error),
    #[error("sent a message of {size} bytes where {limit} are allowed")]
    TooLong { size: usize, limit: usize },
    #[error("sent a message that makes no sense: {0}")]
    Senseless(#[from] rmp_serde::decode::Error),
}

/// Bytes of the two lengths.
const HEAD: usize = 8;

/// The message as bytes, without what follows it raw.
pub(crate) fn encode<M: Serialize>(message: &M, raw: &[u8]) -> io::Result<Vec<u8>> {
    let mut frame = vec![0; HEAD];
    rmp_serde::encode::write_named(&mut frame, message).map_err(io::Error::other)?;
    let length = |bytes: usize| u32::try_from(bytes).map_err(io::Error::other);
    let lengths = [length(frame.len() - HEAD)?, length(raw.len())?];
    let head = lengths.into_iter().flat_map(u32::to_le_bytes);
    for (place, byte) in frame.iter_mut().zip(head) {
        *place = byte;
    }
    Ok(frame)
}

/// Sends a message, for the worker, which has nothing else to do meanwhile.
pub(crate) fn write<M: Serialize>(to: &mut impl Write, message: &M, raw: &[u8]) -> io::Result<()> {
    to.write_all(&encode(message, raw)?)?;
    to.write_all(raw)?;
    to.flush()
}

/// Waits for a message; none at the end of the stream.
pub(crate) fn read<M: DeserializeOwned>(
    from: &mut impl Read,
    limit: usize,
) -> Result<Option<(M, Vec<u8>)>, FrameError> {
    let mut lengths = [0; HEAD];
    match from.read_exact(&mut lengths) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let (size, raw) = sizes(lengths, limit)?;
    let mut message = vec![0; size];
    from.read_exact(&mut message)?;
    let mut bytes = vec![0; raw];
    from.read_exact(&mut bytes)?;
    Ok(Some((rmp_serde::from_slice(&message)?, bytes)))
}

/// Waits for a message of the worker, which may send nothing senseless.
pub(crate) async fn receive<M: DeserializeOwned>(
    from: &mut (impl AsyncRead + Unpin),
    limit: usize,
) -> Result<(M, Vec<u8>), FrameError> {
    let closed = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => FrameError::Closed,
        _ => FrameError::Io(error),
    };
    let mut lengths = [0; HEAD];
    from.read_exact(&mut lengths).await.map_err(closed)?;
    let (size, raw) = sizes(lengths, limit)?;
    let mut message = vec![0; size];
    from.read_exact(&mut message).await.map_err(closed)?;
    let mut bytes = vec![0; raw];
    from.read_exact(&mut bytes).await.map_err(closed)?;
    Ok((rmp_serde::from_slice(&message)?, bytes))
}

fn sizes(lengths: [u8; HEAD], limit: usize) -> Result<(usize, usize), FrameError> {
    let [a, b, c, d, e, f, g, h] = lengths;
    let size = |bytes| usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX);
    let (message, raw) = (size([a, b, c, d]), size([e, f, g, h]));
    let size = message.saturating_add(raw);
    if size > limit {
        return Err(FrameError::TooLong { size, limit });
    }
    Ok((message, raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_back_with_its_bytes() {
        let mut stream = Vec::new();
        write(&mut stream, &Order::Claim { url: "a".into() }, b"page").unwrap();
        let read: Option<(Order, _)> = read(&mut stream.as_slice(), 100).unwrap();
        let (order, raw) = read.unwrap();
        assert!(matches!(order, Order::Claim { url } if url == "a"));
        assert_eq!(raw, b"page");
    }

    #[tokio::test]
    async fn p5_a_babbling_worker_is_an_error_of_its_kind() {
        async fn check(stream: &[u8], expected: &str) {
            let error = receive::<Report>(&mut &*stream, 100).await.unwrap_err();
            assert!(error.to_string().contains(expected), "{stream:?}: {error}");
        }
        check(b"", "closed").await;
        check(b"\x01\0\0", "closed").await;
        check(b"\x05\0\0\0\0\0\0\0\x80", "closed").await;
        check(b"\xff\xff\xff\xff\xff\xff\xff\xff", "bytes where 100").await;
        check(b"\x10\0\0\0\x60\0\0\0", "bytes where 100").await;
        check(b"\x02\0\0\0\0\0\0\0{}", "no sense").await;
        check(b"\x01\0\0\0\0\0\0\0\x80", "no sense").await;
        check(b"\x03\0\0\0\0\0\0\0\xff\xfe\xfd", "no sense").await;
    }
}
