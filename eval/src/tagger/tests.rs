//! Training as a whole, on invented sentences.

use agent_core::skill::tagger::{Column, Model, WordFacts, hash, mix};

use super::{
    sources::Built,
    train::{Settings, rows, train},
    write::{Leaning, asset},
};
use crate::conll;

/// Invented sentences; `[` opens knowledge, `{` a skill, `_` and `~` go on.
const SENTENCES: &[&str] = &[
    "Experience with [Rust and [machine _learning is required .",
    "Good knowledge of [Kotlin and [data _modelling .",
    "You {work ~independently and {solve ~problems .",
    "You {write ~reports and {lead ~meetings .",
    "Experience with [Python or [SQL .",
    "Our office is in the old town near the river .",
    "Good knowledge of [German _law .",
    "We offer lunch and a bicycle .",
    "You {plan ~projects and {talk ~to ~customers .",
    "Our team meets every Monday .",
];

fn small() -> Vec<u8> {
    let lines = SENTENCES.iter().map(|sentence| {
        let line = |word: &str| {
            let (skill, knowledge) = match word.chars().next() {
                Some('[') => ("O", "B-Knowledge"),
                Some('_') => ("O", "I-Knowledge"),
                Some('{') => ("B-Skill", "O"),
                Some('~') => ("I-Skill", "O"),
                _ => ("O", "O"),
            };
            format!(
                "{}\t{skill}\t{knowledge}\n",
                word.trim_start_matches(['[', '_', '{', '~'])
            )
        };
        sentence.split(' ').map(line).collect::<String>()
    });
    let sentences = conll::sentences(&lines.collect::<Vec<_>>().join("\n"));
    let facts = |habit| WordFacts {
        clusters: [1, 2, 3],
        habit,
    };
    let mut words = vec![
        (hash(b"rust"), facts(9)),
        (hash(b"machine"), facts(1)),
        (hash(b"learning"), facts(9)),
    ];
    words.sort_by_key(|(key, _)| *key);
    let learning = mix(mix(0, hash(b"machine")), hash(b"learning"));
    let mut phrases = vec![(mix(0, hash(b"rust")), 16), (learning, 1)];
    phrases.sort_unstable();
    let built = Built { phrases, words };
    let rows = rows(&sentences, &built.lists());
    let examples: Vec<_> = rows.iter().zip(&sentences).collect();
    let settings = Settings {
        bits: 14,
        epochs: 20,
        ..Settings::default()
    };
    let weights = Column::ALL.map(|column| train(&examples, column, &settings));
    asset(
        &weights,
        Leaning {
            skill: 0.0,
            knowledge: 0.0,
        },
        &built,
    )
}

#[test]
fn it_finds_what_it_was_taught_where_it_stands() {
    let model = Model::read(&small()).unwrap();
    let text = "Experience with Rust or SQL.\nYou solve problems and lead meetings.\nOur office is near the river.";
    let found = model.find(text);
    let shown: Vec<_> = found
        .iter()
        .map(|f| (f.column, &text[f.range.clone()]))
        .collect();
    let expected = [
        (Column::Knowledge, "Rust"),
        (Column::Knowledge, "SQL"),
        (Column::Skill, "solve problems"),
        (Column::Skill, "lead meetings"),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn a_comma_ends_knowledge_and_nothing_else_does() {
    let model = Model::read(&small()).unwrap();
    for (text, expected) in [
        (
            "Experience with machine learning is required.",
            vec!["machine learning"],
        ),
        (
            "Experience with machine, learning is required.",
            vec!["machine"],
        ),
    ] {
        let found = model.find(text);
        let first: Vec<&str> = found
            .iter()
            .map(|f| &text[f.range.clone()])
            .take(1)
            .collect();
        assert_eq!(first, expected, "{text}");
    }
}

#[test]
fn the_same_training_gives_the_same_bytes() {
    assert_eq!(small(), small());
}
