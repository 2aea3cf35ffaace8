//! The shipped plugins through the whole sandbox.

use std::sync::Arc;

use agent_core::ids::ContentHash;
use agent_portal::error::{PluginError, PortalError};
use agent_portal::fetch::FetchError;
use agent_portal::host::Capability;
use agent_portal::limits::Limits;

use crate::support::{Bench, Pages, board, built, installed};

const API: &str = "https://boards-api.greenhouse.io/v1/boards";

#[tokio::test]
async fn a_shipped_plugin_says_what_it_is_and_asks_for() {
    async fn check(name: &str, id: &str, hosts: &[&str]) {
        let bench = Bench::new(Limits::default());
        let inspected = bench.host.inspect(&built(name)).await.unwrap();
        assert_eq!(inspected.manifest.id, id);
        let asked: Vec<_> = inspected
            .manifest
            .hosts
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(asked, hosts);
        assert_eq!(
            inspected.manifest.supports,
            [Capability::Discover, Capability::Detail, Capability::Form]
        );
        assert!(!inspected.manifest.form_hosts.is_empty());
        let ours = |name: &String| name.starts_with("jobagent:portal/");
        assert!(
            inspected.imports.iter().all(ours),
            "{:?}",
            inspected.imports
        );
    }
    check(
        "greenhouse.wasm",
        "greenhouse",
        &[
            "boards-api.greenhouse.io",
            "boards.greenhouse.io",
            "job-boards.greenhouse.io",
            "boards.eu.greenhouse.io",
            "job-boards.eu.greenhouse.io",
        ],
    )
    .await;
    check(
        "lever.wasm",
        "lever",
        &[
            "api.lever.co",
            "api.eu.lever.co",
            "jobs.lever.co",
            "jobs.eu.lever.co",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_board_is_claimed_listed_and_a_posting_found_gone() {
    let list = r#"{"jobs":[{"id":7,"title":"Cook","absolute_url":"https://boards.greenhouse.io/acme/jobs/7"},{"title":"?"}],"meta":{"total":2}}"#;
    let pages = Arc::new(
        Pages::default()
            .with(&format!("{API}/acme/jobs?content=true"), 200, list)
            .with(
                &format!("{API}/acme/jobs/7"),
                200,
                r#"{"id":7,"title":"Cook"}"#,
            )
            .with(&format!("{API}/acme/jobs/8"), 404, r#"{"status":404}"#),
    );
    let bench = Bench::new(Limits::default());
    let mut session = bench
        .session("greenhouse.wasm", "boards-api.greenhouse.io", &pages)
        .await;
    let board = session
        .claim("https://boards.greenhouse.io/acme/jobs/7")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(board.key, "acme");
    assert_eq!(
        session.claim("https://jobs.lever.co/acme").await.unwrap(),
        None
    );

    let page = session.discover(&board, &[], None).await.unwrap();
    assert_eq!(
        (page.postings.len(), page.total, page.next),
        (1, Some(2), None)
    );
    assert_eq!(page.dropped.len(), 1, "{:?}", page.dropped);
    let posting = session.detail(&board, "7").await.unwrap();
    assert_eq!(posting.title, "Cook");
    let gone = session.detail(&board, "8").await.unwrap_err();
    let is_gone = |error: &PluginError| {
        matches!(
            error,
            PluginError::Portal {
                error: PortalError::Gone(_),
                fetch: None
            }
        )
    };
    assert!(is_gone(&gone), "{gone:?}");
    session.close().await;
}

#[tokio::test]
async fn a_bad_answer_of_the_portal_is_an_error_of_its_kind() {
    async fn check(status: u16, body: &str, expected: fn(&PortalError) -> bool) {
        let url = format!("{API}/acme/jobs?content=true");
        let pages = Arc::new(Pages::default().with(&url, status, body));
        let bench = Bench::new(Limits::default());
        let mut session = bench
            .session("greenhouse.wasm", "boards-api.greenhouse.io", &pages)
            .await;
        match session.discover(&board("acme"), &[], None).await {
            Err(PluginError::Portal { error, .. }) if expected(&error) => {}
            other => panic!("{status} {body}: {other:?}"),
        }
    }
    check(404, "", |e| matches!(e, PortalError::Gone(_))).await;
    check(403, "", |e| matches!(e, PortalError::Blocked(_))).await;
    check(429, "", |e| matches!(e, PortalError::RateLimited(None))).await;
    check(500, "oops", |e| matches!(e, PortalError::Fetch(_))).await;
    check(200, "<html>", |e| matches!(e, PortalError::Changed(_))).await;
    check(200, r#"{"jobs":[{"id":1"#, |e| {
        matches!(e, PortalError::Changed(_))
    })
    .await;
}

#[tokio::test]
async fn the_host_tells_why_a_fetch_failed_whatever_the_plugin_says() {
    let bench = Bench::new(Limits::default());
    let mut session = bench
        .session("lever.wasm", "api.lever.co", &Arc::new(Pages::default()))
        .await;
    let nothing_recorded = session.discover(&board("acme"), &[], None).await;
    let Err(PluginError::Portal {
        fetch: Some(FetchError::NoRecordedAnswer { request }),
        ..
    }) = nothing_recorded
    else {
        panic!("{nothing_recorded:?}");
    };
    assert_eq!(request, "https://api.lever.co/v0/postings/acme?mode=json");
    // The EU region's host was not granted to this session.
    let not_granted = session.discover(&board("eu/acme"), &[], None).await;
    assert!(
        matches!(
            not_granted,
            Err(PluginError::Portal {
                fetch: Some(FetchError::NotGranted { .. }),
                ..
            })
        ),
        "{not_granted:?}"
    );
}

#[tokio::test]
async fn a_large_board_is_read_within_the_limits() {
    // 2,500 postings in somewhat less than the 8 MiB one page may have.
    let content = "&lt;p&gt;Words and more words.&lt;/p&gt;\\n".repeat(70);
    let jobs: Vec<String> = (0..2500)
        .map(|n| format!(r#"{{"id":{n},"title":"Job {n}","content":"{content}"}}"#))
        .collect();
    let list = format!(r#"{{"jobs":[{}],"meta":{{"total":2500}}}}"#, jobs.join(","));
    assert!((7 << 20..8 << 20).contains(&list.len()), "{}", list.len());
    let url = format!("{API}/acme/jobs?content=true");
    let pages = Arc::new(Pages::default().with(&url, 200, &list));
    let bench = Bench::new(Limits::default());
    let mut session = bench
        .session("greenhouse.wasm", "boards-api.greenhouse.io", &pages)
        .await;
    let first = session.discover(&board("acme"), &[], None).await.unwrap();
    assert_eq!((first.postings.len(), first.total), (2000, Some(2500)));
    let next = first.next.unwrap();
    let second = session
        .discover(&board("acme"), &[], Some(&next))
        .await
        .unwrap();
    assert_eq!((second.postings.len(), second.next), (500, None));
    assert_eq!(second.postings[0].external_id, "2000");
}

#[tokio::test]
async fn p5_a_file_that_is_not_the_installed_one_is_not_run() {
    let bench = Bench::new(Limits::default());
    let mut plugin = installed(&built("lever.wasm"), "api.lever.co");
    plugin.sha256 = ContentHash::of("another");
    let opened = bench.host.open(&plugin, Arc::new(Pages::default())).await;
    let error = opened.err().unwrap();
    assert!(matches!(error, PluginError::WrongHash { .. }), "{error}");
}
