//! The whole way of a fetch: guest, worker, session, broker, a TLS server that
//! stands for the whole internet, and back.

use std::sync::Arc;
use std::time::Duration;

use agent_portal::broker::FetchLimits;
use agent_portal::error::PluginError;
use agent_portal::fetch::FetchError;
use agent_portal::host::Page;
use agent_portal::limits::Limits;

use crate::site::{After, Answer, Site, page};
use crate::support::{Bench, board, built, installed};

/// What a plugin that asks for `url` gets, and what the server was asked.
async fn fetch(url: &str) -> (Result<Page, PluginError>, Vec<String>) {
    let site = Site::answering(|asked| match (asked.host.as_str(), asked.line.as_str()) {
        (_, "GET /away") => page(302, &[("location", "https://evil.example.net/page")], ""),
        (_, "GET /inside") => page(302, &[("location", "/page")], ""),
        (_, "GET /home") => page(302, &[("location", "https://127.0.0.1/page")], ""),
        (host, "GET /page") => page(200, &[], format!("a page of {host}")),
        (_, _) => page(404, &[], ""),
    })
    .await;
    let bench = Bench::new(Limits::default());
    let plugin = installed(&built("testing/hostile.wasm"), "jobs.example.com");
    let fetch = Arc::new(site.broker(FetchLimits::default()).fetch);
    let mut session = bench.host.open(&plugin, fetch).await.unwrap();
    let answer = session
        .discover(&board(&format!("get:{url}")), &[], None)
        .await;
    session.close().await;
    (answer, site.lines())
}

async fn check_refused(url: &str, asked: &[&str], expected: fn(&FetchError) -> bool) {
    let (answer, lines) = fetch(url).await;
    match answer {
        Err(PluginError::Portal {
            fetch: Some(error), ..
        }) if expected(&error) => {}
        other => panic!("{url}: {other:?}"),
    }
    assert_eq!(lines, asked, "{url}");
}

#[tokio::test]
async fn p5_a_plugin_reaches_granted_hosts_alone_through_the_real_broker() {
    let not_granted = |error: &FetchError| matches!(error, FetchError::NotGranted { .. });
    let refused = |error: &FetchError| matches!(error, FetchError::Refused { .. });
    check_refused("https://evil.example.net/page", &[], not_granted).await;
    check_refused("https://127.0.0.1/page", &[], not_granted).await;
    check_refused("http://jobs.example.com/page", &[], refused).await;
    check_refused("https://jobs.example.com/away", &["GET /away"], not_granted).await;
    check_refused("https://jobs.example.com/home", &["GET /home"], refused).await;

    // The twin: one page arrives, directly and after a redirect within the host.
    for (url, asked) in [
        ("https://jobs.example.com/page", vec!["GET /page"]),
        (
            "https://jobs.example.com/inside",
            vec!["GET /inside", "GET /page"],
        ),
    ] {
        let (answer, lines) = fetch(url).await;
        assert_eq!(
            answer.unwrap().postings[0].title,
            "a page of jobs.example.com"
        );
        assert_eq!(lines, asked, "{url}");
    }
}

#[tokio::test]
async fn p5_a_polite_pause_is_not_the_plugins_time_and_a_slow_answer_is() {
    let site = Site::answering(|asked| match asked.line.as_str() {
        "GET /page" => page(200, &[], "a page"),
        _ => Answer(Vec::new(), After::Hold),
    })
    .await;
    let limits = Limits {
        wall: Duration::from_secs(8),
        ..Limits::default()
    };
    let bench = Bench::new(limits);
    let plugin = installed(&built("testing/hostile.wasm"), "jobs.example.com");
    // Longer than a call may take.
    let fetch = Arc::new(site.broker_pausing(Duration::from_secs(9)).fetch);
    let mut session = bench.host.open(&plugin, fetch).await.unwrap();
    for _ in 0..2 {
        let asked = board("get:https://jobs.example.com/page");
        let page = session.discover(&asked, &[], None).await.unwrap();
        assert_eq!(page.postings[0].title, "a page");
    }
    let asked = board("get:https://jobs.example.com/silent");
    let error = session.discover(&asked, &[], None).await.unwrap_err();
    let out_of_time = match &error {
        PluginError::TimedOut { .. } => true,
        PluginError::Portal { fetch, .. } => {
            matches!(fetch, Some(FetchError::TooMuch { what }) if what == "time of this call")
        }
        _ => false,
    };
    assert!(out_of_time, "{error:?}");
    session.close().await;
}
