use std::fs::File;

use async_trait::async_trait;
use tokio::{
    net::TcpListener,
    time::{sleep, timeout},
};

use super::*;
use crate::gate::{GateLog, GateOptions, Outlet, Stage, journal::Writer, phase::Admission};

const LONG: Duration = Duration::from_secs(20);

struct Nowhere;

#[async_trait]
impl Outlet for Nowhere {
    async fn connect(&self, _: &str, _: u16) -> std::io::Result<TcpStream> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

impl GateLog for Nowhere {
    fn tunnel(&self, _: &str, _: u64, _: u64) {}
    fn refused(&self, _: &str, _: &str) {}
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[kind, 3, 3, length[0], length[1]], content].concat()
}

/// A ServerHello. Without extensions it is one of TLS 1.2.
fn server_hello(extensions: &[u8]) -> Vec<u8> {
    let body = [&[3, 3][..], &[7; 32], &[0, 0, 0x2f, 0], extensions].concat();
    record(22, &[&[2, 0, 0, body.len() as u8], &body[..]].concat())
}

/// The extensions of a ServerHello of TLS 1.3: supported_versions alone.
const V13: &[u8] = &[0, 6, 0, 43, 0, 2, 3, 4];

async fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let near = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    (near, listener.accept().await.unwrap().0)
}

/// An armed gate with one tunnel: its client and its server.
async fn armed(journal: File) -> (Arc<Shared>, TcpStream, TcpStream) {
    let shared = Arc::new(Shared::new(GateOptions {
        outlet: Arc::new(Nowhere),
        log: Arc::new(Nowhere),
        page_hosts: Vec::new(),
        helper_hosts: Vec::new(),
    }));
    shared.set_journal(Arc::new(Mutex::new(Writer::on(journal))));
    let host = "jobs.test".to_owned();
    let admission = Admission {
        release: 0,
        host,
        least: 9,
    };
    shared.change(|machine| machine.phase = Phase::Armed(admission));
    let ((client, browser), (server, upstream)) = (pair().await, pair().await);
    let tunnel = Arc::clone(&shared);
    shared.begin(|id| {
        tokio::spawn(async move {
            let mut traffic = Traffic::new(id, tunnel);
            traffic.begin("jobs.test");
            let early = Vec::new();
            run(
                Ends {
                    browser,
                    server,
                    early,
                },
                traffic,
            )
            .await;
        })
        .abort_handle()
    });
    (shared, client, upstream)
}

/// Writes to one end and waits until it came out at the other.
async fn pass(from: &mut TcpStream, to: &mut TcpStream, bytes: &[u8]) {
    from.write_all(bytes).await.unwrap();
    let mut seen = vec![0; bytes.len()];
    let reading = to.read_exact(&mut seen);
    timeout(LONG, reading).await.unwrap().unwrap();
    assert_eq!(seen, bytes);
}

/// What reached the server of an armed gate whose journal is `file`.
async fn forwarded_with(file: File) -> (Vec<u8>, Stage, u64) {
    let (shared, mut client, mut upstream) = armed(file).await;
    pass(&mut client, &mut upstream, &record(22, &[1; 50])).await;
    pass(&mut upstream, &mut client, &server_hello(&[])).await;
    let finish = [record(20, &[1]), record(22, &[4; 40])].concat();
    pass(&mut client, &mut upstream, &finish).await;
    client.write_all(&record(23, &[5; 90])).await.unwrap();
    client.shutdown().await.unwrap();
    let mut arrived = Vec::new();
    let reading = upstream.read_to_end(&mut arrived);
    timeout(LONG, reading).await.unwrap().unwrap();
    drop(upstream);
    let left = async {
        while !shared.abort(None).is_empty() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(LONG, left).await.unwrap();
    let forwarded = shared.look(|machine| machine.forwarded);
    (arrived, shared.stage(), forwarded)
}

#[tokio::test]
async fn p2_nothing_leaves_when_the_journal_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("intent");
    let writable = File::create(&path).unwrap();
    let read_only = File::open(&path).unwrap();
    let (arrived, stage, forwarded) = forwarded_with(read_only).await;
    assert_eq!((arrived.len(), stage, forwarded), (0, Stage::Closed, 0));
    assert_eq!(std::fs::read(&path).unwrap(), b"");
    let (arrived, stage, forwarded) = forwarded_with(writable).await;
    assert_eq!((arrived.len(), stage, forwarded), (95, Stage::Spent(0), 74));
    assert_eq!(std::fs::read(&path).unwrap(), b"spent 0\n");
}

#[tokio::test]
async fn p2_session_tickets_are_not_taken_for_an_answer_however_long_the_way() {
    for round_trip in [0, 40, 400].map(Duration::from_millis) {
        let (_shared, mut client, mut server) = armed(tempfile::tempfile().unwrap()).await;
        pass(&mut client, &mut server, &record(22, &[1; 50])).await;
        sleep(round_trip).await;
        pass(&mut server, &mut client, &server_hello(V13)).await;
        let finished = [record(20, &[1]), record(23, &[4; 69])].concat();
        let (head, body) = (record(23, &[5; 900]), record(23, &[6; 300]));
        client
            .write_all(&[&finished[..], &head].concat())
            .await
            .unwrap();
        let mut seen = vec![0; finished.len()];
        server.read_exact(&mut seen).await.unwrap();
        sleep(round_trip).await;
        pass(&mut server, &mut client, &record(23, &[7; 250])).await;
        client.write_all(&body).await.unwrap();
        let mut arrived = vec![0; head.len() + body.len()];
        let reading = server.read_exact(&mut arrived);
        let reading = timeout(LONG, reading).await.unwrap();
        assert!(
            reading.is_ok(),
            "{round_trip:?}: the ticket was taken for an answer"
        );
        pass(&mut server, &mut client, &record(23, &[8; 80])).await;
        client.write_all(&record(23, &[9; 300])).await.unwrap();
        let mut second = Vec::new();
        let reading = server.read_to_end(&mut second);
        let _ = timeout(LONG, reading).await.unwrap();
        assert!(second.is_empty(), "{round_trip:?}: a second request passed");
    }
}
