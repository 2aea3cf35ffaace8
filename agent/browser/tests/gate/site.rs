//! A TLS server for several hosts that answers as a test wants, faults included.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{CertificateParams, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, SupportedProtocolVersion, version};
use tokio_rustls::server::TlsStream;

/// A request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) host: String,
    pub(crate) method: String,
    /// With its query.
    pub(crate) target: String,
    pub(crate) body: Vec<u8>,
    /// Whether the whole body came.
    pub(crate) whole: bool,
}

/// What the server does about it.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Status, further header lines, body.
    Page(u16, String, Vec<u8>),
    /// Closes the connection.
    Fin,
    /// Resets it.
    Rst,
    /// Sends this and closes.
    Broken(Vec<u8>),
    /// Switches to the WebSocket protocol and keeps the connection.
    Upgrade,
}

impl Answer {
    pub(crate) fn html(body: &str) -> Self {
        Self::Page(200, "content-type: text/html\r\n".to_owned(), body.into())
    }

    pub(crate) fn script(body: &str) -> Self {
        Self::Page(
            200,
            "content-type: text/javascript\r\n".to_owned(),
            body.into(),
        )
    }

    pub(crate) fn text(body: &str) -> Self {
        let any = "content-type: text/plain\r\naccess-control-allow-origin: https://jobs.test\r\naccess-control-allow-credentials: true\r\n";
        Self::Page(200, any.to_owned(), body.into())
    }

    pub(crate) fn to(status: u16, location: &str) -> Self {
        Self::Page(status, format!("location: {location}\r\n"), Vec::new())
    }
}

type Script = Arc<dyn Fn(&Asked) -> Answer + Send + Sync>;

pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    pub(crate) certificate: CertificateDer<'static>,
    asked: Arc<watch::Sender<Vec<Asked>>>,
    /// Bytes of clients that came in at all.
    connections: Arc<Mutex<usize>>,
}

/// The versions a server speaks.
pub(crate) const V12: &[&SupportedProtocolVersion] = &[&version::TLS12];
pub(crate) const BOTH: &[&SupportedProtocolVersion] = &[&version::TLS12, &version::TLS13];

impl Site {
    pub(crate) async fn start(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::speaking(BOTH, script).await
    }

    pub(crate) async fn speaking(
        versions: &[&'static SupportedProtocolVersion],
        script: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let key = KeyPair::generate().unwrap();
        let hosts = ["*.test", "jobs.test", "store.test"].map(str::to_owned);
        let certificate = CertificateParams::new(hosts)
            .unwrap()
            .self_signed(&key)
            .unwrap();
        let certificate = CertificateDer::from(certificate.der().to_vec());
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(watch::Sender::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let (log, count) = (Arc::clone(&asked), Arc::clone(&connections));
        let script: Script = Arc::new(script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *count.lock().unwrap() += 1;
                stream.set_nodelay(true).unwrap();
                let (acceptor, script, log) =
                    (acceptor.clone(), Arc::clone(&script), Arc::clone(&log));
                // A client that hangs up is part of many tests.
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let _ = serve(stream, &script, &log).await;
                    }
                });
            }
        });
        Self {
            address,
            certificate,
            asked,
            connections,
        }
    }

    /// Everything that arrived so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.borrow().clone()
    }

    /// Requests that arrived at a path with a method that may send something.
    pub(crate) fn posts(&self, path: &str) -> Vec<Asked> {
        let mut asked = self.asked();
        asked.retain(|asked| {
            !matches!(asked.method.as_str(), "GET" | "HEAD")
                && asked.target.split('?').next() == Some(path)
        });
        asked
    }

    /// Everything that could carry something of the person: neither page loads nor icons.
    pub(crate) fn sending(&self) -> Vec<String> {
        let asked = self.asked();
        let sends = asked.iter().filter(|asked| asked.method != "GET");
        sends
            .map(|asked| format!("{} {}", asked.method, asked.target))
            .collect()
    }

    /// Connections so far.
    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }

    pub(crate) fn log(&self) -> watch::Receiver<Vec<Asked>> {
        self.asked.subscribe()
    }
}

async fn serve(
    mut stream: TlsStream<TcpStream>,
    script: &Script,
    log: &watch::Sender<Vec<Asked>>,
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        let length = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Ok(());
            }
        };
        let head = String::from_utf8_lossy(&bytes[..length]).into_owned();
        bytes.drain(..length);
        let field = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(':'));
            let line = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
            line.map(|(_, value)| value.trim().to_owned())
        };
        let expected = field("content-length").map_or(0, |length| length.parse().unwrap());
        // A body that is cut off is an arrival all the same.
        while bytes.len() < expected {
            if !matches!(stream.read_buf(&mut bytes).await, Ok(1..)) {
                break;
            }
        }
        let whole = bytes.len() >= expected;
        let body = bytes.drain(..expected.min(bytes.len())).collect();
        let mut line = head.split(' ').map(str::to_owned);
        let asked = Asked {
            host: field("host").unwrap_or_default(),
            method: line.next().unwrap(),
            target: line.next().unwrap(),
            body,
            whole,
        };
        let answer = script(&asked);
        log.send_modify(|log| log.push(asked));
        if !whole {
            return Ok(());
        }
        match answer {
            Answer::Page(status, headers, body) => {
                let head = format!(
                    "HTTP/1.1 {status} Status\r\n{headers}content-length: {}\r\n\r\n",
                    body.len()
                );
                stream
                    .write_all(&[head.into_bytes(), body].concat())
                    .await?;
                stream.flush().await?;
            }
            Answer::Fin => return stream.shutdown().await,
            Answer::Rst => return stream.get_ref().0.set_zero_linger(),
            Answer::Broken(bytes) => {
                stream.write_all(&bytes).await?;
                return stream.shutdown().await;
            }
            Answer::Upgrade => {
                let head =
                    b"HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
                stream.write_all(head).await?;
                let mut rest = Vec::new();
                stream.read_to_end(&mut rest).await?;
            }
        }
    }
}
