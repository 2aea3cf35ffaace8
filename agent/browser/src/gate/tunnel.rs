//! One tunnel: whole records from the browser, each with the machine's leave;
//! whatever the server sends, read on its way.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::sleep,
};

use super::{
    journal::Entry,
    permit,
    phase::{Phase, TunnelId, Verdict},
    shared::Shared,
    tls::{Client, Records, Sent, ServerHello, Version},
};

/// The shortest and the longest wait for a server's session tickets.
const HOLD: (Duration, Duration) = (Duration::from_millis(150), Duration::from_secs(3));

/// The two ends of a tunnel.
pub(super) struct Ends {
    pub(super) browser: TcpStream,
    pub(super) server: TcpStream,
    /// What the browser sent right after its head.
    pub(super) early: Vec<u8>,
}

/// What went through a tunnel. Its end is told when it is dropped.
pub(super) struct Traffic {
    id: TunnelId,
    shared: Arc<Shared>,
    host: String,
    flow: Mutex<Flow>,
}

/// What one direction learns and the other needs.
#[derive(Default)]
struct Flow {
    sent: u64,
    received: u64,
    version: Option<Version>,
    hello_sent: Option<Instant>,
    round_trip: Option<Duration>,
    finished: Option<Instant>,
    last_received: Option<Instant>,
}

impl Traffic {
    pub(super) fn new(id: TunnelId, shared: Arc<Shared>) -> Self {
        Self {
            id,
            shared,
            host: String::new(),
            flow: Mutex::default(),
        }
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The tunnel was allowed, to `host`.
    pub(super) fn begin(&mut self, host: &str) {
        host.clone_into(&mut self.host);
    }

    fn flow(&self) -> MutexGuard<'_, Flow> {
        self.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Traffic {
    fn drop(&mut self) {
        let (sent, received) = {
            let flow = self.flow();
            (flow.sent, flow.received)
        };
        self.shared.end(self.id, &self.host, sent, received);
    }
}

/// Why a direction ended.
enum End {
    /// Its side closed, or the other cannot be written to.
    Closed,
    /// The gate does not let it go on.
    Cut,
}

/// Carries a tunnel until the server closes it or the gate cuts it.
pub(super) async fn run(ends: Ends, traffic: Traffic) {
    let Ends {
        browser,
        server,
        early,
    } = ends;
    let (browser_read, browser_write) = browser.into_split();
    let (server_read, server_write) = server.into_split();
    let up = async {
        match up(browser_read, server_write, early, &traffic).await {
            End::Cut => {}
            // The answer may still be on its way.
            End::Closed => std::future::pending().await,
        }
    };
    tokio::select! {
        () = up => {}
        () = down(server_read, browser_write, &traffic) => {}
    }
}

async fn up(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut bytes: Vec<u8>,
    traffic: &Traffic,
) -> End {
    let (mut records, mut client) = (Records::default(), Client::default());
    loop {
        records.push(&bytes);
        loop {
            let record = match records.next() {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(error) => return traffic.cut(&error.to_string()),
            };
            let version = traffic.flow().version;
            let sent = match client.classify(&record, version) {
                Ok(sent) => sent,
                Err(error) => return traffic.cut(&error.to_string()),
            };
            if !traffic.admit(sent).await {
                return End::Cut;
            }
            if to.write_all(&record.bytes).await.is_err() {
                return End::Closed;
            }
            traffic.passed(sent, record.bytes.len());
        }
        bytes.clear();
        match from.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => {
                let _ = to.shutdown().await;
                return End::Closed;
            }
            Ok(_) => {}
        }
    }
}

async fn down(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, traffic: &Traffic) {
    let (mut records, mut hello) = (Records::default(), ServerHello::default());
    let mut bytes = Vec::with_capacity(16 * 1024);
    loop {
        bytes.clear();
        match from.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        traffic.received(bytes.len());
        records.push(&bytes);
        loop {
            match records.next() {
                Ok(Some(record)) => {
                    traffic.flow().version = hello.take(&record);
                    if record.kind == 23 {
                        traffic
                            .shared
                            .change(|machine| machine.received(traffic.id));
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    traffic.cut(&error.to_string());
                    return;
                }
            }
        }
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

impl Traffic {
    fn cut(&self, why: &str) -> End {
        self.shared.refuse_tunnel(self.host.clone(), why);
        End::Cut
    }

    /// Whether a record may go on. For the first of a release this returns when
    /// every other tunnel is closed and the journal says that bytes leave.
    async fn admit(&self, sent: Sent) -> bool {
        let verdict = self
            .shared
            .change(|machine| machine.record(self.id, &self.host, sent));
        match verdict {
            Verdict::Forward => true,
            Verdict::Cut => {
                self.cut("the gate does not let this pass");
                false
            }
            Verdict::Spend => {
                let spent = self.spend(sent).await;
                if !spent {
                    self.shared.change(|machine| machine.phase = Phase::Closed);
                    self.cut("it could not be written down that bytes leave");
                }
                spent
            }
        }
    }

    async fn spend(&self, sent: Sent) -> bool {
        let plain = match sent {
            Sent::Application { plain } => plain,
            Sent::Handshake | Sent::Finished | Sent::Control => return false,
        };
        self.shared.cut(Some(self.id)).await;
        self.hold().await;
        let release = self.shared.look(|machine| match &machine.phase {
            Phase::Spent(running) if running.owner == self.id => Some(running.admission.release),
            Phase::Load
            | Phase::Fill
            | Phase::Waiting(_)
            | Phase::Checking(_)
            | Phase::Armed(_)
            | Phase::Spent(_)
            | Phase::Open
            | Phase::Closed => None,
        });
        let (Some(release), Some(journal)) = (release, self.shared.journal()) else {
            return false;
        };
        permit::write(&journal, Entry::Spent, release).await.is_ok()
            && self.shared.change(|machine| machine.spend(self.id, plain))
    }

    /// Waits until the session tickets of a TLS 1.3 server have come: they look
    /// like an answer. A server sends them once it has the client's Finished,
    /// so they take about one round trip; two, and a silence, are waited.
    async fn hold(&self) {
        let (finished, round_trip, version) = {
            let flow = self.flow();
            (
                flow.finished,
                flow.round_trip.unwrap_or_default(),
                flow.version,
            )
        };
        let (Some(finished), Some(Version::V13)) = (finished, version) else {
            return;
        };
        let (least, most) = HOLD;
        let until = finished
            + least
                .max(2 * round_trip + Duration::from_millis(50))
                .min(most);
        let silence = (round_trip / 4).clamp(Duration::from_millis(20), Duration::from_millis(200));
        loop {
            let quiet = self
                .flow()
                .last_received
                .map_or(until, |last| until.max(last + silence));
            let end = quiet.min(finished + most);
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            sleep(left).await;
        }
    }

    /// A record was written to the server.
    fn passed(&self, sent: Sent, bytes: usize) {
        let mut flow = self.flow();
        flow.sent += bytes as u64;
        let now = Instant::now();
        if sent == Sent::Finished {
            flow.finished = Some(now);
        }
        flow.hello_sent.get_or_insert(now);
    }

    /// Bytes of the server came. The first ones tell the round trip.
    fn received(&self, bytes: usize) {
        let mut flow = self.flow();
        let now = Instant::now();
        flow.received += bytes as u64;
        flow.last_received = Some(now);
        if let (None, Some(sent)) = (flow.round_trip, flow.hello_sent) {
            flow.round_trip = Some(now - sent);
        }
    }
}

#[cfg(test)]
mod tests;
