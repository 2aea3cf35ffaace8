//! A TLS server that answers with exactly the bytes a test wants, and a broker
//! that takes it for the whole internet.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent_portal::broker::{
    Broker, BrokerOptions, Exchange, FetchLimits, GrantedFetch, Ledger, Route,
};
use agent_portal::fetch::{Fetch, FetchError, FetchRequest, FetchResponse, Method};
use agent_portal::grant::Grant;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

pub(crate) const AGENT: &str = "job-agent-test/0.1 (+https://agent.example)";

/// What the server was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) host: String,
    /// "GET /path?query"
    pub(crate) line: String,
    /// The whole head as it came, in lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// What it answers: bytes, and what follows them.
pub(crate) struct Answer(pub(crate) Vec<u8>, pub(crate) After);

pub(crate) enum After {
    /// The connection serves the next request.
    Next,
    /// Nothing more comes, and the connection stays open.
    Hold,
    Close,
    /// The same bytes for ever.
    Repeat(Vec<u8>),
    /// The same bytes for ever, one lot in each interval.
    Drip(Vec<u8>, Duration),
}

/// A whole answer with a length.
pub(crate) fn page(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let length = body.len().to_string();
    let mut bytes = head(status, headers, &[("content-length", &length)]);
    bytes.extend_from_slice(body);
    Answer(bytes, After::Next)
}

pub(crate) fn head(status: u16, headers: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Status\r\n");
    for (name, value) in headers.iter().chain(more) {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;
type Script = Arc<dyn Fn(Asked) -> Answering + Send + Sync>;

pub(crate) struct Site {
    address: SocketAddr,
    ca_pem: Vec<u8>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// Hosts the server's certificate is for. Not all of them are granted.
const HOSTS: &[&str] = &[
    "jobs.example.com",
    "other.example.com",
    "jobs.example.org",
    "evil.example.net",
];

impl Site {
    /// A server whose answers need no waiting.
    pub(crate) async fn answering(
        script: impl Fn(Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::start(move |asked| {
            let answer = script(asked);
            Box::pin(async move { answer })
        })
        .await
    }

    pub(crate) async fn start(script: impl Fn(Asked) -> Answering + Send + Sync + 'static) -> Self {
        let (tls, ca_pem) = certified();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let script: Script = Arc::new(script);
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, script, log) = (tls.clone(), Arc::clone(&script), Arc::clone(&log));
                // A client that hangs up is part of many tests.
                tokio::spawn(async move {
                    let _ = serve(stream, tls, script, log).await;
                });
            }
        });
        Self {
            address,
            ca_pem,
            asked,
        }
    }

    /// Everything the server was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }

    /// A broker that reaches this server only.
    pub(crate) fn broker(&self, limits: FetchLimits) -> Brokered {
        self.broker_trusting(&self.ca_pem, limits)
    }

    pub(crate) fn broker_trusting(&self, ca_pem: &[u8], limits: FetchLimits) -> Brokered {
        self.broker_of(ca_pem, |options| options.limits = limits)
    }

    /// A broker that leaves this much time between two requests.
    pub(crate) fn broker_pausing(&self, gap: Duration) -> Brokered {
        self.broker_of(&self.ca_pem, |options| {
            options.manners.gap = gap;
            options.manners.patience = gap * 2;
        })
    }

    fn broker_of(&self, ca_pem: &[u8], change: impl FnOnce(&mut BrokerOptions)) -> Brokered {
        let book = Arc::new(Book::default());
        let route = Route::Practice {
            address: self.address,
            ca_pem: ca_pem.to_vec(),
        };
        let mut options = BrokerOptions::new(AGENT, route);
        change(&mut options);
        let broker = Broker::new(options, book.clone()).unwrap();
        let grant = Grant {
            plugin: "example".to_owned(),
            hosts: [
                "jobs.example.com",
                "other.example.com",
                "jobs.example.org",
                "uncertified.example.com",
            ]
            .iter()
            .map(|host| host.parse().unwrap())
            .collect(),
            // Robots.txt is a story of its own.
            terms_accepted: true,
        };
        Brokered {
            fetch: broker.granted(grant, "discover"),
            book,
        }
    }

    pub(crate) fn ca_pem(&self) -> &[u8] {
        &self.ca_pem
    }
}

#[derive(Default)]
struct Book(Mutex<Vec<Exchange>>);

impl Ledger for Book {
    fn record(&self, entry: Exchange) {
        self.0.lock().unwrap().push(entry);
    }
}

/// A plugin's fetch and the ledger it is written to.
#[derive(Clone)]
pub(crate) struct Brokered {
    pub(crate) fetch: GrantedFetch,
    book: Arc<Book>,
}

impl Brokered {
    pub(crate) async fn get(&self, url: &str) -> Result<FetchResponse, FetchError> {
        self.ask(Method::Get, url, "").await
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        url: &str,
        body: &str,
    ) -> Result<FetchResponse, FetchError> {
        self.fetch
            .fetch(FetchRequest {
                method,
                url: url.to_owned(),
                body: body.as_bytes().to_vec(),
            })
            .await
    }

    pub(crate) fn ledger(&self) -> Vec<Exchange> {
        self.book.0.lock().unwrap().clone()
    }
}

async fn serve(
    stream: TcpStream,
    tls: TlsAcceptor,
    script: Script,
    log: Arc<Mutex<Vec<Asked>>>,
) -> std::io::Result<()> {
    let mut stream = tls.accept(stream).await?;
    let mut read = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if stream.read_buf(&mut read).await? == 0 {
                return Ok(());
            }
        };
        let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
        let header = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                .unwrap_or_default()
                .to_owned()
        };
        let length = header("content-length").parse().unwrap_or(0);
        while read.len() < end + length {
            if stream.read_buf(&mut read).await? == 0 {
                return Ok(());
            }
        }
        let first = String::from_utf8_lossy(&read[..end]);
        let first = first.lines().next().unwrap_or_default();
        let asked = Asked {
            host: header("host"),
            line: first.trim_end_matches(" HTTP/1.1").to_owned(),
            head,
            body: read[end..end + length].to_vec(),
        };
        read.drain(..end + length);
        log.lock().unwrap().push(asked.clone());
        let Answer(bytes, after) = script(asked).await;
        stream.write_all(&bytes).await?;
        stream.flush().await?;
        match after {
            After::Next => {}
            After::Close => return stream.shutdown().await,
            After::Hold => {
                while stream.read_buf(&mut read).await? > 0 {}
                return Ok(());
            }
            After::Repeat(piece) => loop {
                stream.write_all(&piece).await?;
            },
            After::Drip(piece, every) => {
                let mut clock = tokio::time::interval(every);
                loop {
                    clock.tick().await;
                    stream.write_all(&piece).await?;
                    stream.flush().await?;
                }
            }
        }
    }
}

/// A server's certificate and the throw-away authority that signed it.
fn certified() -> (TlsAcceptor, Vec<u8>) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap();
    let issuer = Issuer::new(params, key);

    let names: Vec<String> = HOSTS.iter().map(|host| (*host).to_owned()).collect();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(names)
        .unwrap()
        .signed_by(&key, &issuer)
        .unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    (
        TlsAcceptor::from(Arc::new(config)),
        authority.pem().into_bytes(),
    )
}
