//! P8: a goal killed at every boundary of every step goes on from its last finished
//! step, and does nothing twice.

use serde_json::Value;

use crate::{
    harness::{Home, component, employer, sample_cv, wait_until},
    p2_kill_scripted::openings::options,
};

const SENTENCE: &str = "thirty jobs scoring over 1, and prepare the best two";
const STEPS: [&str; 5] = ["discover", "rank", "shortlist", "enrich", "draft"];
const POINTS: [&str; 3] = ["begun", "worked", "ended"];

/// How often an event of this kind was written.
fn written(home: &Home, kind: &str) -> usize {
    let events = home.ctl(&["--json", "watch", "--stored"]);
    let wanted = format!("\"{kind}\"");
    let events = String::from_utf8(events.stdout).unwrap();
    events.lines().filter(|line| line.contains(&wanted)).count()
}

fn goal(home: &Home, id: &str) -> Value {
    home.json(&["goals", "show", id])
}

fn wait_done(home: &Home, id: &str) -> Value {
    wait_until("the goal is done", || goal(home, id)["state"] != "working");
    goal(home, id)
}

/// Title and employer of what was prepared, and whether it could be.
fn drafted(goal: &Value) -> Vec<(String, bool)> {
    let steps = goal["steps"].as_array().unwrap();
    let draft = steps.iter().find(|step| step["name"] == "draft").unwrap();
    let list = draft["result"]["drafted"].as_array().unwrap().iter();
    list.map(|one| {
        (
            one["id"].as_str().unwrap().to_owned(),
            one["prepared"] == true,
        )
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_goal_killed_at_every_boundary_of_its_steps_repeats_none() {
    let employer = employer(options(12)).await;
    let mut home = Home::practice(&employer);
    home.start_example("scripted_agentd", &[]);
    let plugin = component("greenhouse.wasm");
    home.json(&["plugin", "install", "--yes", plugin.to_str().unwrap()]);
    home.json(&["init", sample_cv().to_str().unwrap()]);
    home.follow(&employer);
    home.stop();

    let mut twin = home.copy();
    twin.start_example("scripted_agentd", &[]);
    let id = twin.json(&["goal", "--no-wait", SENTENCE])["id"].clone();
    let undisturbed = drafted(&wait_done(&twin, id.as_str().unwrap()));
    assert_eq!(
        undisturbed.iter().filter(|(_, prepared)| *prepared).count(),
        2
    );
    twin.stop();

    let mut id = String::new();
    for step in STEPS {
        for point in POINTS {
            let held = home.path().join("held");
            let _ = std::fs::remove_file(&held);
            let here = format!("{step}.{point}");
            std::fs::write(home.path().join("hold-at"), &here).unwrap();
            home.start_example("scripted_agentd", &[]);
            if id.is_empty() {
                let made = home.json(&["goal", "--no-wait", SENTENCE]);
                id = made["id"].as_str().unwrap().to_owned();
            }
            wait_until(&format!("the goal stands at {here}"), || {
                std::fs::read_to_string(&held).is_ok_and(|said| said == here)
            });
            home.kill();
        }
    }
    std::fs::remove_file(home.path().join("hold-at")).unwrap();
    home.start_example("scripted_agentd", &[]);
    let done = wait_done(&home, &id);
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(drafted(&done), undisturbed);
    // One sync, one end of each step, one application for each opening.
    assert_eq!(written(&home, "run.started"), 1);
    assert_eq!(written(&home, "goal.step"), STEPS.len());
    assert_eq!(written(&home, "goal.made"), 1);
    assert_eq!(written(&home, "goal.done"), 1);
    assert_eq!(written(&home, "application.created"), undisturbed.len());
    assert!(employer.posts().is_empty(), "a goal sends nothing");
    home.stop();
}
