//! Where log lines go: a file a day in the home, and standard error.

use std::path::Path;

use anyhow::Context as _;
use rustix::fs::FileType;
use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::{
    EnvFilter, Layer as _, filter::LevelFilter, fmt, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use crate::config;

/// Starts logging into `dir`. The guard writes what is left when it is dropped.
pub(crate) fn start(dir: &Path, log: &config::Log) -> anyhow::Result<WorkerGuard> {
    let filter = config::log_filter().unwrap_or_else(|| log.level.clone());
    let filter = EnvFilter::try_new(&filter).with_context(|| format!("log filter {filter:?}"))?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("agentd")
        .filename_suffix("log")
        .max_log_files(log.keep_days.into())
        .build(dir)
        .with_context(|| format!("cannot write logs in {}", dir.display()))?;
    let (file, guard) = tracing_appender::non_blocking(file);
    tracing_subscriber::registry()
        .with(filter)
        .with(fmt::layer().json().with_writer(file))
        .with(
            fmt::layer()
                .with_ansi(false)
                .with_target(false)
                .with_writer(std::io::stderr)
                .with_filter(beside()),
        )
        .try_init()
        .context("logging was started twice")?;
    std::panic::set_hook(Box::new(|panic| {
        // Only where: what is said may quote the text at hand, and that is the person's.
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a fault of this program");
    }));
    Ok(guard)
}

/// What is said on standard error too. A terminal or a service manager takes all of
/// it; a file, such as `agentctl start` gives, grows for as long as the daemon runs, and
/// gets what went wrong.
fn beside() -> LevelFilter {
    let is_file = rustix::fs::fstat(std::io::stderr())
        .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile);
    if is_file {
        LevelFilter::WARN
    } else {
        LevelFilter::TRACE
    }
}

/// Checks a filter such as `info` or `agentd=debug`.
pub(crate) fn is_filter(text: &str) -> bool {
    EnvFilter::try_new(text).is_ok()
}
