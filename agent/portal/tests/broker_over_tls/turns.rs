//! One request at a time per domain, and waits that are kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use agent_portal::broker::FetchLimits;
use agent_portal::fetch::FetchError;
use futures::future::join_all;
use tokio::sync::Barrier;

use crate::site::{Site, page};

const JOBS: &str = "https://jobs.example.com/";
const OTHER: &str = "https://jobs.example.org/";

#[tokio::test]
async fn a_host_that_names_a_time_is_not_asked_before_it() {
    let answers = AtomicUsize::new(0);
    let site = Site::answering(move |asked| {
        let first = asked.host == "jobs.example.com" && answers.fetch_add(1, Ordering::SeqCst) == 0;
        if first {
            page(429, &[("retry-after", "1")], "slow down")
        } else {
            page(200, &[], "ok")
        }
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let wait = Err(FetchError::Wait { seconds: Some(1) });
    assert_eq!(broker.get(JOBS).await, wait);
    let told = Instant::now();
    assert_eq!(broker.get(JOBS).await, wait);
    assert_eq!(site.lines().len(), 1, "asked while it should wait");
    let entry = broker.ledger().pop().unwrap();
    assert_eq!((entry.status, entry.bytes_out), (None, 0));
    assert_eq!(
        entry.refusal.as_deref(),
        Some("the server asks to wait 1 s")
    );
    // Another domain is another matter.
    broker.get(OTHER).await.unwrap();

    let answer = loop {
        let answer = broker.get(JOBS).await;
        if answer != wait {
            break answer;
        }
        assert!(told.elapsed() < Duration::from_secs(10), "waits for ever");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(answer.unwrap().body, b"ok");
    assert!(
        told.elapsed() >= Duration::from_millis(900),
        "asked too early"
    );
    assert_eq!(site.lines().len(), 3);
}

/// What becomes of two fetches of a host that answers so.
async fn check_wait(status: u16, headers: &[(&'static str, &'static str)], seconds: Option<u32>) {
    let sent = headers.to_vec();
    let site = Site::answering(move |_| page(status, &sent, "wait")).await;
    let broker = site.broker(FetchLimits::default());
    let expected = Err(FetchError::Wait { seconds });
    assert_eq!(broker.get(JOBS).await, expected, "{headers:?}");
    assert_eq!(broker.get(JOBS).await, expected, "{headers:?}");
    // Only a time that was named is kept.
    let asked = if seconds.is_some() { 1 } else { 2 };
    assert_eq!(site.asked().len(), asked, "{headers:?}");
}

#[tokio::test]
async fn every_way_to_ask_for_a_wait_is_understood() {
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let until = ("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT");
    check_wait(503, &[("retry-after", "120")], Some(120)).await;
    check_wait(429, &[date, until], Some(60)).await;
    check_wait(
        429,
        &[("retry-after", "9999999999999999999999")],
        Some(86_400),
    )
    .await;
    check_wait(429, &[("retry-after", "soon")], None).await;
    check_wait(429, &[], None).await;
}

#[tokio::test]
async fn p5_requests_to_one_domain_never_overlap() {
    let busy = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let site = Site::start({
        let (busy, most) = (Arc::clone(&busy), Arc::clone(&most));
        move |_| {
            let (busy, most) = (Arc::clone(&busy), Arc::clone(&most));
            Box::pin(async move {
                let now = busy.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                // Gives a second request ample time to show itself.
                let seen = async {
                    while busy.load(Ordering::SeqCst) < 2 {
                        tokio::task::yield_now().await;
                    }
                };
                let _ = tokio::time::timeout(Duration::from_millis(50), seen).await;
                busy.fetch_sub(1, Ordering::SeqCst);
                page(200, &[], "ok")
            })
        }
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let order = Mutex::new(Vec::new());
    join_all((0..6).map(|number| {
        let (broker, order) = (&broker, &order);
        async move {
            broker.get(&format!("{JOBS}{number}")).await.unwrap();
            order.lock().unwrap().push(number);
        }
    }))
    .await;
    assert_eq!(most.load(Ordering::SeqCst), 1);
    assert_eq!(
        order.into_inner().unwrap(),
        [0, 1, 2, 3, 4, 5],
        "first come, first served"
    );
}

#[tokio::test]
async fn two_domains_are_asked_at_the_same_time() {
    // Neither is answered before both were asked.
    let both = Arc::new(Barrier::new(2));
    let site = Site::start(move |_| {
        let both = Arc::clone(&both);
        Box::pin(async move {
            both.wait().await;
            page(200, &[], "ok")
        })
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let answers = tokio::time::timeout(
        Duration::from_secs(10),
        join_all([broker.get(JOBS), broker.get(OTHER)]),
    )
    .await
    .unwrap();
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

#[tokio::test]
async fn hosts_that_redirect_to_each_other_do_not_lock_each_other_out() {
    let site = Site::answering(|asked| match (asked.host.as_str(), asked.line.as_str()) {
        ("jobs.example.com", "GET /") => page(302, &[("location", &format!("{OTHER}end"))], ""),
        ("jobs.example.org", "GET /") => page(302, &[("location", &format!("{JOBS}end"))], ""),
        _ => page(200, &[], "reached"),
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let rounds = join_all((0..10).map(|round| {
        let url = if round % 2 == 0 { JOBS } else { OTHER };
        broker.get(url)
    }));
    let answers = tokio::time::timeout(Duration::from_secs(20), rounds)
        .await
        .unwrap();
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let mut hosts = HashMap::new();
    for entry in broker.ledger() {
        *hosts.entry(entry.host).or_insert(0) += 1;
    }
    assert_eq!(hosts["jobs.example.com"], 10);
    assert_eq!(hosts["jobs.example.org"], 10);
}

#[tokio::test]
async fn hosts_of_one_domain_are_asked_with_a_pause_between_them() {
    let times = Arc::new(Mutex::new(Vec::new()));
    let site = Site::answering({
        let times = Arc::clone(&times);
        move |_| {
            times.lock().unwrap().push(Instant::now());
            page(200, &[], "ok")
        }
    })
    .await;
    let gap = Duration::from_millis(300);
    let broker = site.broker_pausing(gap);
    let urls = [JOBS, "https://other.example.com/", JOBS];
    let answers = join_all(urls.map(|url| broker.get(url))).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let times = times.lock().unwrap();
    assert_eq!(times.len(), 3);
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= gap, "asked too early");
    }
}
