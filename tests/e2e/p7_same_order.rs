//! P7: a ranking can be told again. The same postings and the same CV give the same
//! order, scores and reasons, to the byte, in every home and after a restart.

use practice::{PracticeOptions, Running};
use serde_json::{Value, json};

use crate::harness::{Home, employer};

/// Homes that read and rank everything anew.
const RUNS: usize = 5;
/// Jobs of the top whose reasons are compared too.
const EXPLAINED: usize = 20;

/// Everything a ranking says, without the moments of reading, which are another home's.
fn ranking(home: &Home) -> String {
    let list = home.json(&["jobs", "list", "--all", "--limit", "500"]);
    let jobs = list["jobs"].as_array().unwrap();
    let rows: Vec<Value> = jobs
        .iter()
        .map(|job| json!([job["id"], job["title"], job["score"], job["outcome"]]))
        .collect();
    let reasons: Vec<Value> = jobs
        .iter()
        .take(EXPLAINED)
        .map(|job| {
            let said = home.json(&["explain", job["id"].as_str().unwrap()]);
            json!([said["checks"], said["parts"]])
        })
        .collect();
    assert!(rows.len() > EXPLAINED, "{list}");
    json!([rows, reasons]).to_string()
}

fn ranked(employer: &Running) -> (Home, String) {
    let mut home = Home::practice(employer);
    home.set_up(employer);
    home.json(&["sync"]);
    let said = ranking(&home);
    (home, said)
}

#[tokio::test(flavor = "multi_thread")]
async fn p7_the_same_postings_and_cv_are_ranked_alike_to_the_byte() {
    let employer = employer(PracticeOptions::default()).await;
    let (mut home, first) = ranked(&employer);
    home.stop();
    home.start();
    assert_eq!(ranking(&home), first, "after a restart");
    // Every score is counted anew from what is stored.
    home.json(&["prefs", "set", "roles", "Nurse"]);
    assert_ne!(ranking(&home), first);
    home.json(&["prefs", "clear", "roles"]);
    assert_eq!(ranking(&home), first, "after a wish that was taken back");
    for run in 1..RUNS {
        assert_eq!(ranked(&employer).1, first, "run {run}");
    }
}
