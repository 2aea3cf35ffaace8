use practice::{Practice, PracticeOptions};

use crate::client::Client;

async fn in_dir(dir: &std::path::Path) -> practice::Running {
    Practice::start(PracticeOptions {
        dir: Some(dir.to_owned()),
        ..PracticeOptions::default()
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn every_host_name_gets_a_certificate_of_its_own() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    for host in [
        "boards-api.greenhouse.io",
        "api.lever.co",
        "some.other.example",
    ] {
        // The client checks that the certificate is for this very name.
        client.get(host, "/robots.txt").await.unwrap();
    }
    let hosts: Vec<_> = running.requests().into_iter().map(|r| r.host).collect();
    assert_eq!(
        hosts,
        [
            "boards-api.greenhouse.io",
            "api.lever.co",
            "some.other.example"
        ]
    );
}

#[tokio::test]
async fn a_client_with_another_ca_refuses_the_site() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let other = Practice::start(PracticeOptions::default()).await.unwrap();
    let stranger = Client::new(running.address, &other.ca_pem);
    let error = stranger
        .get("api.lever.co", "/robots.txt")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert_eq!(running.requests(), []);
}

#[tokio::test]
async fn a_restart_in_the_same_directory_keeps_the_ca_and_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let first = in_dir(dir.path()).await;
    let trusted_then = first.ca_pem.clone();
    Client::of(&first)
        .get("api.lever.co", "/v0/postings/one?mode=json")
        .await
        .unwrap();
    first.stop().await;

    let second = in_dir(dir.path()).await;
    let client = Client::new(second.address, &trusted_then);
    client
        .post("jobs.lever.co", "/x", "name=Ada")
        .await
        .unwrap();
    let log = std::fs::read_to_string(dir.path().join("requests.jsonl")).unwrap();
    let lines: Vec<practice::LoggedRequest> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].target, "/v0/postings/one?mode=json");
    assert_eq!(lines[0].user_agent.as_deref(), Some("practice-test"));
    assert_eq!(
        (lines[1].method.as_str(), lines[1].body.as_str()),
        ("POST", "name=Ada")
    );
    assert_eq!(lines[1].body_length, 8);
    assert_eq!(
        std::fs::read_to_string(dir.path().join("ca.pem")).unwrap(),
        second.ca_pem
    );
}

#[tokio::test]
async fn a_stopped_site_takes_no_connection() {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    client.get("api.lever.co", "/robots.txt").await.unwrap();
    running.stop().await;
    assert!(client.get("api.lever.co", "/robots.txt").await.is_err());
}
