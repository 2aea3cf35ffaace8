//! The HTTP status with which the request that sent the form was answered. A
//! page that sends by script shows the same words for a refusal and for a
//! failure of the server; the status tells them apart.
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

/// Watches for the answer to one request. Dropping it ends the watch.
#[derive(Debug)]
pub(super) struct Watch {
    status: Arc<Mutex<Option<u16>>>,
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
        let status = Arc::default();
        let task = tokio::spawn(watch(events, submission, Arc::clone(&status)));
        Ok(Self { status, task })
    }

    /// The last answer's status, if one was seen.
    pub(super) fn status(&self) -> Option<u16> {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn watch(
    mut events: mpsc::UnboundedReceiver<Event>,
    submission: String,
    status: Arc<Mutex<Option<u16>>>,
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
        if let Some(seen) = seen.and_then(|seen| u16::try_from(seen).ok()) {
            *status.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
    }
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}
