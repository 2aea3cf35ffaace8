//! The proxy alone, with TLS clients in the place of a browser.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent_approval::ApprovalError;
use agent_browser::gate::{
    Decision, Gate, GateError, GateOptions, Journal, PausedRequest, PostedBody, Stage,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use crate::client::{LONG, Tunnel, ask, connect};
use crate::order::{BODY, NOW, Plan, key};
use crate::outlet::{Ledger, To};
use crate::site::{Answer, Asked, Site, V12};

async fn gate(site: &Site, delay: Duration) -> (Gate, Ledger) {
    let ledger = Ledger::default();
    let gate = Gate::start(GateOptions {
        outlet: Arc::new(To {
            address: site.address,
            delay,
        }),
        log: Arc::new(ledger.clone()),
        page_hosts: vec!["jobs.test".to_owned()],
        helper_hosts: vec!["captcha.test".to_owned()],
    });
    (gate.await.unwrap(), ledger)
}

fn ok(_: &Asked) -> Answer {
    Answer::text("ok")
}

/// The request that the form makes, as interception shows it.
pub(crate) fn submit(body: &str) -> PausedRequest {
    PausedRequest {
        method: "POST".to_owned(),
        url: "https://jobs.test/apply".to_owned(),
        headers: vec![(
            "Content-Type".to_owned(),
            "application/x-www-form-urlencoded".to_owned(),
        )],
        body: PostedBody {
            present: true,
            parts: vec![Some(body.as_bytes().to_vec())],
        },
    }
}

/// A gate whose release was approved and asked for.
async fn armed(site: &Site, delay: Duration) -> (Gate, Plan) {
    let (gate, _) = gate(site, delay).await;
    gate.shut().await;
    let plan = Plan::form();
    gate.permit(plan.order()).await.unwrap();
    assert_eq!(gate.decide(&submit(BODY)).await, Decision::Release);
    (gate, plan)
}

#[tokio::test]
async fn p4_only_tunnels_to_named_hosts_open_and_none_while_the_form_is_filled() {
    let site = Site::start(ok).await;
    let (gate, ledger) = gate(&site, Duration::ZERO).await;
    let proxy = gate.address();
    let plain = ask(
        proxy,
        "GET http://jobs.test/ HTTP/1.1\r\nHost: jobs.test\r\n\r\n",
    )
    .await
    .0;
    assert_eq!(plain, 403);
    for (host, status) in [
        ("jobs.test:443", 200),
        ("captcha.test:443", 200),
        ("jobs.test:80", 403),
        ("other.test:443", 403),
        ("127.0.0.1:443", 403),
        ("jobs.test", 400),
    ] {
        assert_eq!(connect(proxy, host).await.0, status, "{host}");
    }
    let mut tunnel = Tunnel::open(proxy, &site, "jobs.test").await;
    tunnel.post("/early", "").await;
    assert_eq!(tunnel.status().await, Some(200));
    gate.shut().await;
    let (requests, connections) = (site.asked().len(), site.connections());
    tunnel.post("/later", "secret").await;
    assert_eq!(tunnel.status().await, None);
    for host in ["jobs.test:443", "captcha.test:443"] {
        assert_eq!(connect(proxy, host).await.0, 403, "{host}");
    }
    assert_eq!(
        (site.asked().len(), site.connections()),
        (requests, connections)
    );
    assert_eq!(gate.forwarded(), 0);
    let refused = ledger.refused.lock().unwrap().join("\n");
    assert!(refused.contains("other.test:443"), "{refused}");
    let tunnels = ledger.tunnels.lock().unwrap();
    assert!(
        tunnels
            .iter()
            .any(|(host, sent, received)| host == "jobs.test" && *sent > 300 && *received > 300)
    );
}

#[tokio::test]
async fn p4_what_is_not_tls_does_not_pass() {
    let site = Site::start(ok).await;
    let (gate, _) = gate(&site, Duration::ZERO).await;
    let (status, mut stream) = connect(gate.address(), "jobs.test:443").await;
    assert_eq!(status, 200);
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut rest = Vec::new();
    let read = timeout(LONG, stream.read_to_end(&mut rest)).await.unwrap();
    assert!(matches!(read, Ok(0) | Err(_)));
    assert!(site.asked().is_empty());
    let mut twin = Tunnel::open(gate.address(), &site, "jobs.test").await;
    twin.get("/").await;
    assert_eq!(twin.status().await, Some(200));
}

async fn one_admission(
    site: Site,
    seen: Arc<Mutex<Vec<Journal>>>,
    path: Arc<Mutex<Option<std::path::PathBuf>>>,
    delay: Duration,
) {
    let (gate, plan) = armed(&site, delay).await;
    *path.lock().unwrap() = Some(plan.journal());
    assert_eq!(Journal::read(&plan.journal()), Journal::Armed);
    let proxy = gate.address();
    let mut idle = Tunnel::open(proxy, &site, "jobs.test").await;
    let closing = Tunnel::open(proxy, &site, "jobs.test").await;
    let mut first = Tunnel::open(proxy, &site, "jobs.test").await;
    // An idle connection that says goodbye spends nothing.
    let (mut closing, _) = (closing.0, ());
    let _ = closing.shutdown().await;
    assert_eq!(gate.forwarded(), 0);
    first.post("/apply", BODY).await;
    assert_eq!(first.status().await, Some(200));
    idle.post("/apply", BODY).await;
    assert_eq!(idle.status().await, None);
    assert_eq!(connect(proxy, "jobs.test:443").await.0, 403);
    assert!(gate.forwarded() >= BODY.len() as u64);
    first.post("/apply", BODY).await;
    assert_eq!(first.status().await, None);
    assert_eq!(site.posts("/apply").len(), 1);
    assert!(site.posts("/apply")[0].whole);
    let spent = |answered| Journal::Spent {
        release: 0,
        answered,
    };
    assert_eq!(
        *seen.lock().unwrap(),
        [spent(false)],
        "written down before the server had it"
    );
    gate.answered().await;
    assert_eq!(Journal::read(&plan.journal()), spent(true));
    let mut thanks = Tunnel::open(proxy, &site, "jobs.test").await;
    thanks.get("/thanks").await;
    assert_eq!(thanks.status().await, Some(200));
}

/// Has the server look at the journal when the release arrives.
async fn watched(
    versions: &[&'static tokio_rustls::rustls::SupportedProtocolVersion],
    delay: Duration,
) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let path = Arc::new(Mutex::new(None::<std::path::PathBuf>));
    let (log, journal) = (Arc::clone(&seen), Arc::clone(&path));
    let site = Site::speaking(versions, move |asked| {
        if asked.method == "POST" {
            let path = journal.lock().unwrap();
            log.lock()
                .unwrap()
                .push(Journal::read(path.as_ref().unwrap()));
        }
        Answer::text("ok")
    });
    one_admission(site.await, seen, path, delay).await;
}

#[tokio::test]
async fn p2_one_request_leaves_on_one_tunnel_and_is_written_down_before() {
    watched(crate::site::BOTH, Duration::ZERO).await;
}

#[tokio::test]
async fn p2_the_same_holds_for_tls_1_2() {
    watched(V12, Duration::ZERO).await;
}

#[tokio::test]
async fn p2_the_same_holds_over_a_long_way() {
    watched(crate::site::BOTH, Duration::from_millis(100)).await;
}

#[tokio::test]
async fn p2_two_releases_leave_in_their_order() {
    let site = Site::start(ok).await;
    let (gate, _) = gate(&site, Duration::ZERO).await;
    gate.shut().await;
    let plan = Plan::form().with_file(5000).uploading();
    gate.permit(plan.order()).await.unwrap();
    let upload = PausedRequest {
        method: "PUT".to_owned(),
        url: "https://store.test/up/77".to_owned(),
        headers: vec![("Content-Type".to_owned(), "application/pdf".to_owned())],
        body: PostedBody {
            present: true,
            parts: vec![Some(std::fs::read(plan.file()).unwrap())],
        },
    };
    let too_soon = gate.decide(&submit(BODY)).await;
    assert!(matches!(too_soon, Decision::Fail(_)), "{too_soon:?}");
    assert_eq!(gate.decide(&upload).await, Decision::Release);
    assert!(matches!(gate.decide(&upload).await, Decision::Fail(_)));
    assert_eq!(connect(gate.address(), "jobs.test:443").await.0, 403);
    let mut store = Tunnel::open(gate.address(), &site, "store.test").await;
    store.post("/up/77", &"x".repeat(5000)).await;
    assert_eq!(store.status().await, Some(200));
    assert!(matches!(
        gate.decide(&submit(BODY)).await,
        Decision::Fail(_)
    ));
    gate.answered().await;
    assert_eq!(*gate.stages().borrow(), Stage::Waiting(1));
    let decided = gate.decide(&submit(BODY)).await;
    assert_eq!(decided, Decision::Release);
    let mut jobs = Tunnel::open(gate.address(), &site, "jobs.test").await;
    jobs.post("/apply", BODY).await;
    assert_eq!(jobs.status().await, Some(200));
    gate.answered().await;
    assert_eq!(*gate.stages().borrow(), Stage::Open);
    assert_eq!(
        Journal::read(&plan.journal()),
        Journal::Spent {
            release: 1,
            answered: true
        }
    );
    assert_eq!(
        (site.posts("/up/77").len(), site.posts("/apply").len()),
        (1, 1)
    );
}

#[tokio::test]
async fn p2_dropping_the_gate_cuts_everything() {
    let site = Site::start(ok).await;
    let (gate, plan) = armed(&site, Duration::ZERO).await;
    let proxy = gate.address();
    let mut tunnel = Tunnel::open(proxy, &site, "jobs.test").await;
    drop(gate);
    tunnel.post("/apply", BODY).await;
    assert_eq!(tunnel.status().await, None);
    assert!(site.posts("/apply").is_empty());
    assert_eq!(Journal::read(&plan.journal()).forwarded_at_least(), 0);
}

#[tokio::test]
async fn p1_an_approval_that_does_not_hold_opens_nothing() {
    let site = Site::start(ok).await;
    type Spoil = fn(&Plan, &mut agent_browser::gate::ReleaseOrder);
    type Expected = fn(&GateError) -> bool;
    let cases: [(&str, Spoil, Expected); 8] = [
        (
            "another key",
            |plan, order| order.permit.approval = plan.signed(&key(8), NOW),
            |error| matches!(error, GateError::Approval(_)),
        ),
        (
            "expired",
            |_, order| order.permit.now = NOW + 15 * 60,
            |error| matches!(error, GateError::Approval(ApprovalError::Expired { .. })),
        ),
        (
            "signature changed",
            |_, order| order.permit.approval.signature[5] ^= 1,
            |error| matches!(error, GateError::Approval(_)),
        ),
        (
            "manifest changed",
            |_, order| order.permit.manifest[40] ^= 1,
            |error| {
                matches!(
                    error,
                    GateError::Approval(ApprovalError::OtherManifest { .. })
                )
            },
        ),
        (
            "approval of another",
            |_, order| {
                let mut other = Plan::form();
                other.manifest.application = "11".repeat(16);
                order.permit.approval = other.signed(&key(7), NOW);
            },
            |error| {
                matches!(
                    error,
                    GateError::Approval(ApprovalError::OtherManifest { .. })
                )
            },
        ),
        (
            "file changed",
            |plan, _| std::fs::write(plan.file(), b"other").unwrap(),
            |error| matches!(error, GateError::File { .. }),
        ),
        (
            "file missing",
            |_, order| order.files.clear(),
            |error| matches!(error, GateError::MissingFile { .. }),
        ),
        (
            "used before",
            |plan, _| std::fs::write(plan.journal(), b"").unwrap(),
            |error| matches!(error, GateError::Journal { .. }),
        ),
    ];
    for (name, spoil, expected) in cases {
        let (gate, _) = gate(&site, Duration::ZERO).await;
        gate.shut().await;
        let plan = Plan::form().with_file(900);
        let mut order = plan.order();
        spoil(&plan, &mut order);
        let error = gate.permit(order).await.unwrap_err();
        assert!(expected(&error), "{name}: {error}");
        assert!(
            matches!(gate.decide(&submit(BODY)).await, Decision::Fail(_)),
            "{name}"
        );
        assert_eq!(
            connect(gate.address(), "jobs.test:443").await.0,
            403,
            "{name}"
        );
        let twin = Plan::form().with_file(900);
        gate.permit(twin.order())
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(Journal::read(&twin.journal()), Journal::Armed);
    }
    let (early, _) = gate(&site, Duration::ZERO).await;
    let plan = Plan::form();
    assert!(
        matches!(early.permit(plan.order()).await, Err(GateError::Phase)),
        "before filling"
    );
}

#[tokio::test]
async fn p1_only_the_approved_values_leave() {
    let site = Site::start(ok).await;
    for (body, allowed) in [
        (BODY.to_owned(), true),
        (BODY.replace("Amina", "Amira"), false),
        (format!("{BODY}&salary=90000"), false),
        ("full_name=Amina+Okafor-Lindqvist".to_owned(), false),
        (String::new(), false),
    ] {
        let (gate, _) = gate(&site, Duration::ZERO).await;
        gate.shut().await;
        let plan = Plan::form();
        gate.permit(plan.order()).await.unwrap();
        let decision = gate.decide(&submit(&body)).await;
        assert_eq!(
            decision == Decision::Release,
            allowed,
            "{body}: {decision:?}"
        );
        if !allowed {
            assert_eq!(site.connections(), 0, "{body}");
            assert_eq!(
                gate.decide(&submit(BODY)).await,
                Decision::Release,
                "the right one still may"
            );
        }
    }
}
