//! `constraints FILE`: whether hard constraints are decided as a person would.
//!
//! One case a line, as JSON; empty lines and lines that begin with `#` are left
//! out:
//!
//! ```text
//! {"id": "permit-01",
//!  "posting": {"title": "Buyer", "locations": ["Leeds, UK"], "description_text": "…"},
//!  "preferences": {"permits": ["GB"]},
//!  "profile": {"languages": {"de": "B2"}, "degrees": ["B.Sc. Physics"], "location": "Leeds"},
//!  "expect": {"permit": "pass"}}
//! ```
//!
//! `posting` has the fields of a posting as a portal states it, `preferences`
//! those of the stored preferences, and `profile` may be left out. `expect` names
//! constraints with `pass`, `fail` or `ask`; those not named are not looked at.
//! A case is right when all it names are.

use std::collections::BTreeMap;
use std::path::PathBuf;

use agent_core::{
    ids::SourceId,
    job::{self, Job, Posting},
    matching::{Check, Outcome, Person, constraint},
    profile::{Education, LanguageSkill, Month, Preferences, Profile},
};
use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cases;

/// Which cases.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// File with one case a line
    file: PathBuf,
    /// Print the facts read from each posting
    #[arg(long)]
    facts: bool,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    posting: serde_json::Map<String, Value>,
    #[serde(default)]
    preferences: Preferences,
    #[serde(default)]
    profile: Known,
    #[serde(default)]
    expect: BTreeMap<String, Outcome>,
}

/// What a case says of the person's profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Known {
    /// Fluency as written, by code.
    languages: BTreeMap<String, String>,
    /// Degrees as written.
    degrees: Vec<String>,
    /// Where the person lives.
    location: Option<String>,
}

/// Cases of one constraint.
#[derive(Debug, Default)]
struct Tally {
    checks: usize,
    right: usize,
    false_pass: usize,
}

/// Decides every case and counts.
pub(crate) fn run(args: &Args) -> Result<()> {
    let text = cases::text(&args.file)?;
    let (mut cases, mut right, mut false_pass) = (0_usize, 0_usize, 0_usize);
    let mut by_constraint: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let place = || format!("{} line {}", args.file.display(), at + 1);
        let case: Case = serde_json::from_str(line).with_context(place)?;
        let job = read(&case).with_context(place)?;
        if args.facts {
            print_facts(&case, &job)?;
        }
        let checks = constraint::check(&job, &person(&case));
        let mut is_right = true;
        for (name, expected) in &case.expect {
            let Some(check) = checks.iter().find(|check| check.constraint.name() == name) else {
                bail!("{}: there is no constraint “{name}”", place());
            };
            let tally = by_constraint.entry(check.constraint.name()).or_default();
            tally.checks += 1;
            if check.outcome == *expected {
                tally.right += 1;
                continue;
            }
            is_right = false;
            if (*expected, check.outcome) == (Outcome::Fail, Outcome::Pass) {
                tally.false_pass += 1;
                false_pass += 1;
            }
            print_wrong(&case, check, *expected);
        }
        cases += 1;
        right += usize::from(is_right);
    }
    ensure!(cases > 0, "{} holds no case", args.file.display());
    println!(
        "\n{:<12} {:>6} {:>6} {:>11}",
        "constraint", "checks", "right", "false pass"
    );
    for (name, tally) in &by_constraint {
        println!(
            "{name:<12} {:>6} {:>6} {:>11}",
            tally.checks, tally.right, tally.false_pass
        );
    }
    println!("{right} of {cases} cases are right; {false_pass} passes should have been fails");
    if args.json {
        println!(
            "{}",
            json!({ "cases": cases, "right": right, "false_pass": false_pass })
        );
    }
    Ok(())
}

fn read(case: &Case) -> Result<Job> {
    let mut posting = serde_json::to_value(Posting {
        external_id: case.id.clone(),
        url: "https://jobs.example/case".to_owned(),
        ..Posting::default()
    })?;
    if let Some(fields) = posting.as_object_mut() {
        for (name, value) in &case.posting {
            ensure!(
                fields.contains_key(name) || OPTIONAL.contains(&name.as_str()),
                "a posting has no field “{name}”"
            );
            if name == "pay" {
                // Its own fields may be left out too.
                fields.insert(name.clone(), filled(value)?);
            } else {
                fields.insert(name.clone(), value.clone());
            }
        }
    }
    let posting: Posting = serde_json::from_value(posting)?;
    Ok(job::read(SourceId::of("eval", "cases"), "Acme", &posting)?)
}

/// Fields of a posting that are left out of its JSON when they hold nothing.
const OPTIONAL: &[&str] = &["benefits", "industry", "company_size", "agency"];

fn filled(pay: &Value) -> Result<Value> {
    let mut whole = serde_json::to_value(job::StatedPay::default())?;
    if let (Some(whole), Some(pay)) = (whole.as_object_mut(), pay.as_object()) {
        whole.extend(pay.clone());
    }
    Ok(whole)
}

fn person(case: &Case) -> Person {
    let languages = case
        .profile
        .languages
        .iter()
        .map(|(code, fluency)| LanguageSkill {
            code: code.clone(),
            fluency: Some(fluency.clone()),
            line: None,
        });
    let education = case.profile.degrees.iter().map(|degree| Education {
        institution: String::new(),
        degree: Some(degree.clone()),
        start: None,
        end: None,
        line: None,
    });
    let profile = Profile {
        languages: languages.collect(),
        education: education.collect(),
        location: case.profile.location.clone(),
        ..Profile::default()
    };
    let today = Month {
        year: 2026,
        month: 1,
    };
    Person::new(profile, case.preferences.clone(), today)
}

fn print_wrong(case: &Case, check: &Check, expected: Outcome) {
    let quotes = check.reason.evidence.iter().map(|one| one.quote.as_str());
    println!(
        "{:<16} {}: {:?}, expected {expected:?}: {} ({})",
        case.id,
        check.constraint.name(),
        check.outcome,
        check.reason.text,
        quotes.collect::<Vec<_>>().join(" | ")
    );
}

fn print_facts(case: &Case, job: &Job) -> Result<()> {
    println!("== {} {}", case.id, job.title);
    let facts = serde_json::to_value(&job.facts)?;
    for (name, value) in facts.as_object().into_iter().flatten() {
        let all = match value {
            Value::Array(all) => all.iter().collect(),
            other => vec![other],
        };
        for fact in all {
            if let (Some(value), Some(text)) = (fact.get("value"), fact.get("text")) {
                println!("  {name:<14} {value} {text}");
            }
        }
    }
    Ok(())
}
