//! The proxy's listener: loopback only, tunnels only.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};

use super::{
    connect::{self, Asked},
    peer,
    shared::Shared,
    tunnel::{self, Ends, Traffic},
};

/// A browser sends its head at once.
const HEAD: Duration = Duration::from_secs(10);
/// A browser closes a refused connection at once.
const NOTED: Duration = Duration::from_secs(5);
/// As long as a browser would wait for a connection.
const DIAL: Duration = Duration::from_secs(30);

/// Serves until it is aborted.
pub(super) async fn accept(listener: TcpListener, gate: SocketAddr, shared: Arc<Shared>) {
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            // Out of descriptors: the tunnels that end make room.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        shared.begin(|id| {
            let traffic = Traffic::new(id, Arc::clone(&shared));
            tokio::spawn(serve(stream, Caller { peer, gate }, traffic)).abort_handle()
        });
    }
}

struct Caller {
    peer: SocketAddr,
    gate: SocketAddr,
}

/// `traffic` is an argument before every socket of this task, and so the last
/// thing that is dropped: when a tunnel counts as ended its sockets are closed.
async fn serve(mut stream: TcpStream, caller: Caller, mut traffic: Traffic) {
    let _ = stream.set_nodelay(true);
    let Some((head, rest)) = timeout(HEAD, read_head(&mut stream)).await.ok().flatten() else {
        return;
    };
    match open(&caller, &head, &mut traffic).await {
        Ok(upstream) => {
            if stream
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .await
                .is_ok()
            {
                tunnel::run(
                    Ends {
                        browser: stream,
                        server: upstream,
                        early: rest,
                    },
                    traffic,
                )
                .await;
            }
        }
        Err(status) => {
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
            // The browser closes its side once it has taken note; until then the
            // connection counts, see `Shared::drain`.
            let mut rest = [0; 64];
            let closed = async { while matches!(stream.read(&mut rest).await, Ok(1..)) {} };
            let _ = timeout(NOTED, closed).await;
        }
    }
}

/// Opens the other end, or says with which status the request is refused.
async fn open(
    caller: &Caller,
    head: &[u8],
    traffic: &mut Traffic,
) -> Result<TcpStream, &'static str> {
    let shared = Arc::clone(traffic.shared());
    let refuse = |what: String, why: &str| shared.refuse_tunnel(what, why);
    if peer::is_foreign(caller.peer, caller.gate) {
        refuse(caller.peer.to_string(), "the connection is another user's");
        return Err("403 Forbidden");
    }
    let (host, port) = match connect::parse(head) {
        Some(Asked::Tunnel { host, port }) => (host, port),
        Some(Asked::Plain(line)) => {
            refuse(line, "only TLS may pass");
            return Err("403 Forbidden");
        }
        None => return Err("400 Bad Request"),
    };
    if let Err(why) = shared.ask(&host, port) {
        refuse(format!("{host}:{port}"), why);
        return Err("403 Forbidden");
    }
    traffic.begin(&host);
    match timeout(DIAL, shared.outlet.connect(&host, port)).await {
        Ok(Ok(upstream)) => {
            let _ = upstream.set_nodelay(true);
            Ok(upstream)
        }
        Ok(Err(error)) => {
            refuse(format!("{host}:{port}"), &format!("no connection: {error}"));
            Err("502 Bad Gateway")
        }
        Err(_) => {
            refuse(format!("{host}:{port}"), "no connection in time");
            Err("504 Gateway Timeout")
        }
    }
}

/// A head and what came after it; `None` when none comes.
async fn read_head(stream: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    while head.len() <= connect::LONGEST_HEAD {
        if let Some(length) = connect::head_length(&head) {
            let rest = head.split_off(length);
            return Some((head, rest));
        }
        if stream.read_buf(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    None
}
