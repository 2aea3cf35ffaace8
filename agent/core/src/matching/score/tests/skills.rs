//! Skills held against skills asked for.

use super::*;
use crate::{
    matching::{
        near::by_family,
        person::{covered, unlisted},
    },
    skill::SkillMatch,
};

fn holding(mut person: Person, held: &[SkillMatch]) -> Person {
    person.covered = covered(held);
    person.unlisted = unlisted(held);
    person.near = by_family(held);
    person.held = held.to_vec();
    person
}

#[test]
fn more_skills_held_never_score_less() {
    let (profile, prefs) = engineer();
    let job = posting(
        "Backend Engineer",
        "Requirements\n- Rust language, PostgreSQL, Kafka, Java, Docker\nNice to have\n- Python, Redis",
    );
    let asked = skill::find(&job.description);
    assert!(asked.len() >= 6, "{asked:?}");
    for text in [None, Some(0.2), Some(0.6), Some(0.9)] {
        let mut last = 0.0;
        for count in 1..=asked.len() {
            let person = holding(person(&profile, &prefs), &asked[..count]);
            let total = score_of(&job, &person, (text, &[]), &Weights::default()).total;
            assert!(total > last, "{count}: {total} after {last}");
            last = total;
        }
    }
}

#[test]
fn the_first_reason_of_skills_names_them() {
    let check = |held: &[&str], asked: &[&str], expected: &[&str]| {
        let found = |names: &[&str]| -> Vec<SkillMatch> {
            names
                .iter()
                .map(|name| SkillMatch {
                    skill: (*name).to_owned(),
                    need: skill::Need::Required,
                    years: None,
                    evidence: format!("We use {name}."),
                })
                .collect()
        };
        let nobody = person(&Profile::default(), &Preferences::default());
        let person = holding(nobody, &found(held));
        let asked = found(asked);
        let asked: Vec<Asked<'_>> = asked.iter().map(Asked::of).collect();
        let signals = Signals {
            asked: &asked,
            ..Signals::default()
        };
        let rated = super::super::skills::rate(&person, &signals, Notes::Kept);
        let texts: Vec<&str> = rated.reasons.iter().map(|why| why.text.as_str()).collect();
        assert_eq!(texts, expected);
    };
    let six = ["Rust", "SQL", "Kubernetes", "Kafka", "Go", "Python"];
    check(
        &six[..5],
        &six,
        &[
            "you have Rust, SQL, Kubernetes, Kafka and Go: 5 of 6 skills asked for",
            "not found in your profile: Python",
        ],
    );
    check(
        &six,
        &six,
        &["you have Rust, SQL, Kubernetes, Kafka, Go and 1 more: all 6 skills asked for"],
    );
    check(
        &["Rust"],
        &six[..3],
        &[
            "you have Rust: 1 of 3 skills asked for",
            "not found in your profile: SQL and Kubernetes",
        ],
    );
    check(
        &six,
        &six[..2],
        &["you have Rust and SQL: both skills asked for"],
    );
    check(
        &["PostgreSQL"],
        &["MySQL", "Rust"],
        &[
            "none of the 2 skills asked for was found in your profile",
            "near what you have: MySQL (PostgreSQL, both SQL)",
            "not found in your profile: Rust",
        ],
    );
    // What no list has counts where the person has it, in whatever capitals.
    check(
        &["Rust", "Zephyrine"],
        &["Rust", "ZEPHYRINE", "Nothing known"],
        &["you have Rust and ZEPHYRINE: both skills asked for"],
    );
    check(
        &["Rust"],
        &["Rust", "Zephyrine", "Mycology"],
        &[
            "you have Rust: 1 of 2 skills asked for",
            "not found in your profile: Mycology",
        ],
    );
    check(&["Go"], &["Go"], &["you have Go: the one skill asked for"]);
    check(
        &["Rust"],
        &["Go"],
        &[
            "the one skill asked for was not found in your profile",
            "not found in your profile: Go",
        ],
    );
    check(
        &["Rust"],
        &six[1..4],
        &[
            "none of the 3 skills asked for was found in your profile",
            "not found in your profile: SQL, Kubernetes and Kafka",
        ],
    );
}
