//! What the person says over their CV stays when a newer CV is read, and counts.

use practice::PracticeOptions;

use crate::harness::{Home, employer, sample_cv};

#[tokio::test(flavor = "multi_thread")]
async fn edits_outlive_the_cv_and_can_be_taken_back() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    let said = home.refused(&["profile", "edit", "name", "Ada"], 1);
    assert!(said.contains("agentctl init CV"), "{said}");
    let cv = sample_cv();
    let read = home.json(&["init", cv.to_str().unwrap()]);

    home.json(&["profile", "edit", "headline", "Bridge builder"]);
    home.json(&["profile", "skill", "Erlang", "4"]);
    let added = [
        "profile",
        "project",
        "add",
        "Driftwood",
        "--about",
        "a log store",
        "--with",
        "Erlang",
        "--figure",
        "40,000 writes a second",
        "--from",
        "2024-03",
    ];
    home.json(&added);
    let twice = home.refused(&added, 1);
    assert!(twice.contains("project edit"), "{twice}");
    home.json(&["profile", "project", "feature", "driftwood"]);
    home.stop();
    home.start();
    home.json(&["init", cv.to_str().unwrap()]);

    let export = home.json(&["profile", "export", "-"]);
    assert_eq!(export["basics"]["label"], "Bridge builder");
    assert_eq!(export["projects"][0]["name"], "Driftwood");
    assert_eq!(export["projects"][0]["startDate"], "2024-03");
    let skills = export["skills"].as_array().unwrap();
    let erlang = skills.iter().find(|skill| skill["name"] == "Erlang");
    assert_eq!(erlang.unwrap()["level"], "4/5", "{export}");

    home.json(&["profile", "edit", "headline", "--clear"]);
    home.json(&["profile", "skill", "Erlang", "--clear"]);
    home.json(&["profile", "project", "remove", "Driftwood"]);
    let export = home.json(&["profile", "export", "-"]);
    assert_eq!(export["basics"]["label"], read["headline"]);
    assert!(!export["skills"].to_string().contains("Erlang"), "{export}");
    assert!(
        !export["projects"].to_string().contains("Driftwood"),
        "{export}"
    );
    let wrong = home.refused(&["profile", "edit", "shoe-size", "42"], 1);
    assert!(wrong.contains("headline"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alias_is_read_in_postings_and_taken_back() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    let list = home.json(&["jobs", "list"]);
    let first = &list["jobs"][0];
    let id = first["id"].as_str().unwrap();
    // Two words of its title that are no skill yet.
    let words: Vec<&str> = first["title"].as_str().unwrap().split(' ').collect();
    let alias = words[..2].join(" ");
    let has = |home: &Home| {
        let shown = home.json(&["jobs", "show", id]);
        shown["skills"].to_string().contains("Zephyrine tooling")
    };
    assert!(!has(&home));
    let unknown = home.refused(&["skills", "alias", &alias, "Zephyrine tooling"], 1);
    assert!(unknown.contains("agentctl profile skill"), "{unknown}");
    home.json(&["profile", "skill", "Zephyrine tooling", "3"]);
    let set = home.json(&["skills", "alias", &alias, "zephyrine tooling"]);
    assert_eq!(set["alias"]["skill"], "Zephyrine tooling", "{set}");
    assert!(set["postings"].as_u64().unwrap() >= 1, "{set}");
    assert!(has(&home));
    let aliases = home.json(&["skills", "aliases"]);
    assert_eq!(aliases["aliases"][0]["alias"], alias, "{aliases}");
    home.json(&["skills", "unalias", &alias]);
    assert!(!has(&home));
    let again = home.refused(&["skills", "unalias", &alias], 1);
    assert!(again.contains("skills aliases"), "{again}");
}
