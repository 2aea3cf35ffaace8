//! One call of a guest: a store of its own, dropped whole afterwards, and the
//! limits that hold while it runs.

use std::time::{Duration, Instant};

use wasmtime::{ResourceLimiter, Store, Trap};

use super::contract::jobagent::portal::http::{self, FetchError as GuestFetchError, Response};
use super::contract::jobagent::portal::{forms, log, types};
use super::contract::{Portal, Query};
use super::engine::Loaded;
use super::{Wire, WorkerError, convert, rlimit};
use crate::error::PortalError;
use crate::fetch::{FetchError, Method};
use crate::frame::{Answer, Failure, FrameError, Order, Report};
use crate::host::{LogLevel, LogLine};
use crate::limits::Limits;

/// Refused requests after which a guest that does not listen is stopped.
const REFUSALS: u32 = 8;

/// Reasons to stop a guest that are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Stop {
    #[error("time is up")]
    TimedOut,
    #[error("too many fetches")]
    TooManyFetches,
    #[error("the daemon is gone")]
    DaemonGone,
}

/// What the host keeps of a guest while it runs.
pub(super) struct Guest {
    wire: Wire,
    deadline: Instant,
    /// Pages this call may ask for.
    fetches_allowed: u32,
    fetches: u32,
    /// Time the guest waited for them.
    fetching: Duration,
    memory: Budget,
    tables: Budget,
    log: Vec<LogLine>,
    log_left: usize,
    /// What broke the connection to the daemon, if it broke.
    broken: Option<WorkerError>,
}

/// Runs `order` on a fresh instance. An error is the worker's own end.
pub(super) fn call(
    loaded: &Loaded,
    order: Order,
    wire: Wire,
    limits: &Limits,
) -> Result<Report, WorkerError> {
    let fetches_allowed = match order {
        Order::Discover { .. } | Order::Detail { .. } | Order::Form { .. } => limits.fetches,
        Order::Start { .. }
        | Order::Load
        | Order::Describe
        | Order::Claim { .. }
        | Order::Fetched { .. } => 0,
    };
    let guest = Guest {
        wire,
        deadline: Instant::now() + limits.wall,
        fetches_allowed,
        fetches: 0,
        fetching: Duration::ZERO,
        memory: Budget::new(limits.memory),
        tables: Budget::new(limits.table_elements),
        log: Vec::new(),
        log_left: limits.log_bytes,
        broken: None,
    };
    let mut store = Store::new(&loaded.engine, guest);
    store.limiter(|guest| guest);
    store.set_hostcall_fuel(limits.result_bytes);
    rlimit::allow(limits.call_cpu)?;
    let start = Instant::now();
    let result = loaded
        .portal
        .instantiate(&mut store)
        .and_then(|portal| run(&portal, &mut store, order));
    let took = start.elapsed();

    let guest = store.data_mut();
    if let Some(broken) = guest.broken.take() {
        return Err(broken);
    }
    let log = std::mem::take(&mut guest.log);
    let took = took.saturating_sub(guest.fetching);
    let result = match result {
        Ok(None) => return Err(WorkerError::OutOfTurn("what is no call")),
        Ok(Some(answer)) => answer.map_err(Failure::Portal),
        Err(error) => Err(failure(&error, guest)),
    };
    Ok(Report::Done { result, log, took })
}

/// The guest's answer; none if the order is no call.
fn run(
    portal: &Portal,
    store: &mut Store<Guest>,
    order: Order,
) -> wasmtime::Result<Option<Result<Answer, PortalError>>> {
    let answer = match order {
        Order::Describe => {
            let manifest = portal.call_describe(store)?;
            Ok(Answer::Manifest(convert::manifest(manifest)))
        }
        Order::Claim { url } => {
            let board = portal.call_claim(store, &url)?;
            Ok(Answer::Claim(board.map(convert::board)))
        }
        Order::Discover {
            board,
            words,
            cursor,
        } => portal
            .call_discover(
                store,
                &convert::guest_board(board),
                &Query { words },
                cursor.as_deref(),
            )?
            .map(|page| Answer::Page(convert::page(page)))
            .map_err(convert::portal_error),
        Order::Detail { board, external_id } => portal
            .call_detail(store, &convert::guest_board(board), &external_id)?
            .map(|posting| Answer::Posting(Box::new(convert::posting(posting))))
            .map_err(convert::portal_error),
        Order::Form { board, external_id } => portal
            .call_form(store, &convert::guest_board(board), &external_id)?
            .map(|recipe| Answer::Recipe(Box::new(convert::recipe(recipe))))
            .map_err(convert::portal_error),
        Order::Start { .. } | Order::Load | Order::Fetched { .. } => return Ok(None),
    };
    Ok(Some(answer))
}

fn failure(error: &wasmtime::Error, guest: &Guest) -> Failure {
    match error.downcast_ref::<Stop>() {
        Some(Stop::TimedOut | Stop::DaemonGone) => return Failure::TimedOut,
        Some(Stop::TooManyFetches) => return Failure::TooManyFetches,
        None => {}
    }
    match error.downcast_ref::<Trap>() {
        // A guest whose memory was refused ends itself in its own way.
        _ if guest.memory.refused || guest.tables.refused => Failure::OutOfMemory,
        Some(trap) => Failure::Trapped {
            why: trap.to_string(),
        },
        // Reading arguments or results out of the guest's memory failed.
        None => Failure::BadResult {
            why: format!("{:#}", error.root_cause()),
        },
    }
}

/// A sum over all memories, or all tables, of a store.
struct Budget {
    left: usize,
    refused: bool,
}

impl Budget {
    fn new(left: usize) -> Self {
        Self {
            left,
            refused: false,
        }
    }

    /// Whether growing fits. What is granted but then not to be had from the
    /// system stays counted: that can only be too strict.
    fn grow(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return false;
        }
        match self.left.checked_sub(desired.saturating_sub(current)) {
            Some(left) => {
                self.left = left;
                true
            }
            None => {
                self.refused = true;
                false
            }
        }
    }
}

impl ResourceLimiter for Guest {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(self.memory.grow(current, desired, maximum))
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(self.tables.grow(current, desired, maximum))
    }

    fn instances(&self) -> usize {
        100
    }

    fn memories(&self) -> usize {
        16
    }

    fn tables(&self) -> usize {
        64
    }
}

impl Guest {
    /// Asks the daemon for a page and waits. The daemon answers no later than the
    /// call's deadline, so this thread need not watch the time.
    fn fetch(
        &mut self,
        method: Method,
        url: String,
        body: &[u8],
    ) -> wasmtime::Result<Result<Response, GuestFetchError>> {
        self.fetches = self.fetches.saturating_add(1);
        if self.fetches > self.fetches_allowed {
            if self.fetches > self.fetches_allowed.saturating_add(REFUSALS) {
                return Err(Stop::TooManyFetches.into());
            }
            return Ok(Err(GuestFetchError::TooMuch(format!(
                "{} pages in this call",
                self.fetches_allowed
            ))));
        }
        let start = Instant::now();
        let answer = self.ask(method, url, body);
        self.fetching += start.elapsed();
        let answer = match answer {
            Ok(answer) => answer,
            Err(broken) => {
                self.broken = Some(broken);
                return Err(Stop::DaemonGone.into());
            }
        };
        if Instant::now() >= self.deadline {
            return Err(Stop::TimedOut.into());
        }
        Ok(answer.map_err(convert::fetch_error))
    }

    fn ask(
        &mut self,
        method: Method,
        url: String,
        body: &[u8],
    ) -> Result<Result<Response, FetchError>, WorkerError> {
        self.wire.send_with(&Report::Fetch { method, url }, body)?;
        match self.wire.next()? {
            Some((Order::Fetched { answer, waited }, body)) => {
                self.deadline += waited;
                Ok(answer.map(|head| Response {
                    status: head.status,
                    url: head.url,
                    content_type: head.content_type,
                    body,
                }))
            }
            Some(_) => Err(WorkerError::OutOfTurn("an order in the middle of a call")),
            None => Err(FrameError::Closed.into()),
        }
    }
}

impl types::Host for Guest {}

impl forms::Host for Guest {}

impl http::Host for Guest {
    fn get(&mut self, url: String) -> wasmtime::Result<Result<Response, GuestFetchError>> {
        self.fetch(Method::Get, url, &[])
    }

    fn post_json(
        &mut self,
        url: String,
        body: String,
    ) -> wasmtime::Result<Result<Response, GuestFetchError>> {
        self.fetch(Method::PostJson, url, body.as_bytes())
    }

    fn post_form(
        &mut self,
        url: String,
        fields: Vec<(String, String)>,
    ) -> wasmtime::Result<Result<Response, GuestFetchError>> {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.fetch(Method::PostForm, url, form.finish().as_bytes())
    }
}

impl log::Host for Guest {
    fn write(&mut self, level: log::Level, message: String) -> wasmtime::Result<()> {
        if self.log_left == 0 {
            return Ok(());
        }
        let (level, message) = if message.len() <= self.log_left {
            self.log_left -= message.len();
            (convert::level(level), message)
        } else {
            self.log_left = 0;
            let notice = "the rest of this call's log is left out: it is too long";
            (LogLevel::Warn, notice.to_owned())
        };
        self.log.push(LogLine { level, message });
        Ok(())
    }
}
