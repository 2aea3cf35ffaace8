//! Leads every host to one address, if wanted with the delay of a long way.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent_browser::gate::{GateLog, Outlet};
use async_trait::async_trait;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

pub(crate) struct To {
    pub(crate) address: SocketAddr,
    /// One way.
    pub(crate) delay: Duration,
}

#[async_trait]
impl Outlet for To {
    async fn connect(&self, _: &str, _: u16) -> io::Result<TcpStream> {
        let server = TcpStream::connect(self.address).await?;
        server.set_nodelay(true)?;
        if self.delay.is_zero() {
            return Ok(server);
        }
        let relay = TcpListener::bind("127.0.0.1:0").await?;
        let near = TcpStream::connect(relay.local_addr()?).await?;
        let (far, _) = relay.accept().await?;
        far.set_nodelay(true)?;
        let (far_read, far_write) = far.into_split();
        let (server_read, server_write) = server.into_split();
        tokio::spawn(carry(far_read, server_write, self.delay));
        tokio::spawn(carry(server_read, far_write, self.delay));
        // A connection takes a round trip, too.
        sleep_until(Instant::now() + 2 * self.delay).await;
        Ok(near)
    }
}

/// Passes bytes on when they are old enough.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Duration) {
    let (late, mut due) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((at, bytes)) = due.recv().await {
            sleep_until(at).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
    });
    loop {
        let mut bytes = Vec::new();
        match from.read_buf(&mut bytes).await {
            Ok(1..) if late.send((Instant::now() + delay, bytes)).is_ok() => {}
            Ok(_) | Err(_) => return,
        }
    }
}

/// Keeps what the gate told its ledger.
#[derive(Clone, Default)]
pub(crate) struct Ledger {
    pub(crate) tunnels: Arc<Mutex<Vec<(String, u64, u64)>>>,
    pub(crate) refused: Arc<Mutex<Vec<String>>>,
}

impl GateLog for Ledger {
    fn tunnel(&self, host: &str, sent: u64, received: u64) {
        let mut tunnels = self.tunnels.lock().unwrap();
        tunnels.push((host.to_owned(), sent, received));
    }

    fn refused(&self, what: &str, why: &str) {
        self.refused.lock().unwrap().push(format!("{what}: {why}"));
    }
}
