//! What runs in the child process: it takes on its limits, compiles one
//! component, and answers calls one after the other. It has no network, no
//! database and no runtime of its own; the pages a guest asks for are asked of
//! the daemon, over the same two pipes.

mod contract;
mod convert;
mod engine;
mod guest;
mod rlimit;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::frame::{self, FrameError, Order, Report};
use crate::limits::Limits;
use engine::Loaded;

/// Why a worker ended before its input did.
#[derive(Debug, thiserror::Error)]
enum WorkerError {
    #[error("the daemon {0}")]
    Frame(#[from] FrameError),
    #[error("could not answer: {0}")]
    Io(#[from] io::Error),
    #[error("could not take on the limit of {what}: {why}")]
    Limit { what: &'static str, why: String },
    #[error("could not set up wasmtime: {0}")]
    Engine(wasmtime::Error),
    #[error("the daemon sent {0} out of turn")]
    OutOfTurn(&'static str),
}

/// The worker's whole life: serves the daemon over stdin and stdout until stdin
/// ends. To be called by `agentd worker` before anything else, threads above all.
pub fn worker_main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing else can be done with an error stream that fails.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), WorkerError> {
    let Some((limits, cache)) = start()? else {
        return Ok(());
    };
    let wire = Wire {
        limit: limits.component_bytes.max(limits.response_bytes) + (1 << 20),
    };
    let engine = engine::new(&limits, &cache).map_err(WorkerError::Engine)?;
    let mut loaded: Option<Loaded> = None;
    while let Some((order, raw)) = wire.next()? {
        if let Order::Load = order {
            match engine::load(&engine, &raw) {
                Ok(component) => {
                    wire.send(&Report::Loaded {
                        imports: component.imports.clone(),
                    })?;
                    loaded = Some(component);
                }
                Err(failure) => wire.send(&Report::NotLoaded(failure))?,
            }
            continue;
        }
        let Some(component) = &loaded else {
            return Err(WorkerError::OutOfTurn("a call without a component"));
        };
        wire.send(&guest::call(component, order, wire, &limits)?)?;
    }
    Ok(())
}

/// Reads the first message and takes on its limits. It comes from the daemon, so
/// nothing a plugin wrote has been touched yet.
fn start() -> Result<Option<(Limits, PathBuf)>, WorkerError> {
    let wire = Wire { limit: 1 << 16 };
    match wire.next()? {
        None => Ok(None),
        Some((
            Order::Start {
                limits,
                cpu_seconds,
                cache,
            },
            _,
        )) => {
            rlimit::take_on(&limits, cpu_seconds)?;
            Ok(Some((limits, cache)))
        }
        Some(_) => Err(WorkerError::OutOfTurn("another message than the first")),
    }
}

/// The two pipes to the daemon.
#[derive(Clone, Copy)]
struct Wire {
    /// Largest message taken, in bytes.
    limit: usize,
}

impl Wire {
    fn next(self) -> Result<Option<(Order, Vec<u8>)>, FrameError> {
        frame::read(&mut io::stdin().lock(), self.limit)
    }

    fn send(self, report: &Report) -> io::Result<()> {
        self.send_with(report, &[])
    }

    fn send_with(self, report: &Report, raw: &[u8]) -> io::Result<()> {
        frame::write(&mut io::stdout().lock(), report, raw)
    }
}
