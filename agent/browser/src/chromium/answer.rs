//! How the request that sent the form was answered. A page that sends by script
//! shows the same words for a refusal, for a failure of the server and for one
//! of its own; the answer tells them apart.
#![deny(clippy::indexing_slicing)]

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{
    devtools::{DevtoolsError, Event},
    form::page::{Page, text},
};

/// An answer's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// HTTP status.
    pub(super) status: u16,
    /// Whether the browser shows it as the page, and no script reads it.
    pub(super) page: bool,
}

/// Watches for the answer to one request. Dropping it ends the watch.
#[derive(Debug)]
pub(super) struct Watch {
    answer: Arc<Mutex<Option<Answer>>>,
    task: JoinHandle<()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Watch {
    /// Watches for answers to `submission`: method, a space, and the address
    /// without its query.
    pub(super) async fn start(page: &Page, submission: String) -> Result<Self, DevtoolsError> {
        let events = page.events();
        page.command("Network.enable", json!({})).await?;
        let answer = Arc::default();
        let task = tokio::spawn(watch(events, submission, Arc::clone(&answer)));
        Ok(Self { answer, task })
    }

    /// The last answer, if one was seen.
    pub(super) fn answer(&self) -> Option<Answer> {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn watch(
    mut events: mpsc::UnboundedReceiver<Event>,
    submission: String,
    answer: Arc<Mutex<Option<Answer>>>,
) {
    let mut ours = HashSet::new();
    while let Some(Event { method, params, .. }) = events.recv().await {
        let id = text(&params, "/requestId");
        let response = match method.as_str() {
            "Network.requestWillBeSent" => {
                // A redirect's answer comes with the request that follows it.
                let before = ours.contains(&id);
                let request = format!(
                    "{} {}",
                    text(&params, "/request/method"),
                    without_query(&text(&params, "/request/url"))
                );
                if request == submission {
                    ours.insert(id);
                }
                before.then_some("/redirectResponse/status")
            }
            "Network.responseReceived" => ours.contains(&id).then_some("/response/status"),
            _ => None,
        };
        let seen = response
            .and_then(|pointer| params.pointer(pointer))
            .and_then(Value::as_u64);
        if let Some(status) = seen.and_then(|seen| u16::try_from(seen).ok()) {
            let page = text(&params, "/type") == "Document";
            let seen = Answer { status, page };
            *answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
    }
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}
