//! The HTTP client: what it never does (proxies, cookies, redirects, retries)
//! and whom it trusts.

use std::error::Error;
use std::sync::Arc;

use reqwest::dns::Resolve;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Certificate, Client, redirect, retry};

use super::resolve::{NotPublic, PracticeOnly, PublicOnly, System};
use super::{BrokerError, BrokerOptions, Route};
use crate::fetch::FetchError;

/// The resolver that belongs to a route.
pub(super) fn resolver(route: &Route) -> Arc<dyn Resolve> {
    match route {
        Route::Internet => Arc::new(PublicOnly(Arc::new(System))),
        Route::Practice { address, .. } => Arc::new(PracticeOnly(*address)),
    }
}

/// The headers of every request. They are set on each request, not left to the
/// client, so that the ledger counts their bytes.
pub(super) fn headers(user_agent: &str) -> Result<HeaderMap, BrokerError> {
    let user_agent = HeaderValue::from_str(user_agent).map_err(|_| BrokerError::Client {
        why: "the user agent holds control characters".to_owned(),
    })?;
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, user_agent);
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("application/json, text/html;q=0.9, */*;q=0.5"),
    );
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
    Ok(headers)
}

/// Builds the client; it connects to nothing but what `resolver` answers.
pub(super) fn build(
    options: &BrokerOptions,
    resolver: Arc<dyn Resolve>,
) -> Result<Client, BrokerError> {
    // Fails only where a provider is there already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let limits = &options.limits;
    let client = Client::builder()
        .dns_resolver(resolver)
        .https_only(true)
        // One request at a time gains nothing from HTTP/2 and would pay with its
        // frame floods.
        .http1_only()
        .http1_max_headers(limits.header_count)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        // Bodies are decoded here, where the bytes before and after are counted.
        .no_gzip()
        .no_brotli()
        .connect_timeout(limits.connect);
    let client = match &options.route {
        Route::Internet => client,
        Route::Practice { address, ca_pem } => {
            if !address.ip().is_loopback() {
                return Err(BrokerError::NotLoopback { address: *address });
            }
            client.tls_certs_only(practice_authority(ca_pem)?)
        }
    };
    client
        .build()
        .map_err(|error| BrokerError::Client { why: chain(&error) })
}

/// Says why no answer came, in the terms of a plugin's caller.
pub(super) fn failure(error: reqwest::Error) -> FetchError {
    let error = error.without_url();
    let text = chain(&error);
    if let Some(not_public) = cause::<NotPublic>(&error) {
        return FetchError::Refused {
            why: not_public.to_string(),
        };
    }
    // hyper's error type is not ours to name; its words are held by a test.
    if text.contains("message head is too large") {
        return FetchError::TooMuch {
            what: "too many response headers".to_owned(),
        };
    }
    FetchError::Failed { why: text }
}

/// Whether the connection never came about, so that nothing was sent.
pub(super) fn never_connected(error: &reqwest::Error) -> bool {
    error.is_connect() || cause::<NotPublic>(error).is_some()
}

fn practice_authority(pem: &[u8]) -> Result<Vec<Certificate>, BrokerError> {
    let bad = |why: String| BrokerError::PracticeAuthority { why };
    let certificates = Certificate::from_pem_bundle(pem).map_err(|error| bad(chain(&error)))?;
    if certificates.is_empty() {
        return Err(bad("it holds no certificate".to_owned()));
    }
    Ok(certificates)
}

fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |error| (*error).source())
        .find_map(|error| error.downcast_ref::<E>())
}

/// An error and its causes in one line, each said once.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for error in std::iter::successors(Some(error), |error| (*error).source()) {
        let link = error.to_string();
        if !text.contains(&link) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&link);
        }
    }
    text
}
