//! The process limits a worker takes on. They are the last line: when wasmtime's
//! own limits are passed or do not apply (compiling), the process dies alone.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::WorkerError;
use crate::limits::Limits;

pub(super) fn take_on(limits: &Limits, cpu_seconds: u64) -> Result<(), WorkerError> {
    // macOS has no limit of address space that holds; the others do.
    if cfg!(target_os = "linux") {
        set("address space", Resource::As, limits.address_space)?;
    }
    set("processor time", Resource::Cpu, cpu_seconds)?;
    set("core size", Resource::Core, 0)?;
    set("open files", Resource::Nofile, limits.open_files)?;
    set("file size", Resource::Fsize, limits.file_bytes)
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
