//! What a daemon holds: memory, files, threads, children, and its folder.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use crate::harness::Home;

/// One look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) rss_kib: f64,
    pub(super) files: f64,
    pub(super) threads: f64,
    pub(super) children: f64,
    pub(super) log_kib: f64,
    pub(super) database_kib: f64,
    pub(super) in_home: f64,
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "rss {:>7} KiB  files {:>3}  threads {:>3}  children {}  wal {:>6} KiB  db {:>6} KiB  \
             files in home {:>4}",
            self.rss_kib,
            self.files,
            self.threads,
            self.children,
            self.log_kib,
            self.database_kib,
            self.in_home
        )
    }
}

pub(super) fn look(home: &Home) -> Look {
    let process = PathBuf::from(format!("/proc/{}", home.pid()));
    let status = fs::read_to_string(process.join("status")).unwrap();
    let of = |name: &str| -> f64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let value = line.unwrap().split_whitespace().next().unwrap();
        value.parse().unwrap()
    };
    let kib = |name: &str| {
        let found = fs::metadata(home.path().join(name));
        found.map_or(0.0, |found| (found.len() / 1024) as f64)
    };
    Look {
        rss_kib: of("VmRSS:"),
        threads: of("Threads:"),
        files: fs::read_dir(process.join("fd")).unwrap().count() as f64,
        children: children(home.pid()) as f64,
        log_kib: kib("agent.db-wal"),
        database_kib: kib("agent.db"),
        in_home: count(home.path()) as f64,
    }
}

/// Processes whose parent is `pid` and that have not ended.
fn children(pid: u32) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let is_child = |path: &Path| -> Option<bool> {
        let stat = fs::read_to_string(path.join("stat")).ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
        let (state, parent) = (fields.next()?, fields.next()?);
        Some(parent == pid.to_string() && state != "Z")
    };
    processes
        .filter(|entry| is_child(&entry.path()) == Some(true))
        .count()
}

/// Files below a folder; links are not followed.
fn count(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => count(&entry.path()),
            Ok(_) | Err(_) => 1,
        })
        .sum()
}

/// Processes that name the home in their command line.
pub(super) fn orphans(home: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        if line.contains(home.to_str().unwrap()) {
            found.push(line);
        }
    }
    found
}

/// The slope of a measure in units a day, by least squares.
pub(super) fn slope(looks: &[Look], of: impl Fn(&Look) -> f64) -> f64 {
    let n = looks.len() as f64;
    let xs: Vec<f64> = (0..looks.len()).map(|x| x as f64).collect();
    let ys: Vec<f64> = looks.iter().map(of).collect();
    let (mx, my) = (xs.iter().sum::<f64>() / n, ys.iter().sum::<f64>() / n);
    let over: f64 = xs.iter().zip(&ys).map(|(x, y)| (x - mx) * (y - my)).sum();
    let under: f64 = xs.iter().map(|x| (x - mx).powi(2)).sum();
    over / under
}
