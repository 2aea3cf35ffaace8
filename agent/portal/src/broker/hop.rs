//! One hop of a fetch: the first request, or where a redirect led.
#![deny(clippy::indexing_slicing)]

use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Request, Response};
use tokio::time::{Instant, timeout_at};

use super::GrantedFetch;
use super::body::{self, out_of_time, too_much};
use super::client::{failure, never_connected};
use super::heads::{asked_to_wait, content_type, header_bytes, location, size};
use super::ledger::Attempt;
use super::target::Target;
use crate::fetch::{FetchError, FetchRequest, FetchResponse, Method};

/// What is asked next, and how many redirects led there.
pub(super) struct Hop {
    request: FetchRequest,
    /// The page that redirected here; its address is the base of `request.url`.
    from: Option<Target>,
    redirects: u32,
}

/// What a hop led to.
pub(super) enum Outcome {
    Answer(FetchResponse),
    Redirect(Hop),
}

impl Hop {
    pub(super) fn first(request: FetchRequest) -> Self {
        Self {
            request,
            from: None,
            redirects: 0,
        }
    }

    fn target(&self, limit: usize) -> Result<Target, FetchError> {
        match &self.from {
            None => Target::parse(&self.request.url, limit),
            Some(page) => page.redirected(&self.request.url, limit),
        }
    }

    /// A POST becomes a GET where browsers make it one (Fetch standard, HTTP-redirect fetch).
    fn redirected(&self, from: Target, status: u16, location: String) -> Self {
        let keeps = matches!(status, 307 | 308) || self.request.method == Method::Get;
        let (method, body) = if keeps {
            (self.request.method, self.request.body.clone())
        } else {
            (Method::Get, Vec::new())
        };
        Self {
            request: FetchRequest {
                method,
                url: location,
                body,
            },
            from: Some(from),
            redirects: self.redirects + 1,
        }
    }
}

impl GrantedFetch {
    /// Takes one hop and records it. `spent` is the time all hops took so far.
    pub(super) async fn take(
        &self,
        hop: &Hop,
        spent: &mut Duration,
    ) -> Result<Outcome, FetchError> {
        let mut attempt = Attempt::open(
            self.shared.ledger.clone(),
            &self.grant.plugin,
            &self.purpose,
            (hop.request.method, &hop.request.url),
        );
        let outcome = self.attempt(hop, spent, &mut attempt).await;
        attempt.end(outcome.as_ref().err());
        outcome
    }

    async fn attempt(
        &self,
        hop: &Hop,
        spent: &mut Duration,
        attempt: &mut Attempt,
    ) -> Result<Outcome, FetchError> {
        let limits = &self.shared.limits;
        let target = hop.target(limits.url_bytes)?;
        attempt.target(target.url().as_str(), target.host());
        target.check_granted(&self.grant)?;
        if hop.redirects > limits.redirects {
            return Err(too_much(format!("{} redirects", limits.redirects)));
        }
        let request = self.request(hop, &target)?;

        let mut memory = self.shared.turns.take(target.host()).await;
        let started = Instant::now();
        memory.may_ask(started).map_err(wait)?;
        let deadline = started + limits.whole.saturating_sub(*spent);
        let result = async {
            let response = self.send(request, deadline, attempt).await?;
            if let Some(pause) = asked_to_wait(&response) {
                memory.wait(Instant::now(), pause);
                return Err(wait(pause));
            }
            if response.status() == 429 {
                return Err(FetchError::Wait { seconds: None });
            }
            if let Some(location) = location(&response)? {
                let status = response.status().as_u16();
                return Ok(Outcome::Redirect(hop.redirected(
                    target.clone(),
                    status,
                    location,
                )));
            }
            let status = response.status().as_u16();
            let content_type = content_type(response.headers());
            let body = body::read(response, limits, deadline, attempt.received()).await?;
            Ok(Outcome::Answer(FetchResponse {
                status,
                url: target.url().as_str().to_owned(),
                content_type,
                body,
            }))
        }
        .await;
        *spent += started.elapsed();
        result
    }

    fn request(&self, hop: &Hop, target: &Target) -> Result<Request, FetchError> {
        let FetchRequest { method, body, .. } = &hop.request;
        let limit = self.shared.limits.request_bytes;
        if body.len() > limit {
            return Err(too_much(format!(
                "a request's body is at most {limit} bytes"
            )));
        }
        let url = target.url().clone();
        let client = &self.shared.client;
        let request = match method {
            Method::Get if !body.is_empty() => {
                return Err(FetchError::Refused {
                    why: "a GET with a body".to_owned(),
                });
            }
            Method::Get => client.get(url),
            Method::PostJson => client
                .post(url)
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone()),
            Method::PostForm => client
                .post(url)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(body.clone()),
        };
        let headers = self.shared.headers.clone();
        request.headers(headers).build().map_err(failure)
    }

    /// Sends, and reads the answer's head.
    async fn send(
        &self,
        request: Request,
        deadline: Instant,
        attempt: &mut Attempt,
    ) -> Result<Response, FetchError> {
        let limits = &self.shared.limits;
        let patience = deadline.min(Instant::now() + limits.connect + limits.headers);
        attempt.sent(size(&request));
        let response = match timeout_at(patience, self.shared.client.execute(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                if never_connected(&error) {
                    attempt.not_sent();
                }
                return Err(failure(error));
            }
            Err(_) if patience == deadline => return Err(out_of_time(limits)),
            Err(_) => return Err(too_much("the server answers too slowly".to_owned())),
        };
        attempt.status(response.status().as_u16());
        let headers = header_bytes(response.headers());
        attempt
            .received()
            .fetch_add(headers as u64, Ordering::Relaxed);
        if response.headers().len() > limits.header_count || headers > limits.header_bytes {
            return Err(too_much(format!(
                "response headers are at most {} and {} bytes",
                limits.header_count, limits.header_bytes
            )));
        }
        Ok(response)
    }
}

fn wait(pause: Duration) -> FetchError {
    let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
    FetchError::Wait {
        seconds: Some(u32::try_from(seconds).unwrap_or(u32::MAX)),
    }
}
