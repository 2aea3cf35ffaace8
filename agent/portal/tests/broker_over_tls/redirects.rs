//! Each redirect passes every rule again.

use agent_portal::broker::FetchLimits;
use agent_portal::fetch::{FetchError, Method};

use crate::site::{After, Answer, Site, head, page};

fn to(status: u16, location: &str) -> Answer {
    page(status, &[("location", location)], "")
}

/// Fetches a page that redirects to `location` and says what became of it.
async fn check(location: &'static [u8], expected: fn(&FetchError) -> bool) {
    let site = Site::answering(move |asked| {
        if asked.line == "GET /start" {
            let mut bytes = b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: ".to_vec();
            bytes.extend_from_slice(location);
            bytes.extend_from_slice(b"\r\n\r\n");
            Answer(bytes, After::Next)
        } else {
            page(200, &[], "reached")
        }
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let shown = String::from_utf8_lossy(location);
    let error = broker
        .get("https://jobs.example.com/start")
        .await
        .expect_err(&shown);
    assert!(expected(&error), "{shown:?}: {error:?}");
    assert_eq!(site.lines(), ["GET /start"], "{shown:?}");
    let ledger = broker.ledger();
    let last = ledger.last().unwrap();
    assert_eq!(last.refusal, Some(error.to_string()), "{shown:?}");
    // What was refused is written down beside what was asked.
    for refused in ledger.iter().skip(1) {
        assert_eq!((refused.status, refused.bytes_out), (None, 0), "{shown:?}");
    }
}

#[tokio::test]
async fn p5_a_redirect_leads_nowhere_a_request_may_not_go() {
    let not_granted = |error: &FetchError| matches!(error, FetchError::NotGranted { .. });
    let refused = |error: &FetchError| matches!(error, FetchError::Refused { .. });
    let too_much = |error: &FetchError| matches!(error, FetchError::TooMuch { .. });
    // hyper takes no answer with such bytes in a header.
    let failed = |error: &FetchError| matches!(error, FetchError::Failed { .. });
    check(b"https://evil.example.net/", not_granted).await;
    check(b"//evil.example.net/", not_granted).await;
    check(b"https:\\\\evil.example.net", not_granted).await;
    check(b"/\\evil.example.net/", not_granted).await;
    check(b"http://jobs.example.com/", refused).await;
    check(b"http://evil.example.net/", refused).await;
    check(b"https://127.0.0.1/", refused).await;
    check(b"https://[::1]/", refused).await;
    check(b"https://2130706433/", refused).await;
    check(b"https://localhost/", refused).await;
    check(b"https://jobs.example.com:8443/", refused).await;
    check(b"https://user@jobs.example.com/", refused).await;
    check(b"file:///etc/passwd", refused).await;
    check(b"javascript:alert(1)", refused).await;
    check(b"https://jobs.example.com/a\tb", refused).await;
    check(b"https://jobs.example.com/\xff", refused).await;
    check(b"https://jobs.example.com/\xc2\x85x", refused).await;
    check(b"https://jobs.example.com/\rX: y", failed).await;
    check(b"https://jobs.example.com/\0", failed).await;
    static LONG: [u8; 9000] = [b'a'; 9000];
    check(&LONG, too_much).await;
}

#[tokio::test]
async fn p5_a_location_with_a_line_break_makes_no_second_header_for_us() {
    let site = Site::answering(|asked| match asked.line.as_str() {
        "GET /start" => to(302, "/end%0d%0aX-Evil:1\r\nX-Evil: 2"),
        _ => page(200, &[], "reached"),
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    broker.get("https://jobs.example.com/start").await.unwrap();
    let asked = site.asked();
    assert_eq!(asked[1].line, "GET /end%0d%0aX-Evil:1");
    assert!(!asked[1].head.contains("x-evil: "), "{}", asked[1].head);
}

#[tokio::test]
async fn a_redirect_to_another_granted_host_is_followed() {
    let site = Site::answering(|asked| match asked.host.as_str() {
        "jobs.example.com" => to(301, "https://other.example.com/new#top"),
        _ => page(200, &[], "reached"),
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let response = broker.get("https://jobs.example.com/old").await.unwrap();
    assert_eq!(response.url, "https://other.example.com/new");
    assert_eq!(response.body, b"reached");
    let ledger = broker.ledger();
    let told: Vec<_> = ledger
        .iter()
        .map(|entry| (entry.host.as_str(), entry.status, entry.refusal.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("jobs.example.com", Some(301), None),
            ("other.example.com", Some(200), None),
        ]
    );
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_loop_is_not() {
    let site = Site::answering(|asked| {
        let left: u32 = asked.line.trim_start_matches("GET /").parse().unwrap();
        match left {
            0 => page(200, &[], "reached"),
            99 => to(302, "/99"),
            left => to(302, &(left - 1).to_string()),
        }
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let five = broker.get("https://jobs.example.com/5").await.unwrap();
    assert_eq!(five.body, b"reached");
    assert_eq!(site.asked().len(), 6);
    for url in ["https://jobs.example.com/6", "https://jobs.example.com/99"] {
        let before = (site.asked().len(), broker.ledger().len());
        let error = broker.get(url).await.unwrap_err();
        assert!(matches!(error, FetchError::TooMuch { .. }), "{error}");
        let asked = site.asked().len() - before.0;
        let told = broker.ledger().len() - before.1;
        assert_eq!((asked, told), (6, 7), "{url}");
    }
}

#[tokio::test]
async fn a_post_is_repeated_only_where_the_status_says_so() {
    let site = Site::answering(|asked| match asked.line.split_once(" /") {
        Some((_, "end")) => page(200, &[], "reached"),
        Some((_, status)) => to(status.parse().unwrap(), "/end"),
        None => page(400, &[], ""),
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    for (status, expected) in [
        (301, ("GET /end", "")),
        (302, ("GET /end", "")),
        (303, ("GET /end", "")),
        (307, ("POST /end", "{\"q\":1}")),
        (308, ("POST /end", "{\"q\":1}")),
    ] {
        let url = format!("https://jobs.example.com/{status}");
        broker
            .ask(Method::PostJson, &url, "{\"q\":1}")
            .await
            .unwrap();
        let last = site.asked().pop().unwrap();
        let body = String::from_utf8(last.body).unwrap();
        assert_eq!((last.line.as_str(), body.as_str()), expected, "{status}");
    }
}

#[tokio::test]
async fn the_body_of_a_redirect_is_never_read() {
    let site = Site::answering(|asked| match asked.line.as_str() {
        "GET /start" => Answer(
            head(
                302,
                &[("location", "/end"), ("content-encoding", "gzip")],
                &[],
            ),
            After::Repeat(vec![0; 16 * 1024]),
        ),
        _ => page(200, &[], "reached"),
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    let response = broker.get("https://jobs.example.com/start").await.unwrap();
    assert_eq!(response.body, b"reached");
}
