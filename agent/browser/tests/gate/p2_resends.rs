//! Faults of the server and pages that send again: the approved request arrives
//! at most once, and what is known of it is the truth.

use agent_browser::gate::{Journal, Stage};

use crate::browser::{Browser, form, is_post, rounds};
use crate::order::Plan;
use crate::site::{Answer, Asked, Site};

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The answer came.
    Answered,
    /// None came, and the gate is shut.
    Unanswered,
}

struct Case {
    name: &'static str,
    /// What the page has besides the form.
    page: &'static str,
    /// What the server does with the first POST, and with every other.
    first: Answer,
    end: End,
    /// Part of the description of a request that must have been refused.
    refused: Option<&'static str>,
}

fn thanks() -> Answer {
    Answer::html("<p>Thank you")
}

impl Case {
    async fn run(&self) -> usize {
        let (page, first) = (form(self.page), self.first.clone());
        let site = Site::start(move |asked: &Asked| match asked.target.as_str() {
            "/form" => Answer::html(&page),
            "/worker.js" => Answer::script(
                "postMessage(0); onmessage = event => { const send = () => fetch('/apply', {method: 'POST', body: new URLSearchParams(event.data)}); send(); send(); }",
            ),
            "/sw.js" => Answer::script(
                "onfetch = event => event.respondWith((async () => { fetch(event.request.clone()); return fetch(event.request); })())",
            ),
            _ if is_post(asked) => first.clone(),
            "/socket" => Answer::Upgrade,
            _ => Answer::text("ok"),
        })
        .await;
        let browser = Browser::start(&site).await;
        let plan = Plan::form();
        browser.prepare(&plan).await;
        browser.press().await;
        let wanted = match self.end {
            End::Answered => Stage::Open,
            End::Unanswered => Stage::Closed,
        };
        browser.until(|stage| stage == wanted).await;
        if let Some(words) = self.refused {
            browser.until_refused(words).await;
        }
        browser.gate.close().await;
        let posts = site.posts("/apply").len();
        assert_eq!(posts, 1, "{}: {:?}", self.name, browser.gate.report());
        let answered = self.end == End::Answered;
        let journal = Journal::read(&plan.journal());
        assert_eq!(
            journal,
            Journal::Spent {
                release: 0,
                answered
            },
            "{}",
            self.name
        );
        assert!(browser.gate.forwarded() > 0, "{}", self.name);
        assert_eq!(site.sending(), ["POST /apply"], "{}", self.name);
        browser.end().await;
        posts
    }
}

fn cases() -> Vec<Case> {
    let case = |name, page, first, end, refused| Case {
        name,
        page,
        first,
        end,
        refused,
    };
    let fault = |name, first| case(name, "", first, End::Unanswered, None);
    let page = |name, page, refused| case(name, page, thanks(), End::Answered, Some(refused));
    vec![
        fault("read and close", Answer::Fin),
        fault("read and reset", Answer::Rst),
        fault("one byte and close", Answer::Broken(b"H".to_vec())),
        case(
            "307 to itself",
            "",
            Answer::to(307, "/apply"),
            End::Answered,
            Some("POST https://jobs.test/apply"),
        ),
        case(
            "500 after accepting",
            "",
            Answer::Page(500, String::new(), b"no".to_vec()),
            End::Answered,
            None,
        ),
        page(
            "script retries",
            "<script>document.forms[0].onsubmit = event => { event.preventDefault();\
            const body = new URLSearchParams(new FormData(document.forms[0]));\
            const send = () => fetch('/apply', {method: 'POST', body}); send().then(send).catch(send); }</script>",
            "POST https://jobs.test/apply",
        ),
        page(
            "two at once",
            "<script>document.forms[0].onsubmit = () => {\
            const body = new URLSearchParams(new FormData(document.forms[0]));\
            fetch('/apply', {method: 'POST', body, keepalive: true}).catch(() => 0); }</script>",
            "POST https://jobs.test/apply",
        ),
        page(
            "worker",
            "<script>const worker = new Worker('/worker.js');\
            window.ready = new Promise(done => worker.onmessage = () => done()); document.forms[0].onsubmit = event => {\
            event.preventDefault(); worker.postMessage(new URLSearchParams(new FormData(document.forms[0])).toString()); }</script>",
            "POST https://jobs.test/apply",
        ),
        page(
            "beacon",
            "<script>document.forms[0].onsubmit = () => {\
            navigator.sendBeacon('/beacon', new FormData(document.forms[0])); }</script>",
            "POST https://jobs.test/beacon",
        ),
        page(
            "copy by an iframe",
            "<iframe name=frame></iframe><script>document.forms[0].onsubmit = () => {\
            const copy = document.forms[0].cloneNode(true); copy.action = '/copy'; copy.target = 'frame';\
            copy.hidden = true; document.body.append(copy); copy.submit(); }</script>",
            "POST https://jobs.test/copy",
        ),
        page(
            "copy by a popup",
            "<script>document.forms[0].onsubmit = () => {\
            const copy = document.forms[0].cloneNode(true); copy.action = '/copy'; copy.target = '_blank';\
            copy.hidden = true; document.body.append(copy); copy.submit(); }</script>",
            "POST https://jobs.test/copy",
        ),
        page(
            "service worker",
            "<script>window.ready = navigator.serviceWorker.register('/sw.js').catch(() => 0)</script>",
            "GET https://jobs.test/sw.js",
        ),
        page(
            "sent again when it leaves",
            "<script>addEventListener('pagehide', () => fetch('/again', {\
            method: 'POST', body: 'again', keepalive: true}))</script>",
            "POST https://jobs.test/again",
        ),
        case(
            "sockets while it is sent",
            "<script>document.forms[0].onsubmit = () => {\
            for (let i = 0; i < 9; i++) new WebSocket('wss://jobs.test/socket'); }</script>",
            thanks(),
            End::Answered,
            None,
        ),
    ]
}

#[tokio::test]
async fn p2_no_fault_and_no_page_makes_a_second_arrival() {
    let count = rounds(1, 10);
    for case in cases() {
        let mut arrivals = 0;
        for _ in 0..count {
            arrivals += case.run().await;
        }
        eprintln!("{}: {count} runs, {arrivals} arrivals", case.name);
    }
}

#[tokio::test]
async fn p2_a_browser_that_goes_away_shuts_the_gate() {
    let page = form("");
    let site = Site::start(move |_: &Asked| Answer::html(&page)).await;
    let browser = Browser::start(&site).await;
    let plan = Plan::form();
    browser.prepare(&plan).await;
    assert_eq!(*browser.gate.stages().borrow(), Stage::Waiting(0));
    browser.quit().await;
    browser.until(|stage| stage == Stage::Closed).await;
    assert_eq!(Journal::read(&plan.journal()), Journal::Armed);
    assert!(site.sending().is_empty());
}
