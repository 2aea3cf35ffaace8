//! Questions and answers over HTTP: never through a proxy, never redirected, each
//! answer limited in bytes and time.
#![deny(clippy::indexing_slicing)]

mod lines;

use std::{error::Error, fmt, sync::Arc, time::Duration};

use agent_core::text;
use reqwest::{
    Client, RequestBuilder, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect, retry,
};
use serde::{Serialize, de::DeserializeOwned};

pub(crate) use self::lines::{Lines, Pace};
use crate::{ServerError, host::Host};

/// What no answer takes.
const FOREVER: Duration = Duration::from_secs(7 * 24 * 3600);

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
pub(crate) type Ledger = Arc<dyn Fn(Exchange) + Send + Sync>;

/// An exchange under way. It is told when it ends, also when nobody waits for its
/// end any more.
struct Noted {
    exchange: Exchange,
    ledger: Option<Ledger>,
}

impl Noted {
    fn failed<T>(&mut self, ended: Result<T, ServerError>) -> Result<T, ServerError> {
        self.exchange.failure = ended.as_ref().err().map(ToString::to_string);
        ended
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        if let Some(ledger) = &self.ledger {
            ledger(self.exchange.clone());
        }
    }
}

/// A connection to one server.
#[derive(Clone)]
pub(crate) struct Wire {
    client: Client,
    host: Host,
    patience: Patience,
    ledger: Option<Ledger>,
    key: Option<HeaderValue>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Wire").field(&self.host).finish()
    }
}

/// A question about to be asked.
struct Question<'a> {
    request: RequestBuilder,
    noted: Noted,
    model: Option<&'a str>,
}

impl Wire {
    pub(crate) fn new(host: Host, patience: Patience) -> Result<Self, ServerError> {
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
            .map_err(|error| ServerError::Client { why: chain(&error) })?;
        Ok(Self {
            client,
            host,
            patience,
            ledger: None,
            key: None,
        })
    }

    pub(crate) fn telling(self, ledger: Ledger) -> Self {
        Self {
            ledger: Some(ledger),
            ..self
        }
    }

    pub(crate) fn host(&self) -> &Host {
        &self.host
    }

    /// Shows a key with every question.
    pub(crate) fn with_key(self, key: &str) -> Result<Self, ServerError> {
        let mut value =
            HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| ServerError::Client {
                why: "the key has characters that no key has".to_owned(),
            })?;
        value.set_sensitive(true);
        Ok(Self {
            key: Some(value),
            ..self
        })
    }

    pub(crate) async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, ServerError> {
        let request = self.keyed(self.client.get(self.host.call(path)));
        let noted = self.noted("GET", path, 0);
        self.answer(Question {
            request,
            noted,
            model: None,
        })
        .await
    }

    /// Asks something of a model.
    pub(crate) async fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        question: &impl Serialize,
        model: &str,
    ) -> Result<A, ServerError> {
        let question = self.question(path, question, Some(model))?;
        self.answer(question).await
    }

    /// Asks something whose answer comes line by line, as long as it flows.
    pub(crate) async fn stream(
        &self,
        path: &str,
        question: &impl Serialize,
        pace: Pace,
    ) -> Result<Lines<'_>, ServerError> {
        let Question {
            request, mut noted, ..
        } = self.question(path, question, None)?;
        // No clock ends what flows; the pace does when it does not.
        let sent = request.timeout(FOREVER).send();
        let response = match tokio::time::timeout(pace.first, sent).await {
            Ok(sent) => sent.map_err(|error| self.failure(error)),
            Err(_) => Err(self.silent(pace.first)),
        };
        let response = noted.failed(response)?;
        noted.exchange.status = Some(response.status().as_u16());
        Ok(Lines::new(self, noted, response, pace))
    }

    fn question<'a>(
        &self,
        path: &str,
        question: &impl Serialize,
        model: Option<&'a str>,
    ) -> Result<Question<'a>, ServerError> {
        let body = serde_json::to_vec(question).map_err(|error| ServerError::Client {
            why: error.to_string(),
        })?;
        let noted = self.noted("POST", path, body.len() as u64);
        let request = self
            .client
            .post(self.host.call(path))
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body);
        Ok(Question {
            request: self.keyed(request),
            noted,
            model,
        })
    }

    fn keyed(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.key {
            Some(key) => request.header(AUTHORIZATION, key.clone()),
            None => request,
        }
    }

    fn noted(&self, method: &'static str, path: &str, bytes_out: u64) -> Noted {
        Noted {
            exchange: Exchange {
                method,
                url: self.host.call(path),
                host: self.host.machine().to_owned(),
                status: None,
                bytes_out,
                bytes_in: 0,
                failure: None,
            },
            ledger: self.ledger.clone(),
        }
    }

    async fn answer<A: DeserializeOwned>(&self, asked: Question<'_>) -> Result<A, ServerError> {
        let Question {
            request,
            mut noted,
            model,
        } = asked;
        let received = self.receive(request, &mut noted.exchange).await;
        let (status, body) = noted.failed(received)?;
        match (status, model) {
            (StatusCode::NOT_FOUND, Some(model)) => Err(ServerError::NotPulled {
                model: model.to_owned(),
            }),
            (status, _) if !status.is_success() => Err(self.refused(status.as_u16(), &body)),
            _ => serde_json::from_slice(&body)
                .map_err(|error| self.unreadable(&text::line(&error.to_string()))),
        }
    }

    async fn receive(
        &self,
        request: RequestBuilder,
        noted: &mut Exchange,
    ) -> Result<(StatusCode, Vec<u8>), ServerError> {
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

    /// What an answer with the status of an error means.
    fn refused(&self, status: u16, body: &[u8]) -> ServerError {
        ServerError::Failed {
            host: self.host.to_string(),
            status,
            said: said(body),
        }
    }

    fn silent(&self, within: Duration) -> ServerError {
        ServerError::Silent {
            host: self.host.to_string(),
            within,
        }
    }

    pub(crate) fn unreadable(&self, why: &str) -> ServerError {
        ServerError::Unreadable {
            host: self.host.to_string(),
            why: why.to_owned(),
        }
    }

    fn failure(&self, error: reqwest::Error) -> ServerError {
        let host = self.host.to_string();
        let error = error.without_url();
        if error.is_connect() {
            return ServerError::Unreachable {
                host,
                why: chain(&error),
            };
        }
        if error.is_timeout() {
            let within = self.patience.quiet.min(self.patience.whole);
            return ServerError::Silent { host, within };
        }
        ServerError::BrokenOff {
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
