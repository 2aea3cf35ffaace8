//! HTTP/1.1 as a browser sends it: through the gate's tunnel, under TLS.

use std::{io, net::SocketAddr, path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use url::Url;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// A way out.
#[derive(Clone)]
pub(crate) struct Wire {
    /// The gate's proxy, or none: the way straight to the employer.
    pub(crate) proxy: Option<SocketAddr>,
    pub(crate) employer: SocketAddr,
    tls: TlsConnector,
}

impl Wire {
    pub(crate) fn new(employer: SocketAddr, ca: &Path) -> io::Result<Self> {
        let mut roots = RootCertStore::empty();
        let ca = CertificateDer::from_pem_file(ca).map_err(io::Error::other)?;
        roots.add(ca).map_err(io::Error::other)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            proxy: None,
            employer,
            tls: TlsConnector::from(Arc::new(config)),
        })
    }

    /// Sends one request on a connection of its own and reads the whole answer.
    pub(crate) async fn send(
        &self,
        method: &str,
        url: &Url,
        body: Option<(&str, &[u8])>,
    ) -> io::Result<Answer> {
        self.begin(method, url, body).await?.finish().await
    }

    /// Sends the first half of a request on a connection of its own.
    pub(crate) async fn begin(
        &self,
        method: &str,
        url: &Url,
        body: Option<(&str, &[u8])>,
    ) -> io::Result<Begun> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let stream = self.connect(&host).await?;
        let name = ServerName::try_from(host.clone()).map_err(io::Error::other)?;
        let mut stream = self.tls.connect(name, stream).await?;
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        let mut head = format!(
            "{method} {}{query} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n",
            url.path()
        );
        if let Some((kind, body)) = body {
            head.push_str(&format!(
                "Content-Type: {kind}\r\nContent-Length: {}\r\n",
                body.len()
            ));
        }
        let mut request = format!("{head}\r\n").into_bytes();
        request.extend_from_slice(body.map(|(_, body)| body).unwrap_or_default());
        let rest = request.split_off(request.len() / 2);
        stream.write_all(&request).await?;
        stream.flush().await?;
        Ok(Begun { stream, rest })
    }

    async fn connect(&self, host: &str) -> io::Result<TcpStream> {
        let Some(proxy) = self.proxy else {
            return TcpStream::connect(self.employer).await;
        };
        let mut stream = TcpStream::connect(proxy).await?;
        let ask = format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n");
        stream.write_all(ask.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        if !head.starts_with(b"HTTP/1.1 200") {
            let said = String::from_utf8_lossy(&head).into_owned();
            return Err(io::Error::other(format!("the gate refused {host}: {said}")));
        }
        Ok(stream)
    }
}

/// A request of which half is on its way.
pub(crate) struct Begun {
    stream: TlsStream<TcpStream>,
    rest: Vec<u8>,
}

impl Begun {
    /// Sends the rest and reads the whole answer.
    pub(crate) async fn finish(mut self) -> io::Result<Answer> {
        self.stream.write_all(&self.rest).await?;
        self.stream.flush().await?;
        let mut answer = Vec::new();
        // A server that closes without saying so has said all it had to say.
        let read = self.stream.read_to_end(&mut answer).await;
        match read {
            Err(error) if answer.is_empty() => Err(error),
            _ => parsed(&answer),
        }
    }
}

fn parsed(answer: &[u8]) -> io::Result<Answer> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or_else(|| io::Error::other("the answer has no end of its head"))?;
    let status = head
        .split_whitespace()
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| io::Error::other("the answer has no status"))?;
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let body = match header("transfer-encoding") {
        Some(coding) if coding.eq_ignore_ascii_case("chunked") => unchunked(body),
        _ => body.to_owned(),
    };
    Ok(Answer {
        status,
        location: header("location"),
        body,
    })
}

fn unchunked(body: &str) -> String {
    let mut whole = String::new();
    let mut rest = body;
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let Some(chunk) = after.get(..size) else {
            break;
        };
        if size == 0 {
            break;
        }
        whole.push_str(chunk);
        rest = after
            .get(size..)
            .unwrap_or_default()
            .trim_start_matches("\r\n");
    }
    whole
}
