//! Questions and answers over HTTP: never through a proxy, never redirected, each
//! answer limited in bytes and time.
#![deny(clippy::indexing_slicing)]

use std::{error::Error, fmt, sync::Arc, time::Duration};

use agent_core::text;
use reqwest::{
    Client, RequestBuilder, StatusCode,
    header::{CONTENT_TYPE, HeaderValue},
    redirect, retry,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{Host, OllamaError};

/// How long and how much of an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Between two signs of life. Vectors come all at once, and before the first
    /// ones the server loads the model.
    pub quiet: Duration,
    /// Until the last byte.
    pub whole: Duration,
    /// The most bytes of an answer.
    pub bytes: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            quiet: Duration::from_secs(300),
            whole: Duration::from_secs(600),
            bytes: 32 << 20,
        }
    }
}

/// A question and what came of it, for who keeps a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// HTTP method.
    pub method: &'static str,
    /// Address of the call.
    pub url: String,
    /// The machine.
    pub host: String,
    /// HTTP status, once an answer began.
    pub status: Option<u16>,
    /// Bytes of the question, without its head.
    pub bytes_out: u64,
    /// Bytes of the answer, without its head.
    pub bytes_in: u64,
    /// Why there was no whole answer.
    pub failure: Option<String>,
}

/// Takes every exchange.
pub(super) type Ledger = Arc<dyn Fn(Exchange) + Send + Sync>;

/// A connection to one server.
#[derive(Clone)]
pub(super) struct Wire {
    client: Client,
    host: Host,
    patience: Patience,
    ledger: Option<Ledger>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Wire").field(&self.host).finish()
    }
}

/// A question about to be asked.
struct Question<'a> {
    request: RequestBuilder,
    noted: Exchange,
    model: Option<&'a str>,
}

impl Wire {
    pub(super) fn new(host: Host, patience: Patience) -> Result<Self, OllamaError> {
        // Fails only where a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .http1_only()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy()
            // A kept connection may have died with its server; a new one is cheap.
            .pool_max_idle_per_host(0)
            .connect_timeout(patience.connect)
            .read_timeout(patience.quiet)
            .timeout(patience.whole)
            .build()
            .map_err(|error| OllamaError::Client { why: chain(&error) })?;
        Ok(Self {
            client,
            host,
            patience,
            ledger: None,
        })
    }

    pub(super) fn telling(self, ledger: Ledger) -> Self {
        Self {
            ledger: Some(ledger),
            ..self
        }
    }

    pub(super) fn host(&self) -> &Host {
        &self.host
    }

    pub(super) async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, OllamaError> {
        let request = self.client.get(self.host.call(path));
        let noted = self.noted("GET", path, 0);
        self.answer(Question {
            request,
            noted,
            model: None,
        })
        .await
    }

    /// Asks something of a model.
    pub(super) async fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        question: &impl Serialize,
        model: &str,
    ) -> Result<A, OllamaError> {
        let body = serde_json::to_vec(question).map_err(|error| OllamaError::Client {
            why: error.to_string(),
        })?;
        let noted = self.noted("POST", path, body.len() as u64);
        let request = self
            .client
            .post(self.host.call(path))
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body);
        self.answer(Question {
            request,
            noted,
            model: Some(model),
        })
        .await
    }

    fn noted(&self, method: &'static str, path: &str, bytes_out: u64) -> Exchange {
        Exchange {
            method,
            url: self.host.call(path),
            host: self.host.machine().to_owned(),
            status: None,
            bytes_out,
            bytes_in: 0,
            failure: None,
        }
    }

    async fn answer<A: DeserializeOwned>(&self, asked: Question<'_>) -> Result<A, OllamaError> {
        let Question {
            request,
            mut noted,
            model,
        } = asked;
        let received = self.receive(request, &mut noted).await;
        noted.failure = received.as_ref().err().map(ToString::to_string);
        if let Some(ledger) = &self.ledger {
            ledger(noted);
        }
        let (status, body) = received?;
        match (status, model) {
            (StatusCode::NOT_FOUND, Some(model)) => Err(OllamaError::NotPulled {
                model: model.to_owned(),
            }),
            (status, _) if !status.is_success() => Err(OllamaError::Failed {
                host: self.host.to_string(),
                status: status.as_u16(),
                said: said(&body),
            }),
            _ => serde_json::from_slice(&body)
                .map_err(|error| self.unreadable(&text::line(&error.to_string()))),
        }
    }

    async fn receive(
        &self,
        request: RequestBuilder,
        noted: &mut Exchange,
    ) -> Result<(StatusCode, Vec<u8>), OllamaError> {
        let mut response = request.send().await.map_err(|error| self.failure(error))?;
        let status = response.status();
        noted.status = Some(status.as_u16());
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.failure(error))?
        {
            noted.bytes_in += chunk.len() as u64;
            if body.len() + chunk.len() > self.patience.bytes {
                return Err(self.unreadable("it is larger than any answer"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((status, body))
    }

    fn unreadable(&self, why: &str) -> OllamaError {
        OllamaError::Unreadable {
            host: self.host.to_string(),
            why: why.to_owned(),
        }
    }

    fn failure(&self, error: reqwest::Error) -> OllamaError {
        let host = self.host.to_string();
        let error = error.without_url();
        if error.is_connect() {
            return OllamaError::Unreachable {
                host,
                why: chain(&error),
            };
        }
        if error.is_timeout() {
            let within = self.patience.quiet.min(self.patience.whole);
            return OllamaError::Silent { host, within };
        }
        OllamaError::BrokenOff {
            host,
            why: chain(&error),
        }
    }
}

/// What the server says of its fault: `{"error": "…"}`, or any text.
fn said(body: &[u8]) -> String {
    let told: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let told = told
        .as_ref()
        .and_then(|told| told.get("error")?.as_str())
        .map(str::to_owned);
    text::quote(
        &told.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned()),
        200,
    )
}

/// An error with its causes, one line. The first names no cause, only the request.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut causes: Vec<String> = std::iter::successors(Some(error), |error| (*error).source())
        .map(|error| text::line(&error.to_string()))
        .collect();
    causes.dedup();
    match causes.len() {
        0 => String::new(),
        1 => causes.concat(),
        many => causes.split_off(many - 1).concat(),
    }
}
