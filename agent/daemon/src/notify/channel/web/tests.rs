//! Posting to real servers on loopback.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::mpsc,
    thread,
};

use agent_store::{EgressEntry, Store};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::*;
use crate::ledger;

/// Answers one request with `answer`; gives its address and what it was sent. With no
/// answer it hangs until the client goes.
fn server(answer: &'static str) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/secret-topic", listener.local_addr().unwrap());
    let (sender, sent) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut text, mut buffer) = (String::new(), [0; 4096]);
        loop {
            let read = stream.read(&mut buffer).unwrap();
            text.push_str(&String::from_utf8_lossy(&buffer[..read]));
            let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                let length = head.lines().find_map(|line| {
                    line.to_lowercase()
                        .strip_prefix("content-length: ")?
                        .parse()
                        .ok()
                });
                length.is_some_and(|length: usize| body.len() >= length)
            });
            if whole || read == 0 {
                break;
            }
        }
        sender.send(text).unwrap();
        if answer.is_empty() {
            // Until the client closes.
            let _ = stream.read(&mut buffer);
        } else {
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, sent)
}

fn message() -> Message {
    Message {
        kind: "inbox".to_owned(),
        title: "An application waits for you".to_owned(),
        text: "An application waits for you".to_owned(),
        command: "agentctl review 3f2a".to_owned(),
        count: 1,
    }
}

/// Posts to a server that answers so; gives what came of it, what was sent, and the ledger.
async fn check(
    answer: &'static str,
    post: Post,
) -> (Result<(), Failure>, String, Vec<EgressEntry>) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path().join("agent.db")).unwrap();
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    let egress = ledger::start(store.clone(), &tasks, stop.clone());
    let (url, sent) = server(answer);
    let target = Target::parse(&url).unwrap();
    let patience = Duration::from_millis(if answer.is_empty() { 300 } else { 20_000 });
    let ended = deliver(&egress, &target, post, patience).await;
    egress.flush().await;
    let entries = store.read(|reader| reader.egress_latest(10)).await.unwrap();
    stop.cancel();
    (ended, sent.recv().unwrap(), entries)
}

#[tokio::test]
async fn p4_a_notice_is_posted_and_the_ledger_has_its_host_but_not_the_secret_path() {
    let (ended, sent, entries) = check(
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
        ntfy(&message()),
    )
    .await;
    ended.unwrap();
    assert!(
        sent.starts_with("POST /secret-topic HTTP/1.1\r\n"),
        "{sent}"
    );
    assert!(
        sent.to_lowercase()
            .contains("\r\ntitle: an application waits for you\r\n"),
        "{sent}"
    );
    assert!(
        sent.ends_with("\r\n\r\nAn application waits for you\nagentctl review 3f2a"),
        "{sent}"
    );
    let [entry] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(entry.exchange.component, "notifications");
    assert_eq!(entry.exchange.host, "127.0.0.1");
    assert_eq!(entry.exchange.status, Some(200));
    assert!(!entry.exchange.url.contains("secret"), "{entry:?}");
    let (ended, sent, _) = check("HTTP/1.1 204 No Content\r\n\r\n", webhook(&message())).await;
    ended.unwrap();
    let body = sent.split_once("\r\n\r\n").unwrap().1;
    let told: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(told["command"], "agentctl review 3f2a");
}

#[tokio::test]
async fn a_server_that_refuses_fails_or_hangs_is_told_of_and_its_wish_is_kept() {
    let cases = [
        (
            "HTTP/1.1 429 Slow\r\nretry-after: 90\r\ncontent-length: 0\r\n\r\n",
            "too many",
            Some(90),
        ),
        (
            "HTTP/1.1 429 Slow\r\nretry-after: 999999\r\ncontent-length: 0\r\n\r\n",
            "too many",
            Some(6 * 3600),
        ),
        (
            "HTTP/1.1 500 Broken\r\ncontent-length: 0\r\n\r\n",
            "answers 500",
            None,
        ),
        (
            "HTTP/1.1 404 None\r\ncontent-length: 0\r\n\r\n",
            "look at the address",
            None,
        ),
        (
            "HTTP/1.1 302 There\r\nlocation: http://127.0.0.1:1/x\r\ncontent-length: 0\r\n\r\n",
            "sends elsewhere",
            None,
        ),
        ("", "did not answer in time", None),
        ("nonsense\r\n\r\n", "cannot be reached", None),
    ];
    for (answer, says, after) in cases {
        let (ended, _, entries) = check(answer, ntfy(&message())).await;
        let failure = ended.unwrap_err();
        assert!(failure.why.contains(says), "{answer}: {}", failure.why);
        assert!(!failure.why.contains("secret"), "{}", failure.why);
        assert_eq!(
            failure.after.map(|after| after.as_secs()),
            after,
            "{answer}"
        );
        assert_eq!(entries.len(), 1, "{answer}");
    }
}

#[test]
fn a_wish_to_be_left_alone_is_read_as_seconds_or_as_a_time() {
    let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
    for (text, seconds) in [
        ("120", Some(120)),
        ("Sat, 21 Nov 2026 10:05:00 GMT", Some(300)),
        ("Sat, 21 Nov 2026 09:00:00 GMT", Some(0)),
        ("soon", None),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        let read = retry_after(&headers, now).map(|wish| wish.as_secs());
        assert_eq!(read, seconds, "{text}");
    }
}
