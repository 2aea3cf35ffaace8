//! The gate for text of models against the labelled sets in `eval/fixtures/grounding`:
//! those it was made with, and in `blind` and `blind2` to `blind5` those of people who
//! did not know it.

// Helpers of tests fail as tests do.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, fs, path::Path};

use agent_core::{
    grounding::{Claim, Gate, Grounds, PostingText},
    profile::{Month, Profile, read},
};
use serde::Deserialize;

/// One person and the posting they write to.
#[derive(Deserialize)]
struct Person {
    id: String,
    today: String,
    resume: serde_json::Value,
    posting: Posting,
}

#[derive(Deserialize)]
struct Posting {
    title: String,
    employer: String,
    text: String,
}

/// A text, with the number of its line.
struct Row {
    line: usize,
    person: String,
    text: String,
}

/// Truths of the blind set that may be stopped, in a hundred.
const BLIND_STOPPED: usize = 10;
/// The same of the second blind set. When the gate first read it, 142 of its 150 lies
/// were found and 80 of its 150 truths were stopped; the gate was then mended by
/// principle, and no word was added for being in it.
const SECOND_STOPPED: usize = 45;
/// The same of the third. When the gate first read it, 85 of its 100 lies were found and
/// 36 of its 100 truths were stopped; it was then mended by rules for the classes of what
/// was missed, so it is no measure of unseen texts any more.
const THIRD_STOPPED: usize = 3;
/// The same of the fourth. When the gate first read it, 92 of its 100 lies were found and
/// 13 of its 100 truths were stopped; then it was mended in the same way.
const FOURTH_STOPPED: usize = 4;

/// The same of the fifth, and how many of its lies pass. It is the one measure of unseen
/// text: no rule is made for what is in it.
const UNSEEN_STOPPED: usize = 9;
const UNSEEN_MISSED: usize = 6;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/fixtures/grounding");
    fs::read_to_string(path.join(name)).unwrap()
}

fn rows(name: &str) -> Vec<Row> {
    let text = file(name);
    let kept = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with(['#', '[']));
    kept.map(|(at, line)| Row {
        line: at + 1,
        person: line.split('|').next().unwrap().to_owned(),
        text: line.rsplit('|').next().unwrap().to_owned(),
    })
    .collect()
}

/// What the gate finds in each row.
fn found(folder: &str, set: &str) -> Vec<(Row, Vec<Claim>)> {
    let people: Vec<(Person, Profile)> = file(&format!("{folder}people.jsonl"))
        .lines()
        .map(|line| {
            let person: Person = serde_json::from_str(line).unwrap();
            let resume = person.resume.to_string();
            let profile = read::from_text(read::Format::JsonResume, &resume)
                .unwrap()
                .profile;
            (person, profile)
        })
        .collect();
    let gates: BTreeMap<&str, Gate<'_>> = people
        .iter()
        .map(|(person, profile)| {
            let posting = PostingText {
                title: &person.posting.title,
                employer: &person.posting.employer,
                text: &person.posting.text,
            };
            let today = Month::of_iso(&person.today).unwrap();
            (
                person.id.as_str(),
                Gate::new(Grounds {
                    profile,
                    posting,
                    today,
                }),
            )
        })
        .collect();
    assert!(gates.len() >= 4);
    let rows = rows(&format!("{folder}{set}")).into_iter();
    rows.map(|row| {
        let findings = gates[row.person.as_str()].findings(&row.text);
        (row, findings)
    })
    .collect()
}

fn every_lie_is_found(folder: &str, least: usize) {
    lies_are_found(folder, least, 0);
}

/// All but so many lies are found.
fn lies_are_found(folder: &str, least: usize, but: usize) {
    let all = found(folder, "lies.txt");
    let missed: Vec<String> = all
        .iter()
        .filter(|(_, findings)| findings.is_empty())
        .map(|(row, _)| format!("{}: {}", row.line, row.text))
        .collect();
    assert!(
        missed.len() <= but,
        "{} of {}:\n{}",
        missed.len(),
        all.len(),
        missed.join("\n")
    );
    assert!(all.len() >= least, "{}", all.len());
}

/// At most so many of a hundred true texts are stopped.
fn truths_pass(folder: &str, least: usize, of_hundred: usize) {
    let all = found(folder, "truths.txt");
    let stopped: Vec<String> = all
        .iter()
        .filter(|(_, findings)| !findings.is_empty())
        .map(|(row, findings)| {
            let why: Vec<String> = findings
                .iter()
                .map(|one| format!("{} {:?}: {}", one.kind.name(), one.words, one.why))
                .collect();
            format!("{}: {}\n      {}", row.line, row.text, why.join("\n      "))
        })
        .collect();
    let most = all.len() * of_hundred / 100;
    assert!(
        stopped.len() <= most,
        "{} of {}:\n{}",
        stopped.len(),
        all.len(),
        stopped.join("\n")
    );
    assert!(all.len() >= least, "{}", all.len());
}

#[test]
fn p3_every_planted_lie_is_found() {
    every_lie_is_found("", 200);
}

#[test]
fn p3_true_texts_pass() {
    truths_pass("", 200, 2);
}

#[test]
fn p3_every_lie_written_blind_or_in_plain_words_is_found() {
    every_lie_is_found("blind/", 300);
}

#[test]
fn p3_true_texts_written_blind_mostly_pass() {
    truths_pass("blind/", 150, BLIND_STOPPED);
}

#[test]
fn p3_every_lie_of_the_second_blind_set_is_found() {
    every_lie_is_found("blind2/", 150);
}

#[test]
fn p3_true_texts_of_the_second_blind_set_pass_by_half() {
    truths_pass("blind2/", 150, SECOND_STOPPED);
}

#[test]
fn p3_every_lie_of_the_third_blind_set_is_found() {
    every_lie_is_found("blind3/", 100);
}

#[test]
fn p3_true_texts_of_the_third_blind_set_pass() {
    truths_pass("blind3/", 100, THIRD_STOPPED);
}

#[test]
fn p3_every_lie_of_the_fourth_blind_set_is_found() {
    every_lie_is_found("blind4/", 100);
}

#[test]
fn p3_true_texts_of_the_fourth_blind_set_pass() {
    truths_pass("blind4/", 100, FOURTH_STOPPED);
}

#[test]
fn p3_lies_of_a_set_that_no_rule_was_made_for_are_mostly_found() {
    lies_are_found("blind5/", 100, UNSEEN_MISSED);
}

#[test]
fn p3_true_texts_of_a_set_that_no_rule_was_made_for_mostly_pass() {
    truths_pass("blind5/", 100, UNSEEN_STOPPED);
}
