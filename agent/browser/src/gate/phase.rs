//! What may pass below the browser, and when: a machine without clocks, sockets
//! or files, asked before every tunnel and every record of a client.

use std::collections::BTreeSet;

use super::{hosts::Hosts, release::Target, tls::Sent};

/// Names a tunnel for the life of a gate.
pub(super) type TunnelId = u64;

/// The one port that is spoken to.
const HTTPS: u16 = 443;

/// Where a session is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phase {
    /// The page loads; the browser holds nothing of the person.
    Load,
    /// The form is filled: nothing passes.
    Fill,
    /// The release of this number is awaited; invisible challenges may be contacted.
    Waiting(usize),
    /// A request was taken for the release and is looked at: nothing passes.
    Checking(usize),
    /// The next application record of a client is let out.
    Armed(Admission),
    /// It was: one tunnel carries the release.
    Spent(Running),
    /// Every release was answered: the page that follows may load.
    Open,
    /// Nothing passes any more.
    Closed,
}

/// The right of one request to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Admission {
    /// Number of the release.
    pub(super) release: usize,
    /// Host it goes to.
    pub(super) host: String,
    /// The request has at least so many bytes.
    pub(super) least: u64,
}

/// A release on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) admission: Admission,
    /// The only tunnel that carries anything.
    pub(super) owner: TunnelId,
    /// Application bytes let out.
    pub(super) sent: u64,
    /// Whether the server sent application data after them.
    pub(super) answering: bool,
}

/// What happens to a record of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is passed on.
    Forward,
    /// It is the first of the release: it is passed on once that is written down.
    Spend,
    /// Its tunnel is cut.
    Cut,
}

/// The machine.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) phase: Phase,
    pub(super) targets: Vec<Target>,
    /// Application bytes of releases that were let out.
    pub(super) forwarded: u64,
    pages: Hosts,
    helpers: Hosts,
    /// Tunnels whose release was answered: they may still receive.
    past: BTreeSet<TunnelId>,
}

impl Machine {
    /// A gate in its first phase.
    pub(super) fn new(pages: Hosts, helpers: Hosts) -> Self {
        Self {
            phase: Phase::Load,
            targets: Vec::new(),
            forwarded: 0,
            pages,
            helpers,
            past: BTreeSet::new(),
        }
    }

    /// Whether the page may load from `host`.
    pub(super) fn is_page(&self, host: &str) -> bool {
        self.pages.contains(host)
    }

    /// Whether `host` serves an invisible challenge.
    pub(super) fn is_helper(&self, host: &str) -> bool {
        self.helpers.contains(host)
    }

    /// Whether a release goes to `host`.
    pub(super) fn is_target(&self, host: &str) -> bool {
        self.targets.iter().any(|target| target.host() == host)
    }

    /// Whether a tunnel to `host` may open.
    pub(super) fn connect(&self, host: &str, port: u16) -> Result<(), &'static str> {
        let listed = match &self.phase {
            Phase::Load => self.is_page(host) || self.is_helper(host),
            Phase::Waiting(_) => self.is_helper(host),
            Phase::Armed(admission) => admission.host == host,
            Phase::Open => self.is_page(host) || self.is_helper(host) || self.is_target(host),
            Phase::Fill | Phase::Checking(_) | Phase::Spent(_) | Phase::Closed => {
                return Err("the gate is shut");
            }
        };
        match listed {
            false => Err("the form's recipe does not name this host"),
            true if port != HTTPS => Err("only port 443 is allowed"),
            true => Ok(()),
        }
    }

    /// What happens to a record that the client of `tunnel` sends to `host`.
    pub(super) fn record(&mut self, tunnel: TunnelId, host: &str, sent: Sent) -> Verdict {
        let data = match sent {
            Sent::Application { plain } => Some(plain),
            Sent::Handshake | Sent::Finished | Sent::Control => None,
        };
        if self.past.contains(&tunnel) {
            return forward_if(data.is_none());
        }
        let helper = self.is_helper(host);
        match &mut self.phase {
            Phase::Load | Phase::Open => Verdict::Forward,
            Phase::Waiting(_) => forward_if(helper),
            Phase::Fill | Phase::Checking(_) | Phase::Closed => Verdict::Cut,
            Phase::Armed(admission) if admission.host == host && data.is_some() => {
                self.phase = Phase::Spent(Running {
                    admission: admission.clone(),
                    owner: tunnel,
                    sent: 0,
                    answering: false,
                });
                Verdict::Spend
            }
            Phase::Armed(admission) => forward_if(admission.host == host && sent != Sent::Control),
            Phase::Spent(running) if running.owner == tunnel => {
                if data.is_some() && running.answering && running.sent >= running.admission.least {
                    return Verdict::Cut;
                }
                if let Some(plain) = data {
                    running.sent = running.sent.saturating_add(plain);
                    self.forwarded = self.forwarded.saturating_add(plain);
                }
                Verdict::Forward
            }
            Phase::Spent(_) => Verdict::Cut,
        }
    }

    /// Counts the first bytes of a release, now that they are written down.
    /// `false` when the release is no longer that of `tunnel`.
    pub(super) fn spend(&mut self, tunnel: TunnelId, plain: u64) -> bool {
        match &mut self.phase {
            Phase::Spent(running) if running.owner == tunnel => {
                // At least 1: that something left must never count as nothing.
                running.sent = plain.max(1);
                self.forwarded = self.forwarded.saturating_add(plain.max(1));
                true
            }
            Phase::Load
            | Phase::Fill
            | Phase::Waiting(_)
            | Phase::Checking(_)
            | Phase::Armed(_)
            | Phase::Spent(_)
            | Phase::Open
            | Phase::Closed => false,
        }
    }

    /// Notes that a server sent application data.
    pub(super) fn received(&mut self, tunnel: TunnelId) {
        if let Phase::Spent(running) = &mut self.phase
            && running.owner == tunnel
            && running.sent > 0
        {
            running.answering = true;
        }
    }

    /// The number of the release whose answer is awaited, once bytes of it left.
    pub(super) fn answerable(&self) -> Option<usize> {
        match &self.phase {
            Phase::Spent(running) if running.sent > 0 => Some(running.admission.release),
            Phase::Load
            | Phase::Fill
            | Phase::Waiting(_)
            | Phase::Checking(_)
            | Phase::Armed(_)
            | Phase::Spent(_)
            | Phase::Open
            | Phase::Closed => None,
        }
    }

    /// Goes on after the browser saw an answer: the number of the release that
    /// was answered. Without a release on its way the answer is none of ours.
    pub(super) fn answered(&mut self) -> Option<usize> {
        let release = self.answerable()?;
        if let Phase::Spent(running) = &self.phase {
            self.past.insert(running.owner);
        }
        self.phase = if release + 1 < self.targets.len() {
            Phase::Waiting(release + 1)
        } else {
            Phase::Open
        };
        Some(release)
    }
}

fn forward_if(allowed: bool) -> Verdict {
    if allowed {
        Verdict::Forward
    } else {
        Verdict::Cut
    }
}

#[cfg(test)]
mod tests;
