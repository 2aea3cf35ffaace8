use std::time::Duration;

use practice::{CONTROL_HOST, Fault, FaultKind, Practice, PracticeOptions, Running};

use crate::client::Client;

const HOST: &str = "api.lever.co";
const PATH: &str = "/v0/postings/talerwerk";

async fn start() -> (Running, Client) {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    (running, client)
}

#[tokio::test]
async fn each_fault_shows_as_it_should() {
    let (running, client) = start().await;
    let whole = client.get(HOST, PATH).await.unwrap().body.len();
    for kind in FaultKind::ALL {
        running.set_fault(Fault::new(HOST, PATH, kind));
        let asked = tokio::time::timeout(Duration::from_secs(2), client.get(HOST, PATH));
        match (kind, asked.await) {
            (FaultKind::NotFound, Ok(Ok(answer))) => assert_eq!(answer.status, 404),
            (FaultKind::ServerError, Ok(Ok(answer))) => assert_eq!(answer.status, 500),
            (FaultKind::Html, Ok(Ok(answer))) => {
                assert_eq!(answer.status, 200);
                assert!(answer.text().starts_with("<!DOCTYPE html>"));
            }
            (FaultKind::HalfJson, Ok(Ok(answer))) => {
                assert_eq!((answer.status, answer.body.len()), (200, whole / 2));
            }
            (FaultKind::Redirect, Ok(Ok(answer))) => {
                assert_eq!(answer.status, 302);
                assert!(
                    answer
                        .head
                        .contains("location: https://elsewhere.practice.test/")
                );
            }
            (FaultKind::TooMany, Ok(Ok(answer))) => {
                assert_eq!(answer.status, 429);
                assert!(answer.head.contains("retry-after: 1"));
            }
            // Closed without an answer: an early end or a reset.
            (FaultKind::Close, Ok(Err(_))) | (FaultKind::Hang, Err(_)) => {}
            (kind, other) => panic!("{kind:?} showed as {other:?}"),
        }
        running.clear_fault(HOST, PATH);
        assert_eq!(client.get(HOST, PATH).await.unwrap().status, 200);
    }
    let asked = running.requests().len();
    assert_eq!(
        asked,
        1 + 2 * FaultKind::ALL.len(),
        "every request is logged"
    );
}

#[tokio::test]
async fn a_fault_strikes_only_its_board_and_only_so_often() {
    let (running, client) = start().await;
    running.set_fault(Fault {
        times: Some(1),
        ..Fault::new(HOST, PATH, FaultKind::TooMany)
    });
    let other = client.get(HOST, "/v0/postings/faehrmann").await.unwrap();
    assert_eq!(other.status, 200);
    assert_eq!(client.get(HOST, PATH).await.unwrap().status, 429);
    assert_eq!(client.get(HOST, PATH).await.unwrap().status, 200);
}

#[tokio::test]
async fn faults_are_switched_over_the_control_host() {
    let (_running, client) = start().await;
    let cases = [
        ("kind=redirect&to=https://evil.example/", 200, 302),
        ("kind=none", 200, 200),
        ("kind=tantrum", 400, 200),
        ("kind=html&times=soon", 400, 200),
    ];
    for (query, accepted, then) in cases {
        let target = format!("/fault?host={HOST}&path={PATH}&{query}");
        let answer = client.post(CONTROL_HOST, &target, "").await.unwrap();
        assert_eq!(answer.status, accepted, "{query}: {}", answer.text());
        assert_eq!(
            client.get(HOST, PATH).await.unwrap().status,
            then,
            "{query}"
        );
    }
}
