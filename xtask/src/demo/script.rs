//! What the demo types, step by step, and what it takes down.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::check::{self, Event, Explanation, Row, Status};
use super::practice::Counts;
use super::{Agent, Args, Built, Employer, Home, Screen, Serves};
use super::{apply, goal};
use crate::workspace::root;

/// The sample CV, and the profession of the corpus it belongs to.
const CV: &str = "examples/cv/backend-engineer.md";
const PROFESSION: &str = "software";

/// Rounds of the written corpus that are shown: before and after a day's changes.
const ROUNDS_SHOWN: usize = 2;

/// What the demo found, for a program that reads it.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    /// Open jobs at the end.
    postings: usize,
    sources: usize,
    plugins: usize,
    ranked: usize,
    /// Of the last round, as the next four.
    changed: usize,
    closed: usize,
    new: usize,
    restated: usize,
    reopened: usize,
    seconds: f64,
    rounds: Vec<Counts>,
    expected: Vec<Counts>,
    top: Vec<Top>,
    /// Of applications: by the employer's log and the signatures alone.
    drafted: usize,
    approved: usize,
    discarded: usize,
    submitted: usize,
    duplicate_refused: usize,
    portal_posts: usize,
    unapproved_posts: usize,
    /// Who planned the goal: the tier of models in use.
    model_tier: &'static str,
    /// Steps of the goal that came to their end.
    goal_steps: usize,
    /// What is not as it should be.
    complaints: Vec<String>,
}

impl Summary {
    /// An error when something is not as it should be.
    pub(crate) fn judged(&self) -> Result<()> {
        if self.complaints.is_empty() {
            return Ok(());
        }
        bail!(
            "what was shown is not what it should be:\n  {}",
            self.complaints.join("\n  ")
        )
    }
}

#[derive(Debug, Serialize)]
struct Top {
    title: String,
    company: String,
    score: Option<f64>,
}

/// Plays the whole script and checks it.
pub(crate) fn play(args: &Args, built: &Built, home: &Home, screen: Screen) -> Result<Summary> {
    let start = Instant::now();
    screen.step("A practice employer on this machine; the home can reach nothing else");
    let serves = Serves {
        data: args.data.clone(),
        sessions: args.sessions.clone(),
        bulk: None,
    };
    let employer = Employer::start(&built.bin, &home.employer(), &serves)?;
    home.mark(&employer)?;
    screen.line(&format!(
        "{} boards at {}",
        employer.ready.boards.len(),
        employer.ready.address
    ));

    let mut agent = Agent::new(&built.bin, &home.agent(), screen);
    if args.sabotage {
        screen.line("SABOTAGE: this daemon's browser sends each form as soon as it is filled");
        agent = agent.with_daemon(built.bin.join("examples/sabotaged_agentd"));
    }
    settle_in(&agent, built, screen)?;
    screen.step("Follow the boards");
    for board in &employer.ready.boards {
        agent.type_only(&["source", "add", &board.url])?;
    }
    agent.show(&["source", "list"])?;

    let rounds = if args.data.is_some() {
        employer.ready.rounds.len()
    } else {
        ROUNDS_SHOWN
    };
    let mut expected: Vec<Counts> = employer.ready.rounds.iter().take(rounds).copied().collect();
    let mut complaints = Vec::new();
    let mut counts = Vec::new();
    let (mut last_event, mut held_before) = (0, 0);
    let mut top = Vec::new();
    for number in 1..=rounds {
        if number == 1 {
            screen.step("Read the boards, then rank");
        } else {
            screen.step("Later: postings have changed, closed, come or come back");
            employer.turn_to(number)?;
        }
        agent.show(&["sync"])?;
        let status: Status = agent.ask(&["status"])?;
        let events: Vec<Event> =
            agent.ask_lines(&["watch", "--stored", "--after", &last_event.to_string()])?;
        let found = check::counted(&events, status.jobs_open);
        last_event = events
            .iter()
            .map(|event| event.id)
            .max()
            .unwrap_or(last_event);
        if args.data.is_some() {
            // The employer compares title and place of a recording; the agent every fact there is.
            expected
                .iter_mut()
                .skip(number - 1)
                .take(1)
                .for_each(|counts| counts.restated = found.restated);
        }
        let held = check::held(&events);
        complaints.extend(check::round(
            number,
            check::as_listed(found, held, held_before),
            expected.get(number - 1).copied().unwrap_or_default(),
        ));
        held_before = held;
        counts.push(found);
        if number == 1 {
            look_around(&agent, screen)?;
        } else {
            screen.line(&changes(found));
        }
        top = explained(&agent)?;
        for (row, explanation) in &top {
            complaints.extend(check::evidence(&row.title, explanation));
        }
        complaints.extend(check::order(&top));
        if args.data.is_none() {
            complaints.extend(check::profession(&top, &employer.corpus()?, PROFESSION));
        }
    }

    let status: Status = agent.ask(&["status"])?;
    if let Some(data) = &args.data {
        complaints.extend(against_index(data, &args.sessions, &agent)?);
    }
    if status.jobs_ranked != status.jobs_open {
        complaints.push(format!(
            "{} of {} open jobs are ranked",
            status.jobs_ranked, status.jobs_open
        ));
    }
    let (model_tier, goal_steps) = goal::play(&mut agent, screen, &mut complaints)?;
    let applied = apply::play(args, &agent, &home.agent(), &home.employer(), screen)?;
    if args.yes || args.sabotage {
        complaints.extend(apply::complaints(&applied));
    } else {
        complaints.extend(applied.verdict.complaints.iter().cloned());
    }
    screen.step("Stop");
    agent.show(&["stop"])?;
    let last = counts.last().copied().unwrap_or_default();
    Ok(Summary {
        postings: status.jobs_open,
        sources: status.sources,
        plugins: status.plugins,
        ranked: status.jobs_ranked,
        changed: last.changed,
        closed: last.closed,
        new: last.new,
        restated: last.restated,
        reopened: last.reopened,
        seconds: (start.elapsed().as_secs_f64() * 10.0).round() / 10.0,
        rounds: counts,
        expected,
        top: top
            .into_iter()
            .take(3)
            .map(|(row, _)| Top {
                title: row.title,
                company: row.company,
                score: row.score,
            })
            .collect(),
        drafted: applied.verdict.drafted,
        approved: applied.verdict.approved,
        discarded: applied.discarded,
        submitted: applied.verdict.submitted,
        duplicate_refused: applied.duplicate_refused,
        portal_posts: applied.verdict.portal_posts,
        unapproved_posts: applied.verdict.unapproved_posts,
        model_tier,
        goal_steps,
        complaints,
    })
}

/// The summary as a sentence.
pub(crate) fn in_words(summary: &Summary) -> String {
    format!(
        "Done in {} s: {} postings of {} sources through {} plugins, {} ranked; {} applications prepared, {} signed, {} sent, {} requests without a signature; every count and every reason checked.",
        summary.seconds,
        summary.postings,
        summary.sources,
        summary.plugins,
        summary.ranked,
        summary.drafted,
        summary.approved,
        summary.submitted,
        summary.unapproved_posts
    )
}

/// Everything up to the first source.
fn settle_in(agent: &Agent, built: &Built, screen: Screen) -> Result<()> {
    screen.step("Start the daemon");
    agent.show(&["start"])?;
    screen.step("Install the plugins: each is shown with the hosts it asks for");
    for plugin in &built.plugins {
        agent.show(&["plugin", "install", "--yes", &plugin.to_string_lossy()])?;
    }
    screen.step("Import a CV and say what to look for");
    let cv = root().join(CV);
    agent.show(&["init", &cv.to_string_lossy()])?;
    for wish in [
        &["roles", "backend engineer", "platform engineer"][..],
        &["places", "Berlin"],
        &["country", "DE"],
        &["permits", "DE"],
        &["languages", "en", "de"],
        &["pay-floor", "65000 EUR/year"],
        &["excluded-companies", "Roulette Recruiting"],
    ] {
        agent.type_only(&[&["prefs", "set"], wish].concat())?;
    }
    agent.show(&["prefs", "show"])
}

/// The list, the reasons of the best, and a search by meaning.
fn look_around(agent: &Agent, screen: Screen) -> Result<()> {
    screen.step("The ranked list");
    agent.show(&["jobs", "list", "--limit", "10"])?;
    screen.step("Why the first one is first");
    agent.show(&["explain", "1"])?;
    screen.step("A search by meaning: none of these words need to stand in the posting");
    agent.show(&[
        "jobs",
        "search",
        "keeping services up at night",
        "--limit",
        "5",
    ])
}

/// The first ten jobs with everything their places rest on.
fn explained(agent: &Agent) -> Result<Vec<(Row, Explanation)>> {
    #[derive(Deserialize)]
    struct List {
        jobs: Vec<Row>,
    }
    let list: List = agent.ask(&["jobs", "list", "--limit", "10"])?;
    list.jobs
        .into_iter()
        .map(|row| {
            let explanation = agent.ask(&["explain", &row.id])?;
            Ok((row, explanation))
        })
        .collect()
}

fn changes(found: Counts) -> String {
    format!(
        "{} new, {} with another text, {} with another title or place, {} closed, {} back again",
        found.new, found.changed, found.restated, found.closed, found.reopened
    )
}

/// Complaints about boards that do not hold at the end what the index says of their last session.
fn against_index(data: &Path, sessions: &[String], agent: &Agent) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Index {
        sessions: Vec<Session>,
    }
    #[derive(Deserialize)]
    struct Session {
        name: String,
        portal: String,
        board: String,
        postings: usize,
    }
    #[derive(Deserialize)]
    struct Sources {
        sources: Vec<Source>,
    }
    #[derive(Deserialize)]
    struct Source {
        url: String,
        jobs_open: usize,
    }
    let path = data.join("index.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let index: Index =
        serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    let served = |session: &&Session| ["greenhouse", "lever"].contains(&session.portal.as_str());
    let mut last = BTreeMap::new();
    if sessions.is_empty() {
        last.extend(
            index
                .sessions
                .iter()
                .filter(served)
                .map(|session| (check::key(&session.board), session.postings)),
        );
    }
    for name in sessions {
        let session = index.sessions.iter().find(|session| session.name == *name);
        let session =
            session.with_context(|| format!("{} has no session {name}", path.display()))?;
        last.insert(check::key(&session.board), session.postings);
    }
    let sources: Sources = agent.ask(&["source", "list"])?;
    let mut complaints = Vec::new();
    for (board, expected) in &last {
        match sources
            .sources
            .iter()
            .find(|source| check::key(&source.url) == *board)
        {
            Some(source) if source.jobs_open == *expected => {}
            Some(source) => complaints.push(format!(
                "{board}: {} open jobs, and the index says {expected}",
                source.jobs_open
            )),
            None => complaints.push(format!("{board} is not among the sources")),
        }
    }
    Ok(complaints)
}
