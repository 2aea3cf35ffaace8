//! Boards that list openings in short, boards that read otherwise all at once,
//! and openings that a person adds by hand.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use practice::{PracticeOptions, Running};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Home, component, employer, sample_cv, wait_until};

const LIST: &str = "https://api.smartrecruiters.com/v1/companies/Brindille/postings";
const BOARD: &str = "https://careers.smartrecruiters.com/Brindille";

/// Openings of the first round.
const OPENINGS: usize = 10;

/// A board that lists its openings without what they are about, and has a page
/// for each: one session per round, with so many openings.
fn recorded(rounds: &[usize]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, value: &Value| {
        std::fs::write(dir.path().join(name), value.to_string()).unwrap();
    };
    let mut sessions = Vec::new();
    for (round, openings) in rounds.iter().enumerate() {
        let list: Vec<Value> = (0..*openings).map(|number| opening(number, None)).collect();
        let name = format!("list-{round}.json");
        write(
            &name,
            &json!({ "offset": 0, "limit": 100, "totalFound": openings, "content": list }),
        );
        let mut exchanges = vec![json!({
            "url": format!("{LIST}?limit=100&offset=0"), "file": name
        })];
        for number in 0..*openings {
            let words = format!(
                "<p>Bake bread number {number} with Rust and PostgreSQL.</p>\
                 <p>See also https://jobs.lever.co/havelauen</p>"
            );
            let name = format!("opening-{number}.json");
            write(&name, &opening(number, Some(&words)));
            let url = format!("{LIST}/{}", id(number));
            exchanges.push(json!({ "url": url, "file": name }));
        }
        // The practice employer knows two portals; it serves any host.
        sessions.push(json!({
            "name": format!("round-{round}"), "portal": "lever", "board": BOARD,
            "postings": openings, "exchanges": exchanges
        }));
    }
    write("index.json", &json!({ "sessions": sessions }));
    dir
}

fn id(number: usize) -> String {
    format!("7440000{number:08}")
}

fn opening(number: usize, words: Option<&str>) -> Value {
    let mut opening = json!({
        "id": id(number),
        "name": format!("Backend Baker {number}"),
        "company": { "identifier": "Brindille", "name": "Brindille" },
        "releasedDate": format!("2026-09-{:02}T10:00:00.000Z", 1 + number % 28),
        "location": { "city": "Ghent", "country": "be" },
    });
    if let Some(words) = words {
        opening["jobAd"] = json!({ "sections": {
            "jobDescription": { "title": "Job", "text": words }
        }});
    }
    opening
}

async fn serve(data: &Path) -> Running {
    employer(PracticeOptions {
        data: Some(PathBuf::from(data)),
        ..PracticeOptions::default()
    })
    .await
}

fn set_up(home: &mut Home) {
    home.start();
    for name in ["smartrecruiters.wasm", "lever.wasm"] {
        let path = component(name);
        home.json(&["plugin", "install", "--yes", path.to_str().unwrap()]);
    }
    home.json(&["init", sample_cv().to_str().unwrap()]);
    home.json(&["source", "add", BOARD]);
    // From here on it is row 1.
    home.json(&["source", "list"]);
}

fn written(home: &Home, kind: &str) -> usize {
    let events = home.ctl(&["--json", "watch", "--stored"]);
    let wanted = format!("\"{kind}\"");
    let text = String::from_utf8(events.stdout).unwrap();
    text.lines().filter(|line| line.contains(&wanted)).count()
}

/// What the last sync says: the counts named, in this order.
fn sync(home: &Home, counts: &[&str]) -> Vec<u64> {
    let report = home.json(&["sync"])["report"].clone();
    let count = |key: &&str| {
        report[*key]
            .as_u64()
            .unwrap_or_else(|| panic!("{key}: {report}"))
    };
    counts.iter().map(count).collect()
}

fn alarms(home: &Home) -> Vec<Value> {
    let sources = home.json(&["source", "list"]);
    sources["sources"][0]["alarms"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_is_empty_all_at_once_closes_nothing_until_it_is_confirmed_or_accepted() {
    let data = recorded(&[OPENINGS, 0]);
    let employer = serve(data.path()).await;
    let mut home = Home::practice(&employer);
    set_up(&mut home);
    let all = OPENINGS as u64;
    let counts = ["new", "details", "not_asked", "unchanged", "closed", "held"];
    assert_eq!(sync(&home, &counts), [all, all, 0, 0, 0, 0]);
    let list = home.json(&["jobs", "list", "--all"]);
    let first = list["jobs"][0]["id"].as_str().unwrap();
    let shown = home.json(&["jobs", "show", first]);
    let words = shown["description"].as_str().unwrap();
    assert!(words.contains("Bake bread number"), "{shown}");
    assert!(shown["skills"].to_string().contains("Rust"), "{shown}");
    assert_eq!(
        sync(&home, &counts),
        [0, 0, 0, all, 0, 0],
        "pages that were read are not asked for again, and no description is lost"
    );
    let fine = home.json(&["source", "check", "1"]);
    assert_eq!(fine["outcome"], "fine", "{fine}");

    employer.set_round(2);
    let odd = home.json_with(&["source", "check", "1"], 1);
    assert_eq!(
        (&odd["outcome"], &odd["found"]),
        (&json!("alarm"), &json!(0))
    );
    assert_eq!(alarms(&home), [""; 0], "a check keeps nothing");
    assert_eq!(sync(&home, &counts), [0, 0, 0, 0, 0, all]);
    assert_eq!(
        alarms(&home),
        ["0 where there were 10, at least 6 are usual"]
    );
    let inbox = home.json(&[]).to_string();
    assert!(inbox.contains("agentctl source check"), "{inbox}");
    assert_eq!(written(&home, "source.alarm"), 1);

    // It comes back: nothing was lost, and the alarm is over.
    employer.set_round(1);
    assert_eq!(sync(&home, &counts), [0, 0, 0, all, 0, 0]);
    assert_eq!(alarms(&home), [""; 0]);

    // Twice the same: the board is believed.
    employer.set_round(2);
    assert_eq!(sync(&home, &counts), [0, 0, 0, 0, 0, all]);
    assert_eq!(sync(&home, &counts), [0, 0, 0, 0, all, 0]);
    assert_eq!(alarms(&home), [""; 0]);
    assert_eq!(written(&home, "source.confirmed"), 1);
    let refused = home.refused(&["source", "check", "1", "--accept"], 1);
    assert!(refused.contains("was no alarm"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_that_the_person_accepts_closes_what_was_not_listed() {
    let data = recorded(&[OPENINGS, 1]);
    let employer = serve(data.path()).await;
    let mut home = Home::practice(&employer);
    set_up(&mut home);
    home.json(&["sync"]);
    employer.set_round(2);
    let (gone, counts) = (OPENINGS as u64 - 1, ["closed", "held"]);
    assert_eq!(sync(&home, &counts), [0, gone]);
    home.json(&["source", "list"]);
    let accepted = home.json(&["source", "check", "1", "--accept"]);
    assert_eq!(
        (&accepted["outcome"], &accepted["closed"]),
        (&json!("accepted"), &json!(gone))
    );
    assert_eq!(sync(&home, &counts), [0, 0]);
    let proposed = home.json(&["source", "find", "--learned"]);
    let urls: Vec<&Value> = proposed["boards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|board| &board["url"])
        .collect();
    assert_eq!(urls, ["https://jobs.lever.co/havelauen"], "{proposed}");
    assert_eq!(
        home.json(&["source", "list"])["sources"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_sync_killed_between_two_openings_reads_the_others_and_none_twice() {
    let data = recorded(&[OPENINGS]);
    let employer = serve(data.path()).await;
    let mut home = Home::practice(&employer);
    set_up(&mut home);
    let mut sync = home
        .agentctl()
        .arg("sync")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("some openings were read", || {
        written(&home, "job.described") >= 2
    });
    home.kill();
    sync.wait().unwrap();
    home.start();
    wait_until("the sync went on to its end", || {
        written(&home, "run.finished") == 1
    });
    assert_eq!(written(&home, "job.new"), OPENINGS);
    assert_eq!(written(&home, "job.described"), OPENINGS);
    let asked = employer.requests();
    let pages = |number: usize| {
        let path = format!("/v1/companies/Brindille/postings/{}", id(number));
        asked
            .iter()
            .filter(|request| request.target == path)
            .count()
    };
    // Only the page that was under way at the kill may be asked for again.
    let again: usize = (0..OPENINGS).map(|number| pages(number) - 1).sum();
    assert!(again <= 1, "{again} pages were asked for twice");
}

const PAGE: &str = r#"<html><head><title>Cook</title>
<link rel="canonical" href="https://kitchen.practice.test/jobs/cook"/>
<script type="application/ld+json">{"@type":"JobPosting","title":"Backend Cook",
"hiringOrganization":{"name":"Talerwerk"},"description":"<p>Cook with Rust &amp; Kafka.</p>",
"datePosted":"2026-11-02"}</script></head><body><h1>Backend Cook</h1></body></html>"#;

#[tokio::test(flavor = "multi_thread")]
async fn openings_added_by_hand_are_ranked_and_closed_by_no_sync() {
    let data = recorded(&[OPENINGS]);
    let employer = serve(data.path()).await;
    let mut home = Home::practice(&employer);
    set_up(&mut home);
    let file = home.path().join("cook.html");
    std::fs::write(&file, PAGE).unwrap();
    let file = file.to_str().unwrap();
    let added = home.json(&["jobs", "add", file]);
    assert_eq!(
        (&added["read_from"], &added["new"], &added["uncertain"]),
        (&json!("markup"), &json!(1), &json!([])),
        "{added}"
    );
    let job = &added["jobs"][0];
    assert_eq!(
        (&job["title"], &job["company"], &job["url"]),
        (
            &json!("Backend Cook"),
            &json!("Talerwerk"),
            &json!("https://kitchen.practice.test/jobs/cook")
        )
    );
    assert!(job["score"].is_number(), "it is ranked at once: {job}");
    assert_eq!(
        home.json(&["jobs", "add", file])["new"],
        0,
        "once is enough"
    );

    // A page that says less: guesses are named, and no address is made up.
    let pasted = home.path().join("pasted.txt");
    std::fs::write(&pasted, "Night porter\n\nWatch the house from ten to six.").unwrap();
    let added_text = home.json(&["jobs", "add", pasted.to_str().unwrap()]);
    assert_eq!(added_text["read_from"], "text");
    assert_eq!(added_text["uncertain"], json!(["title", "company", "url"]));
    assert_eq!(added_text["jobs"][0]["url"], "", "{added_text}");
    assert_eq!(added_text["jobs"][0]["title"], "Night porter");

    // By its address: its portal is asked, and it is the board's own opening.
    let url = format!("{BOARD}/{}-backend-baker-3", id(3)).replace("careers.", "jobs.");
    let added = home.json(&["jobs", "add", &url]);
    assert_eq!(added["read_from"], "plugin", "{added}");
    let baker = added["jobs"][0]["id"].clone();
    let report = home.json(&["sync"])["report"].clone();
    assert_eq!(report["new"], OPENINGS - 1, "one was known: {report}");
    let list = home.json(&["jobs", "list", "--all", "--limit", "100"]);
    let open: Vec<&Value> = list["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| &job["id"])
        .collect();
    assert!(
        open.contains(&&job["id"]) && open.contains(&&baker),
        "{list}"
    );

    let before = employer.requests().len();
    for (url, said) in [
        (
            "https://de.indeed.com/viewjob?jk=1",
            "Indeed forbids programs",
        ),
        (
            "https://www.glassdoor.com/job/1",
            "Glassdoor forbids programs",
        ),
        (
            "https://www.linkedin.com/jobs/view/1",
            "LinkedIn forbids programs",
        ),
        ("https://jobs.github.com/positions/1", "closed in 2021"),
        ("https://stackoverflow.com/jobs/1", "closed in 2022"),
    ] {
        for noun in ["jobs", "source"] {
            let refused = home.refused(&[noun, "add", url], 1);
            assert!(refused.contains(said), "{refused}");
        }
    }
    assert_eq!(employer.requests().len(), before, "none of them was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_found_by_its_name() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    home.install_plugins();
    let found = home.json(&["source", "find", "canonical"]);
    let boards = found["boards"].as_array().unwrap();
    let exact = boards.iter().find(|board| board["company"] == "Canonical");
    let exact = exact.unwrap_or_else(|| panic!("{found}"));
    assert_eq!(exact["url"], "https://boards.greenhouse.io/canonical");
    assert!(
        exact["verified"].as_str().unwrap() >= "2026-01-01",
        "{exact}"
    );
    assert!(found["directory"].as_u64().unwrap() >= 1_000);
    let refused = home.refused(&["source", "add", "qqxyzzy unheard of"], 1);
    assert!(refused.contains("no company like"), "{refused}");
}
