//! What a gate refused.

use std::collections::BTreeSet;

/// Beyond so many entries nothing more is noted: a page can ask for ever.
const MOST: usize = 1000;

/// Something that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Method and address of a request, or host and port of a tunnel.
    pub what: String,
    /// Why.
    pub why: String,
}

/// What a gate refused, each thing once, and how much it carried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateReport {
    /// Requests of the page.
    pub requests: Vec<Refused>,
    /// Hosts the page asked for.
    pub hosts: BTreeSet<String>,
    /// Tunnels: what did not come through interception, the browser's own
    /// services among it.
    pub tunnels: Vec<Refused>,
    /// Tunnels that were opened.
    pub opened: u64,
}

impl GateReport {
    /// Notes a refused request; `false` when it was noted before, or too many were.
    pub(super) fn request(&mut self, refused: &Refused, host: Option<&str>) -> bool {
        if let Some(host) = host.filter(|_| self.hosts.len() < MOST) {
            self.hosts.insert(host.to_owned());
        }
        note(&mut self.requests, refused)
    }

    /// Notes a refused tunnel, likewise.
    pub(super) fn tunnel(&mut self, refused: &Refused) -> bool {
        note(&mut self.tunnels, refused)
    }
}

fn note(noted: &mut Vec<Refused>, refused: &Refused) -> bool {
    let new = noted.len() < MOST && !noted.contains(refused);
    if new {
        noted.push(refused.clone());
    }
    new
}
