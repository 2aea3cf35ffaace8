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
use axum::http::request::Parts;
use axum::http::{Request, Response, StatusCode, header};
use tower::Service;

use crate::apply;
use crate::apply::desk::Desk;
use crate::control::{self, CONTROL_HOST};
use crate::fault::{Fault, FaultKind, Faults};
use crate::line::Line;
use crate::opening::{Opening, OpeningInfo};
use crate::request_log::{LoggedRequest, RequestLog};
use crate::socket::{self, Sockets};
use crate::trap::Traps;
use crate::world::World;

/// A form with a few uploads fits; nobody sends more here by intent.
const MAX_BODY: usize = 32 << 20;

/// What all connections share.
pub(crate) struct Site {
    pub(crate) world: World,
    pub(crate) faults: Faults,
    pub(crate) traps: Traps,
    pub(crate) desk: Desk,
    pub(crate) log: Arc<RequestLog>,
    /// The UDP port that notes datagrams.
    pub(crate) stun: u16,
    sockets: Sockets,
    round: AtomicU32,
}

/// A request reduced to what answers depend on.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) content_type: String,
    pub(crate) body: Bytes,
}

impl Asked {
    fn new(parts: &Parts, body: Bytes) -> Self {
        let header_text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let query = parts.uri.query().unwrap_or_default();
        Self {
            method: parts.method.to_string(),
            host: header_text(header::HOST)
                .or_else(|| parts.uri.host())
                .map(|host| host.split_once(':').map_or(host, |(name, _)| name))
                .unwrap_or_default()
                .to_ascii_lowercase(),
            path: parts.uri.path().to_owned(),
            query: url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            content_type: header_text(header::CONTENT_TYPE)
                .unwrap_or_default()
                .to_owned(),
            body,
        }
    }

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
    pub(crate) fn new(world: World, desk: Desk, log: Arc<RequestLog>, stun: u16) -> Self {
        Self {
            world,
            faults: Faults::default(),
            traps: Traps::default(),
            desk,
            log,
            stun,
            sockets: Sockets::default(),
            round: AtomicU32::new(1),
        }
    }

    pub(crate) fn round(&self) -> u32 {
        self.round.load(Ordering::SeqCst)
    }

    pub(crate) fn set_round(&self, round: u32) {
        self.round.store(round.max(1), Ordering::SeqCst);
    }

    /// The deliveries among the requests.
    pub(crate) fn posts(&self) -> Vec<LoggedRequest> {
        let mut requests = self.log.requests();
        requests.retain(|r| apply::is_post(&r.method, &r.host));
        requests
    }

    /// What can be applied to in the present round.
    pub(crate) fn openings(&self) -> Vec<OpeningInfo> {
        let openings = self.world.openings(self.round());
        openings.iter().map(Opening::info).collect()
    }

    async fn answer<B>(&self, request: Request<B>, line: &Line) -> Result<Response<Body>, Hangup>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (mut parts, body) = request.into_parts();
        let Ok(body) = to_bytes(Body::new(body), MAX_BODY).await else {
            return Ok(plain(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"));
        };
        let asked = Asked::new(&parts, body);
        if asked.host == CONTROL_HOST {
            return Ok(control::answer(self, &asked));
        }
        if let Err(error) = self.log.note(LoggedRequest::new(&asked, &parts)) {
            // An unlogged answer would make the log a false witness.
            let text = format!("the request log cannot be written: {error:#}");
            return Ok(plain(StatusCode::INTERNAL_SERVER_ERROR, &text));
        }
        if let Some(fault) = self.faults.strike(&asked.host, &asked.path) {
            return self.misbehave(&fault, &asked).await;
        }
        if let Some(accepted) = socket::accept(&self.sockets, &self.log, &asked, &mut parts) {
            return Ok(accepted);
        }
        match apply::answer(self, &asked, line).await? {
            Some(answer) => Ok(answer),
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
pub(crate) struct SiteService {
    pub(crate) site: Arc<Site>,
    pub(crate) line: Line,
}

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
        let SiteService { site, line } = self.clone();
        Box::pin(async move { site.answer(request, &line).await })
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
