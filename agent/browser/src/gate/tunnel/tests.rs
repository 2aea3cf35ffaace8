use std::fs::File;

use async_trait::async_trait;
use tokio::{
    net::TcpListener,
    time::{sleep, timeout},
};

use super::*;
use crate::gate::{GateLog, GateOptions, Outlet, Stage, journal::Writer, phase::Admission};

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

/// A ServerHello of TLS 1.2: it has no extensions.
fn server_hello() -> Vec<u8> {
    let body = [&[3, 3][..], &[7; 32], &[0, 0, 0x2f, 0]].concat();
    record(22, &[&[2, 0, 0, body.len() as u8], &body[..]].concat())
}

async fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let near = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    (near, listener.accept().await.unwrap().0)
}

/// What reached the server of an armed gate whose journal is `file`.
async fn forwarded_with(file: File) -> (Vec<u8>, Stage, u64) {
    let shared = Arc::new(Shared::new(GateOptions {
        outlet: Arc::new(Nowhere),
        log: Arc::new(Nowhere),
        page_hosts: Vec::new(),
        helper_hosts: Vec::new(),
    }));
    shared.set_journal(Arc::new(Mutex::new(Writer::on(file))));
    let host = "jobs.test".to_owned();
    let admission = Admission {
        release: 0,
        host,
        least: 9,
    };
    shared.change(|machine| machine.phase = Phase::Armed(admission));
    let ((mut client, browser), (server, mut upstream)) = (pair().await, pair().await);
    let tunnel = Arc::clone(&shared);
    shared.begin(|id| {
        tokio::spawn(async move {
            let mut traffic = Traffic::new(id, tunnel);
            traffic.begin("jobs.test");
            run(
                Ends {
                    browser,
                    server,
                    early: Vec::new(),
                },
                traffic,
            )
            .await;
        })
        .abort_handle()
    });
    let hello = record(22, &[1; 50]);
    client.write_all(&hello).await.unwrap();
    let mut seen = vec![0; hello.len()];
    upstream.read_exact(&mut seen).await.unwrap();
    upstream.write_all(&server_hello()).await.unwrap();
    let mut answer = vec![0; server_hello().len()];
    client.read_exact(&mut answer).await.unwrap();
    let finish = [record(20, &[1]), record(22, &[4; 40])].concat();
    client
        .write_all(&[finish.clone(), record(23, &[5; 90])].concat())
        .await
        .unwrap();
    client.shutdown().await.unwrap();
    let mut rest = Vec::new();
    let reading = upstream.read_to_end(&mut rest);
    timeout(Duration::from_secs(10), reading)
        .await
        .unwrap()
        .unwrap();
    drop(upstream);
    let arrived = rest.split_off(finish.len());
    let left = async {
        while shared.abort(None).len() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(10), left).await.unwrap();
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
