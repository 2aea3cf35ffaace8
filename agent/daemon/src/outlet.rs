//! The browser's way out: the broker's rules of where one may connect to, and
//! every tunnel and refusal in the egress ledger.

use std::io;

use agent_browser::gate::{GateLog, Outlet};
use agent_portal::broker::Dialer;
use agent_store::NewEgress;
use tokio::net::TcpStream;

use crate::{clock, ledger::Egress};

/// Who the ledger names.
const COMPONENT: &str = "browser";
/// What for.
const PURPOSE: &str = "application form";

/// Connects for the gate.
pub(crate) struct Dialled(pub(crate) Dialer);

#[async_trait::async_trait]
impl Outlet for Dialled {
    async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        self.0.connect(host, port).await
    }
}

/// Writes down for the gate.
pub(crate) struct Noted(pub(crate) Egress);

impl GateLog for Noted {
    fn tunnel(&self, host: &str, sent: u64, received: u64) {
        self.0.note(NewEgress {
            bytes_out: sent,
            bytes_in: received,
            ..entry("CONNECT", format!("https://{host}"), host)
        });
    }

    fn refused(&self, what: &str, why: &str) {
        let what = agent_core::text::quote(what, 2_048);
        let (method, url) = asked(&what);
        self.0.note(NewEgress {
            refusal: Some(agent_core::text::quote(why, 200)),
            ..entry(method, url.to_owned(), host_of(url))
        });
    }
}

/// Method and address of what was refused: the gate names a request by both, a
/// tunnel by host and port.
fn asked(what: &str) -> (&str, &str) {
    what.split_once(' ')
        .filter(|(method, url)| {
            method.chars().all(|c| c.is_ascii_uppercase()) && url.contains("://")
        })
        .unwrap_or(("CONNECT", what))
}

/// The host of an address, or of "host:port".
fn host_of(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, bare)| bare);
    let authority = bare.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
        Some(_) | None => authority,
    }
}

fn entry(method: &str, url: String, host: &str) -> NewEgress {
    NewEgress {
        at: clock::now(),
        component: COMPONENT.to_owned(),
        purpose: PURPOSE.to_owned(),
        method: method.to_owned(),
        url,
        host: host.to_owned(),
        status: None,
        bytes_out: 0,
        bytes_in: 0,
        refusal: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_a_refusal_is_listed_under_its_host_with_its_method() {
        for (what, method, url, host) in [
            (
                "POST https://jobs.lever.co/kranich/7/apply/beacon",
                "POST",
                "https://jobs.lever.co/kranich/7/apply/beacon",
                "jobs.lever.co",
            ),
            (
                "GET http://update.example:8080",
                "GET",
                "http://update.example:8080",
                "update.example",
            ),
            (
                "accounts.google.com:443",
                "CONNECT",
                "accounts.google.com:443",
                "accounts.google.com",
            ),
            ("jobs.lever.co", "CONNECT", "jobs.lever.co", "jobs.lever.co"),
            ("POST", "CONNECT", "POST", "POST"),
        ] {
            assert_eq!(asked(what), (method, url), "{what}");
            assert_eq!(host_of(asked(what).1), host, "{what}");
        }
    }
}
