//! A client that speaks TLS through the proxy, as a browser would.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::site::Site;

/// Longer than anything here takes.
pub(crate) const LONG: Duration = Duration::from_secs(20);

pub(crate) struct Tunnel(pub(crate) TlsStream<TcpStream>);

/// Sends a head to the proxy; its status, and the connection.
pub(crate) async fn ask(proxy: SocketAddr, head: &str) -> (u16, TcpStream) {
    let mut stream = TcpStream::connect(proxy).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let read = timeout(LONG, stream.read_buf(&mut answer)).await.unwrap();
        assert!(read.unwrap() > 0, "the proxy closed after {answer:?}");
    }
    let answer = String::from_utf8(answer).unwrap();
    (answer.split(' ').nth(1).unwrap().parse().unwrap(), stream)
}

/// Status of a CONNECT, and the connection.
pub(crate) async fn connect(proxy: SocketAddr, host: &str) -> (u16, TcpStream) {
    ask(
        proxy,
        &format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
    )
    .await
}

impl Tunnel {
    /// An open tunnel with its handshake done and nothing sent.
    pub(crate) async fn open(proxy: SocketAddr, site: &Site, host: &str) -> Self {
        let (status, stream) = connect(proxy, &format!("{host}:443")).await;
        assert_eq!(status, 200, "CONNECT {host}");
        let mut roots = RootCertStore::empty();
        roots.add(site.certificate.clone()).unwrap();
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned()).unwrap();
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
        Self(timeout(LONG, connecting).await.unwrap().unwrap())
    }

    /// Sends bytes; whether they could be written says nothing about their arrival.
    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        if self.0.write_all(bytes).await.is_ok() {
            let _ = self.0.flush().await;
        }
    }

    pub(crate) async fn post(&mut self, path: &str, body: &str) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: jobs.test\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.send(format!("{head}{body}").as_bytes()).await;
    }

    pub(crate) async fn get(&mut self, path: &str) {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: jobs.test\r\n\r\n").as_bytes())
            .await;
    }

    /// The status of one answer, or `None` when the tunnel was cut.
    pub(crate) async fn status(&mut self) -> Option<u16> {
        let mut bytes = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.split("content-length: ").nth(1)?;
                let length: usize = length.split("\r\n").next()?.parse().ok()?;
                if body.len() >= length {
                    return head.split(' ').nth(1)?.parse().ok();
                }
            }
            match timeout(LONG, self.0.read_buf(&mut bytes))
                .await
                .expect("no answer and no end")
            {
                Ok(1..) => {}
                Ok(_) | Err(_) => return None,
            }
        }
    }
}
