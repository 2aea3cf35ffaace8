//! A person whose every fact is a canary, applying at the practice employer.

use std::collections::BTreeSet;

use agent_approval::{Manifest, Release, Value as Held};
use practice::{LoggedRequest, OpeningInfo, PracticeOptions, Running, Shape, Trap};
use serde_json::Value;

use super::canary::{self, CANARIES, IN_CV};
use crate::harness::{Home, employer, forms::path, wait_until};

/// Where the traps send things besides the employer.
const THIRD: &str = "metrics.practice.test";
/// Hosts that every page of the newer kind may load from.
const CHALLENGE: [&str; 2] = ["www.recaptcha.net", "www.gstatic.com"];

pub(super) struct Nest {
    pub(super) home: Home,
    pub(super) employer: Running,
    /// Titles that were applied to: one opening may be posted in several places.
    used: BTreeSet<String>,
    /// Which requests of the employer's log a signature covers.
    covered: BTreeSet<usize>,
    /// Hosts that a form or a signed release named.
    named: BTreeSet<String>,
}

impl Nest {
    /// A home that read the employer's boards.
    pub(super) async fn build() -> Self {
        let employer = employer(PracticeOptions::default()).await;
        let mut home = Home::that_read(&employer).await;
        home.start();
        let cv = home.path().join("cv.md");
        std::fs::write(&cv, canary::CV).unwrap();
        home.json(&["init", cv.to_str().unwrap()]);
        Self {
            home,
            employer,
            used: BTreeSet::new(),
            covered: BTreeSet::new(),
            named: BTreeSet::new(),
        }
    }

    /// An opening of this shape, not applied to yet, that requires an answer to a
    /// question beginning so, and that no statement of policy stops.
    pub(super) fn opening(&mut self, shape: Shape, asks: &str) -> OpeningInfo {
        let rows = self.home.jobs();
        let found = self.employer.openings().into_iter().find(|opening| {
            let labels = &opening.required;
            opening.shape == shape
                && rows.iter().any(|row| row.url.contains(&opening.id))
                && labels.iter().any(|label| label.starts_with(asks))
                && !labels.iter().any(|label| label.contains("did not use AI"))
                && !self.used.contains(&opening.title)
        });
        let found = found.unwrap_or_else(|| panic!("no {shape:?} form asks {asks:?}"));
        self.used.insert(found.title.clone());
        found
    }

    /// Applies at a page with these traps: nothing of the person leaves before the
    /// approval, and after it exactly what was approved.
    pub(super) fn apply(&mut self, opening: &OpeningInfo, traps: &[Trap]) {
        let context = format!("{traps:?} at {}", opening.form_url);
        for trap in traps {
            self.employer.set_trap(*trap, path(opening));
        }
        self.named.insert(opening.shape.host().to_owned());
        if opening.shape == Shape::GreenhouseNew {
            self.named.extend(CHALLENGE.map(str::to_owned));
        }
        let row = self.home.prepare(&self.home.job(opening));
        let id = row["id"].as_str().unwrap().to_owned();
        if row["stage"] == "needs-input" {
            let answers = self.answers(&id);
            let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
            self.home.json(&answers);
        }
        assert_eq!(self.home.stage(&id), "awaiting-approval", "{context}");
        self.assert_tried(traps, opening);
        self.assert_kept(&context);

        let manifest = Manifest::decode(&self.home.manifest(&id)).unwrap();
        let mut row = self.home.send(&id).unwrap();
        // A page that sends twice at once stands in its own way: the second is
        // refused and may take the first, or its answer, with it.
        let twice = traps.contains(&Trap::DoubleSubmit);
        if twice && row.stage == "awaiting-approval" {
            self.assert_kept(&context);
            self.employer.clear_traps();
            row = self.home.send(&id).unwrap();
        }
        let doubt = twice && row.stage == "outcome-unknown";
        assert!(doubt || row.stage == "submitted", "{context}: {row:?}");
        self.assert_arrived(opening, &manifest, &context);
        self.cover(&manifest.releases, &context);
        self.assert_kept(&context);
    }

    /// What answers everything that a form asks, with canaries.
    pub(super) fn answers(&self, id: &str) -> Vec<String> {
        let asked = self.home.json(&["answer", id]);
        let mut args = vec!["answer".to_owned(), id.to_owned(), "--keep".to_owned()];
        for question in asked["questions"].as_array().unwrap() {
            let label = question["label"].as_str().unwrap();
            let answer = match question["options"][0].as_str() {
                Some(first) => first,
                None if question["kind"] == "checkbox" => "yes",
                None if label.starts_with("How did you hear") => canary::HEARD,
                None if label.starts_with("What name should") => canary::CALLED,
                None => canary::OWN_WORDS,
            };
            args.push("--set".to_owned());
            args.push(format!("{}={answer}", question["number"]));
        }
        args
    }

    /// Nothing of the person is in the employer's log but what signatures cover,
    /// nothing in the ledger, and no host was reached that no form named.
    fn assert_kept(&self, context: &str) {
        let carried: BTreeSet<usize> = self.carrying().map(|(at, ..)| at).collect();
        let requests = self.employer.requests();
        let stray: Vec<String> = carried
            .symmetric_difference(&self.covered)
            .map(|at| {
                let found = canary::found_in(&bytes_of(&requests[*at]));
                format!("{found:?} in {}", line_of(&requests[*at]))
            })
            .collect();
        assert!(stray.is_empty(), "{context}: {stray:#?}");
        for entry in self.ledger() {
            let found = canary::found_in(entry.to_string().as_bytes());
            assert!(found.is_empty(), "{context}: {found:?} in {entry}");
            if entry["component"] == "browser" && entry["refusal"] == "" {
                let url = entry["url"].as_str().unwrap();
                let host = url.trim_start_matches("https://");
                assert!(self.named.contains(host), "{context}: a tunnel to {entry}");
            }
        }
        let apis = ["boards-api.greenhouse.io", "api.lever.co"];
        let forms = SHAPES_HOSTS
            .iter()
            .chain(&apis)
            .map(|host| (*host).to_owned());
        let known: BTreeSet<String> = forms.chain(self.named.iter().cloned()).collect();
        for request in &requests {
            assert!(
                known.contains(&request.host),
                "{context}: {}",
                line_of(request)
            );
        }
    }

    /// Requests that carry something of the person, with what.
    fn carrying(&self) -> impl Iterator<Item = (usize, LoggedRequest, Vec<&'static str>)> {
        let requests = self.employer.requests().into_iter().enumerate();
        requests.filter_map(|(at, request)| {
            let found = canary::found_in(&bytes_of(&request));
            (!found.is_empty()).then_some((at, request, found))
        })
    }

    /// The whole egress ledger, newest first.
    fn ledger(&self) -> Vec<Value> {
        let ledger = self.home.json(&["egress", "--each", "--limit", "10000"]);
        ledger["entries"].as_array().unwrap().clone()
    }

    /// A trap that did not spring proves nothing: the ledger must show that the
    /// page tried and was refused, each host under its own name.
    fn assert_tried(&self, traps: &[Trap], opening: &OpeningInfo) {
        let set = SIGNS.iter().filter(|(trap, _)| traps.contains(trap));
        for sign in set.flat_map(|(_, signs)| *signs) {
            let url = match sign.strip_prefix('/') {
                Some(_) => format!("https://{}{sign}", opening.shape.host()),
                None if sign.starts_with(THIRD) => format!("https://{sign}"),
                None => format!("{}/{sign}", opening.form_url),
            };
            wait_until(&format!("{url} is refused"), || {
                self.ledger()
                    .iter()
                    .any(|entry| entry["url"] == url.as_str() && entry["refusal"] != "")
            });
        }
        if traps.contains(&Trap::GetLeak) {
            let ledger = self.home.json(&["egress"]);
            let mut totals = ledger["totals"].as_array().unwrap().iter();
            let third = totals.find(|total| total["host"] == THIRD).unwrap();
            assert_eq!(third["requests"], third["refused"], "{third}");
            assert_eq!(third["bytes_out"], 0, "{third}");
        }
    }

    /// Exactly one application came, with every text and file of the manifest.
    fn assert_arrived(&self, opening: &OpeningInfo, manifest: &Manifest, context: &str) {
        let mut arrived = self.employer.applications();
        arrived.retain(|application| application.posting == opening.id);
        let [arrived] = arrived.as_slice() else {
            panic!("{context}: {arrived:#?}")
        };
        let page = &manifest.snapshots[0];
        for field in &page.fields {
            let Held::Text(text) = &field.value else {
                continue;
            };
            let values = arrived.fields.iter().map(|(_, value)| value);
            let mut values = values.map(|value| value.replace("\r\n", "\n"));
            assert!(values.any(|value| value == *text), "{context}: {field:?}");
        }
        assert!(!page.files.is_empty(), "{context}");
        for file in &page.files {
            let sha256 = file.sha256.to_string();
            let mut files = arrived.files.iter();
            let there = files.any(|there| there.file_name == file.name && there.sha256 == sha256);
            assert!(there, "{context}: {file:?}");
        }
    }

    /// What carries something of the person since the last signature is what the
    /// new one covers: each release once, and the whole CV within them.
    fn cover(&mut self, releases: &[Release], context: &str) {
        let new: Vec<_> = self
            .carrying()
            .filter(|(at, ..)| !self.covered.contains(at))
            .collect();
        let lines: Vec<String> = new.iter().map(|(_, request, _)| line_of(request)).collect();
        assert_eq!(new.len(), releases.len(), "{context}: {lines:#?}");
        let mut sent = BTreeSet::new();
        for ((at, request, found), release) in new.iter().zip(releases) {
            let target = format!("https://{}{}", request.host, request.target);
            let named = format!("{}{}", release.origin, release.path);
            let there = if release.path_prefix {
                target.starts_with(&named)
            } else {
                target == named
            };
            assert!(
                there && request.method == release.method,
                "{context}: {release} / {}",
                line_of(request)
            );
            self.covered.insert(*at);
            self.named.insert(request.host.clone());
            sent.extend(found.iter().copied());
        }
        for canary in &CANARIES[..IN_CV] {
            assert!(sent.contains(canary), "{context}: {canary} was to be sent");
        }
    }
}

/// Hosts of the pages.
const SHAPES_HOSTS: [&str; 3] = [
    "boards.greenhouse.io",
    "job-boards.greenhouse.io",
    "jobs.lever.co",
];

/// Where a trap is refused: below the form's own path, at the page's host, or
/// at the third party. Sockets and datagrams are stopped where nothing notes it;
/// the employer's log shows that none came.
const SIGNS: [(Trap, &[&str]); 9] = [
    (Trap::WorkerFetch, &["worker"]),
    (Trap::ServiceWorker, &["/practice-sw.js"]),
    (Trap::IframeForm, &["frame"]),
    (Trap::PopupForm, &["popup"]),
    (Trap::Autosave, &["autosave"]),
    (Trap::Beacon, &["beacon", "metrics.practice.test/beacon"]),
    (Trap::GetLeak, &["pixel", "metrics.practice.test/pixel"]),
    (
        Trap::PrefetchLeak,
        &["prefetch", "metrics.practice.test/prefetch"],
    ),
    (Trap::CssLeak, &["style"]),
];

fn line_of(request: &LoggedRequest) -> String {
    format!("{} {}{}", request.method, request.host, request.target)
}

/// Everything of a request that was kept.
fn bytes_of(request: &LoggedRequest) -> Vec<u8> {
    let texts = [&request.user_agent, &request.content_type, &request.origin];
    let texts = texts.into_iter().flatten().map(String::as_str);
    let head: Vec<&str> = [request.host.as_str(), &request.target]
        .into_iter()
        .chain(texts)
        .collect();
    let mut bytes = head.join("\n").into_bytes();
    bytes.push(b'\n');
    bytes.extend(request.body_bytes());
    bytes
}
