//! Healthy pages: a fresh browser in its default profile, and the approved
//! request arrives exactly once, whole.

use std::time::{Duration, Instant};

use agent_browser::gate::{Journal, Stage};

use crate::browser::{Browser, form, is_post, rounds};
use crate::order::{BODY, Plan};
use crate::site::{Answer, Site, V12};

/// A page, and what the server does beside it.
struct Healthy {
    name: &'static str,
    page: String,
    plan: fn() -> Plan,
    answer: Answer,
    tls12: bool,
    delay: Duration,
}

impl Healthy {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            page: form(""),
            plan: Plan::form,
            answer: Answer::to(303, "/thanks"),
            tls12: false,
            delay: Duration::ZERO,
        }
    }

    /// Runs the case once; how long the answer took after the button.
    async fn run(&self) -> Duration {
        let (page, answer) = (self.page.clone(), self.answer.clone());
        let script = move |asked: &crate::site::Asked| match asked.target.as_str() {
            "/form" => Answer::html(&page),
            _ if is_post(asked) => answer.clone(),
            "/thanks" => Answer::html("<p id=thanks>Thank you"),
            "/worker.js" => Answer::script("setInterval(() => fetch('/poll'), 5)"),
            _ => Answer::text(""),
        };
        let versions = if self.tls12 { V12 } else { crate::site::BOTH };
        let site = Site::speaking(versions, script).await;
        let browser = Browser::at_a_distance(&site, self.delay).await;
        let plan = (self.plan)();
        browser.prepare(&plan).await;
        assert!(site.posts("/apply").is_empty());
        assert_eq!(Journal::read(&plan.journal()), Journal::Armed);
        let pressed = Instant::now();
        browser.press().await;
        browser.until(|stage| stage == Stage::Open).await;
        let took = pressed.elapsed();
        if matches!(self.answer, Answer::Page(303, ..)) {
            let mut log = site.log();
            let there = log.wait_for(|asked| asked.iter().any(|asked| asked.target == "/thanks"));
            let there = tokio::time::timeout(crate::browser::LONG, there).await;
            assert!(there.is_ok(), "{}: {:?}", self.name, browser.gate.report());
        }
        browser.gate.close().await;
        let posts = site.posts("/apply");
        assert_eq!(posts.len(), 1, "{}", self.name);
        assert!(posts[0].whole, "{}", self.name);
        if plan.files.is_empty() {
            assert_eq!(
                String::from_utf8_lossy(&posts[0].body),
                BODY,
                "{}",
                self.name
            );
        } else {
            let file = std::fs::read(plan.file()).unwrap();
            let found = posts[0].body.windows(file.len()).any(|bytes| bytes == file);
            assert!(found, "{}: the file is not in the body", self.name);
        }
        assert_eq!(
            Journal::read(&plan.journal()),
            Journal::Spent {
                release: 0,
                answered: true
            }
        );
        assert!(browser.gate.forwarded() >= posts[0].body.len() as u64);
        browser.end().await;
        took
    }
}

#[tokio::test]
async fn p2_a_healthy_form_arrives_exactly_once() {
    let count = rounds(5, 60);
    let mut took = Vec::new();
    for _ in 0..count {
        took.push(Healthy::new("healthy").run().await);
    }
    took.sort();
    eprintln!(
        "healthy forms in fresh browsers: {count} of {count} arrived exactly once, answered after {:?} (median) and {:?} (longest)",
        took[count / 2],
        took[count - 1],
    );
}

/// A page that is never quiet.
const BUSY: &str = "<link rel=preconnect href=https://jobs.test><script>\
    setInterval(() => fetch('/poll').catch(() => 0), 5); new Worker('/worker.js');\
    setInterval(() => { const link = document.createElement('link'); link.rel = 'preconnect';\
    link.href = 'https://jobs.test'; document.head.append(link); }, 20);\
    setInterval(() => { try { new WebSocket('wss://jobs.test/socket') } catch {} }, 20)</script>";

#[tokio::test]
async fn p2_a_page_that_polls_preconnects_and_opens_sockets_loses_nothing() {
    let count = rounds(1, 40);
    for _ in 0..count {
        let page = form(BUSY);
        let name = "polling, preconnects and sockets";
        Healthy {
            page,
            ..Healthy::new(name)
        }
        .run()
        .await;
    }
    eprintln!("busy pages: {count} of {count} arrived exactly once");
}

#[tokio::test]
async fn p2_files_old_tls_and_long_ways_lose_nothing() {
    let file = "<input type=file name=cv><script>document.forms[0].enctype = 'multipart/form-data'</script>";
    let cases = [
        Healthy {
            page: form(file),
            plan: || Plan::form().with_file(400_000),
            ..Healthy::new("400 kB file")
        },
        Healthy {
            answer: Answer::html("<p>Thank you"),
            ..Healthy::new("answer without redirect")
        },
        Healthy {
            tls12: true,
            ..Healthy::new("TLS 1.2")
        },
        Healthy {
            delay: Duration::from_millis(100),
            ..Healthy::new("200 ms away")
        },
        Healthy {
            delay: Duration::from_millis(200),
            page: form(file),
            plan: || Plan::form().with_file(400_000),
            ..Healthy::new("a file 400 ms away")
        },
    ];
    let count = rounds(1, 10);
    for case in cases {
        for _ in 0..count {
            case.run().await;
        }
        eprintln!("{}: {count} of {count} arrived exactly once", case.name);
    }
}
