//! What becomes of answers: robots.txt in all its states, kept pages, failures,
//! and pages that want to see a person.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::sleep;

use super::super::*;
use super::script::{Asked, Bench, Reply, ask, get, grant, page};

const PAGE: &str = "https://a.x.example/jobs";
const HOUR: Duration = Duration::from_secs(3600);

/// Manners whose retries are not held back by how few requests a test makes.
fn manners() -> Manners {
    let promised = Manners::default();
    Manners {
        retries: Retries {
            percent: 10_000,
            ..promised.retries
        },
        ..promised
    }
}

/// What a fetch comes to where robots.txt is answered so, and what was asked.
async fn with_robots(reply: Reply) -> (Result<u16, FetchError>, Vec<String>) {
    let bench = Bench::new(Manners::default(), move |asked| {
        match (asked.host.as_str(), asked.path.as_str()) {
            ("a.x.example", "/robots.txt") => reply.clone(),
            ("b.x.example", "/moved.txt") => page(200, &[], "User-agent: *\nDisallow: /jobs"),
            ("c.x.example", path) => {
                let next: u32 = path[1..].parse().unwrap_or(0);
                let to = format!("https://c.x.example/{}", next + 1);
                page(302, &[("location", &to)], "")
            }
            _ => page(200, &[], "jobs"),
        }
    });
    let answer = get(&bench.fetch(), PAGE).await;
    (answer.map(|answer| answer.status), bench.paths())
}

#[tokio::test(start_paused = true)]
async fn a_robots_txt_says_what_may_be_read_in_every_state_it_is_in() {
    let to = |place| page(301, &[("location", place)], "");
    for (reply, readable) in [
        (page(200, &[], "User-agent: *\nDisallow: /private"), true),
        (page(200, &[], "User-agent: *\nDisallow: /jobs"), false),
        (page(200, &[], "User-agent: agentd\nDisallow: /"), false),
        (page(200, &[], "User-agent: *\nCrawl-delay: 60"), true),
        (page(200, &[], "User-agent: *\nCrawl-delay: 61"), false),
        (page(200, &[], ""), true),
        (page(204, &[], ""), true),
        (page(400, &[], "User-agent: *\nDisallow: /"), true),
        (page(401, &[], ""), true),
        (page(403, &[], ""), true),
        (page(404, &[], "User-agent: *\nDisallow: /"), true),
        (page(410, &[], ""), true),
        (page(500, &[], ""), false),
        (page(503, &[], ""), false),
        (page(599, &[], ""), false),
        (Reply::Nothing, false),
        (to("https://b.x.example/moved.txt"), false),
        // Too many redirects, or out of what was granted: as if there were none.
        (to("https://c.x.example/1"), true),
        (to("https://elsewhere.example.net/robots.txt"), true),
        (page(301, &[], ""), true),
    ] {
        let shown = format!("{reply:?}");
        let (answer, asked) = with_robots(reply).await;
        let read = asked.contains(&"/jobs".to_owned());
        assert_eq!(
            (answer.is_ok(), read),
            (readable, readable),
            "{shown}: {answer:?}"
        );
        assert!(
            readable || matches!(answer, Err(FetchError::Refused { .. })),
            "{shown}: {answer:?}"
        );
        assert_eq!(asked[0], "/robots.txt", "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn five_redirects_lead_to_a_robots_txt() {
    let bench = Bench::new(Manners::default(), |asked| match asked.path.as_str() {
        "/robots.txt" => page(302, &[("location", "/1")], ""),
        "/5" => page(200, &[], "User-agent: *\nDisallow: /jobs"),
        "/1" | "/2" | "/3" | "/4" => {
            let next = asked.path[1..].parse::<u32>().unwrap() + 1;
            page(302, &[("location", &format!("/{next}"))], "")
        }
        _ => page(200, &[], ""),
    });
    let error = get(&bench.fetch(), PAGE).await.unwrap_err();
    assert!(error.to_string().contains("does not allow"), "{error}");
    assert_eq!(bench.paths().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_robots_txt_is_read_once_a_day_and_one_that_failed_sooner() {
    let robots = |bench: &Bench| {
        let paths = bench.paths();
        paths.iter().filter(|path| *path == "/robots.txt").count()
    };
    let bench = Bench::new(Manners::default(), |asked| match asked.path.as_str() {
        "/robots.txt" if asked.at < HOUR / 4 => page(500, &[], ""),
        "/robots.txt" if asked.at < 20 * HOUR => page(200, &[], "User-agent: *\nDisallow: /no"),
        "/robots.txt" => page(200, &[], "User-agent: *\nDisallow: /"),
        _ => page(200, &[], ""),
    });
    let fetch = bench.fetch();
    get(&fetch, PAGE).await.unwrap_err();
    get(&fetch, PAGE).await.unwrap_err();
    assert_eq!(robots(&bench), 1);
    sleep(HOUR).await;
    for _ in 0..23 {
        get(&fetch, PAGE).await.unwrap();
        sleep(HOUR).await;
    }
    assert_eq!(robots(&bench), 2);
    sleep(HOUR).await;
    get(&fetch, PAGE).await.unwrap_err();
    assert_eq!(robots(&bench), 3);
    // Every one of them is in the ledger, under its own purpose.
    let ledger = bench.ledger.0.lock().unwrap();
    let told = ledger.iter().filter(|entry| entry.purpose == "robots.txt");
    assert_eq!(told.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn terms_a_person_accepted_stand_above_robots_txt_and_above_nothing_else() {
    let bench = Bench::new(Manners::default(), |asked| match asked.path.as_str() {
        "/robots.txt" => page(200, &[], "User-agent: *\nDisallow: /"),
        _ => page(200, &[], ""),
    });
    let broker = bench.broker();
    let accepted = broker.granted(grant(true), "discover");
    let plain = broker.granted(grant(false), "discover");
    get(&accepted, PAGE).await.unwrap();
    get(&accepted, PAGE).await.unwrap();
    assert_eq!(bench.paths(), ["/jobs", "/jobs"]);
    assert!(bench.clock.elapsed() >= Duration::from_secs(5));
    get(&plain, PAGE).await.unwrap_err();
}

/// A server whose page has these headers, and says when it did not change.
fn serving(headers: &'static [(&'static str, &'static str)]) -> Bench {
    Bench::new(Manners::default(), move |asked| {
        let known = asked.header("if-none-match") == Some("\"1\"")
            || asked.header("if-modified-since").is_some();
        match asked.path.as_str() {
            "/robots.txt" => page(404, &[], ""),
            _ if known => page(304, headers, ""),
            _ => page(200, headers, "jobs"),
        }
    })
}

/// How often a page is sent and asked about in ten hourly visits.
async fn visits(headers: &'static [(&'static str, &'static str)]) -> (usize, usize) {
    let bench = serving(headers);
    for visit in 0..10 {
        // Half of them after a restart.
        let fetch = bench.fetch();
        for _ in 0..2 {
            let answer = get(&fetch, PAGE).await.unwrap();
            assert_eq!(
                (answer.status, answer.body.as_slice()),
                (200, &b"jobs"[..]),
                "{visit}"
            );
            sleep(HOUR / 2).await;
        }
    }
    let ledger = bench.ledger.0.lock().unwrap();
    let of = |status| {
        ledger
            .iter()
            .filter(|entry| entry.status == Some(status))
            .count()
    };
    assert_eq!(
        ledger.iter().filter(|entry| entry.url == PAGE).count(),
        of(200) + of(304)
    );
    (of(200), of(304))
}

#[tokio::test(start_paused = true)]
async fn what_did_not_change_is_sent_once() {
    for (headers, expected) in [
        (&[][..], (20, 0)),
        (&[("etag", "\"1\"")], (1, 19)),
        (
            &[("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")],
            (1, 19),
        ),
        (&[("etag", "\"1\""), ("cache-control", "no-cache")], (1, 19)),
        (&[("etag", "\"1\""), ("cache-control", "no-store")], (20, 0)),
        (&[("cache-control", "max-age=5400")], (7, 0)),
        (
            &[("etag", "\"1\""), ("cache-control", "max-age=5400")],
            (1, 6),
        ),
        (&[("cache-control", "max-age=31536000")], (1, 0)),
    ] {
        assert_eq!(visits(headers).await, expected, "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_never_answered_from_what_is_kept_and_ends_what_was() {
    let bench = serving(&[("cache-control", "max-age=5400")]);
    let fetch = bench.fetch();
    get(&fetch, PAGE).await.unwrap();
    get(&fetch, PAGE).await.unwrap();
    assert_eq!(bench.paths(), ["/robots.txt", "/jobs"]);
    for _ in 0..2 {
        ask(&fetch, Method::PostJson, PAGE).await.unwrap();
    }
    get(&fetch, PAGE).await.unwrap();
    assert_eq!(bench.paths().len(), 5);
}

/// How many requests a fetch makes where the first of them fail so.
async fn attempts(
    method: Method,
    failures: usize,
    reply: Reply,
) -> (usize, Result<u16, FetchError>) {
    let failed = AtomicUsize::new(0);
    let bench = Bench::new(manners(), move |asked| match asked.path.as_str() {
        "/robots.txt" => page(404, &[], ""),
        _ if failed.fetch_add(1, Ordering::SeqCst) < failures => reply.clone(),
        _ => page(200, &[], "jobs"),
    });
    let answer = ask(&bench.fetch(), method, PAGE).await;
    (bench.paths().len() - 1, answer.map(|answer| answer.status))
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_may_pass_is_tried_three_times_more_and_no_other() {
    let bad_gateway = || page(502, &[], "");
    for (method, failures, reply, expected) in [
        (Method::Get, 1, Reply::Nothing, (2, Some(200))),
        (Method::Get, 3, Reply::Nothing, (4, Some(200))),
        (Method::Get, 9, Reply::Nothing, (4, None)),
        (Method::Get, 2, bad_gateway(), (3, Some(200))),
        (Method::Get, 9, bad_gateway(), (4, Some(502))),
        (Method::Get, 9, page(503, &[], ""), (4, Some(503))),
        (Method::Get, 1, page(504, &[], ""), (2, Some(200))),
        (Method::Get, 9, page(500, &[], ""), (1, Some(500))),
        (Method::Get, 9, page(501, &[], ""), (1, Some(501))),
        (Method::Get, 9, page(404, &[], ""), (1, Some(404))),
        (Method::Get, 9, page(429, &[], ""), (1, None)),
        (
            Method::Get,
            9,
            page(503, &[("retry-after", "9")], ""),
            (1, None),
        ),
        (Method::PostJson, 9, Reply::Nothing, (1, None)),
        (Method::PostForm, 9, bad_gateway(), (1, Some(502))),
    ] {
        let shown = format!("{method:?} {failures} {reply:?}");
        let (asked, answer) = attempts(method, failures, reply).await;
        assert_eq!((asked, answer.ok()), expected, "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_domain_that_fails_is_left_alone_and_says_so() {
    let bench = Bench::new(Manners::default(), |asked| match asked.path.as_str() {
        "/robots.txt" => page(404, &[], ""),
        _ if asked.at < 3 * HOUR => page(500, &[], ""),
        _ => page(200, &[], ""),
    });
    let fetch = bench.fetch();
    for _ in 0..5 {
        assert_eq!(get(&fetch, PAGE).await.unwrap().status, 500);
    }
    let error = get(&fetch, PAGE).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "no answer: x.example failed 5 times in a row (status 500); it is tried again in 30 min"
    );
    // Another host of it is left alone too, another domain is not.
    let other = get(&fetch, "https://b.x.example/jobs").await;
    assert!(matches!(other, Err(FetchError::Failed { .. })), "{other:?}");
    assert_eq!(
        get(&fetch, "https://a.y.example/jobs")
            .await
            .unwrap()
            .status,
        500
    );

    // Asked every minute, also by a daemon that was started anew.
    let before = bench.paths().len();
    let mut answered = None;
    while answered.is_none() {
        sleep(Duration::from_secs(60)).await;
        let answer = get(&bench.fetch(), PAGE).await;
        answered = answer.ok().filter(|answer| answer.status == 200);
    }
    let pages = bench
        .paths()
        .iter()
        .skip(before)
        .filter(|path| *path == "/jobs")
        .count();
    // After 30 min, 1 h and 2 h more.
    assert_eq!(pages, 3);
    get(&bench.fetch(), PAGE).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_page_that_wants_a_person_stops_the_domain_and_is_told() {
    let html = ("content-type", "text/html");
    let challenge = page(403, &[html], "<div class=\"g-recaptcha\"></div>");
    let login = page(302, &[("location", "/login?next=/jobs")], "");
    for (reply, holds) in [
        (challenge, true),
        (page(403, &[("cf-mitigated", "challenge")], ""), true),
        (page(999, &[], ""), true),
        (login, false),
    ] {
        let shown = format!("{reply:?}");
        let bench = Bench::new(Manners::default(), move |asked| match asked.path.as_str() {
            "/robots.txt" => page(404, &[], ""),
            "/jobs" => reply.clone(),
            _ => page(200, &[], ""),
        });
        let fetch = bench.fetch();
        let error = get(&fetch, PAGE).await.unwrap_err();
        assert!(
            matches!(error, FetchError::Blocked { .. }),
            "{shown}: {error}"
        );
        let other = get(&fetch, "https://a.x.example/other").await;
        assert_eq!(other.is_err(), holds, "{shown}");
        assert!(
            !holds || matches!(other, Err(FetchError::Blocked { .. })),
            "{shown}"
        );
        assert!(!bench.paths().iter().any(|path| path.starts_with("/login")));
    }
    // An ordinary refusal is an answer.
    let bench = Bench::new(Manners::default(), |_: &Asked| page(403, &[], "no"));
    assert_eq!(get(&bench.fetch(), PAGE).await.unwrap().status, 403);
}

#[tokio::test(start_paused = true)]
async fn hosts_of_one_domain_and_plugins_share_one_pace() {
    let bench = Bench::new(Manners::default(), |asked| match asked.path.as_str() {
        "/robots.txt" if asked.host == "b.x.example" => {
            page(200, &[], "User-agent: *\nCrawl-delay: 30")
        }
        "/robots.txt" => page(404, &[], ""),
        _ => page(200, &[], ""),
    });
    let broker = bench.broker();
    for round in 0..4 {
        let fetch = broker.granted(grant(false), "discover");
        let host = ["a", "b"][round % 2];
        get(&fetch, &format!("https://{host}.x.example/jobs"))
            .await
            .unwrap();
    }
    let log = bench.log.lock().unwrap();
    for pair in log.windows(2) {
        let gap = (pair[1].at - pair[0].at).as_secs_f64();
        let least = if pair[1].host == "b.x.example" && pair[1].path == "/jobs" {
            30.0
        } else {
            5.0
        };
        assert!(
            (least..=40.0).contains(&gap),
            "{gap} before {:?}",
            pair[1].path
        );
    }
}
