//! The corpus: what each file says of each path, by the examples and words of
//! RFC 9309 and the rules Google documents for its own parser.

use std::time::Duration;

use super::rules::READ;
use super::*;

mod group;
mod oracle;
mod path;

const US: &str = "agentd";

/// Whether `file` lets a path be read.
fn allows(file: &str, path: &str) -> bool {
    Rules::parse(file.as_bytes(), US).allow(path)
}

/// A file, and the paths it allows and forbids.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

fn check(cases: &[Case]) -> usize {
    for (file, allowed, forbidden) in cases {
        for path in *allowed {
            assert!(allows(file, path), "{path} is forbidden by\n{file}");
        }
        for path in *forbidden {
            assert!(!allows(file, path), "{path} is allowed by\n{file}");
        }
    }
    cases.iter().map(|(_, yes, no)| yes.len() + no.len()).sum()
}

#[test]
fn every_file_of_the_corpus_is_understood() {
    let all = [
        group::GROUPS,
        group::LINES,
        path::PATHS,
        path::MOST_SPECIFIC,
        path::ENCODED,
    ];
    let verdicts: usize = all.iter().map(|cases| check(cases)).sum();
    assert!(verdicts >= 200, "{verdicts}");
}

#[test]
fn the_pause_that_is_asked_for_is_read() {
    for (file, expected) in [
        ("User-agent: *\nCrawl-delay: 10", Some(10.0)),
        ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a", Some(0.5)),
        (
            "User-agent: *\nDisallow: /a\ncrawl-delay:120 # long",
            Some(120.0),
        ),
        ("User-agent: *\nCrawl-delay: 5\nCrawl-delay: 20", Some(20.0)),
        (
            "User-agent: agentd\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 90",
            Some(7.0),
        ),
        ("User-agent: other\nCrawl-delay: 7", None),
        (
            "User-agent: agentd\nDisallow: /\n\nUser-agent: *\nCrawl-delay: 90",
            None,
        ),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: NaN", None),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay:", None),
        ("User-agent: *\nCrawl-delay: 1e300", Some(1e9)),
        ("User-agent: *\nCrawl-delay: inf", Some(1e9)),
        ("Crawl-delay: 10", None),
    ] {
        let delay = Rules::parse(file.as_bytes(), US).delay();
        assert_eq!(delay, expected.map(Duration::from_secs_f64), "{file}");
    }
}

#[test]
fn a_large_file_is_read_as_far_as_promised_and_in_no_time() {
    let within = format!(
        "User-agent: *\nDisallow: /a\n{}Disallow: /b",
        "#\n".repeat(250 * 1024)
    );
    assert!(within.len() > 500 * 1024 && within.len() < READ);
    assert!(!allows(&within, "/b"));
    let beyond = format!(
        "User-agent: *\nDisallow: /a\n{}Disallow: /b",
        "#\n".repeat(READ / 2)
    );
    assert!(!allows(&beyond, "/a") && allows(&beyond, "/b"));
    // Stars that would make a backtracking comparison take for ever.
    let star = format!("Disallow: /{}b\n", "a*".repeat(2000));
    let hostile = format!("User-agent: *\n{}", star.repeat(120));
    assert!(allows(&hostile, &format!("/{}", "a".repeat(8000))));
}

#[test]
fn any_bytes_are_a_file() {
    let mut chance = fastrand::Rng::with_seed(9309);
    for _ in 0..2000 {
        let length = chance.usize(..400);
        let file: Vec<u8> = (0..length).map(|_| chance.u8(..)).collect();
        Rules::parse(&file, US).allow("/a%b?c*$");
    }
}
