//! Applying with what is missing, broken, odd or gone: one clear line, nothing
//! lost, and the next command works.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Stdio};

use agent_api::reason;
use practice::{Fault, FaultKind, OpeningInfo, PracticeOptions, Shape, Trap};

use crate::harness::{
    Home, component, employer,
    forms::{Forms, path, reason_of},
    long, sample_cv, wait_until,
};

/// A program in place of another one.
fn program(home: &Home, name: &str, script: &str) -> String {
    let path = home.path().join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Starts the daemon anew with these lines of configuration.
fn configured(home: &mut Home, lines: &str) {
    home.stop();
    fs::write(home.paths().config_file(), lines).unwrap();
    home.start();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_missing_or_of_another_version_is_said_and_nothing_is_lost() {
    let mut forms = Forms::read().await;
    let opening = forms.opening(Shape::GreenhouseClassic, "");
    let home = &mut forms.home;
    let job = home.job(&opening);
    let other = program(home, "other-driver", "echo 'ChromeDriver 99.0.1.2 (abc)'");
    let silent = program(home, "silent", "exit 0");
    let broken = program(
        home,
        "broken-driver",
        "test \"$1\" = --version && exec chromedriver --version\nexit 1",
    );
    for (lines, says) in [
        (
            "chromedriver = \"/nowhere/chromedriver\"".to_owned(),
            "/nowhere/chromedriver",
        ),
        (
            "chromium = \"/nowhere/chromium\"".to_owned(),
            "/nowhere/chromium",
        ),
        (format!("chromedriver = \"{other}\""), "99.0.1.2"),
        (format!("chromedriver = \"{silent}\""), "version"),
        (format!("chromedriver = \"{broken}\""), "did not start"),
    ] {
        configured(home, &format!("[browser]\n{lines}\n"));
        let said = home.fails(&["prepare", &job]);
        assert!(said.contains(says), "{lines}: {said}");
        // The sheet needs no browser.
        let sheet = home.json(&["prepare", "--by-hand", &job]);
        let filled = sheet["lines"].as_array().unwrap().iter();
        let filled = filled.filter(|line| line["value"] != "").count();
        assert!(filled >= 4, "{sheet}");
    }
    configured(home, "");
    let listed = home.json(&["applications", "list"]);
    assert_eq!(
        listed["applications"].as_array().unwrap().len(),
        1,
        "{listed}"
    );
    assert_eq!(listed["applications"][0]["stage"], "drafting", "{listed}");
    let id = forms.prepared(&opening);
    assert_eq!(id, listed["applications"][0]["id"].as_str().unwrap());
    assert_eq!(forms.posts(), 0);
    forms.sent_once(&id, &opening);
}

/// Process ids of the Chromium at work for this home.
fn browsers(home: &Home) -> Vec<i32> {
    let profile = format!("--user-data-dir={}/", home.paths().browser_dir().display());
    let mut ids = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(id) = entry.file_name().to_string_lossy().parse() else {
            continue;
        };
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        if line.contains(&profile) && !line.contains("--type=") {
            ids.push(id);
        }
    }
    ids
}

/// Ends the browser of this home, which is at work.
fn end_browser(home: &Home) {
    wait_until("a browser is at work", || !browsers(home).is_empty());
    for id in browsers(home) {
        let id = rustix::process::Pid::from_raw(id).unwrap();
        // It may end by itself meanwhile.
        let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_dies_at_a_step_is_said_and_the_same_command_goes_on() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let opening = forms.opening(Shape::Lever, "");
    let job = home.job(&opening);
    let hang = || {
        let fault = Fault::new(opening.shape.host(), path(&opening), FaultKind::Hang);
        forms.employer.set_fault(fault);
    };

    // While the page is awaited. The plugin has read it before.
    let gone = home.prepare_work(&job, |doing| match doing {
        "waiting for the browser" => hang(),
        "opening the form" => end_browser(home),
        _ => {}
    });
    assert_eq!(reason_of(gone), reason::BROWSER_FAILED);
    forms
        .employer
        .clear_fault(opening.shape.host(), path(&opening));
    let id = forms.prepared(&opening);

    // While the form is filled.
    home.json(&["discard", &id]);
    let gone = home.prepare_work(&id, |doing| {
        if doing.starts_with("filling") {
            end_browser(home);
        }
    });
    assert_eq!(reason_of(gone), reason::BROWSER_FAILED);
    let shown = home.detail(&id).row.unwrap();
    assert_eq!(shown.stage, "drafting");
    assert!(shown.note.contains("browser"), "{shown:?}");
    let again = home.prepare_fully(&id);
    assert_eq!(again["id"], id.as_str(), "the same application goes on");

    // While the live form is read again: the approval stands, and is used once.
    hang();
    home.approve(&id);
    let gone = home.follow_work(&id, |doing| {
        if doing.starts_with("reading") {
            end_browser(home);
        }
    });
    assert_eq!(reason_of(gone), reason::BROWSER_FAILED);
    assert_eq!((home.stage(&id).as_str(), forms.posts()), ("approved", 0));
    forms
        .employer
        .clear_fault(opening.shape.host(), path(&opening));
    let row = home.prepare_work(&id, |_| {}).unwrap();
    assert_eq!(row.stage, "submitted", "{row:?}");
    assert_eq!(forms.arrivals(&opening).len(), 1);
    assert_eq!(forms.posts(), 1);
    wait_until("no browser is left", || browsers(home).is_empty());
}

/// An opening that is there in the first round and gone in the second.
fn closing(forms: &Forms, shape: Shape) -> Vec<OpeningInfo> {
    let first = forms.openings(shape);
    forms.employer.set_round(2);
    let second = forms.listed();
    forms.employer.set_round(1);
    let stays = |opening: &OpeningInfo| second.iter().any(|there| there.id == opening.id);
    first
        .into_iter()
        .filter(|opening| !stays(opening))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posting_or_a_choice_that_is_gone_at_the_end_is_not_applied_to() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let mut gone = closing(&forms, Shape::GreenhouseClassic);
    gone.extend(closing(&forms, Shape::Lever));
    assert!(gone.len() >= 2, "postings close in the second round");
    let id = forms.prepared(&gone[0]);
    forms.employer.set_round(2);
    let row = home.send(&id).unwrap();
    assert_eq!(row.stage, "closed", "{row:?}");
    let job = home.job(&gone[1]);
    assert_eq!(home.prepare(&job)["stage"], "closed");
    let said = home.fails(&["prepare", "--by-hand", &job]);
    assert!(said.contains("closed"), "{said}");
    assert_eq!(forms.posts(), 0);

    // A choice the person made is offered no more.
    let opening = forms.opening(Shape::GreenhouseClassic, "Are you legally authorized");
    let id = forms.prepared(&opening);
    home.edit(&id, "Are you legally authorized", "No").unwrap();
    forms.employer.set_trap(Trap::OptionRemoved, path(&opening));
    let row = home.send(&id).unwrap();
    assert_eq!(row.stage, "awaiting-approval", "{row:?}\n{}", home.stderr());
    let differences = home.review(&id).differences;
    assert!(
        differences
            .iter()
            .any(|difference| difference.field.starts_with("Are you legally")),
        "{differences:?}"
    );
    assert_eq!(forms.posts(), 0);
    forms.employer.clear_traps();
    forms.sent_once(&id, &opening);
}

/// A CV of someone whose name few programs were written for.
const CV: &str = "# נועה 🦊 Ångström-O’Brien\n\nnoa@example.org · +49 30 5550 0199 · Berlin, Germany\n\n\
    ## Experience\n\n### Backend Engineer · מאפייה GmbH\n\n*Berlin · March 2020 – Present*\n\n\
    - Rust, PostgreSQL\n\n## Skills\n\nRust, PostgreSQL, Kubernetes\n";

#[tokio::test(flavor = "multi_thread")]
async fn long_odd_and_many_lined_answers_arrive_as_they_were_approved() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let cv = home.path().join("noa.md");
    fs::write(&cv, CV).unwrap();
    let name = home.json(&["init", cv.to_str().unwrap()])["name"].clone();
    let name = name.as_str().unwrap();
    assert!(name.contains("נועה") && name.contains('🦊'), "{name}");

    let sentence = "Weil ich’s kann: 愛 🦊 שלום.\n\nSo it is — “quoted”, <b>bold</b> & 100 %.\n";
    let much: String = sentence.chars().cycle().take(20_000).collect();
    let forms_of = [
        (Shape::GreenhouseClassic, "Why would you like"),
        (Shape::Lever, "Additional"),
    ];
    for (shape, prefix) in forms_of.into_iter().take(if long() { 2 } else { 1 }) {
        let opening = forms
            .openings(shape)
            .into_iter()
            .find(|opening| {
                opening
                    .optional
                    .iter()
                    .any(|label| label.starts_with(prefix))
            })
            .unwrap();
        let id = forms.prepared(&opening);
        let short = opening.required[0].clone();
        let mut changes = vec![
            (prefix, much.as_str()),
            (&short, "one line\nand another\r\n🦊 third"),
        ];
        // Which of three words are the first name, only the person knows.
        if shape == Shape::GreenhouseClassic {
            changes.extend([("First Name", "נועה 🦊"), ("Last Name", "Ångström-O’Brien")]);
        }
        let said = home.edit_all(&id, &changes).unwrap();
        assert_eq!(said.stage, "awaiting-approval", "{said:?}");
        forms.sent_once(&id, &opening);
        let arrived = &forms.arrivals(&opening)[0];
        let has = |wanted: &str| {
            let line_ends = |(_, value): &(String, String)| value.replace("\r\n", "\n");
            let mut values = arrived.fields.iter().map(line_ends);
            assert!(
                values.any(|value| value.trim_end() == wanted.trim_end()),
                "{shape:?}: {wanted:.40}"
            );
        };
        has(&much);
        has("one line and another 🦊 third");
        match shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => {
                has("נועה 🦊");
                has("Ångström-O’Brien");
            }
            Shape::Lever => has(name),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_a_discard_meanwhile_and_what_cannot_begin_lose_nothing() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let opening = forms.opening(Shape::GreenhouseClassic, "");
    let job = home.job(&opening);

    // Two at once are one application, and the work is done once.
    let spawn = || {
        home.agentctl()
            .args(["--json", "prepare", &job])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let both = [spawn(), spawn()].map(|child| child.wait_with_output().unwrap());
    let rows = both.map(|output| {
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let last = String::from_utf8(output.stdout).unwrap();
        let last = last.lines().last().unwrap().to_owned();
        serde_json::from_str::<serde_json::Value>(&last).unwrap()["done"].clone()
    });
    assert_eq!(rows[0], rows[1]);
    let id = forms.prepared(&opening);
    assert_eq!(rows[0]["id"], id.as_str());

    // A discard while the form is filled.
    let mut discarded = false;
    home.json(&["discard", &id]);
    let ended = home.prepare_work(&id, |doing| {
        if !discarded && doing.starts_with("opening") {
            discarded = true;
            home.json(&["discard", &id]);
        }
    });
    assert!(discarded);
    assert!(ended.is_err() || ended.unwrap().stage == "discarded");
    assert_eq!(home.stage(&id), "discarded");
    let again = home.prepare_fully(&id);
    assert_eq!(again["id"], id.as_str(), "it is taken up again");
    forms.sent_once(&id, &opening);
    assert_eq!(forms.employer.applications().len(), 1);

    // A plugin that knows no form.
    let hostile = component("testing/hostile.wasm");
    home.json(&["plugin", "install", "--yes", hostile.to_str().unwrap()]);
    home.json(&["source", "add", "https://hostile.example/none"]);
    home.json(&["sync"]);
    let jobs = home.jobs();
    let formless = jobs.iter().find(|job| job.url.contains("hostile.example"));
    let id = &formless.unwrap().id;
    let said = home.fails(&["prepare", id]);
    assert!(said.contains("does not know this form"), "{said}");
    // The person fills it, with what most forms ask.
    let sheet = home.json(&["prepare", "--by-hand", id]);
    let lines = sheet["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["label"] == "Email"), "{sheet}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_cv_nothing_is_prepared_and_with_one_the_same_command_works() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    home.install_plugins();
    home.follow(&employer);
    home.json(&["sync"]);
    let opening = employer
        .openings()
        .into_iter()
        .find(|opening| opening.shape == Shape::Lever)
        .unwrap();
    let job = home.job(&opening);
    for args in [vec!["prepare", &job], vec!["prepare", "--by-hand", &job]] {
        let said = home.fails(&args);
        assert!(said.contains("agentctl init"), "{said}");
    }
    home.json(&["init", sample_cv().to_str().unwrap()]);
    home.json(&["prepare", "--by-hand", &job]);
    home.prepare(&job);
    assert_eq!(employer.posts().len(), 0);
}
