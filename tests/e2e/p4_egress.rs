//! P4: nothing leaves the machine but to the granted hosts, and the ledger says so.

use std::collections::BTreeMap;

use practice::{Fault, FaultKind, PracticeOptions};

use crate::{
    harness::{Home, employer, wait_until},
    sockets,
};

const GRANTED: [&str; 2] = ["boards-api.greenhouse.io", "api.lever.co"];

#[tokio::test(flavor = "multi_thread")]
async fn p4_only_granted_hosts_are_reached_and_the_ledger_says_so() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);

    let mut arrived = BTreeMap::new();
    for request in employer.requests() {
        assert!(GRANTED.contains(&request.host.as_str()), "{request:?}");
        assert_eq!(
            (request.method.as_str(), request.body_length),
            ("GET", 0),
            "{request:?}"
        );
        *arrived
            .entry((
                request.host.clone(),
                format!("https://{}{}", request.host, request.target),
            ))
            .or_insert(0) += 1;
    }
    assert!(!arrived.is_empty());
    // At once: no page is taken in before its exchange is written down.
    assert_eq!(ledger(&home), arrived);
}

/// Answered exchanges of the ledger, counted by host and address.
fn ledger(home: &Home) -> BTreeMap<(String, String), i32> {
    let mut written = BTreeMap::new();
    let ledger = home.json(&["egress", "--each"]);
    for entry in ledger["entries"].as_array().unwrap() {
        assert_eq!(entry["refusal"], "", "{entry}");
        let url = entry["url"].as_str().unwrap().to_owned();
        let host = url.split('/').nth(2).unwrap().to_owned();
        assert!(
            !entry["component"].as_str().unwrap().is_empty()
                && !entry["purpose"].as_str().unwrap().is_empty()
        );
        *written.entry((host, url)).or_insert(0) += 1;
    }
    written
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_redirect_to_another_host_is_refused_and_written_down_while_others_arrive() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let boards = employer.boards();
    let lever = boards
        .iter()
        .find(|board| board.url.contains("lever"))
        .unwrap();
    let name = lever.url.trim_end_matches('/').rsplit('/').next().unwrap();
    employer.set_fault(Fault::new(
        "api.lever.co",
        &format!("/v0/postings/{name}"),
        FaultKind::Redirect,
    ));

    let output = home.ctl(&["sync"]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "a source failed: {}",
        String::from_utf8_lossy(&output.stdout)
    );
    let hosts: Vec<_> = employer
        .requests()
        .into_iter()
        .map(|request| request.host)
        .collect();
    assert!(
        hosts.iter().all(|host| GRANTED.contains(&host.as_str())),
        "{hosts:?}"
    );

    let refused = |home: &Home| {
        let ledger = home.json(&["egress", "--each"]);
        ledger["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["refusal"] != "")
            .count()
    };
    assert!(refused(&home) > 0, "the refusal is in the ledger");
    // The benign twins: every other board was read.
    let sources = home.json(&["source", "list"]);
    for source in sources["sources"].as_array().unwrap() {
        let failed = source["url"] == lever.url.as_str();
        assert_eq!(source["last_error"] != "", failed, "{source}");
        assert_eq!(
            source["jobs_open"].as_u64().unwrap() > 0,
            !failed,
            "{source}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_the_daemon_listens_on_no_port_and_connects_to_nobody_else() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let board = employer
        .boards()
        .into_iter()
        .find(|board| board.url.contains("greenhouse"))
        .unwrap();
    let name = board
        .url
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    employer.set_fault(Fault::new(
        "boards-api.greenhouse.io",
        &format!("/v1/boards/{name}/jobs"),
        FaultKind::Hang,
    ));
    let mut sync = home
        .agentctl()
        .args(["sync"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut seen = Vec::new();
    wait_until("the hanging board is asked", || {
        seen.extend(sockets::of_tree(home.pid()));
        employer
            .requests()
            .iter()
            .any(|request| request.target.contains(&name))
            && seen
                .iter()
                .any(|socket| socket.remote == Some(employer.address))
    });
    for socket in &seen {
        assert!(!socket.listening, "{socket:?}");
        assert_eq!(socket.remote, Some(employer.address), "{socket:?}");
    }
    home.kill();
    sync.wait().unwrap();
}
