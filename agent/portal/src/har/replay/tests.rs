use super::*;
use crate::har::{FormBodies, Recorder, RecorderOptions};
use serde_json::{Value, json};

/// `asked` is (method, address, type and text of the body).
fn entry(asked: (&str, &str, Option<(&str, &str)>), answer: &str) -> Value {
    let (method, url, body) = asked;
    let mut request = json!({"method": method, "url": url});
    if let Some((mime, text)) = body {
        request["postData"] = json!({"mimeType": mime, "text": text});
    }
    json!({
        "request": request,
        "response": {
            "status": 200,
            "content": {"size": answer.len(), "mimeType": "text/plain", "text": answer},
        },
    })
}

fn har(entries: Vec<Value>) -> Har {
    serde_json::from_value(json!({"log": {"version": "1.2", "entries": entries}})).unwrap()
}

fn replay(entries: Vec<Value>) -> Replay {
    Replay::from_har(har(entries)).unwrap()
}

fn request(method: Method, url: &str, body: &str) -> FetchRequest {
    FetchRequest {
        method,
        url: url.to_owned(),
        body: body.as_bytes().to_vec(),
    }
}

/// The text answered, or what is missing.
async fn ask(replay: &Replay, method: Method, url: &str, body: &str) -> Result<String, FetchError> {
    let response = replay.fetch(request(method, url, body)).await?;
    Ok(String::from_utf8(response.body).unwrap())
}

async fn check(entries: Vec<Value>, asked: (Method, &str, &str), expected: Option<&str>) {
    let (method, url, body) = asked;
    let found = ask(&replay(entries), method, url, body).await;
    match expected {
        Some(text) => assert_eq!(found, Ok(text.to_owned()), "{url} {body}"),
        None => assert!(
            matches!(&found, Err(FetchError::NoRecordedAnswer { .. })),
            "{url} {body}: {found:?}"
        ),
    }
}

#[tokio::test]
async fn the_nearest_recorded_exchange_answers() {
    const JOBS: &str = "https://jobs.example.com/list";
    let pages = || {
        vec![
            entry(("GET", &format!("{JOBS}?page=1&size=50"), None), "one"),
            entry(("GET", &format!("{JOBS}?page=2&size=50"), None), "two"),
            entry(
                ("GET", &format!("{JOBS}?page=3&size=50&lang=de"), None),
                "three",
            ),
            entry(("GET", "https://jobs.example.com:8443/list", None), "port"),
            entry(
                ("OPTIONS", "https://jobs.example.com/other", None),
                "options",
            ),
        ]
    };
    let get = |query: &str| format!("{JOBS}{query}");
    for (query, expected) in [
        ("?page=2&size=50", Some("two")),
        ("?page=2&size=50#top", Some("two")),
        // The same parameters in another order differ in none.
        ("?size=50&page=2", Some("two")),
        // Another value, an extra and a missing one count one each.
        ("?page=2&size=100", Some("two")),
        ("?page=2", Some("two")),
        ("?page=9&size=50&lang=de", Some("three")),
        ("", Some("one")),
        // A repeated name is compared value by value.
        ("?page=3&page=4&size=50&lang=de", Some("three")),
    ] {
        check(pages(), (Method::Get, &get(query), ""), expected).await;
    }
    for url in [
        "https://jobs.example.com/lists",
        "https://jobs.example.com/other",
        "https://other.example.com/list",
        "http://jobs.example.com/list",
    ] {
        check(pages(), (Method::Get, url, ""), None).await;
    }
    check(pages(), (Method::PostJson, JOBS, "{}"), None).await;
}

#[tokio::test]
async fn json_bodies_are_compared_as_values_and_forms_as_fields() {
    const SEARCH: &str = "https://jobs.example.com/search";
    let json_type = "application/json; charset=utf-8";
    let form_type = "application/x-www-form-urlencoded";
    let posts = || {
        vec![
            entry(
                (
                    "POST",
                    SEARCH,
                    Some((json_type, r#"{"offset":0,"limit":20}"#)),
                ),
                "first",
            ),
            entry(
                (
                    "POST",
                    SEARCH,
                    Some((json_type, r#"{"offset":20,"limit":20}"#)),
                ),
                "second",
            ),
            entry(("POST", SEARCH, Some((form_type, "q=a+b&p=1"))), "form"),
        ]
    };
    let check = async |method, body, expected| {
        check(posts(), (method, SEARCH, body), Some(expected)).await;
    };
    check(
        Method::PostJson,
        "{ \"limit\": 20, \"offset\": 20 }",
        "second",
    )
    .await;
    check(Method::PostForm, "q=a%20b&p=1", "form").await;
    // None is the same: the first of the equally near ones.
    check(Method::PostJson, r#"{"offset":40}"#, "first").await;
}

#[tokio::test]
async fn each_exchange_is_served_once_and_in_order() {
    const URL: &str = "https://jobs.example.com/list?page=1";
    let replay = replay(vec![
        entry(("GET", URL, None), "before"),
        entry(("GET", URL, None), "after"),
    ]);
    assert_eq!(ask(&replay, Method::Get, URL, "").await.unwrap(), "before");
    assert_eq!(replay.left(), 1);
    assert_eq!(ask(&replay, Method::Get, URL, "").await.unwrap(), "after");
    let spent = ask(&replay, Method::Get, URL, "").await;
    let request = format!("GET {URL}");
    assert_eq!(spent, Err(FetchError::NoRecordedAnswer { request }));
}

#[tokio::test]
async fn a_recorded_redirect_is_followed_to_its_page() {
    let mut away = entry(("GET", "https://jobs.example.com/acme", None), "");
    away["response"]["status"] = json!(301);
    away["response"]["redirectURL"] = json!("/boards/acme#top");
    let page = entry(
        ("GET", "https://jobs.example.com/boards/acme", None),
        "board",
    );
    let replay = replay(vec![page, away]);
    let asked = request(Method::Get, "https://jobs.example.com/acme", "");
    let response = replay.fetch(asked).await.unwrap();
    assert_eq!(response.url, "https://jobs.example.com/boards/acme");
    assert_eq!(response.body, b"board");
}

#[tokio::test]
async fn what_is_recorded_replays_to_the_same_answers() {
    let form = "application/x-www-form-urlencoded";
    let mut page = entry(("GET", "https://jobs.example.com/old", None), "page");
    page["_answeredBy"] = json!("https://jobs.example.com/new");
    let mut bytes = entry(("GET", "https://jobs.example.com/bytes", None), "/wCA");
    bytes["response"]["content"]["encoding"] = json!("base64");
    let posted = entry(
        (
            "POST",
            "https://jobs.example.com/form",
            Some((form, "q=secret")),
        ),
        "posted",
    );
    let asked = [
        request(Method::Get, "https://jobs.example.com/old", ""),
        request(Method::Get, "https://jobs.example.com/bytes", ""),
        request(
            Method::PostForm,
            "https://jobs.example.com/form",
            "q=secret",
        ),
        request(Method::Get, "https://jobs.example.com/never", ""),
    ];
    let source = replay(vec![page, bytes, posted]);
    let recorder = Recorder::new(source, RecorderOptions::default());
    let mut first = Vec::new();
    for request in asked.clone() {
        first.push(recorder.fetch(request).await);
    }
    assert_eq!(first[1].as_ref().unwrap().body, [0xff, 0x00, 0x80]);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.har");
    std::fs::write(&path, "an earlier recording").unwrap();
    recorder.write_to(&path).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("secret"), "{text}");

    let again = Replay::from_path(&path).unwrap();
    assert_eq!(again.left(), 3);
    let mut second = Vec::new();
    for request in asked {
        second.push(again.fetch(request).await);
    }
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_search_form_can_be_kept_as_it_was_sent() {
    const URL: &str = "https://jobs.example.com/search";
    let form = |text| Some(("application/x-www-form-urlencoded", text));
    let source = replay(vec![
        entry(("POST", URL, form("city=Graz")), "Graz"),
        entry(("POST", URL, form("city=Linz")), "Linz"),
    ]);
    let options = RecorderOptions {
        forms: FormBodies::Keep,
    };
    let recorder = Recorder::new(source, options);
    for city in ["city=Graz", "city=Linz"] {
        recorder
            .fetch(request(Method::PostForm, URL, city))
            .await
            .unwrap();
    }
    let again = Replay::from_har(recorder.har()).unwrap();
    let found = ask(&again, Method::PostForm, URL, "city=Linz").await;
    assert_eq!(found, Ok("Linz".to_owned()));
}

fn check_broken(text: &[u8], expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.har");
    std::fs::write(&path, text).unwrap();
    let error = Replay::from_path(&path).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_broken_recording_says_what_is_wrong() {
    let entry_of = |change: &dyn Fn(&mut Value)| {
        let mut entry = entry(("GET", "https://jobs.example.com/", None), "x");
        change(&mut entry);
        json!({"log": {"version": "1.2", "entries": [entry]}}).to_string()
    };
    check_broken(b"", "is not HAR");
    check_broken(b"\xff\xfe\x00", "is not HAR");
    check_broken(b"[]", "is not HAR");
    check_broken(br#"{"log": {"version": "1.2"}}"#, "is not HAR");
    check_broken(
        br#"{"log": {"version": "2.0", "entries": []}}"#,
        "HAR version \"2.0\" is not known",
    );
    check_broken(
        entry_of(&|entry| entry["request"]["url"] = json!("/list")).as_bytes(),
        "entry 0 of the recording is broken: its address \"/list\"",
    );
    check_broken(
        entry_of(&|entry| entry["response"]["content"]["encoding"] = json!("base64")).as_bytes(),
        "its base64 cannot be read",
    );
    check_broken(
        entry_of(&|entry| entry["response"]["content"]["encoding"] = json!("rot13")).as_bytes(),
        "its encoding \"rot13\" is not known",
    );
    check_broken(
        entry_of(&|entry| entry["response"]["status"] = json!(70_000)).as_bytes(),
        "is not HAR",
    );
    let missing = Replay::from_path(Path::new("/nowhere/session.har")).unwrap_err();
    assert!(matches!(missing, HarError::Read { .. }), "{missing}");
}

#[test]
fn a_recording_with_a_byte_order_mark_and_unanswered_entries_is_read() {
    let mut blocked = entry(("GET", "https://jobs.example.com/", None), "");
    blocked["response"]["status"] = json!(0);
    let kept = entry(("GET", "https://jobs.example.com/", None), "x");
    let log = json!({"log": {"version": "1.2", "entries": [blocked, kept]}});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bom.har");
    std::fs::write(&path, format!("\u{feff}{log}")).unwrap();
    assert_eq!(Replay::from_path(&path).unwrap().left(), 1);
}
