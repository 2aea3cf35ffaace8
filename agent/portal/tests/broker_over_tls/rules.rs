//! What is sent and what is written down.

use agent_portal::broker::FetchLimits;
use agent_portal::fetch::{FetchError, Method};

use crate::site::{AGENT, After, Answer, Site, page};

const JSON: &[(&str, &str)] = &[("content-type", "Application/JSON; charset=UTF-8")];

#[tokio::test]
async fn p4_a_granted_page_arrives_and_the_ledger_has_its_bytes() {
    let site = Site::answering(|_| page(200, JSON, "{\"jobs\":[]}")).await;
    let broker = site.broker(FetchLimits::default());
    let url = "https://jobs.example.com/v1/list?page=1&q=z%C3%BCrich";
    let response = broker.get(url).await.unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(response.url, url);
    assert_eq!(response.content_type, "application/json; charset=utf-8");
    assert_eq!(response.body, b"{\"jobs\":[]}");
    let posted = broker
        .ask(
            Method::PostJson,
            "https://jobs.example.com/search",
            "{\"q\":1}",
        )
        .await;
    assert_eq!(posted.unwrap().status, 200);

    let asked = site.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].line, "GET /v1/list?page=1&q=z%C3%BCrich");
    assert_eq!(asked[1].body, b"{\"q\":1}");
    let ledger = broker.ledger();
    assert_eq!(ledger.len(), 2);
    for (entry, asked) in ledger.iter().zip(&asked) {
        assert_eq!(entry.component, "example");
        assert_eq!(entry.purpose, "discover");
        assert_eq!(entry.host, "jobs.example.com");
        assert_eq!(entry.status, Some(200));
        assert_eq!(entry.refusal, None);
        assert_eq!(
            entry.bytes_out,
            (asked.head.len() + asked.body.len()) as u64,
            "{}",
            asked.head
        );
        let headers = "content-type: Application/JSON; charset=UTF-8\r\ncontent-length: 11\r\n";
        assert_eq!(entry.bytes_in, headers.len() as u64 + 11);
    }
    assert_eq!(ledger[0].url, url);
    assert_eq!(ledger[0].method, Method::Get);
    assert_eq!(ledger[1].method, Method::PostJson);
}

#[tokio::test]
async fn p4_a_request_says_who_we_are_and_nothing_else() {
    let site = Site::answering(|_| {
        let headers = &[("set-cookie", "sid=canary; Domain=example.com; Path=/")];
        page(200, headers, "ok")
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    for _ in 0..2 {
        broker.get("https://jobs.example.com/").await.unwrap();
    }
    let form = "name=value";
    let url = "https://jobs.example.com/search";
    broker.ask(Method::PostForm, url, form).await.unwrap();
    for asked in site.asked() {
        let names: Vec<_> = asked
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':').map(|(name, _)| name))
            .collect();
        let known = [
            "user-agent",
            "accept",
            "accept-encoding",
            "host",
            "content-type",
            "content-length",
        ];
        assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
        assert!(asked.head.contains(&format!("user-agent: {AGENT}")));
        assert!(!asked.head.contains("canary"));
    }
    let types = site.asked().pop().unwrap().head;
    assert!(types.contains("content-type: application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn p5_an_ungranted_host_is_not_asked_and_the_refusal_is_written_down() {
    let site = Site::answering(|_| page(200, JSON, "{}")).await;
    let broker = site.broker(FetchLimits::default());
    for (url, expected) in [
        (
            "https://evil.example.net/x?q=1",
            FetchError::NotGranted {
                host: "evil.example.net".to_owned(),
            },
        ),
        (
            "http://jobs.example.com/",
            FetchError::Refused {
                why: "http is not https".to_owned(),
            },
        ),
        (
            "https://127.0.0.1/",
            FetchError::Refused {
                why: "the host is a number, not a name".to_owned(),
            },
        ),
    ] {
        assert_eq!(broker.get(url).await, Err(expected.clone()), "{url}");
        let entry = broker.ledger().pop().unwrap();
        assert_eq!(entry.url, url);
        assert_eq!(entry.refusal, Some(expected.to_string()));
        assert_eq!(
            (entry.status, entry.bytes_out, entry.bytes_in),
            (None, 0, 0)
        );
    }
    assert!(site.asked().is_empty());
    broker.get("https://jobs.example.com/").await.unwrap();
    assert_eq!(site.lines(), ["GET /"]);
    assert_eq!(broker.ledger().len(), 4);
}

#[tokio::test]
async fn p4_only_a_server_with_the_right_certificate_is_told_anything() {
    let site = Site::answering(|_| page(200, JSON, "{}")).await;
    let stranger = Site::answering(|_| page(200, JSON, "{}")).await;
    let limits = FetchLimits::default();
    let check = async |broker: crate::site::Brokered, url: &str| {
        let error = broker.get(url).await.unwrap_err();
        assert!(matches!(error, FetchError::Failed { .. }), "{error}");
        let entry = broker.ledger().pop().unwrap();
        assert_eq!((entry.bytes_out, entry.bytes_in), (0, 0), "{error}");
    };
    let distrusts = site.broker_trusting(stranger.ca_pem(), limits);
    check(distrusts, "https://jobs.example.com/").await;
    check(site.broker(limits), "https://uncertified.example.com/").await;
    assert!(site.asked().is_empty());
    let trusts = site.broker(limits);
    trusts.get("https://jobs.example.com/").await.unwrap();
    assert_eq!(site.asked().len(), 1);
}

#[tokio::test]
async fn p4_a_fetch_that_is_given_up_is_written_down() {
    let site = Site::answering(|_| Answer(b"HTTP/1.1 200 OK\r\n".to_vec(), After::Hold)).await;
    let broker = site.broker(FetchLimits::default());
    let fetching = tokio::spawn({
        let broker = broker.clone();
        async move { broker.get("https://jobs.example.com/slow").await }
    });
    tokio::time::timeout(std::time::Duration::from_secs(10), async {
        while site.asked().is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    fetching.abort();
    assert!(fetching.await.unwrap_err().is_cancelled());
    let ledger = broker.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].url, "https://jobs.example.com/slow");
    assert!(ledger[0].bytes_out > 0);
    let refusal = ledger[0].refusal.as_deref().unwrap();
    assert!(refusal.contains("given up"), "{refusal}");
}

#[tokio::test]
async fn every_status_is_an_answer() {
    let site = Site::answering(|asked| {
        let status = asked.line.trim_start_matches("GET /").parse().unwrap();
        page(status, &[("content-type", "text/html")], "<p>hm</p>")
    })
    .await;
    let broker = site.broker(FetchLimits::default());
    // A redirect that leads nowhere is one too, and so is a 503 that names no time.
    for status in [200, 201, 300, 301, 302, 400, 403, 404, 410, 500, 503] {
        let url = format!("https://jobs.example.com/{status}");
        let response = broker.get(&url).await.unwrap();
        assert_eq!((response.status, response.url), (status, url));
        assert_eq!(response.body, b"<p>hm</p>");
    }
}
