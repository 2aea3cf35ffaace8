//! P8: killed at any instant, the daemon loses nothing and repeats nothing.

use std::{
    collections::BTreeMap,
    process::Stdio,
    time::{Duration, Instant},
};

use practice::{PracticeOptions, Running};
use serde_json::Value;

use crate::harness::{Home, employer, wait_until};

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

fn finished_syncs(home: &Home) -> usize {
    let events = home
        .agentctl()
        .args(["--json", "watch", "--stored"])
        .output()
        .unwrap();
    String::from_utf8(events.stdout)
        .unwrap()
        .lines()
        .filter(|line| line.contains("\"run.finished\""))
        .count()
}

fn ready(employer: &Running) -> Home {
    let mut home = Home::practice(employer);
    home.set_up(employer);
    home
}

/// Two rounds: all is new in the first; in the second some change, close and come.
#[tokio::test(flavor = "multi_thread")]
async fn p8_a_sync_killed_at_twenty_points_ends_as_if_it_was_not() {
    let employer = employer(PracticeOptions::default()).await;
    let mut twin = ready(&employer);
    let mut took = Vec::new();
    for round in [1, 2] {
        employer.set_round(round);
        let begun = Instant::now();
        twin.json(&["sync"]);
        took.push(begun.elapsed());
    }
    let undisturbed = Outcome::of(&twin);
    twin.kill();

    let mut home = ready(&employer);
    for (round, took) in [1, 2].into_iter().zip(took) {
        employer.set_round(round);
        let before = finished_syncs(&home);
        let mut sync = start_sync(&home);
        // Points spread over the whole of the sync, and some beyond: after a
        // kill it goes on, so that each point finds it at another step.
        for point in 1..=10 {
            std::thread::sleep(
                took.mul_f64(f64::from(point) / 10.0)
                    .min(Duration::from_secs(5))
                    / 3,
            );
            home.kill();
            sync.wait().unwrap();
            home.start();
            if point < 10 && finished_syncs(&home) > before {
                // Done between two kills: begin another, which must change nothing.
                sync = start_sync(&home);
            }
        }
        wait_until("the sync that was cut off is finished", || {
            home.json(&["status"])["activity"] == "" && finished_syncs(&home) > before
        });
    }
    let outcome = Outcome::of(&home);
    // Only what differs: all of it is hundreds of lines.
    for (id, job) in &undisturbed.jobs {
        assert_eq!(outcome.jobs.get(id), Some(job), "job {id}");
    }
    for (event, times) in &undisturbed.events {
        assert_eq!(outcome.events.get(event), Some(times), "{event:?}");
    }
    assert_eq!(
        (outcome.jobs.len(), outcome.events.len()),
        (undisturbed.jobs.len(), undisturbed.events.len())
    );
    let doctor = home.json(&["doctor"]);
    let database = doctor["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["check"] == "database");
    assert_eq!(database.unwrap()["level"], "ok", "{doctor}");
}

fn start_sync(home: &Home) -> std::process::Child {
    home.agentctl()
        .arg("sync")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
