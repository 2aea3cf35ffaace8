//! What a plugin may use up.

use std::time::Duration;

use serde::{Deserialize, Serialize};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Limits of one plugin; the defaults are the ones we promise. The worker gets
/// them at its start and holds itself to them; the parent holds the worker to
/// its time and its frames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Size of a component, in bytes.
    pub component_bytes: usize,
    /// Memory the worker process may write to, in bytes. Compiling a hostile
    /// component of 3 MB was seen to take 1.9 GiB.
    pub process_memory: u64,
    /// Processor time of the process that compiles a component.
    pub compile_cpu: Duration,
    /// Processor time of a session's process over its whole life.
    pub session_cpu: Duration,
    /// Open files of the worker process.
    pub open_files: u64,
    /// Size of a file the worker process writes (it writes compiled code only).
    pub file_bytes: u64,
    /// All linear memories of a call together, in bytes.
    pub memory: usize,
    /// All tables of a call together, in elements.
    pub table_elements: usize,
    /// Stack of the guest, in bytes.
    pub stack: usize,
    /// Processor time of a call, counted in whole seconds.
    pub call_cpu: Duration,
    /// Time of a call, waiting for pages included.
    pub wall: Duration,
    /// How much longer the parent waits before it ends a silent worker.
    pub grace: Duration,
    /// Pages a call may ask for.
    pub fetches: u32,
    /// Body of one page, in bytes.
    pub response_bytes: usize,
    /// Log of a call, in bytes.
    pub log_bytes: usize,
    /// Postings in one page.
    pub postings: usize,
    /// A text of a posting, in bytes.
    pub field_bytes: usize,
    /// A description, in bytes.
    pub description_bytes: usize,
    /// Everything a call hands back, in bytes.
    pub result_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            component_bytes: 16 * MIB,
            process_memory: 2 << 30,
            compile_cpu: Duration::from_secs(60),
            session_cpu: Duration::from_secs(600),
            open_files: 64,
            file_bytes: 128 << 20,
            memory: 64 * MIB,
            table_elements: 10_000,
            stack: 512 * KIB,
            call_cpu: Duration::from_secs(5),
            wall: Duration::from_secs(30),
            grace: Duration::from_secs(2),
            fetches: 32,
            response_bytes: 8 * MIB,
            log_bytes: 64 * KIB,
            postings: 2000,
            field_bytes: 64 * KIB,
            description_bytes: 256 * KIB,
            result_bytes: 16 * MIB,
        }
    }
}

impl Limits {
    /// The largest message a worker may send: a result of texts of one letter, each
    /// of which takes two bytes, and some room for names.
    pub(crate) fn frame_bytes(&self) -> usize {
        self.result_bytes.saturating_mul(2).saturating_add(MIB)
    }
}
