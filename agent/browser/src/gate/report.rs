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

/// What a gate refused, and how much it carried.
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
    pub(super) fn request(&mut self, refused: Refused, host: Option<&str>) {
        if self.requests.len() < MOST {
            self.requests.push(refused);
        }
        if let Some(host) = host.filter(|_| self.hosts.len() < MOST) {
            self.hosts.insert(host.to_owned());
        }
    }

    pub(super) fn tunnel(&mut self, refused: Refused) {
        if self.tunnels.len() < MOST {
            self.tunnels.push(refused);
        }
    }
}
