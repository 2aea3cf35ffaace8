//! What the parts of a gate share: the machine, the tunnels, the report.

use std::{
    collections::HashMap,
    mem::discriminant,
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
    phase::{Machine, Opening, Phase, TunnelId},
    report::{GateReport, Refused},
};

/// So long a browser needs to take note that its connections were cut.
const SETTLE: Duration = Duration::from_millis(150);
/// A cut tunnel ends as soon as its task is dropped.
const CUT: Duration = Duration::from_secs(5);

pub(super) struct Shared {
    pub(super) outlet: Arc<dyn Outlet>,
    log: Arc<dyn GateLog>,
    inner: Mutex<Inner>,
    stage: watch::Sender<Stage>,
    /// Ticks when a tunnel ended.
    ended: watch::Sender<()>,
    /// Ticks when the machine went to another phase.
    moved: watch::Sender<()>,
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
            moved: watch::Sender::new(()),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the machine and tells who waits. Nobody changes it elsewhere.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Machine) -> T) -> T {
        let mut inner = self.inner();
        let before = discriminant(&inner.machine.phase);
        let result = change(&mut inner.machine);
        if discriminant(&inner.machine.phase) != before {
            self.moved.send_replace(());
        }
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
        let handle = start(id);
        inner.tunnels.insert(id, handle);
    }

    /// Whether a tunnel may open; returns when that is decided.
    pub(super) async fn ask(&self, host: &str, port: u16) -> Result<(), &'static str> {
        let mut moved = self.moved.subscribe();
        loop {
            match self.look(|machine| machine.connect(host, port)) {
                Opening::Allow => {
                    self.inner().report.opened += 1;
                    return Ok(());
                }
                Opening::Refuse(why) => return Err(why),
                Opening::Wait => {
                    if moved.changed().await.is_err() {
                        return Err("the gate is shut");
                    }
                }
            }
        }
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

    /// Has every tunnel dropped but `keep`; which ones those were.
    pub(super) fn abort(&self, keep: Option<TunnelId>) -> Vec<TunnelId> {
        let inner = self.inner();
        let others = inner.tunnels.iter().filter(|(id, _)| Some(**id) != keep);
        others
            .map(|(id, handle)| {
                handle.abort();
                *id
            })
            .collect()
    }

    /// Cuts every tunnel but `keep` and returns when they are closed.
    pub(super) async fn cut(&self, keep: Option<TunnelId>) {
        let mut ended = self.ended.subscribe();
        let cut = self.abort(keep);
        let gone = async {
            while cut.iter().any(|id| self.inner().tunnels.contains_key(id)) {
                if ended.changed().await.is_err() {
                    return;
                }
            }
        };
        // A task that does not end holds no admission: the machine refuses its records.
        let _ = timeout(CUT, gone).await;
    }

    /// Cuts every tunnel and gives the browser time to find that out, so that
    /// the release is not put on a connection that is dead.
    pub(super) async fn drain(&self) {
        self.cut(None).await;
        sleep(SETTLE).await;
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
