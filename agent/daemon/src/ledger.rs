//! The egress ledger: every attempt to reach a host, written down.

use std::time::Duration;

use agent_portal::{
    broker::{Exchange, Ledger},
    fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Method, Waited},
};
use agent_store::{NewEgress, Store};
use tokio::sync::{mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::clock;

/// How many messages are taken in for one transaction at most.
const BATCH: usize = 256;

/// Exchanges kept for a store that cannot be written; beyond it the oldest are lost.
const MOST_WAITING: usize = 10_000;

/// How often a store that could not be written is tried again.
const RETRY: Duration = Duration::from_secs(5);

enum Message {
    /// To be written.
    Exchange(NewEgress),
    /// Answered when what came before was written, or could not be.
    Flush(oneshot::Sender<()>),
}

/// Where the broker tells its exchanges, and whoever depends on them waits.
#[derive(Clone)]
pub(crate) struct Egress(mpsc::UnboundedSender<Message>);

impl Egress {
    /// Waits until the exchanges told so far are in the database. A store that
    /// cannot be written is tried once and not waited for: what comes of the
    /// exchange cannot be kept either, and its own write says why.
    pub(crate) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(Message::Flush(done)).is_ok() {
            // An error means that the ledger ended, with everything written.
            let _ = written.await;
        }
    }
}

impl Egress {
    /// Takes an entry to be written.
    pub(crate) fn note(&self, entry: NewEgress) {
        if self.0.send(Message::Exchange(entry)).is_err() {
            tracing::error!("the egress ledger is closed; an exchange was not written down");
        }
    }
}

impl Ledger for Egress {
    fn record(&self, exchange: Exchange) {
        self.note(entry(exchange));
    }
}

fn entry(exchange: Exchange) -> NewEgress {
    NewEgress {
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
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::PostJson | Method::PostForm => "POST",
    }
}

/// Hands answers on only when their exchanges are written down, so that nothing
/// is ever made of a page that the ledger does not know.
pub(crate) struct WrittenDown<F> {
    pub(crate) fetch: F,
    pub(crate) egress: Egress,
}

#[async_trait::async_trait]
impl<F: Fetch> Fetch for WrittenDown<F> {
    async fn fetch(&self, request: FetchRequest) -> Result<FetchResponse, FetchError> {
        let answer = self.fetch.fetch(request).await;
        self.egress.flush().await;
        answer
    }

    fn waited(&self) -> Waited {
        self.fetch.waited()
    }
}

/// Starts the writing task; it ends after the last sender or when stopped, with
/// everything written that can be.
pub(crate) fn start(store: Store, tasks: &TaskTracker, stop: CancellationToken) -> Egress {
    let (sender, messages) = mpsc::unbounded_channel();
    let book = Book {
        store,
        waiting: Vec::new(),
    };
    tasks.spawn(keep(book, messages, stop));
    Egress(sender)
}

async fn keep(
    mut book: Book,
    mut messages: mpsc::UnboundedReceiver<Message>,
    stop: CancellationToken,
) {
    let mut batch = Vec::new();
    loop {
        let ended = tokio::select! {
            received = messages.recv_many(&mut batch, BATCH) => received == 0,
            () = tokio::time::sleep(RETRY), if !book.waiting.is_empty() => false,
            () = stop.cancelled() => {
                messages.close();
                while messages.recv_many(&mut batch, BATCH).await > 0 {}
                true
            }
        };
        let mut flushes = Vec::new();
        for message in batch.drain(..) {
            match message {
                Message::Exchange(entry) => book.waiting.push(entry),
                Message::Flush(done) => flushes.push(done),
            }
        }
        book.write().await;
        for done in flushes {
            // Who asked may have gone.
            let _ = done.send(());
        }
        if ended {
            book.close();
            return;
        }
    }
}

/// The exchanges that are not in the database yet.
struct Book {
    store: Store,
    waiting: Vec<NewEgress>,
}

impl Book {
    /// Tries once to write what waits; what could not be written waits on, since
    /// a full disk may be freed and an exchange that happened should be known.
    async fn write(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let entries = self.waiting.clone();
        match self.store.write(move |tx| tx.append_egress(&entries)).await {
            Ok(()) => self.waiting.clear(),
            Err(error) => {
                let lost = self.waiting.len().saturating_sub(MOST_WAITING);
                self.waiting.drain(..lost);
                let waiting = self.waiting.len();
                tracing::error!(%error, waiting, lost, "the egress ledger cannot be written");
            }
        }
    }

    fn close(self) {
        let lost = self.waiting.len();
        if lost > 0 {
            tracing::error!(lost, "exchanges were not written down");
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_store::StoreOptions;

    use super::*;

    fn exchange(number: usize) -> Exchange {
        Exchange {
            component: "greenhouse".into(),
            purpose: "discover".into(),
            method: Method::Get,
            url: format!("https://boards.example/{number}{}", "x".repeat(500)),
            host: "boards.example".into(),
            status: Some(200),
            bytes_out: 1,
            bytes_in: 2,
            refusal: None,
            elapsed: Duration::ZERO,
        }
    }

    async fn written(store: &Store) -> usize {
        let entries = store.read(|reader| reader.egress_latest(100_000)).await;
        entries.unwrap().len()
    }

    #[tokio::test]
    async fn p4_after_a_flush_every_exchange_told_before_is_in_the_database() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path().join("agent.db")).unwrap();
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let egress = start(store.clone(), &tasks, stop.clone());
        for told in [1, 2, 700] {
            let before = written(&store).await;
            (0..told).for_each(|number| egress.record(exchange(number)));
            egress.flush().await;
            assert_eq!(written(&store).await, before + told);
        }
        egress.record(exchange(0));
        stop.cancel();
        tasks.close();
        tasks.wait().await;
        assert_eq!(written(&store).await, 704, "the end writes what is left");
        egress.flush().await;
    }

    #[tokio::test]
    async fn a_full_disk_holds_no_flush_up_and_what_waits_is_written_once_there_is_room() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("agent.db");
        drop(Store::open(&path).unwrap());
        let small = StoreOptions {
            max_pages: Some(1),
            ..StoreOptions::default()
        };
        let full = Store::open_with(&path, &small).unwrap();
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let egress = start(full.clone(), &tasks, stop.clone());
        (0..2000).for_each(|number| egress.record(exchange(number)));
        tokio::time::timeout(Duration::from_secs(20), egress.flush())
            .await
            .unwrap();
        assert!(written(&full).await < 2000, "the disk is full");
        let mut book = Book {
            store: full,
            waiting: (0..2000).map(|number| entry(exchange(number))).collect(),
        };
        book.write().await;
        assert_eq!(book.waiting.len(), 2000);
        stop.cancel();
        tasks.close();
        let ended = tokio::time::timeout(Duration::from_secs(20), tasks.wait());
        ended.await.unwrap();
        book.store = Store::open(&path).unwrap();
        let before = written(&book.store).await;
        book.write().await;
        assert_eq!(written(&book.store).await, before + 2000);
    }
}
