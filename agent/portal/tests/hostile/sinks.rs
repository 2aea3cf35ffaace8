//! Servers on loopback that nobody was granted. They answer nothing and count.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug, Default)]
struct Counted {
    connections: AtomicUsize,
    bytes: AtomicUsize,
}

pub(crate) struct Sinks {
    port: u16,
    counted: Arc<Counted>,
}

impl Sinks {
    /// One at each loopback address there is, all at one port. That they do count
    /// is tried first.
    pub(crate) async fn open() -> Self {
        let first = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = first.local_addr().unwrap().port();
        let counted = Arc::<Counted>::default();
        count(first, Arc::clone(&counted));
        // A machine may have no IPv6.
        if let Ok(second) = TcpListener::bind(("::1", port)).await {
            count(second, Arc::clone(&counted));
        }
        let sinks = Self { port, counted };
        sinks.try_out().await;
        sinks
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Connections, and bytes over them.
    pub(crate) fn arrived(&self) -> (usize, usize) {
        let count = |number: &AtomicUsize| number.load(Ordering::SeqCst);
        (count(&self.counted.connections), count(&self.counted.bytes))
    }

    async fn try_out(&self) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(b"hello").await.unwrap();
        drop(stream);
        let counted = async {
            while self.arrived() != (1, 5) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), counted)
            .await
            .unwrap();
        self.counted.connections.store(0, Ordering::SeqCst);
        self.counted.bytes.store(0, Ordering::SeqCst);
    }
}

fn count(listener: TcpListener, counted: Arc<Counted>) {
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.connections.fetch_add(1, Ordering::SeqCst);
            let counted = Arc::clone(&counted);
            tokio::spawn(async move {
                let mut piece = [0; 4096];
                while let Ok(length @ 1..) = stream.read(&mut piece).await {
                    counted.bytes.fetch_add(length, Ordering::SeqCst);
                }
            });
        }
    });
}
