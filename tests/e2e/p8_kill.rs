//! P8: killed at any instant, the daemon loses nothing and repeats nothing.

use std::{
    collections::BTreeMap,
    process::{Child, Stdio},
    time::Instant,
};

use practice::PracticeOptions;
use serde_json::Value;

use crate::harness::{Home, employer, long, wait_until};

/// What a sync leaves behind: the jobs as listed, and how often each event was written.
struct Outcome {
    jobs: BTreeMap<String, (String, String, String, u64)>,
    events: BTreeMap<(String, String), usize>,
}

impl Outcome {
    fn of(home: &Home) -> Self {
        let list = home.json(&["jobs", "list", "--all", "--closed", "--limit", "500"]);
        let text = |job: &Value, key: &str| job[key].as_str().unwrap().to_owned();
        let jobs = list["jobs"].as_array().unwrap().iter().map(|job| {
            // In hundredths, so that it can be compared.
            let score = (job["score"].as_f64().unwrap_or(-1.0) * 100.0).round() as u64;
            (
                text(job, "id"),
                (
                    text(job, "title"),
                    text(job, "state"),
                    text(job, "outcome"),
                    score,
                ),
            )
        });
        let events = home
            .agentctl()
            .args(["--json", "watch", "--stored"])
            .output()
            .unwrap();
        let mut counted = BTreeMap::new();
        for line in String::from_utf8(events.stdout).unwrap().lines() {
            let event: Value = serde_json::from_str(line).unwrap();
            if event["kind"].as_str().unwrap().starts_with("job.") {
                *counted
                    .entry((text(&event, "kind"), text(&event, "subject")))
                    .or_insert(0) += 1;
            }
        }
        Self {
            jobs: jobs.collect(),
            events: counted,
        }
    }
}

impl Outcome {
    /// Asserts that `other` is the same, and names only what differs.
    fn assert_same(&self, other: &Self, point: u32) {
        for (id, job) in &self.jobs {
            assert_eq!(
                other.jobs.get(id),
                Some(job),
                "job {id}, killed at point {point}"
            );
        }
        for (event, times) in &self.events {
            assert_eq!(
                other.events.get(event),
                Some(times),
                "{event:?}, killed at point {point}"
            );
        }
        assert_eq!(
            (other.jobs.len(), other.events.len()),
            (self.jobs.len(), self.events.len()),
            "killed at point {point}"
        );
    }
}

/// How often an event of this kind was written.
fn written(home: &Home, kind: &str) -> usize {
    let events = home
        .agentctl()
        .args(["--json", "watch", "--stored"])
        .output()
        .unwrap();
    let wanted = format!("\"{kind}\"");
    String::from_utf8(events.stdout)
        .unwrap()
        .lines()
        .filter(|line| line.contains(&wanted))
        .count()
}

fn finished_syncs(home: &Home) -> usize {
    written(home, "run.finished")
}

/// How many points each of the two rounds is killed at.
fn points() -> u32 {
    if long() { 100 } else { 10 }
}

fn start_sync(home: &Home) -> Child {
    home.agentctl()
        .arg("sync")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// In the first round everything is new; in the second, postings come, change
/// and close. Each point starts from the same home, so that a sync is killed at
/// twenty different steps and not twenty times at one.
#[tokio::test(flavor = "multi_thread")]
async fn p8_a_sync_killed_at_twenty_points_ends_as_if_it_was_not() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let mut cut_off = 0;
    for round in [1, 2] {
        employer.set_round(round);
        home.stop();
        let mut twin = home.copy();
        twin.start();
        let begun = Instant::now();
        twin.json(&["sync"]);
        let took = begun.elapsed();
        let undisturbed = Outcome::of(&twin);
        let finished = finished_syncs(&twin);
        for point in 0..points() {
            let mut disturbed = home.copy();
            disturbed.start();
            let mut sync = start_sync(&disturbed);
            std::thread::sleep(took.mul_f64(f64::from(point) / f64::from(points())));
            disturbed.kill();
            sync.wait().unwrap();
            disturbed.start();
            let left = finished_syncs(&disturbed);
            cut_off += u32::from(left < finished);
            if written(&disturbed, "run.started") == finished {
                // Begun before the kill: the daemon ends it by itself.
                wait_until("the sync that was cut off is finished", || {
                    finished_syncs(&disturbed) == finished
                });
            } else {
                // Killed before it was begun: nothing was promised yet.
                disturbed.json(&["sync"]);
            }
            undisturbed.assert_same(&Outcome::of(&disturbed), point);
            let doctor = disturbed.json(&["doctor"]);
            let findings = doctor["findings"].as_array().unwrap();
            let database = findings
                .iter()
                .find(|finding| finding["check"] == "database");
            assert_eq!(database.unwrap()["level"], "ok", "{doctor}");
        }
        home = twin;
    }
    assert!(
        cut_off * 2 >= points(),
        "only {cut_off} of the kills met a sync that was not over"
    );
}
