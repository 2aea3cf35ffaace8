//! Web sockets and datagrams: other ways for a page to say something, noted
//! in the request log like the rest.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, header};
use futures::StreamExt;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::net::UdpSocket;
use tokio::task::{JoinHandle, JoinSet};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::request_log::{LoggedRequest, RequestLog};
use crate::site::{Asked, respond};

/// The open web sockets; they end with the site.
#[derive(Debug, Default)]
pub(crate) struct Sockets(Mutex<JoinSet<()>>);

/// Accepts a request to speak the web socket protocol, and notes each frame.
/// `None` is a request for something else.
pub(crate) fn accept(
    sockets: &Sockets,
    log: &Arc<RequestLog>,
    asked: &Asked,
    parts: &mut Parts,
) -> Option<Response<Body>> {
    let key = parts.headers.get(header::SEC_WEBSOCKET_KEY)?;
    let accepted = HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()?;
    let upgrade = parts.extensions.remove::<OnUpgrade>()?;
    let (log, host, path) = (Arc::clone(log), asked.host.clone(), asked.path.clone());
    let mut open = sockets.0.lock().unwrap_or_else(PoisonError::into_inner);
    open.spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            listen(upgraded, |bytes| {
                let frame = LoggedRequest::without_http("WS", &host, &path, bytes);
                log.note(frame).is_ok()
            })
            .await;
        }
    });
    let mut answer = respond(StatusCode::SWITCHING_PROTOCOLS, "text/plain", "");
    let headers = answer.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accepted);
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    Some(answer)
}

/// Notes frames until the page leaves, or nothing can be noted any more.
async fn listen(upgraded: Upgraded, note: impl Fn(&[u8]) -> bool) {
    let stream = TokioIo::new(upgraded);
    let mut socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
    while let Some(Ok(message)) = socket.next().await {
        let content = message.is_text() || message.is_binary();
        if content && !note(&message.into_data()) {
            return;
        }
    }
}

/// Listens for datagrams on a free loopback port, and says which.
pub(crate) async fn listen_for_datagrams(log: Arc<RequestLog>) -> Result<(u16, JoinHandle<()>)> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .context("cannot listen for datagrams")?;
    let port = socket.local_addr()?.port();
    let task = tokio::spawn(async move {
        let mut buffer = vec![0; 64 << 10];
        while let Ok((length, sender)) = socket.recv_from(&mut buffer).await {
            let datagram = buffer.get(..length).unwrap_or_default();
            let target = format!("udp:{port}");
            let noted = LoggedRequest::without_http("STUN", "127.0.0.1", &target, datagram);
            if log.note(noted).is_err() {
                return;
            }
            if let Some(challenge) = turn_challenge(datagram) {
                // Whoever asked has left if this cannot be sent.
                let _ = socket.send_to(&challenge, sender).await;
            }
        }
    });
    Ok((port, task))
}

/// The answer to a first request for a relay: say who you are (RFC 8656, 401).
fn turn_challenge(request: &[u8]) -> Option<Vec<u8>> {
    const ALLOCATE: [u8; 2] = [0x00, 0x03];
    const ALLOCATE_ERROR: [u8; 2] = [0x01, 0x13];
    const USERNAME: [u8; 2] = [0x00, 0x06];
    if !request.starts_with(&ALLOCATE) {
        return None;
    }
    let attributes = request.get(20..)?;
    if attributes.windows(2).step_by(4).any(|w| w == USERNAME) {
        return None;
    }
    let mut body = Vec::new();
    let mut attribute = |kind: u16, value: &[u8]| {
        body.extend(kind.to_be_bytes());
        body.extend((value.len() as u16).to_be_bytes());
        body.extend(value);
        body.resize(body.len().next_multiple_of(4), 0);
    };
    attribute(0x0009, b"\0\0\x04\x01Unauthorized");
    attribute(0x0014, b"practice.test");
    attribute(0x0015, b"0123456789abcdef");
    let mut answer = ALLOCATE_ERROR.to_vec();
    answer.extend((body.len() as u16).to_be_bytes());
    // Magic cookie and transaction id are those of the request.
    answer.extend(request.get(4..20)?);
    answer.extend(body);
    Some(answer)
}
