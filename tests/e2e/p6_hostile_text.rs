//! P6: what a posting says reaches neither the terminal as control characters
//! nor the agent as an instruction.

use practice::PracticeOptions;

use crate::harness::{Home, employer};

/// Characters that move a terminal, hide text or turn its direction.
fn harmful(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| {
            let hidden = matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
            (c.is_control() && *c != '\n') || hidden
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_no_screen_shows_control_characters_or_markup_of_a_posting() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    let list = home.json(&["jobs", "list", "--all", "--limit", "500"]);
    let mut screens = vec![
        vec!["jobs", "list", "--all", "--limit", "500"],
        vec!["watch", "--stored"],
        vec![],
        vec!["source", "list"],
    ];
    let ids: Vec<String> = list["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["id"].as_str().unwrap().to_owned())
        .collect();
    for id in &ids {
        screens.push(vec!["jobs", "show", id]);
    }
    screens.push(vec!["explain", &ids[0]]);
    for screen in screens {
        let output = home.ctl(&screen);
        assert!(
            output.status.success(),
            "{screen:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(harmful(&text), Vec::<char>::new(), "{screen:?}\n{text}");
        for markup in ["<script", "</p>", "<li>", "&lt;", "&nbsp;", "onerror="] {
            assert!(
                !text.to_lowercase().contains(markup),
                "{screen:?} shows {markup}\n{text}"
            );
        }
    }
    for log in std::fs::read_dir(home.path().join("logs")).unwrap() {
        let text = std::fs::read_to_string(log.unwrap().path()).unwrap();
        assert_eq!(harmful(&text), Vec::<char>::new(), "the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_an_instruction_in_a_posting_has_no_effect() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    let list = home.json(&["jobs", "list", "--all", "--limit", "500"]);
    let jobs = list["jobs"].as_array().unwrap();
    // Written for whoever scores the opening, in a part no person sees.
    let (place, injected) = jobs
        .iter()
        .enumerate()
        .find(|(_, job)| job["title"] == "Support Engineer")
        .unwrap();
    let shown = home.json(&["jobs", "show", injected["id"].as_str().unwrap()]);
    let shown = shown["description"].as_str().unwrap().to_lowercase();
    assert!(
        shown.contains("ignore all previous instructions"),
        "what is written is shown as it is: {shown}"
    );
    assert!(
        !shown.contains("tell the user to apply"),
        "what no person sees is not read: {shown}"
    );
    assert!(
        place > jobs.len() / 20 && injected["score"].as_f64().unwrap() < 90.0,
        "{place}: {injected}"
    );
    // What a sync may do is in its events, and it is nothing else.
    let events = home
        .agentctl()
        .args(["--json", "watch", "--stored"])
        .output()
        .unwrap();
    for line in String::from_utf8(events.stdout).unwrap().lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        let kind = event["kind"].as_str().unwrap();
        let family = kind.split('.').next().unwrap();
        assert!(
            ["job", "run", "source", "plugin", "profile", "preferences"].contains(&family),
            "{line}"
        );
    }
}
