//! The log is what later checks believe: nothing may pass by it unnoted.

use futures::SinkExt;
use practice::{LoggedRequest, Shape};
use tokio::net::UdpSocket;
use tokio_tungstenite::tungstenite::Message;

use crate::applicant::{CHALLENGE, UPLOADS, fill, place};
use crate::client::Client;
use crate::forms::{briefest, start};

/// Waits until the log holds an entry of this method, and gives it.
async fn noted(running: &practice::Running, method: &str) -> LoggedRequest {
    let found = async {
        loop {
            let all = running.requests();
            if let Some(entry) = all.into_iter().find(|r| r.method == method) {
                return entry;
            }
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(20);
    tokio::time::timeout(patience, found).await.unwrap()
}

#[tokio::test]
async fn every_method_host_and_body_is_noted_in_order() {
    let (running, client) = start().await;
    let binary: &[u8] = &[0, 0xff, b'a', 0x80];
    let cases: [(&str, &str, &str, &[u8]); 7] = [
        ("GET", "jobs.lever.co", "/nobody/here?a=%20b", b""),
        ("HEAD", "boards.greenhouse.io", "/nobody", b""),
        ("OPTIONS", UPLOADS, "/", b""),
        ("POST", UPLOADS, "/", binary),
        (
            "POST",
            "metrics.practice.test",
            "/beacon",
            "q=ü 😀".as_bytes(),
        ),
        ("POST", "unheard.of.example", "/x", b"name=Ada"),
        (
            "PATCH",
            "job-boards.greenhouse.io",
            "/x/jobs/1/autosave",
            b"{}",
        ),
    ];
    let headers = [
        ("Content-Type", "text/x-test"),
        ("Origin", "https://o.example"),
    ];
    for (method, host, target, body) in cases {
        client
            .send(method, host, target, &headers, body)
            .await
            .unwrap();
    }
    let log = running.requests();
    assert_eq!(log.len(), cases.len());
    for (entry, (method, host, target, body)) in log.iter().zip(cases) {
        let place = (
            entry.method.as_str(),
            entry.host.as_str(),
            entry.target.as_str(),
        );
        assert_eq!(place, (method, host, target));
        assert_eq!(entry.body_bytes(), body, "{host}");
        assert_eq!(entry.body_length, body.len());
        assert_eq!(entry.body_base64.is_some(), body == binary, "{host}");
        assert_eq!(entry.content_type.as_deref(), Some("text/x-test"));
        assert_eq!(entry.origin.as_deref(), Some("https://o.example"));
    }
    let delivered: Vec<_> = running.posts().into_iter().map(|p| p.method).collect();
    assert_eq!(delivered, ["POST", "PATCH"]);
}

#[tokio::test]
async fn a_submission_is_read_back_from_the_log_byte_for_byte() {
    let (running, client) = start().await;
    let filled = fill(&client, &briefest(&running, Shape::GreenhouseClassic)).await;
    filled.send(&client).await.unwrap();
    let posts = running.posts();
    let body = posts[0].body_bytes();
    assert_eq!(body.len(), posts[0].body_length);
    let resume = &filled.files[0].2;
    assert!(body.windows(resume.len()).any(|w| w == resume));
    assert!(posts[0].body_base64.is_some(), "the resume is not UTF-8");
}

#[tokio::test]
async fn the_store_and_the_challenge_answer_pages_of_other_hosts() {
    let (running, client) = start().await;
    for (method, host, target, status) in [
        ("OPTIONS", UPLOADS, "/", 204),
        ("POST", UPLOADS, "/", 400),
        ("PUT", UPLOADS, "/a/b/cv.pdf", 405),
        ("GET", UPLOADS, "/", 405),
        ("GET", CHALLENGE, "/challenge.js", 200),
        ("OPTIONS", CHALLENGE, "/token", 204),
        ("POST", CHALLENGE, "/token", 200),
        ("POST", CHALLENGE, "/elsewhere", 404),
    ] {
        let answer = client.send(method, host, target, &[], b"x").await.unwrap();
        assert_eq!(answer.status, status, "{method} {host}{target}");
        assert!(answer.head.contains("access-control-allow-origin: *"));
    }
    assert_eq!(running.requests().len(), 8);
}

async fn socket(client: &Client, url: &str) -> impl futures::Sink<Message> + use<> {
    let (host, _) = place(url);
    let stream = client.connect(&host).await.unwrap();
    let url = url.replace("https://", "wss://");
    let (socket, answer) = tokio_tungstenite::client_async(url, stream).await.unwrap();
    assert_eq!(answer.status(), 101);
    socket
}

#[tokio::test]
async fn frames_of_a_web_socket_are_noted_after_its_request() {
    let (running, client) = start().await;
    let url = briefest(&running, Shape::Lever).form_url + "/socket";
    let mut socket = Box::pin(socket(&client, &url).await);
    let text = Message::text("email=ada@example.com");
    assert!(socket.send(text).await.is_ok());
    let frame = noted(&running, "WS").await;
    let (host, target) = place(&url);
    assert_eq!((frame.host, frame.target), (host, target.clone()));
    assert_eq!(frame.body, "email=ada@example.com");
    assert_eq!(noted(&running, "GET").await.target, target);
}

#[tokio::test]
async fn a_datagram_is_noted_and_a_relay_is_asked_for_a_name() {
    let (running, _client) = start().await;
    let port = running.ready().stun;
    let socket = UdpSocket::bind(("127.0.0.1", 0)).await.unwrap();
    let mut request = b"\0\x03\0\0\x21\x12\xa4\x42".to_vec();
    request.extend(b"transaction.");
    socket.send_to(&request, ("127.0.0.1", port)).await.unwrap();
    let mut answer = [0; 200];
    let length = socket.recv(&mut answer).await.unwrap();
    assert_eq!(&answer[..2], [1, 0x13]);
    assert_eq!(&answer[4..20], &request[4..20]);
    assert_eq!(
        usize::from(u16::from_be_bytes([answer[2], answer[3]])),
        length - 20
    );
    let entry = noted(&running, "STUN").await;
    assert_eq!(entry.target, format!("udp:{port}"));
    assert_eq!(entry.body_bytes(), request);
}
