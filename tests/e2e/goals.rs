//! Goals planned by rules: an honest story, standing goals, and what the person
//! may do with them.

use serde_json::Value;

use crate::{
    harness::{Home, component, employer, sample_cv, wait_until},
    p2_kill_scripted::openings::options,
};

fn goal(home: &Home, id: &str) -> Value {
    home.json(&["goals", "show", id])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn step<'a>(goal: &'a Value, name: &str) -> &'a Value {
    let steps = goal["steps"].as_array().unwrap();
    steps.iter().find(|step| step["name"] == name).unwrap()
}

fn written(home: &Home, kind: &str) -> usize {
    let events = String::from_utf8(home.ctl(&["--json", "watch", "--stored"]).stdout).unwrap();
    let wanted = format!("\"{kind}\"");
    events.lines().filter(|line| line.contains(&wanted)).count()
}

fn rounds(home: &Home, id: &str) -> u64 {
    let goal = goal(home, id);
    if goal["state"] == "standing" {
        goal["round"].as_u64().unwrap()
    } else {
        0
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_goals_end_in_the_review_queue_and_standing_ones_keep_to_their_day() {
    let employer = employer(options(12)).await;
    let mut home = Home::practice(&employer);
    home.start_example("scripted_agentd", &[]);
    let plugin = component("greenhouse.wasm");
    home.json(&["plugin", "install", "--yes", plugin.to_str().unwrap()]);
    home.json(&["init", sample_cv().to_str().unwrap()]);

    // Nothing is understood: the person is asked, and answers.
    let asks = home.json(&["goal", "make me happy"]);
    assert_eq!(asks["state"], "waiting", "{asks}");
    let inbox = home.json(&["inbox"]).to_string();
    assert!(inbox.contains("goals answer"), "{inbox}");
    let id = text(&asks["short_id"]).to_owned();
    let wrong = home.refused(&["goals", "answer", &id, "submit"], 1);
    assert!(wrong.contains("list, prepare, learn"), "{wrong}");
    let learns = home.json(&["goals", "answer", &id, "learn"]);
    assert_eq!(learns["steps"][0]["name"], "report");

    // A standing goal that was there before the openings were.
    let standing = home.json(&[
        "goal",
        "prepare every new posting scoring over 1, at most one a day",
    ]);
    assert_eq!(standing["state"], "standing", "{standing}");
    let standing = text(&standing["id"]).to_owned();
    assert_eq!(
        standing_steps(&goal(&home, &standing)),
        ["shortlist", "enrich", "draft"]
    );

    // A plan alone changes nothing.
    let plan = home.json(&["goal", "--dry-run", "remote nurse jobs in Berlin"]);
    assert_eq!(
        (text(&plan["id"]), text(&plan["steps"][0]["state"])),
        ("", "planned")
    );
    assert!(text(&plan["planner"]).is_empty() && !text(&plan["why"]).is_empty());

    // A goal that reads the boards and prepares.
    home.follow(&employer);
    let sentence = "thirty jobs scoring over 99, and prepare the best one";
    let done = home.json(&["goal", sentence]);
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(done["why"], plan["why"]);
    let shortlist = &step(&done, "shortlist")["result"];
    assert_eq!(shortlist["dropped"][0], "the least score of 99");
    let drafted = step(&done, "draft")["result"]["drafted"]
        .as_array()
        .unwrap()
        .clone();
    let prepared: Vec<_> = drafted
        .iter()
        .filter(|one| one["prepared"] == true)
        .collect();
    assert_eq!(prepared.len(), 1, "{drafted:?}");
    let stage = home.stage(text(&prepared[0]["application"]));
    assert!(
        ["awaiting-approval", "needs-input"].contains(&stage.as_str()),
        "{stage}"
    );

    // Its sync began a round of the standing goal, which prepared another one.
    wait_until("the standing goal had its round", || {
        rounds(&home, &standing) == 1
    });
    let first = goal(&home, &standing);
    assert_eq!(first["used_today"], 1, "{first}");
    // The day's allowance holds over a restart and another sync.
    home.stop();
    home.start_example("scripted_agentd", &[]);
    home.json(&["sync"]);
    wait_until("the standing goal had another round", || {
        rounds(&home, &standing) == 2
    });
    let second = goal(&home, &standing);
    assert_eq!(second["used_today"], 1, "{second}");
    assert_eq!(step(&second, "draft")["state"], "skipped");

    // Paused, a goal is neither made nor gone on with; afterwards it ends.
    home.json(&["pause"]);
    home.refused(&["goal", "five jobs"], 1);
    home.json(&["unpause"]);
    let ended = home.json(&["goals", "cancel", &standing]);
    assert_eq!(ended["state"], "cancelled");
    home.refused(&["goals", "cancel", &standing], 1);
    home.refused(&["goals", "show", "zz"], 1);
    home.refused(&["goal", "…"], 1);

    // The best ones by score, without a goal: those applied to are not among them.
    let before = written(&home, "application.created");
    home.agentctl()
        .args(["prepare", "--min-score", "1", "--limit", "2"])
        .output()
        .unwrap();
    assert_eq!(written(&home, "application.created"), before + 2);
    home.refused(&["prepare", "--min-score", "100"], 1);
    assert!(employer.posts().is_empty(), "a goal sends nothing");
    home.stop();
}

fn standing_steps(goal: &Value) -> Vec<String> {
    let steps = goal["steps"].as_array().unwrap().iter();
    steps.map(|step| text(&step["name"]).to_owned()).collect()
}
