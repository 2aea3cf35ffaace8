//! What the environment says of the daemon's surroundings: who runs it, and which
//! programs are there.

use std::{env, time::Duration};

/// Whether a service manager waits to be told of readiness (`sd_notify(3)`).
pub(crate) fn under_service_manager() -> bool {
    env::var_os("NOTIFY_SOCKET").is_some()
}

/// What runs the daemon as a service, in words; empty when nothing does.
pub(crate) fn service_manager() -> &'static str {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    // launchd sets it for agents; a program of a terminal has "0" there.
    let label = env::var("XPC_SERVICE_NAME").unwrap_or_default();
    if under_service_manager() && set("INVOCATION_ID") {
        "systemd"
    } else if under_service_manager() {
        "a service manager"
    } else if cfg!(target_os = "macos") && label.starts_with("dev.jobagent") {
        "launchd"
    } else {
        ""
    }
}

/// Within which time the service manager wants to hear of progress, if it does.
pub(crate) fn watchdog() -> Option<Duration> {
    sd_notify::watchdog_enabled().filter(|within| under_service_manager() && !within.is_zero())
}

/// Whether a program of this name is on the PATH.
pub(crate) fn on_path(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Where the environment says that the model server is (`OLLAMA_HOST`).
pub(crate) fn ollama_host() -> Option<String> {
    std::env::var("OLLAMA_HOST")
        .ok()
        .filter(|host| !host.trim().is_empty())
}

/// Log filter of the environment (`AGENTD_LOG`), which goes over the file's.
pub fn log_filter() -> Option<String> {
    std::env::var("AGENTD_LOG")
        .ok()
        .filter(|filter| !filter.is_empty())
}
