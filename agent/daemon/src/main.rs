//! `agentd`: the daemon, and the children it starts of itself.

/// Reading and comparing postings is many small texts made and dropped on several
/// threads, which this allocator does in less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    agentd::program::run(agentd::boot::chromium)
}
