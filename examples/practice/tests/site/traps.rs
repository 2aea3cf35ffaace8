use std::pin::pin;
use std::time::Duration;

use practice::{CONTROL_HOST, OpeningInfo, Running, Shape, Trap, TrapClass};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::applicant::{UPLOADS, facts, fill, place};
use crate::applications::confirmation;
use crate::client::Client;
use crate::forms::{fullest, start};
use crate::html::{tags, with_id};
use crate::refusals::messages;

struct Scene<'a> {
    running: &'a Running,
    client: &'a Client,
    opening: OpeningInfo,
}

impl Scene<'_> {
    async fn page(&self) -> String {
        let (host, target) = place(&self.opening.form_url);
        self.client.get(&host, &target).await.unwrap().text()
    }

    fn shape(&self) -> Shape {
        self.opening.shape
    }

    /// Applications accepted and deliveries noted.
    fn counts(&self) -> (usize, usize) {
        let posts = self.running.posts().into_iter();
        let posts = posts
            .filter(|p| p.method == "POST" && p.host != UPLOADS)
            .count();
        (self.running.applications().len(), posts)
    }
}

/// Labels with their stars, options and hidden values: what a reader of the
/// form sees of it, tokens left out.
fn seen(shape: Shape, html: &str) -> Vec<String> {
    let mut seen = Vec::new();
    for tag in tags(html) {
        let token = ["authenticity_token", "csrfToken"].contains(&tag.get("name"));
        match tag.name.as_str() {
            "label" | "legend" | "option" | "div" => seen.push(tag.text.clone()),
            "span" if tag.get("class") == "asterisk" => seen.push("*".to_owned()),
            "form" => seen.push(tag.get("action").to_owned()),
            "input" if tag.get("type") == "hidden" && !token => {
                seen.push(tag.get("value").to_owned());
            }
            "input" | "textarea" | "select" => {
                seen.push(format!("{} {}", tag.get("name"), tag.has("required")));
            }
            _ => {}
        }
    }
    if shape == Shape::GreenhouseNew {
        let facts = facts(html);
        seen.push(facts["action"].to_string());
        let fields = facts["fields"].as_array().unwrap().iter();
        seen.extend(fields.map(ToString::to_string));
    }
    seen
}

/// What stands in one and not in the other.
fn only_in(one: &[String], other: &[String]) -> Vec<String> {
    let only = one.iter().filter(|text| !other.contains(text));
    only.cloned().collect()
}

async fn check_change(scene: &Scene<'_>, trap: Trap) {
    let (shape, path) = (scene.shape(), place(&scene.opening.form_url).1);
    let healthy = seen(shape, &scene.page().await);
    scene.running.set_trap(trap, &path);
    let trapped = seen(shape, &scene.page().await);
    let (gone, come) = (only_in(&healthy, &trapped), only_in(&trapped, &healthy));
    assert_ne!(healthy, trapped, "{trap:?} {shape:?}");
    match trap {
        Trap::FieldAdded => assert!(
            come.iter()
                .any(|t| t.contains("What is your date of birth?"))
        ),
        Trap::OptionRemoved => assert!(!gone.is_empty()),
        Trap::OptionRenamed => assert!(come.iter().any(|t| t.contains("without pay"))),
        Trap::ActionChanged => assert!(come.iter().any(|t| t.contains("/received"))),
        Trap::ActionOriginChanged => {
            assert!(come.iter().any(|t| t.contains("collect.practice.test")))
        }
        Trap::HiddenSwapped => assert_eq!((gone.len(), come.len()), (1, 1)),
        // The same words in another order, unless all facts of a field are one.
        Trap::LabelSwapped => assert_eq!(gone.is_empty(), shape != Shape::GreenhouseNew),
        _ => {}
    }
    // The changed form is served in earnest: who fills it is taken.
    let (accepted, posts) = scene.counts();
    let filled = fill(scene.client, &scene.opening).await;
    let answer = filled.send(scene.client).await.unwrap();
    let foreign = trap == Trap::ActionOriginChanged;
    let expected = (accepted + usize::from(!foreign), posts + 1);
    assert_eq!(
        scene.counts(),
        expected,
        "{trap:?} {shape:?}: {}",
        answer.text()
    );
    scene.running.clear_trap(trap, &path);
    assert_eq!(seen(shape, &scene.page().await), healthy);
}

async fn check_script(scene: &Scene<'_>, trap: Trap, mark: &str) {
    assert!(
        !scene.page().await.contains(mark),
        "{trap:?} is always there"
    );
    scene.running.set_trap(trap, "");
    assert!(scene.page().await.contains(mark), "{trap:?} is not there");
    // The form is the same, and still right.
    let filled = fill(scene.client, &scene.opening).await;
    confirmation(scene.shape(), &filled.send(scene.client).await.unwrap());
    scene.running.clear_traps();
    assert!(!scene.page().await.contains(mark), "{trap:?} stays");
}

/// Sends and reads what comes, until the connection ends in whatever way.
async fn bytes_until_end(scene: &Scene<'_>) -> (Vec<u8>, Option<std::io::ErrorKind>) {
    let filled = fill(scene.client, &scene.opening).await;
    let mut stream = scene.client.connect(&filled.host).await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Length: 3\r\n\r\na=b",
        filled.target, filled.host
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).await.err();
    (bytes, end.map(|error| error.kind()))
}

async fn check_transport(scene: &Scene<'_>, trap: Trap) {
    scene.running.set_trap(trap, "");
    let (accepted, posts) = scene.counts();
    let mut taken = 0;
    match trap {
        Trap::ReadAndClose => {
            let (bytes, end) = bytes_until_end(scene).await;
            assert_eq!(
                (bytes.len(), end),
                (0, Some(std::io::ErrorKind::UnexpectedEof))
            );
        }
        Trap::ReadAndReset => {
            let (bytes, end) = bytes_until_end(scene).await;
            assert_eq!(
                (bytes.len(), end),
                (0, Some(std::io::ErrorKind::ConnectionReset))
            );
        }
        Trap::OneByte => {
            let (bytes, _) = bytes_until_end(scene).await;
            assert_eq!(bytes, b"H");
        }
        Trap::NeverAnswers => {
            let asked = tokio::time::timeout(Duration::from_secs(1), bytes_until_end(scene));
            assert!(asked.await.is_err());
        }
        Trap::RedirectToSelf | Trap::ErrorAfterAccept | Trap::SlowAnswer => {
            let filled = fill(scene.client, &scene.opening).await;
            let mut sent = pin!(filled.send(scene.client));
            if trap == Trap::SlowAnswer {
                let soon = tokio::time::timeout(Duration::from_secs(1), sent.as_mut());
                assert!(soon.await.is_err(), "it is not slow");
            }
            let answer = sent.await.unwrap();
            if trap == Trap::RedirectToSelf {
                assert_eq!(answer.status, 307);
                let again = format!("location: {}\r\n", filled.target);
                assert!(answer.head.contains(&again), "{}", answer.head);
            } else {
                taken = 1;
                assert_eq!(answer.status == 500, trap == Trap::ErrorAfterAccept);
            }
        }
        other => panic!("{other:?} is no fault of the transport"),
    }
    assert_eq!(scene.counts(), (accepted + taken, posts + 1), "{trap:?}");
    scene.running.clear_traps();
    let filled = fill(scene.client, &scene.opening).await;
    confirmation(scene.shape(), &filled.send(scene.client).await.unwrap());
}

async fn check_refusal(scene: &Scene<'_>, trap: Trap) {
    let shape = scene.shape();
    let filled = fill(scene.client, &scene.opening).await;
    scene.running.set_trap(trap, "");
    let (accepted, _) = scene.counts();
    let page = scene.page().await;
    match trap {
        Trap::CaptchaWall => assert!(with_id(&page, "challenge").is_some()),
        Trap::LoginWall => assert!(with_id(&page, "login_password").is_some()),
        Trap::Refuses => {
            let answer = filled.send(scene.client).await.unwrap();
            let said = messages(shape, &answer);
            assert!(said[0].starts_with("This job is not open"), "{said:?}");
            assert_eq!(scene.counts().0, accepted);
        }
        Trap::CodeWall => {
            let answer = filled.send(scene.client).await.unwrap();
            match shape {
                Shape::GreenhouseNew => assert_eq!(answer.json()["code_required"], true),
                Shape::GreenhouseClassic | Shape::Lever => {
                    assert!(with_id(&answer.text(), "security_code").is_some());
                }
            }
            assert_eq!(scene.counts().0, accepted);
        }
        other => panic!("{other:?} is no refusal"),
    }
    let walled = matches!(trap, Trap::CaptchaWall | Trap::LoginWall);
    let form = ["application_form", "application-form"];
    let shown = form.iter().any(|id| with_id(&page, id).is_some());
    assert_eq!(shown, !walled, "{trap:?}");
    scene.running.clear_traps();
    confirmation(shape, &filled.send(scene.client).await.unwrap());
}

/// A word that stands in the script of a trap and nowhere else.
fn mark(trap: Trap) -> Option<&'static str> {
    Some(match trap {
        Trap::ValueChanged => "a moment after it was filled",
        Trap::ValueChangedAtSubmit => "when it is too late to look",
        Trap::ScriptRetry => "attempt += 1",
        Trap::DoubleSubmit => "keepalive: true",
        Trap::SelfSubmit => "2000);",
        Trap::EnterSubmits => "Enter submits from wherever",
        Trap::WorkerFetch => "new Worker(",
        Trap::ServiceWorker => "serviceWorker.register('/practice-sw.js'",
        Trap::IframeForm => "createElement('iframe')",
        Trap::PopupForm => "window.open(",
        Trap::Autosave => "'autosave'",
        Trap::Beacon => "navigator.sendBeacon",
        Trap::GetLeak => "new Image()",
        Trap::Websocket => "new WebSocket(",
        Trap::Stun => "new RTCPeerConnection(",
        Trap::PrefetchLeak => "'dns-prefetch'",
        Trap::CssLeak => "background-image",
        Trap::Preselected => "Chooses what nobody chose",
        Trap::HiddenSwapped
        | Trap::LabelSwapped
        | Trap::ActionChanged
        | Trap::ActionOriginChanged
        | Trap::OptionRemoved
        | Trap::OptionRenamed
        | Trap::FieldAdded
        | Trap::RequiredChanged
        | Trap::ReadAndClose
        | Trap::ReadAndReset
        | Trap::OneByte
        | Trap::RedirectToSelf
        | Trap::ErrorAfterAccept
        | Trap::SlowAnswer
        | Trap::NeverAnswers
        | Trap::Refuses
        | Trap::CaptchaWall
        | Trap::LoginWall
        | Trap::CodeWall => return None,
    })
}

async fn check_all(shape: Shape) {
    let (running, client) = start().await;
    let opening = fullest(&running, shape);
    let scene = Scene {
        running: &running,
        client: &client,
        opening,
    };
    for trap in Trap::ALL.iter().copied() {
        match (mark(trap), trap.class()) {
            (Some(mark), _) => check_script(&scene, trap, mark).await,
            (None, TrapClass::Change) => check_change(&scene, trap).await,
            (None, TrapClass::Transport) => check_transport(&scene, trap).await,
            (None, TrapClass::Refusal) => check_refusal(&scene, trap).await,
            (None, class) => panic!("{trap:?}, a {class:?}, has no script"),
        }
    }
}

#[tokio::test]
async fn each_trap_shows_on_the_classic_page_and_leaves_when_it_is_lifted() {
    check_all(Shape::GreenhouseClassic).await;
}

#[tokio::test]
async fn each_trap_shows_on_the_newer_page_and_leaves_when_it_is_lifted() {
    check_all(Shape::GreenhouseNew).await;
}

#[tokio::test]
async fn each_trap_shows_on_levers_page_and_leaves_when_it_is_lifted() {
    check_all(Shape::Lever).await;
}

#[tokio::test]
async fn traps_are_set_over_the_control_host_for_one_path_or_all() {
    let (running, client) = start().await;
    let shape = Shape::Lever;
    let trapped = fullest(&running, shape);
    let other = running
        .openings()
        .into_iter()
        .find(|o| o.shape == shape && o.id != trapped.id)
        .unwrap();
    let path = place(&trapped.form_url).1;
    let cases = [
        (format!("kind=beacon&path={path}"), 200, (true, false)),
        (
            format!("kind=beacon&path={path}&off=1"),
            200,
            (false, false),
        ),
        ("kind=beacon".to_owned(), 200, (true, true)),
        (format!("kind=none&path={path}"), 200, (true, true)),
        ("kind=none".to_owned(), 200, (false, false)),
        ("kind=tantrum".to_owned(), 400, (false, false)),
        (String::new(), 400, (false, false)),
    ];
    for (query, status, expected) in cases {
        let answer = client
            .post(CONTROL_HOST, &format!("/trap?{query}"), "")
            .await
            .unwrap();
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
        let mut leaks = Vec::new();
        for opening in [&trapped, &other] {
            let (host, target) = place(&opening.form_url);
            let page = client.get(&host, &target).await.unwrap().text();
            leaks.push(page.contains("sendBeacon"));
        }
        assert_eq!((leaks[0], leaks[1]), expected, "{query}");
    }
    let listed = client.get(CONTROL_HOST, "/traps").await.unwrap().json();
    assert_eq!(listed["known"].as_array().unwrap().len(), Trap::ALL.len());
    assert_eq!(listed["set"].as_array().unwrap().len(), 0);
}
