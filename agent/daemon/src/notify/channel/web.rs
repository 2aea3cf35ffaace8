//! Telling another machine, or a server on this one: ntfy and webhooks. Off until the
//! person names an address; every exchange stands in the egress ledger, without the
//! path of the address, which is often a secret.

use std::{error::Error as _, time::Duration};

use agent_store::NewEgress;
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect, retry,
};
use serde_json::json;

use super::Failure;
use crate::{clock, config::Target, handle::Handle, ledger::Egress, notify::message::Message};

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The longest a server is left alone at its own wish.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// What is posted.
pub(super) struct Post {
    headers: HeaderMap,
    body: Vec<u8>,
}

/// As ntfy takes it: the text is the body, the rest are headers.
pub(super) fn ntfy(message: &Message) -> Post {
    let mut headers = HeaderMap::new();
    // Titles are our own words, in plain ASCII.
    if let Ok(title) = HeaderValue::from_str(&message.title) {
        headers.insert(HeaderName::from_static("title"), title);
    }
    headers.insert(
        HeaderName::from_static("tags"),
        HeaderValue::from_static("briefcase"),
    );
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    Post {
        headers,
        body: format!("{}\n{}", message.text, message.command).into_bytes(),
    }
}

/// One JSON object.
pub(super) fn webhook(message: &Message) -> Post {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let told = json!({
        "kind": message.kind,
        "title": message.title,
        "text": message.text,
        "command": message.command,
        "count": message.count,
    });
    Post {
        headers,
        body: told.to_string().into_bytes(),
    }
}

/// Posts to an address. A practice home reaches this machine alone.
pub(super) async fn post(handle: &Handle, target: &Target, post: Post) -> Result<(), Failure> {
    if handle.practice && !target.is_this_machine() {
        let why = "a practice home reaches nothing but this machine";
        handle.egress.note(NewEgress {
            refusal: Some(why.to_owned()),
            ..entry(target, 0)
        });
        return Err(Failure::new(why));
    }
    deliver(&handle.egress, target, post, PATIENCE).await
}

async fn deliver(
    egress: &Egress,
    target: &Target,
    post: Post,
    patience: Duration,
) -> Result<(), Failure> {
    let client = client(patience).map_err(|error| Failure::new(error.to_string()))?;
    let bytes = u64::try_from(post.body.len()).unwrap_or(u64::MAX);
    let answer = client
        .post(target.url().clone())
        .headers(post.headers)
        .body(post.body)
        .send()
        .await;
    let noted = entry(target, bytes);
    match answer {
        Ok(answer) => {
            let (status, after) = (answer.status(), retry_after(answer.headers(), clock::now()));
            egress.note(NewEgress {
                status: Some(status.as_u16()),
                ..noted
            });
            judged(target, status, after)
        }
        Err(error) => {
            // Its own words would name the whole address.
            let why = match (error.is_timeout(), error.source()) {
                (true, _) => "did not answer in time".to_owned(),
                (false, Some(source)) => format!("cannot be reached: {source}"),
                (false, None) => "cannot be reached".to_owned(),
            };
            egress.note(NewEgress {
                refusal: Some(agent_core::text::quote(&why, 200)),
                ..noted
            });
            Err(Failure::new(format!("{} {why}", target.host())))
        }
    }
}

fn client(patience: Duration) -> reqwest::Result<Client> {
    // Fails only where a provider is there already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(format!("agentd/{}", agent_api::VERSION))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        .pool_max_idle_per_host(0)
        .timeout(patience)
        .build()
}

fn judged(
    target: &Target,
    status: StatusCode,
    after: Option<SignedDuration>,
) -> Result<(), Failure> {
    if status.is_success() {
        return Ok(());
    }
    let said = match status {
        StatusCode::TOO_MANY_REQUESTS => "has had too many".to_owned(),
        status if status.is_redirection() => {
            format!("sends elsewhere ({status}): set the address it means")
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
            format!("does not take it ({status}): look at the address in [notify]")
        }
        status => format!("answers {status}"),
    };
    Err(Failure {
        after,
        ..Failure::new(format!("{} {said}", target.host()))
    })
}

/// How long the server wants to be left alone (RFC 9110, 10.2.3), within reason.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wish = match text.parse::<u32>() {
        Ok(seconds) => SignedDuration::from_secs(seconds.into()),
        Err(_) => {
            let at = jiff::fmt::rfc2822::parse(text).ok()?;
            at.timestamp().duration_since(now)
        }
    };
    Some(wish.clamp(SignedDuration::ZERO, LONGEST))
}

fn entry(target: &Target, bytes: u64) -> NewEgress {
    NewEgress {
        at: clock::now(),
        component: "notifications".to_owned(),
        purpose: "notice".to_owned(),
        method: "POST".to_owned(),
        url: target.shown(),
        host: target.host().to_owned(),
        status: None,
        bytes_out: bytes,
        bytes_in: 0,
        refusal: None,
    }
}

#[cfg(test)]
mod tests;
