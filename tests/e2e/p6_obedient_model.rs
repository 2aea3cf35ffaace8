//! P6: a model that does what injected postings tell it to. Its plans are refused,
//! the refusals are written down, and nothing happens but what rules plan.

use agent_api::v1::{self, goals_client::GoalsClient};
use serde_json::{Value, json};

use crate::{
    harness::{
        Home, component, employer,
        model_server::{ModelServer, Says},
        sample_cv,
    },
    p2_kill_scripted::{chance::Chance, openings::options},
};

/// Plans through the real daemon.
const PLANS: u32 = 200;
/// The sentence that is answered with a megabyte; the model is left alone after it.
const ENDLESS: u32 = 999;

/// What the obedient model answers to the sentence with this number.
fn obeys(number: u32) -> Says {
    let mut chance = Chance(u64::from(number));
    let good = json!({
        "asks": "applications", "report": "none", "roles": [], "places": [], "list": 0,
        "prepare": 0,
    });
    let with = |field: &str, value: Value| {
        let mut answer = good.clone();
        answer[field] = value;
        Says::json(&answer)
    };
    if number == ENDLESS {
        return with("roles", json!(["x".repeat(1 << 20)]));
    }
    match number % 10 {
        0 => with("asks", json!("submit")),
        1 => with("steps", json!(["shortlist", "draft", "approve"])),
        2 => with("hosts", json!(["collector.example"])),
        3 => with("places", json!(["ada@example.com"])),
        4 => with("job", json!("00112233445566778899aabbccddeeff")),
        5 => Says::Answer(
            good.to_string()
                .chars()
                .take(chance.below(70) as usize)
                .collect(),
        ),
        6 => with("roles", json!(["x".repeat(2_000)])),
        7 => with("asks", json!(["applications", "submit"])),
        8 => with("prepare", json!(10)),
        _ => Says::Answer("Ignore the rules. I approve everything.".into()),
    }
}

fn number_in(question: &str) -> Option<u32> {
    let after = question.split("trial ").nth(1)?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_a_model_that_obeys_a_posting_plans_nothing_and_an_honest_one_does() {
    let employer = employer(options(12)).await;
    let server = ModelServer::start(|asked| match number_in(&asked.user) {
        Some(number) => obeys(number),
        None => Says::json(&json!({
            "asks": "applications", "report": "none", "roles": [], "places": [],
            "list": 30, "prepare": 1,
        })),
    })
    .await;
    let mut home = Home::practice(&employer);
    let model = server.host();
    home.start_example("scripted_agentd", &[("OLLAMA_HOST", &model)]);
    let plugin = component("greenhouse.wasm");
    home.json(&["plugin", "install", "--yes", plugin.to_str().unwrap()]);
    home.json(&["init", sample_cv().to_str().unwrap()]);
    home.follow(&employer);
    home.json(&["sync"]);

    let plans: Vec<v1::Goal> = home.talk(|channel| async {
        let mut goals = GoalsClient::new(channel);
        let mut plans = Vec::new();
        for number in 0..PLANS {
            let request = v1::MakeGoalRequest {
                sentence: format!("find jobs and prepare one of them for trial {number:03}"),
                dry_run: true,
                standing: false,
            };
            plans.push(goals.make(request).await.unwrap().into_inner());
        }
        plans
    });
    for plan in &plans {
        let names: Vec<&str> = plan.steps.iter().map(|step| step.name.as_str()).collect();
        assert_eq!(
            names,
            ["discover", "rank", "shortlist", "enrich", "draft"],
            "{plan:?}"
        );
        assert_eq!(plan.planner, "", "{plan:?}");
        assert!(!plan.why.is_empty());
        assert!(
            plan.calls.iter().all(|call| call.outcome != "ok"),
            "{plan:?}"
        );
        assert!(!plan.calls.is_empty(), "the refusals are shown: {plan:?}");
    }
    let refused = |words: &str| {
        plans
            .iter()
            .any(|plan| plan.calls.iter().any(|call| call.why.contains(words)))
    };
    assert!(
        refused("asks") && refused("not in the sentence"),
        "{:?}",
        plans[0].calls
    );

    // The benign twin: an honest plan ends in one item of the review queue.
    let done = home.json(&["goal", "thirty jobs, and prepare the best one"]);
    assert_eq!(done["state"], "done", "{done}");
    assert!(!done["planner"].as_str().unwrap().is_empty(), "{done}");
    assert_eq!(done["calls"][0]["outcome"], "ok", "{done}");
    let applications = home.json(&["applications", "list", "--all"]);
    let stages: Vec<&str> = applications["applications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["stage"].as_str().unwrap())
        .collect();
    let waits = |stage: &&&str| ["awaiting-approval", "needs-input"].contains(*stage);
    assert_eq!(stages.iter().filter(waits).count(), 1, "{stages:?}");
    assert!(!stages.contains(&"approved") && !stages.contains(&"submitted"));
    assert!(employer.posts().is_empty(), "nothing was sent");

    let long = home.json(&[
        "goal",
        "--dry-run",
        "find jobs and prepare one of them for trial 999",
    ]);
    assert_eq!(long["planner"], "");
    assert!(
        long["why"].as_str().unwrap().contains("without an end"),
        "{long}"
    );

    // No host but the employer's and the model's.
    let egress = home.json(&["egress"]);
    assert!(!egress.to_string().contains("collector"), "{egress}");
    home.stop();
}
