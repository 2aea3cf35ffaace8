//! What the hosting process uses, as the system counts it.

use std::fs;
use std::time::Duration;

/// The system counts time of the processor in hundredths, on every Linux there is.
const TICKS: u64 = 100;

/// Open files of this process, where the system tells.
pub(crate) fn open_files() -> Option<usize> {
    // The folder that is read is one of them.
    Some(fs::read_dir("/proc/self/fd").ok()?.count() - 1)
}

/// Memory of this process that is in use, in KiB.
pub(crate) fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Time of the processor that child processes took which have ended.
pub(crate) fn children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name, in brackets, may hold blanks; `cutime` and `cstime` are
    // the 14th and 15th field after it (proc_pid_stat(5)).
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .map(|field| field.parse::<u64>().ok())
        .sum::<Option<u64>>()?;
    Some(Duration::from_millis(ticks * 1000 / TICKS))
}
