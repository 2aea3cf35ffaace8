//! Memory and processor time of processes, as `ps` tells it on Linux and macOS alike.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::demo::end;
use crate::process;

/// Resident memory of a process in bytes.
pub(super) fn resident(pid: u32) -> Result<u64> {
    let output = process::capture(Command::new("ps").args(["-o", "rss=", "-p", &pid.to_string()]))?;
    let kib: u64 = output
        .trim()
        .parse()
        .with_context(|| format!("ps said {output:?} of {pid}"))?;
    Ok(kib * 1024)
}

/// Processor time a process has taken, in whole seconds, without its children's.
pub(super) fn processor(pid: u32) -> Result<u64> {
    let output =
        process::capture(Command::new("ps").args(["-o", "time=", "-p", &pid.to_string()]))?;
    seconds(output.trim()).with_context(|| format!("ps said {output:?} of {pid}"))
}

/// The seconds of `[[days-]hours:]minutes:seconds`; macOS adds hundredths.
fn seconds(text: &str) -> Option<u64> {
    let (days, clock) = text.split_once('-').unwrap_or(("0", text));
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    clock
        .split(':')
        .try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u64>().ok()?))
        .and_then(|sum| Some(sum + days.parse::<u64>().ok()? * 86_400))
}

/// Resident memory of a process of the same toolchain that does nothing.
pub(super) fn of_idle_process(client: &Path) -> Result<u64> {
    let mut child = Command::new(client)
        .arg("idle")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start the idle process")?;
    let mut line = String::new();
    let output = child
        .stdout
        .take()
        .context("the idle process has no output")?;
    let waits = BufReader::new(output).read_line(&mut line);
    let bytes = waits
        .context("the idle process said nothing")
        .and_then(|_| resident(child.id()));
    end(&mut child);
    bytes
}

/// Resident memory of a plugin worker that waits for its first order. A worker
/// lives as long as a session with a board, so this is the only idle one there is.
pub(super) fn of_idle_worker(agentd: &Path) -> Result<u64> {
    let mut child = Command::new(agentd)
        .arg("worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start a worker")?;
    // It says nothing of itself: it is idle when its memory no longer moves.
    let settled = || -> Result<u64> {
        let mut last = 0;
        for _ in 0..100 {
            thread::sleep(Duration::from_millis(50));
            let now = resident(child.id())?;
            if now == last {
                break;
            }
            last = now;
        }
        Ok(last)
    };
    let bytes = settled();
    end(&mut child);
    bytes
}

/// The largest resident memory seen of any child of a process, while this lives.
pub(super) struct WatchChildren {
    peak: Arc<AtomicU64>,
    done: Arc<AtomicBool>,
    thread: thread::JoinHandle<()>,
}

impl WatchChildren {
    pub(super) fn of(parent: u32) -> Self {
        let (peak, done) = (
            Arc::new(AtomicU64::new(0)),
            Arc::new(AtomicBool::new(false)),
        );
        let (seen, stop) = (Arc::clone(&peak), Arc::clone(&done));
        let thread = thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                let largest = children(parent).into_iter().max().unwrap_or(0);
                seen.fetch_max(largest, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(50));
            }
        });
        Self { peak, done, thread }
    }

    /// Ends the watch; nothing when no child was seen.
    pub(super) fn peak(self) -> Option<u64> {
        self.done.store(true, Ordering::Relaxed);
        // A panic of the watch would leave the peak as it was seen until then.
        let _ = self.thread.join();
        Some(self.peak.load(Ordering::Relaxed)).filter(|bytes| *bytes > 0)
    }
}

fn children(parent: u32) -> Vec<u64> {
    let output =
        process::capture(Command::new("ps").args(["-A", "-o", "ppid=,rss="])).unwrap_or_default();
    let rows = output
        .lines()
        .filter_map(|line| line.trim().split_once(char::is_whitespace));
    rows.filter(|(ppid, _)| ppid.parse() == Ok(parent))
        .filter_map(|(_, rss)| rss.trim().parse::<u64>().ok())
        .map(|kib| kib * 1024)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_as_ps_writes_it() {
        for (text, expected) in [
            ("00:00:07", Some(7)),
            ("01:02:03", Some(3_723)),
            ("2-00:00:01", Some(172_801)),
            ("1:05.37", Some(65)),
            ("", None),
            ("a:b", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
