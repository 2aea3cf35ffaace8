//! Where certain kinds of code live, and nowhere else.

use regex::Regex;

use crate::source::{Source, sources};
use crate::{expect_clean, expect_one};

/// Every folder with product code of ours.
const ALL: [&str; 10] = [
    "agent/api",
    "agent/core",
    "agent/daemon",
    "agent/document",
    "agent/models",
    "agent/portal",
    "agent/store",
    "agentctl",
    "examples/practice",
    "xtask",
];

/// A kind of code that may stand only in named files.
struct Rule {
    /// What is looked for in code, comments and text left out.
    pattern: &'static str,
    /// Path prefixes the rule looks at.
    within: &'static [&'static str],
    /// Paths, or folders ending in a slash, where it may stand.
    only: &'static [&'static str],
    /// What to do instead.
    instead: &'static str,
}

const UNSAFE: Rule = Rule {
    pattern: r"\bunsafe\b|allow\(\s*unsafe_code",
    within: &[""],
    only: &["agent/store/src/vec_extension.rs"],
    instead: "find a safe way (rustix has one for most system calls); only sqlite-vec's entry point needs unsafe code",
};

/// The entry point of sqlite-vec and its safety argument fit in this many lines.
const UNSAFE_LINES: usize = 40;

const RULES: [Rule; 8] = [
    Rule {
        pattern: r"\benv::(var|var_os|vars|vars_os|temp_dir|home_dir)\b|\bdirectories::",
        within: &[
            "agent/daemon",
            "agent/core",
            "agent/models",
            "agent/portal",
            "agent/store",
        ],
        only: &[
            "agent/daemon/src/config.rs",
            "agent/daemon/src/config/surroundings.rs",
        ],
        instead: "read it in agent/daemon/src/config.rs and pass the value down",
    },
    Rule {
        pattern: r"\b(SystemTime|Timestamp|Zoned)::now\b|\bUNIX_EPOCH\.elapsed\b",
        within: &["agent/daemon", "agent/core", "agent/models", "agent/store"],
        only: &["agent/daemon/src/clock.rs"],
        instead: "take the time as an argument; agent/daemon/src/clock.rs alone asks for it",
    },
    Rule {
        pattern: r"\bInstant::now\b|\bstd::(fs|net|thread|process|env)\b",
        within: &["agent/core"],
        only: &[],
        instead: "the domain is pure: let the caller do it and pass the result in",
    },
    Rule {
        pattern: r"\b(e?println|e?print|dbg)!|clippy::print_std",
        within: &["agent/"],
        only: &["agent/daemon/src/main.rs"],
        instead: "return the text or the error; log with `tracing`; only a program's own edge prints",
    },
    Rule {
        pattern: r"\brusqlite\b",
        within: &[
            "agent/api",
            "agent/core",
            "agent/daemon",
            "agent/models",
            "agent/portal",
            "agentctl",
        ],
        only: &[],
        instead: "ask agent-store; give it a method named after what you need",
    },
    Rule {
        pattern: r"\bagent_api::v1\b|\btonic::",
        within: &["agent/daemon"],
        only: &["agent/daemon/src/rpc/"],
        instead: "only agent/daemon/src/rpc knows the wire; let it translate",
    },
    Rule {
        pattern: r"\bcrate::rpc\b",
        within: &["agent/daemon/src/pipeline/"],
        only: &[],
        instead: "a stage does not know who asked; return a value, and let agent/daemon/src/rpc translate",
    },
    Rule {
        pattern: r"\bagent_core::(application|job|matching|profile|skill)\b",
        within: &["agent/daemon/src/rpc/"],
        only: &["agent/daemon/src/rpc/convert/"],
        instead: "only rpc/convert sees both protobuf and domain types; give it a function and call that",
    },
];

fn complaints(rule: &Rule, files: &[Source]) -> Vec<String> {
    let pattern = Regex::new(rule.pattern).unwrap();
    let mut found = Vec::new();
    for file in files {
        let looked_at = rule
            .within
            .iter()
            .any(|prefix| file.path.starts_with(prefix));
        if !looked_at || rule.only.iter().any(|place| is_in(&file.path, place)) {
            continue;
        }
        for line in file.lines_with(&pattern) {
            found.push(format!("{}:{line}: {}", file.path, rule.instead));
        }
    }
    found
}

/// Whether a path is `place`, or lies in it when it is a folder.
fn is_in(path: &str, place: &str) -> bool {
    path == place || (place.ends_with('/') && path.starts_with(place))
}

/// Reads the database by itself, so that no fault of agent-store can hide what left.
const SQL_WITH_REASON: [&str; 1] = ["xtask/src/demo/verify/stored.rs"];

/// SQL in text anywhere but in the store. Statements are looked for where a literal begins,
/// so that a sentence may still speak of selecting jobs from a list.
fn sql(files: &[Source]) -> Vec<String> {
    let statement = Regex::new(
        r"(?is)^\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s+\w+(\s+where|\s*$)|create\s+(virtual\s+)?(table|index|trigger)\s|pragma\s+\w+)",
    )
    .unwrap();
    let outside = files
        .iter()
        .filter(|file| !file.path.starts_with("agent/store/"))
        .filter(|file| !SQL_WITH_REASON.contains(&file.path.as_str()));
    outside
        .flat_map(|file| file.literals.iter().map(move |literal| (file, literal)))
        .filter(|(_, (_, text))| statement.is_match(text))
        .map(|(file, (line, _))| {
            format!(
                "{}:{line}: this is SQL: move the query into a method of agent-store",
                file.path
            )
        })
        .collect()
}

/// Files longer than this, tests aside, hold more than one idea, unless listed with the reason.
const LONG: usize = 400;

/// Files that may be longer, and why one file serves the reader better.
const LONG_WITH_REASON: [(&str, &str); 0] = [];

fn too_long(files: &[Source], allowed: &[(&str, &str)]) -> Vec<String> {
    let listed = |path: &str| allowed.iter().any(|(allowed, _)| *allowed == path);
    let long = files.iter().filter(|file| file.lines > LONG && !listed(&file.path)).map(|file| {
        format!(
            "{}: {} lines, more than {LONG}: split it by topic, or list it in tests/tidy/places.rs with the reason",
            file.path,
            file.lines
        )
    });
    let stale = allowed.iter().filter_map(|(path, reason)| {
        let needed = files.iter().any(|file| file.path == *path && file.lines > LONG);
        (!needed || reason.len() < 20)
            .then(|| format!("{path}: listed as long, but it is short, gone, or the reason says nothing: mend the list"))
    });
    long.chain(stale).collect()
}

#[test]
fn unsafe_code_stands_in_one_short_file() {
    let files = sources(&ALL);
    expect_clean(&complaints(&UNSAFE, &files));
    for file in files
        .iter()
        .filter(|file| UNSAFE.only.contains(&file.path.as_str()))
    {
        let lines = file.text.lines().count();
        assert!(
            lines <= UNSAFE_LINES,
            "{}: {lines} lines, more than {UNSAFE_LINES}: keep only the unsafe call and its safety argument there",
            file.path
        );
    }
}

#[test]
fn clock_environment_printing_and_database_stay_in_their_places() {
    let files = sources(&ALL);
    let found: Vec<_> = RULES
        .iter()
        .flat_map(|rule| complaints(rule, &files))
        .collect();
    expect_clean(&found);
}

#[test]
fn there_is_no_sql_outside_the_store() {
    expect_clean(&sql(&sources(&ALL)));
}

#[test]
fn no_source_file_is_longer_than_it_should_be() {
    expect_clean(&too_long(&sources(&ALL), &LONG_WITH_REASON));
}

#[test]
fn every_exempt_file_exists() {
    let files = sources(&ALL);
    for path in RULES.iter().chain([&UNSAFE]).flat_map(|rule| rule.only) {
        assert!(
            files.iter().any(|file| is_in(&file.path, path)),
            "{path} is exempt from a rule but does not exist: mend tests/tidy/places.rs"
        );
    }
}

#[test]
fn code_in_the_wrong_place_is_seen() {
    let one = |path: &str, text: &str| [Source::new(path, text)];
    let rules: Vec<&Rule> = RULES.iter().chain([&UNSAFE]).collect();
    let cases = [
        (
            "agent/portal/src/a.rs",
            "fn a() { unsafe { b() } }",
            "find a safe way",
        ),
        (
            "agent/api/src/a.rs",
            "#![allow(unsafe_code)]",
            "find a safe way",
        ),
        (
            "agent/daemon/src/rpc/a.rs",
            "let a = std::env::var(\"HOME\");",
            "config.rs",
        ),
        (
            "agent/store/src/a.rs",
            "let now = jiff::Timestamp::now();",
            "clock.rs",
        ),
        ("agent/core/src/a.rs", "let start = Instant::now();", "pure"),
        ("agent/core/src/a.rs", "use std::fs;", "pure"),
        (
            "agent/models/src/a.rs",
            "println!(\"x\");",
            "return the text",
        ),
        (
            "agent/daemon/src/pipeline/a.rs",
            "use rusqlite::Connection;",
            "agent-store",
        ),
        (
            "agent/daemon/src/pipeline/sync.rs",
            "use crate::rpc::convert;",
            "who asked",
        ),
        (
            "agent/daemon/src/inbox.rs",
            "use agent_api::v1::Inbox;",
            "knows the wire",
        ),
        (
            "agent/daemon/src/rpc/jobs.rs",
            "use agent_core::job::Job;",
            "rpc/convert",
        ),
    ];
    for (path, text, what) in cases {
        let file = one(path, text);
        let found: Vec<_> = rules
            .iter()
            .flat_map(|rule| complaints(rule, &file))
            .collect();
        expect_one(&found, what);
    }
    let exempt = one("agent/daemon/src/clock.rs", "let now = Timestamp::now();");
    expect_clean(
        &rules
            .iter()
            .flat_map(|rule| complaints(rule, &exempt))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn sql_is_told_from_sentences() {
    let file = |path, text: &str| [Source::new(path, &format!("const A: &str = {text:?};"))];
    for statement in [
        "SELECT id FROM jobs",
        "insert or ignore into jobs values (1)",
        "DELETE FROM jobs",
        "PRAGMA user_version",
    ] {
        expect_one(
            &sql(&file("agent/daemon/src/a.rs", statement)),
            "this is SQL",
        );
        expect_clean(&sql(&file("agent/store/src/a.rs", statement)));
    }
    for sentence in [
        "Select a job from the list",
        "delete from the queue",
        "update the source",
    ] {
        let found = sql(&file("agentctl/src/a.rs", sentence));
        assert!(
            found.is_empty() || sentence.starts_with("Select"),
            "{sentence}: {found:?}"
        );
    }
}

#[test]
fn a_long_file_and_a_stale_exemption_are_seen() {
    let long = [Source::new("agent/core/src/a.rs", &"\n".repeat(LONG + 1))];
    let short = [Source::new("agent/core/src/a.rs", &"\n".repeat(LONG))];
    let listed = [("agent/core/src/a.rs", "one table, read from top to bottom")];
    expect_one(&too_long(&long, &[]), "split it");
    expect_clean(&too_long(&short, &[]));
    expect_clean(&too_long(&long, &listed));
    expect_one(&too_long(&short, &listed), "mend the list");
}
