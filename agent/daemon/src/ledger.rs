//! The egress ledger: every attempt to reach a host, written down.

use std::{sync::Arc, time::Duration};

use agent_portal::{
    broker::{Exchange, Ledger},
    fetch::Method,
};
use agent_store::{NewEgress, Store};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::clock;

/// How many exchanges are written in one transaction at most.
const BATCH: usize = 256;

/// Hands exchanges to the task that writes them.
struct Writer(mpsc::UnboundedSender<NewEgress>);

impl Ledger for Writer {
    fn record(&self, exchange: Exchange) {
        let entry = NewEgress {
            at: clock::now(),
            component: exchange.component,
            purpose: exchange.purpose,
            method: method(exchange.method).to_owned(),
            url: exchange.url,
            host: exchange.host,
            status: exchange.status,
            bytes_out: exchange.bytes_out,
            bytes_in: exchange.bytes_in,
            refusal: exchange.refusal,
        };
        if self.0.send(entry).is_err() {
            tracing::error!("the egress ledger is closed; an exchange was not written down");
        }
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::PostJson | Method::PostForm => "POST",
    }
}

/// Starts the writing task; it ends after the last sender or when stopped, with
/// everything written.
pub(crate) fn start(store: Store, tasks: &TaskTracker, stop: CancellationToken) -> Arc<dyn Ledger> {
    let (sender, mut entries) = mpsc::unbounded_channel();
    tasks.spawn(async move {
        let mut batch = Vec::new();
        loop {
            let ended = tokio::select! {
                received = entries.recv_many(&mut batch, BATCH) => received == 0,
                () = stop.cancelled() => {
                    entries.close();
                    entries.recv_many(&mut batch, usize::MAX).await;
                    true
                }
            };
            write(&store, &mut batch).await;
            if ended {
                break;
            }
        }
    });
    Arc::new(Writer(sender))
}

/// Writes the batch, and keeps trying for a while when the store cannot: a full
/// disk may be freed, and an exchange that happened must not go unrecorded.
async fn write(store: &Store, batch: &mut Vec<NewEgress>) {
    for pause in [0, 1, 5, 25] {
        if batch.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_secs(pause)).await;
        let entries = batch.clone();
        match store.write(move |tx| tx.append_egress(&entries)).await {
            Ok(()) => batch.clear(),
            Err(error) => {
                tracing::error!(%error, entries = batch.len(), "the egress ledger cannot be written")
            }
        }
    }
    batch.clear();
}
