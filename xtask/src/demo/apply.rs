//! The second half of the demo: three applications prepared, reviewed, and what
//! was approved sent.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::person::{self, Decision};
use super::verify::{self, Verdict};
use super::{Agent, Args, Screen};

/// How many applications are prepared.
const PREPARED: usize = 3;
/// How many of the best jobs are tried for them.
const TRIED: usize = 40;
/// What a person does with the three.
const DECISIONS: [Decision; PREPARED] = [Decision::Sign, Decision::Sign, Decision::Discard];

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    /// What the log and the signatures say.
    pub(crate) verdict: Verdict,
    /// What the tracker says.
    pub(crate) discarded: usize,
    /// Second applications to one opening that were refused.
    pub(crate) duplicate_refused: usize,
}

/// A row of `agentctl --json applications list`, or the end of preparing.
#[derive(Debug, Deserialize)]
struct Application {
    id: String,
    title: String,
    stage: String,
    employer: String,
    job_id: String,
    note: String,
}

#[derive(Debug, Deserialize)]
struct List {
    applications: Vec<Application>,
}

#[derive(Debug, Deserialize)]
struct Pending {
    questions: Vec<Question>,
}

#[derive(Debug, Deserialize)]
struct Question {
    number: u32,
    label: String,
    kind: String,
    required: bool,
    options: Vec<String>,
    suggestion: String,
}

/// Prepares, reviews, submits, and tries to apply twice.
pub(crate) fn play(
    args: &Args,
    agent: &Agent,
    home: &Path,
    employer: &Path,
    screen: Screen,
) -> Result<Applied> {
    screen.step("Prepare three applications: forms are filled in a browser, nothing is sent");
    if args.sabotage {
        // That browser reads the plainest form alone; one is enough.
        prepare_any(agent, screen)?;
        return Ok(Applied {
            verdict: verify::verify(home, employer)?,
            ..Applied::default()
        });
    }
    prepare_three(agent, screen)?;
    screen.step("Review: what would be sent, and a signature for each");
    if args.yes {
        person::review(person::command(agent.agentctl(), home), &DECISIONS, screen)?;
    } else if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        agent.talk(&["review"])?;
    } else {
        agent.show(&["review", "--list"])?;
        screen.line("(no terminal to sign at; with --yes the demo signs two and discards one)");
    }
    screen.step("The tracker, and a receipt");
    agent.show(&["applications", "list", "--all"])?;
    let list: List = agent.ask(&["applications", "list", "--all"])?;
    let submitted = |row: &&Application| row.stage == "submitted";
    let mut duplicate_refused = 0;
    if let Some(row) = list.applications.iter().find(submitted) {
        agent.show(&["applications", "show", &row.id])?;
        agent.show(&["applications", "verify"])?;
        screen.step("A second application to the same opening");
        if agent
            .refused(&["prepare", &row.job_id])?
            .contains("already")
        {
            duplicate_refused += 1;
        }
    }
    let discarded = |row: &&Application| row.stage == "discarded";
    Ok(Applied {
        discarded: list.applications.iter().filter(discarded).count(),
        duplicate_refused,
        verdict: verify::verify(home, employer)?,
    })
}

/// Complaints about what came of it when the demo answered as a person.
pub(crate) fn complaints(applied: &Applied) -> Vec<String> {
    let verdict = &applied.verdict;
    let mut found = verdict.complaints.clone();
    for (what, count, expected) in [
        ("drafted", verdict.drafted, PREPARED),
        ("approved", verdict.approved, 2),
        ("discarded", applied.discarded, 1),
        ("submitted", verdict.submitted, 2),
        ("sent to the employer", verdict.portal_posts, 2),
        ("sent without a signature", verdict.unapproved_posts, 0),
        ("refused as duplicate", applied.duplicate_refused, 1),
    ] {
        if count != expected {
            found.push(format!("{count} {what}, and it should be {expected}"));
        }
    }
    found
}

/// A row of `agentctl --json jobs list`.
#[derive(Debug, Deserialize)]
struct Job {
    id: String,
    company: String,
}

/// Takes the best jobs in turn, first one of each employer, until three wait for
/// a review. What a form asks is answered as a person would.
fn prepare_three(agent: &Agent, screen: Screen) -> Result<()> {
    let mut employers = BTreeSet::new();
    let (first, others): (Vec<Job>, Vec<Job>) = best(agent)?
        .into_iter()
        .partition(|job| employers.insert(job.company.clone()));
    let mut ready = 0;
    for job in first.iter().chain(&others) {
        if ready == PREPARED {
            return Ok(());
        }
        let mut row = prepare(agent, &job.id, screen)?;
        while row.stage == "needs-input" {
            answer(agent, &row.id, screen)?;
            row = prepare(agent, &row.id, screen)?;
        }
        match row.stage.as_str() {
            "awaiting-approval" => ready += 1,
            // The form wants the person, or the opening was tried under another
            // posting; there are other jobs.
            "needs-person" | "closed" => {}
            stage => bail!("preparing ended at {stage}: {}", row.note),
        }
    }
    if ready == PREPARED {
        return Ok(());
    }
    bail!("only {ready} of the {TRIED} best jobs could be prepared")
}

/// Prepares the first of the best jobs that can be.
fn prepare_any(agent: &Agent, screen: Screen) -> Result<()> {
    for job in best(agent)? {
        let Ok(mut row) = prepare(agent, &job.id, screen) else {
            continue;
        };
        while row.stage == "needs-input" {
            answer(agent, &row.id, screen)?;
            row = prepare(agent, &row.id, screen)?;
        }
        if row.stage == "awaiting-approval" {
            return Ok(());
        }
    }
    bail!("none of the {TRIED} best jobs could be prepared")
}

/// The best jobs of the list.
fn best(agent: &Agent) -> Result<Vec<Job>> {
    #[derive(Deserialize)]
    struct Jobs {
        jobs: Vec<Job>,
    }
    let jobs: Jobs = agent.ask(&["jobs", "list", "--limit", &TRIED.to_string()])?;
    Ok(jobs.jobs)
}

/// Prepares, or looks how far it is; says how it stands.
fn prepare(agent: &Agent, id: &str, screen: Screen) -> Result<Application> {
    #[derive(Deserialize)]
    struct Step {
        done: Option<Application>,
    }
    agent.typed(&["prepare", id]);
    let steps: Vec<Step> = agent.ask_lines(&["prepare", id])?;
    let row = steps.into_iter().find_map(|step| step.done);
    let row = row.context("preparing did not say how it ended")?;
    screen.line(&format!("{}, {}: {}", row.title, row.employer, row.note));
    Ok(row)
}

/// Answers what is asked: the first choice, a box ticked, a sentence, or what
/// is suggested.
fn answer(agent: &Agent, id: &str, screen: Screen) -> Result<()> {
    let pending: Pending = agent.ask(&["answer", id])?;
    if pending.questions.is_empty() {
        bail!("the form waits for an answer and asks nothing");
    }
    let mut args = vec!["answer".to_owned(), id.to_owned(), "--keep".to_owned()];
    for question in pending.questions {
        let value = match (question.kind.as_str(), question.options.first()) {
            _ if !question.suggestion.is_empty() => question.suggestion,
            (_, Some(first)) => first.clone(),
            ("checkbox", None) => "yes".to_owned(),
            _ if !question.required => String::new(),
            _ if question.label.to_lowercase().contains("name") => "Mira".to_owned(),
            _ => "Through a friend who works there".to_owned(),
        };
        args.push("--set".to_owned());
        args.push(format!("{}={value}", question.number));
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    screen.line("(the demo answers as a person would)");
    agent.show(&args)
}
