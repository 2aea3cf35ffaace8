//! One hop of a fetch: the first request, where a redirect led, or the same once
//! more.
#![deny(clippy::indexing_slicing)]

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method as HttpMethod, Request};

use super::body::too_much;
use super::limits::FetchLimits;
use super::target::Target;
use crate::fetch::{FetchError, FetchRequest, FetchResponse, Method};

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Errand {
    /// A page a plugin asked for.
    Page,
    /// A robots.txt, which is asked for before a page and forbids no reading of itself.
    Robots,
}

/// What is asked next, and how many redirects led there.
pub(super) struct Hop {
    pub(super) request: FetchRequest,
    pub(super) errand: Errand,
    /// The page that redirected here; its address is the base of `request.url`.
    from: Option<Target>,
    pub(super) redirects: u32,
    /// How often it was repeated.
    pub(super) repeated: u32,
}

/// What a hop led to.
pub(super) enum Outcome {
    Answer(FetchResponse),
    Redirect(Hop),
}

/// What all hops of a fetch have in common.
#[derive(Debug, Default)]
pub(super) struct Journey {
    /// Time the hops took, waiting left out.
    pub(super) spent: Duration,
    /// Whether the last hop sent anything.
    pub(super) sent: bool,
    /// Whether the last hop failed in a way that may pass, and its domain may be
    /// asked again.
    pub(super) may_repeat: bool,
}

impl Hop {
    pub(super) fn first(request: FetchRequest, errand: Errand) -> Self {
        Self {
            request,
            errand,
            from: None,
            redirects: 0,
            repeated: 0,
        }
    }

    pub(super) fn target(&self, limit: usize) -> Result<Target, FetchError> {
        match &self.from {
            None => Target::parse(&self.request.url, limit),
            Some(page) => page.redirected(&self.request.url, limit),
        }
    }

    /// The address of a page that may be kept for the next time.
    pub(super) fn keeps<'a>(&self, target: &'a Target) -> Option<&'a str> {
        (self.request.method == Method::Get).then(|| target.url().as_str())
    }

    /// A POST becomes a GET where browsers make it one (Fetch standard, HTTP-redirect fetch).
    pub(super) fn redirected(&self, from: Target, status: u16, location: String) -> Self {
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
            errand: self.errand,
            from: Some(from),
            redirects: self.redirects + 1,
            repeated: 0,
        }
    }

    /// The request that is sent for it, with headers of `ours`.
    pub(super) fn request(
        &self,
        target: &Target,
        ours: &HeaderMap,
        limits: &FetchLimits,
    ) -> Result<Request, FetchError> {
        let FetchRequest { method, body, .. } = &self.request;
        let limit = limits.request_bytes;
        if body.len() > limit {
            return Err(too_much(format!(
                "a request's body is at most {limit} bytes"
            )));
        }
        let (method, content_type) = match method {
            Method::Get if !body.is_empty() => {
                return Err(FetchError::Refused {
                    why: "a GET with a body".to_owned(),
                });
            }
            Method::Get => (HttpMethod::GET, None),
            Method::PostJson => (HttpMethod::POST, Some("application/json")),
            Method::PostForm => (HttpMethod::POST, Some("application/x-www-form-urlencoded")),
        };
        let mut request = Request::new(method, target.url().clone());
        request.headers_mut().extend(ours.clone());
        if let Some(content_type) = content_type {
            let value = reqwest::header::HeaderValue::from_static(content_type);
            request.headers_mut().insert(CONTENT_TYPE, value);
            *request.body_mut() = Some(body.clone().into());
        }
        Ok(request)
    }
}
