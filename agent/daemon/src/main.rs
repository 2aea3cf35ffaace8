//! `agentd`: the daemon, and the children it starts of itself.

fn main() -> std::process::ExitCode {
    agentd::program::run(agentd::boot::chromium)
}
