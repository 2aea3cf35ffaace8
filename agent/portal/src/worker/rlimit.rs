//! The process limits a worker takes on. They are the last line: when wasmtime's
//! own limits are passed or do not apply (compiling, time), the process dies alone.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};

use super::WorkerError;
use crate::limits::Limits;

pub(super) fn take_on(limits: &Limits, cpu_seconds: u64) -> Result<(), WorkerError> {
    // What may be written, and not the address space: a guest's memory reserves
    // gigabytes of that so that the code need not check each access, and never
    // uses them. macOS has no such limit that holds; the others do.
    if cfg!(target_os = "linux") {
        set("memory", Resource::Data, limits.process_memory)?;
    }
    set("processor time", Resource::Cpu, cpu_seconds)?;
    set("core size", Resource::Core, 0)?;
    set("open files", Resource::Nofile, limits.open_files)?;
    set("file size", Resource::Fsize, limits.file_bytes)
}

/// Lets the process compute for `time` more, by whole seconds rounded up; the signal
/// that then ends it says why.
pub(super) fn allow(time: Duration) -> Result<(), WorkerError> {
    let so_far = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    let so_far = u64::try_from(so_far).unwrap_or_default();
    let hard = getrlimit(Resource::Cpu).maximum;
    let value = so_far.saturating_add(1).saturating_add(time.as_secs());
    let limit = Rlimit {
        current: Some(hard.map_or(value, |hard| hard.min(value))),
        maximum: hard,
    };
    setrlimit(Resource::Cpu, limit).map_err(|error| WorkerError::Limit {
        what: "processor time of a call",
        why: error.to_string(),
    })
}

/// Lowers a limit for good; one that is already lower stays.
fn set(what: &'static str, resource: Resource, value: u64) -> Result<(), WorkerError> {
    let hard = getrlimit(resource).maximum;
    let value = hard.map_or(value, |hard| hard.min(value));
    // At the soft limit of processor time comes a signal that names the reason,
    // a second later at the hard one the end.
    let maximum = match resource {
        Resource::Cpu => value.saturating_add(1).min(hard.unwrap_or(u64::MAX)),
        _ => value,
    };
    let limit = Rlimit {
        current: Some(value),
        maximum: Some(maximum),
    };
    setrlimit(resource, limit).map_err(|error| WorkerError::Limit {
        what,
        why: error.to_string(),
    })
}
