//! Writes down what another [`Fetch`] answers.

use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use jiff::Timestamp;
use tempfile::NamedTempFile;
use url::Url;

use super::body::content;
use super::{Cache, Creator, Entry, Har, HarError, Log, Pair, PostData, Request, Response};
use super::{Timings, redact};
use crate::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Method, Waited};

/// Whether the values of sent forms are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FormBodies {
    /// Names stay, values go.
    #[default]
    Redact,
    /// As sent; for forms that hold nothing personal, such as a search.
    Keep,
}

/// How a session is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecorderOptions {
    /// What becomes of form values.
    pub forms: FormBodies,
}

/// Passes fetches on and keeps the answers. A fetch that fails leaves no entry:
/// a replay should not repeat an accident.
pub struct Recorder<F> {
    inner: F,
    options: RecorderOptions,
    entries: Mutex<Vec<Entry>>,
}

impl<F> Recorder<F> {
    /// Records what `inner` answers.
    pub fn new(inner: F, options: RecorderOptions) -> Self {
        Self {
            inner,
            options,
            entries: Mutex::default(),
        }
    }

    /// What was recorded so far, in the order of the answers.
    pub fn har(&self) -> Har {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Har {
            log: Log {
                version: "1.2".to_owned(),
                creator: Creator {
                    name: env!("CARGO_PKG_NAME").to_owned(),
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                },
                entries: entries.clone(),
            },
        }
    }

    /// Writes what was recorded so far; the file is whole or not there.
    pub fn write_to(&self, path: &Path) -> Result<(), HarError> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            Some(_) | None => Path::new("."),
        };
        let har = self.har();
        let write = || {
            let mut file = NamedTempFile::new_in(folder)?;
            let mut buffered = std::io::BufWriter::new(&mut file);
            serde_json::to_writer_pretty(&mut buffered, &har)?;
            buffered.write_all(b"\n")?;
            buffered.flush()?;
            drop(buffered);
            file.as_file().sync_all()?;
            file.persist(path).map_err(|error| error.error)?;
            std::fs::File::open(folder)?.sync_all()
        };
        write().map_err(|source| HarError::Write {
            path: path.to_owned(),
            source,
        })
    }
}

#[async_trait]
impl<F: Fetch> Fetch for Recorder<F> {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let began = Timestamp::now();
        let started = Instant::now();
        let response = self.inner.fetch(request.clone()).await?;
        let mut entry = Entry {
            started_date_time: began.to_string(),
            time: started.elapsed().as_secs_f64() * 1000.0,
            answered_by: answered_by(&request.url, &response.url),
            request: written_request(request),
            response: written_response(&response),
            cache: Cache::default(),
            timings: Timings::default(),
        };
        redact(&mut entry, self.options.forms);
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry);
        Ok(response)
    }

    fn waited(&self) -> Waited {
        self.inner.waited()
    }
}

fn answered_by(asked: &str, answered: &str) -> Option<String> {
    let same = Url::parse(asked).is_ok_and(|mut asked| {
        asked.set_fragment(None);
        asked.as_str() == answered
    });
    (!same).then(|| answered.to_owned())
}

fn written_request(request: FetchRequest) -> Request {
    let (method, mime) = match request.method {
        Method::Get => ("GET", None),
        Method::PostJson => ("POST", Some("application/json")),
        Method::PostForm => ("POST", Some("application/x-www-form-urlencoded")),
    };
    let query_string = Url::parse(&request.url)
        .map(|url| {
            url.query_pairs()
                .map(|(name, value)| pair(&name, &value))
                .collect()
        })
        .unwrap_or_default();
    let body_size = i64::try_from(request.body.len()).unwrap_or(i64::MAX);
    Request {
        method: method.to_owned(),
        url: request.url,
        http_version: "HTTP/1.1".to_owned(),
        cookies: Vec::new(),
        headers: mime
            .map(|mime| pair("content-type", mime))
            .into_iter()
            .collect(),
        query_string,
        post_data: mime.map(|mime| PostData {
            mime_type: mime.to_owned(),
            params: Vec::new(),
            text: Some(String::from_utf8_lossy(&request.body).into_owned()),
        }),
        headers_size: -1,
        body_size,
    }
}

fn written_response(response: &FetchResponse) -> Response {
    Response {
        status: response.status,
        status_text: String::new(),
        http_version: "HTTP/1.1".to_owned(),
        cookies: Vec::new(),
        headers: vec![pair("content-type", &response.content_type)],
        content: content(&response.body, &response.content_type),
        redirect_url: String::new(),
        headers_size: -1,
        body_size: -1,
    }
}

fn pair(name: &str, value: &str) -> Pair {
    Pair {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}
