//! The gate: what a browser session may send, and when.

use std::io;

use async_trait::async_trait;
use tokio::net::TcpStream;

/// Opens connections for the gate: resolves, refuses private addresses, and in
/// a practice home leads every host to the practice employer.
#[async_trait]
pub trait Outlet: Send + Sync {
    /// A connection to `host`.
    ///
    /// # Errors
    /// When the host cannot be reached or must not be.
    async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream>;
}

/// Takes note of everything that passed the gate or was refused by it.
pub trait GateLog: Send + Sync {
    /// A tunnel ended.
    fn tunnel(&self, host: &str, sent: u64, received: u64);
    /// Something was refused, in words: a host, or a request of the page.
    fn refused(&self, what: &str, why: &str);
}
