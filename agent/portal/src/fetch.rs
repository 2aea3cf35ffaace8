//! The one thing a plugin can ask of the world: a page. What asks and what
//! answers (the broker, or a recording) meet in these types.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

/// How a page is asked for. The method says what the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// GET, without a body.
    Get,
    /// POST of a JSON text.
    PostJson,
    /// POST of `application/x-www-form-urlencoded` fields.
    PostForm,
}

/// A page that is asked for. The address is as the plugin wrote it: whoever
/// answers parses and judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchRequest {
    /// How.
    pub method: Method,
    /// Address, unchecked.
    pub url: String,
    /// Body, already encoded; empty for GET.
    pub body: Vec<u8>,
}

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchResponse {
    /// HTTP status.
    pub status: u16,
    /// Address that answered, after redirects.
    pub url: String,
    /// `content-type` in lower case, empty when not stated.
    pub content_type: String,
    /// Body, decoded from any content encoding.
    pub body: Vec<u8>,
}

/// A page that was not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchError {
    /// The host is not one the person granted, asked directly or by a redirect.
    #[error("{host} is not granted to this plugin")]
    NotGranted {
        /// The host asked for.
        host: String,
    },
    /// The address is not one we fetch for anybody.
    #[error("refused: {why}")]
    Refused {
        /// What is wrong with it.
        why: String,
    },
    /// A limit of size, time or count was reached.
    #[error("limit reached: {what}")]
    TooMuch {
        /// Which limit.
        what: String,
    },
    /// The server asks to wait.
    #[error("the server asks to wait{}", for_seconds(*.seconds))]
    Wait {
        /// Seconds, where it says.
        seconds: Option<u32>,
    },
    /// The host wants to see a person: a challenge, a captcha, a login page.
    #[error("{host} wants a person: {sign}; open it in a browser")]
    Blocked {
        /// The host, or its domain.
        host: String,
        /// What it showed.
        sign: String,
    },
    /// No answer.
    #[error("no answer: {why}")]
    Failed {
        /// What went wrong.
        why: String,
    },
    /// A replay holds no answer for this request, or none any more.
    #[error("nothing recorded for {request}")]
    NoRecordedAnswer {
        /// Method and address.
        request: String,
    },
}

fn for_seconds(seconds: Option<u32>) -> String {
    seconds.map_or_else(String::new, |seconds| format!(" {seconds} s"))
}

/// Answers fetches: the broker from the network, a replay from a recording.
#[async_trait]
pub trait Fetch: Send + Sync {
    /// The answer to `request`. Dropping the future gives the request up.
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError>;

    /// The time its fetches spent waiting for a host's turn. It is not the
    /// plugin's: a polite pause must not use up the time of its call. What hands
    /// fetches on hands this on too.
    fn waited(&self) -> Waited {
        Waited::default()
    }
}

/// Counts time spent waiting. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Waited(Arc<Mutex<Tally>>);

#[derive(Debug, Default)]
struct Tally {
    ended: Duration,
    /// How many wait now, and since when somebody does.
    waiting: u32,
    since: Option<Instant>,
}

impl Waited {
    /// All time waited, up to this instant.
    pub fn so_far(&self) -> Duration {
        let tally = self.tally();
        let present = tally.since.map_or(Duration::ZERO, |since| since.elapsed());
        tally.ended + present
    }

    /// Counts until the answer is dropped.
    pub(crate) fn begin(&self) -> Waiting {
        let mut tally = self.tally();
        tally.waiting += 1;
        tally.since.get_or_insert_with(Instant::now);
        Waiting(self.clone())
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody waits as long as this is kept.
#[derive(Debug)]
pub(crate) struct Waiting(Waited);

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut tally = self.0.tally();
        tally.waiting = tally.waiting.saturating_sub(1);
        if tally.waiting == 0
            && let Some(since) = tally.since.take()
        {
            tally.ended += since.elapsed();
        }
    }
}
