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
        let host = url::Url::parse(&what)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_else(|| what.clone());
        self.0.note(NewEgress {
            refusal: Some(agent_core::text::quote(why, 200)),
            ..entry("CONNECT", what, &host)
        });
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
