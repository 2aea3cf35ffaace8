//! What the parts of a gate share: the machine, the tunnels, the report.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::watch,
    task::AbortHandle,
    time::{sleep, timeout},
};

use super::{
    GateLog, GateOptions, Outlet, Stage,
    hosts::Hosts,
    journal::Writer,
    phase::{Machine, Phase, TunnelId},
    report::{GateReport, Refused},
};

/// No connection in so long: the browser has given up its retries.
const QUIET: Duration = Duration::from_millis(150);
/// A browser that never rests is not waited for longer.
const RESTLESS: Duration = Duration::from_secs(3);
/// A cut tunnel ends as soon as its task is dropped.
const CUT: Duration = Duration::from_secs(5);

pub(super) struct Shared {
    pub(super) outlet: Arc<dyn Outlet>,
    log: Arc<dyn GateLog>,
    inner: Mutex<Inner>,
    stage: watch::Sender<Stage>,
    /// Ticks when a tunnel ended.
    ended: watch::Sender<()>,
}

struct Inner {
    machine: Machine,
    tunnels: HashMap<TunnelId, AbortHandle>,
    next: TunnelId,
    report: GateReport,
    /// Where the spending of the admission is written down.
    journal: Option<Arc<Mutex<Writer>>>,
}

impl Shared {
    pub(super) fn new(options: GateOptions) -> Self {
        let machine = Machine::new(
            Hosts::new(&options.page_hosts),
            Hosts::new(&options.helper_hosts),
        );
        Self {
            outlet: options.outlet,
            log: options.log,
            inner: Mutex::new(Inner {
                machine,
                tunnels: HashMap::new(),
                next: 0,
                report: GateReport::default(),
                journal: None,
            }),
            stage: watch::Sender::new(Stage::Load),
            ended: watch::Sender::new(()),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the machine and tells who waits. Nobody changes it elsewhere.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Machine) -> T) -> T {
        let mut inner = self.inner();
        let result = change(&mut inner.machine);
        let stage = stage(&inner.machine.phase);
        self.stage.send_if_modified(|known| {
            let new = *known != stage;
            *known = stage;
            new
        });
        result
    }

    /// Looks at the machine.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Machine) -> T) -> T {
        look(&self.inner().machine)
    }

    pub(super) fn stage(&self) -> Stage {
        *self.stage.borrow()
    }

    pub(super) fn stages(&self) -> watch::Receiver<Stage> {
        self.stage.subscribe()
    }

    pub(super) fn report(&self) -> GateReport {
        self.inner().report.clone()
    }

    pub(super) fn set_journal(&self, journal: Arc<Mutex<Writer>>) {
        self.inner().journal = Some(journal);
    }

    pub(super) fn journal(&self) -> Option<Arc<Mutex<Writer>>> {
        self.inner().journal.clone()
    }

    /// Starts a tunnel's task and keeps hold of it.
    pub(super) fn begin(&self, start: impl FnOnce(TunnelId) -> AbortHandle) {
        let mut inner = self.inner();
        inner.next += 1;
        let id = inner.next;
        // Under the lock, so that a tunnel cannot end before it is known.
        let task = start(id);
        inner.tunnels.insert(id, task);
    }

    /// Whether a tunnel may open.
    pub(super) fn ask(&self, host: &str, port: u16) -> Result<(), &'static str> {
        let mut inner = self.inner();
        let allowed = inner.machine.connect(host, port);
        inner.report.opened += u64::from(allowed.is_ok());
        allowed
    }

    pub(super) fn refuse_tunnel(&self, what: String, why: &str) {
        let why = why.to_owned();
        let refused = Refused { what, why };
        if self.inner().report.tunnel(&refused) {
            self.log.refused(&refused.what, &refused.why);
        }
    }

    pub(super) fn refuse_request(&self, what: String, why: &str, host: Option<&str>) {
        let why = why.to_owned();
        let refused = Refused { what, why };
        if self.inner().report.request(&refused, host) {
            self.log.refused(&refused.what, &refused.why);
        }
    }

    /// A tunnel's task is over and its sockets are closed.
    pub(super) fn end(&self, id: TunnelId, host: &str, sent: u64, received: u64) {
        self.inner().tunnels.remove(&id);
        self.ended.send_replace(());
        if !host.is_empty() {
            self.log.tunnel(host, sent, received);
        }
    }

    /// Has every connection dropped but `keep`; which ones those were.
    pub(super) fn abort(&self, keep: Option<TunnelId>) -> Vec<TunnelId> {
        let inner = self.inner();
        let others = inner.tunnels.iter().filter(|(id, _)| Some(**id) != keep);
        others
            .map(|(id, task)| {
                task.abort();
                *id
            })
            .collect()
    }

    /// Cuts every connection but `keep` and returns when they are closed.
    pub(super) async fn cut(&self, keep: Option<TunnelId>) {
        let cut = self.abort(keep);
        let gone = self.until(|inner| cut.iter().all(|id| !inner.tunnels.contains_key(id)));
        // A task that does not end holds no admission: the machine refuses its records.
        let _ = timeout(CUT, gone).await;
    }

    /// Returns when the browser has made no connection for a while: what was
    /// under way when the tunnels were cut has been tried again and refused.
    pub(super) async fn quiet(&self) {
        let quiet = async {
            loop {
                self.until(|inner| inner.tunnels.is_empty()).await;
                let before = self.inner().next;
                sleep(QUIET).await;
                if self.inner().next == before {
                    return;
                }
            }
        };
        let _ = timeout(RESTLESS, quiet).await;
    }

    /// Cuts every tunnel, and returns at a moment when the browser has taken note
    /// of every refusal. Chromium gives the failure of a connection to whatever
    /// request waits for one; that must not be the release.
    pub(super) async fn drain(&self) {
        self.cut(None).await;
        sleep(QUIET).await;
        let noted = self.until(|inner| inner.tunnels.is_empty());
        let _ = timeout(RESTLESS, noted).await;
    }

    /// Waits until tunnels have ended so that `reached` holds.
    async fn until(&self, reached: impl Fn(&Inner) -> bool) {
        let mut ended = self.ended.subscribe();
        while !reached(&self.inner()) {
            if ended.changed().await.is_err() {
                return;
            }
        }
    }
}

fn stage(phase: &Phase) -> Stage {
    match phase {
        Phase::Load => Stage::Load,
        Phase::Fill => Stage::Fill,
        Phase::Waiting(release) | Phase::Checking(release) => Stage::Waiting(*release),
        Phase::Armed(admission) => Stage::Armed(admission.release),
        Phase::Spent(running) => Stage::Spent(running.admission.release),
        Phase::Open => Stage::Open,
        Phase::Closed => Stage::Closed,
    }
}
