//! The page at an address that the person typed.

use agent_api::reason;
use agent_portal::{
    fetch::{Fetch, FetchRequest, FetchResponse, Method},
    grant::Grant,
};

use super::BY_HAND;
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
    ledger::WrittenDown,
};

/// Fetches one page through the broker, which asks robots.txt and keeps the
/// ledger. Typing the address grants its host, for this page.
pub(super) async fn fetch(handle: &Handle, url: &str) -> Result<FetchResponse, Fault> {
    let refused = |why: String| {
        Fault::new(Kind::Refused, reason::PORTAL_FAILED, why).hint(
            "open it in your browser, save the page (Ctrl+S), then: agentctl jobs add FILE.html",
        )
    };
    let secure = url.replacen("http://", "https://", 1);
    let host = url::Url::parse(&secure)
        .ok()
        .and_then(|url| url.host_str().and_then(|host| host.parse().ok()))
        .ok_or_else(|| refused(format!("{url} names no host that may be asked")))?;
    let grant = Grant {
        plugin: BY_HAND.to_owned(),
        hosts: vec![host],
        terms_accepted: false,
    };
    let fetch = WrittenDown {
        fetch: handle.broker.granted(grant, "jobs add"),
        egress: handle.egress.clone(),
    };
    let answer = fetch
        .fetch(FetchRequest {
            method: Method::Get,
            url: secure,
            body: Vec::new(),
        })
        .await
        .map_err(|error| refused(format!("{url} was not read: {error}")))?;
    let kind = answer.content_type.split(';').next().unwrap_or_default();
    match answer.status {
        200..300
            if matches!(
                kind.trim(),
                "text/html" | "application/xhtml+xml" | "text/plain" | ""
            ) =>
        {
            Ok(answer)
        }
        200..300 => Err(refused(format!("{url} is no page but {kind}"))),
        404 | 410 => {
            let message = format!("there is no posting at {url} (any more)");
            Err(Fault::new(Kind::NotFound, reason::POSTING_CLOSED, message))
        }
        status => Err(refused(format!("{url} answered {status}"))),
    }
}
