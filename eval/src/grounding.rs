//! `grounding DIR`: whether the gate for text of models finds planted lies and lets
//! true texts pass.
//!
//! The folder holds `people.jsonl`, a person (JSON Resume) and a posting a line;
//! `lies.txt`, rows of `person|kind|text` with one lie each; and `truths.txt`, rows of
//! `person|text`. Rows under `[later]` were written after the gate worked on the others.

use std::collections::BTreeMap;
use std::path::PathBuf;

use agent_core::{
    grounding::{Gate, Grounds, PostingText},
    profile::{Month, Profile, read},
};
use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cases;

/// Which sets.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the sets
    dir: PathBuf,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Deserialize)]
struct Person {
    id: String,
    today: String,
    resume: Value,
    posting: Posting,
}

#[derive(Debug, Deserialize)]
struct Posting {
    title: String,
    employer: String,
    text: String,
}

/// A person as read, with their posting.
struct Known {
    profile: Profile,
    today: Month,
    posting: Posting,
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    texts: usize,
    found: usize,
}

/// Reads both sets and counts.
pub(crate) fn run(args: &Args) -> Result<()> {
    let people = people(&cases::text(&args.dir.join("people.jsonl"))?)?;
    let gates: BTreeMap<&str, Gate<'_>> = people
        .iter()
        .map(|(id, known)| (id.as_str(), gate(known)))
        .collect();
    let (lies, kinds) = count(args, &gates, Set::Lies)?;
    let (truths, _) = count(args, &gates, Set::Truths)?;
    let share = |tally: Tally| 100.0 * tally.found as f64 / tally.texts.max(1) as f64;
    if args.json {
        let kinds: BTreeMap<&String, Value> = kinds
            .iter()
            .map(|(kind, tally)| (kind, json!({"texts": tally.texts, "found": tally.found})))
            .collect();
        let summary = json!({
            "people": people.len(),
            "lies": lies.texts, "lies_found": lies.found,
            "truths": truths.texts, "truths_stopped": truths.found,
            "kinds": kinds,
        });
        println!("{summary}");
    } else {
        for (kind, tally) in &kinds {
            println!("{kind:<20} {:>3} of {:>3}", tally.found, tally.texts);
        }
        println!("\n{} people", people.len());
        println!(
            "lies found      {:>4} of {:>4}  {:.1} %",
            lies.found,
            lies.texts,
            share(lies)
        );
        println!(
            "truths stopped  {:>4} of {:>4}  {:.1} %",
            truths.found,
            truths.texts,
            share(truths)
        );
    }
    ensure!(
        lies.found == lies.texts,
        "{} lies pass",
        lies.texts - lies.found
    );
    ensure!(
        share(truths) <= 2.0,
        "{} true texts are stopped",
        truths.found
    );
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Lies,
    Truths,
}

fn count(
    args: &Args,
    gates: &BTreeMap<&str, Gate<'_>>,
    set: Set,
) -> Result<(Tally, BTreeMap<String, Tally>)> {
    let name = match set {
        Set::Lies => "lies.txt",
        Set::Truths => "truths.txt",
    };
    let text = cases::text(&args.dir.join(name))?;
    let (mut all, mut kinds) = (Tally::default(), BTreeMap::<String, Tally>::new());
    for (at, row) in text.lines().enumerate() {
        if row.is_empty() || row.starts_with(['#', '[']) {
            continue;
        }
        let parts: Vec<&str> = row.split('|').collect();
        let (Some(person), Some(text)) = (parts.first(), parts.last()) else {
            continue;
        };
        let gate = gates
            .get(person)
            .with_context(|| format!("{name} line {}: nobody is called {person}", at + 1))?;
        let findings = gate.findings(text);
        let is_found = !findings.is_empty();
        let kind = parts.get(1).filter(|_| set == Set::Lies);
        let kind = kinds
            .entry(kind.map_or("true", |kind| kind).to_owned())
            .or_default();
        for tally in [&mut all, kind] {
            tally.texts += 1;
            tally.found += usize::from(is_found);
        }
        let is_wrong = is_found != (set == Set::Lies);
        if is_wrong && !args.json {
            println!("{name} line {}: {text}", at + 1);
            for finding in findings {
                println!("    “{}”: {}", finding.words, finding.why);
            }
        }
    }
    Ok((all, kinds))
}

fn people(text: &str) -> Result<BTreeMap<String, Known>> {
    let mut people = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let person: Person = serde_json::from_str(line)?;
        let resume = person.resume.to_string();
        let profile = read::from_text(read::Format::JsonResume, &resume)?.profile;
        let today = Month::of_iso(&person.today).context("a day that is none")?;
        people.insert(
            person.id,
            Known {
                profile,
                today,
                posting: person.posting,
            },
        );
    }
    Ok(people)
}

fn gate(known: &Known) -> Gate<'_> {
    Gate::new(Grounds {
        profile: &known.profile,
        posting: PostingText {
            title: &known.posting.title,
            employer: &known.posting.employer,
            text: &known.posting.text,
        },
        today: known.today,
    })
}
