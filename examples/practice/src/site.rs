//! One request, from arrival to answer.
#![deny(clippy::indexing_slicing)]

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use jiff::Timestamp;
use tower::Service;

use crate::control::{self, CONTROL_HOST};
use crate::fault::{Fault, FaultKind, Faults};
use crate::request_log::{LoggedRequest, RequestLog};
use crate::world::World;

/// A form with a few uploads fits; nobody sends more here by intent.
const MAX_BODY: usize = 32 << 20;

/// What all connections share.
pub(crate) struct Site {
    pub(crate) world: World,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    round: AtomicU32,
}

/// A request reduced to what answers depend on.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
}

impl Asked {
    /// The value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.query.iter().find(|(key, _)| key == name)?;
        Some(value)
    }
}

/// The site means to close the connection without an answer.
#[derive(Debug)]
pub(crate) struct Hangup;

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed without an answer, as asked")
    }
}

impl std::error::Error for Hangup {}

impl From<Infallible> for Hangup {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Site {
    pub(crate) fn new(world: World, log: RequestLog) -> Self {
        Self {
            world,
            faults: Faults::default(),
            log,
            round: AtomicU32::new(1),
        }
    }

    pub(crate) fn round(&self) -> u32 {
        self.round.load(Ordering::SeqCst)
    }

    pub(crate) fn set_round(&self, round: u32) {
        self.round.store(round.max(1), Ordering::SeqCst);
    }

    async fn answer<B>(&self, request: Request<B>) -> Result<Response<Body>, Hangup>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (parts, body) = request.into_parts();
        let header_text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let host = header_text(header::HOST)
            .or_else(|| parts.uri.host())
            .map(|host| host.split_once(':').map_or(host, |(name, _)| name))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let query = parts.uri.query().unwrap_or_default();
        let asked = Asked {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            host,
        };
        if asked.host == CONTROL_HOST {
            return Ok(control::answer(self, &asked));
        }
        let Ok(body) = to_bytes(Body::new(body), MAX_BODY).await else {
            return Ok(plain(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"));
        };
        let target = parts.uri.path_and_query();
        let noted = self.log.note(LoggedRequest {
            time: Timestamp::now().to_string(),
            host: asked.host.clone(),
            method: asked.method.clone(),
            target: target.map_or_else(|| asked.path.clone(), ToString::to_string),
            user_agent: header_text(header::USER_AGENT).map(str::to_owned),
            body_length: body.len(),
            body: String::from_utf8_lossy(&body).into_owned(),
        });
        if let Err(error) = noted {
            // An unlogged answer would make the log a false witness.
            let text = format!("the request log cannot be written: {error:#}");
            return Ok(plain(StatusCode::INTERNAL_SERVER_ERROR, &text));
        }
        match self.faults.strike(&asked.host, &asked.path) {
            Some(fault) => self.misbehave(&fault, &asked).await,
            None => Ok(self.world.answer(&asked, self.round())),
        }
    }

    async fn misbehave(&self, fault: &Fault, asked: &Asked) -> Result<Response<Body>, Hangup> {
        Ok(match fault.kind {
            FaultKind::NotFound => plain(StatusCode::NOT_FOUND, "Not Found"),
            FaultKind::ServerError => plain(StatusCode::INTERNAL_SERVER_ERROR, "Oops"),
            FaultKind::Html => html("<!DOCTYPE html><title>Sign in</title><p>Please sign in."),
            FaultKind::HalfJson => {
                let whole = self.world.answer(asked, self.round()).into_body();
                let bytes = to_bytes(whole, usize::MAX).await.unwrap_or_default();
                json(StatusCode::OK, bytes.slice(..bytes.len() / 2))
            }
            FaultKind::Hang => std::future::pending().await,
            FaultKind::Redirect => {
                let mut answer = plain(StatusCode::FOUND, "");
                if let Ok(place) = fault.redirect_to.parse() {
                    answer.headers_mut().insert(header::LOCATION, place);
                }
                answer
            }
            FaultKind::TooMany => {
                let mut answer = plain(StatusCode::TOO_MANY_REQUESTS, "slow down");
                answer
                    .headers_mut()
                    .insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
                answer
            }
            FaultKind::Close => return Err(Hangup),
        })
    }
}

/// The site as hyper wants it.
#[derive(Clone)]
pub(crate) struct SiteService(pub(crate) Arc<Site>);

impl<B> Service<Request<B>> for SiteService
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Hangup;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Hangup>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Hangup>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let site = Arc::clone(&self.0);
        Box::pin(async move { site.answer(request).await })
    }
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    respond(status, "application/json; charset=utf-8", body)
}

/// A page.
pub(crate) fn html(body: impl Into<Body>) -> Response<Body> {
    respond(StatusCode::OK, "text/html; charset=utf-8", body)
}

/// A line of text.
pub(crate) fn plain(status: StatusCode, text: &str) -> Response<Body> {
    respond(status, "text/plain; charset=utf-8", text.to_owned())
}

/// An answer with a content type of the caller's.
pub(crate) fn respond(
    status: StatusCode,
    content_type: &str,
    body: impl Into<Body>,
) -> Response<Body> {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    if let Ok(value) = content_type.parse() {
        answer.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    answer
}
