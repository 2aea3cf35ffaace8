//! `rank DIR`: whether the jobs of a person's own field come before all others.
//!
//! A set is a CV with the jobs meant for it: files whose names (or folders) share
//! their words, "nurse_cv.md" and "nurse_jobs.json". CVs are looked for in the
//! folder, then in a folder `cv` beside it. The jobs of all sets are ranked for
//! each CV by their score, without preferences; equal scores count against us.
//! Constraints are left out: whether a person may take a job says nothing about
//! its field.

mod jobs;
mod measure;
mod sets;

use std::path::PathBuf;

use agent_core::matching::{Found, Verdict};
use agent_core::{job::Job, profile::Preferences};
use agent_models::BuiltIn;
use anyhow::{Result, ensure};
use serde_json::json;

use self::measure::Measure;
use crate::judged;

/// Which sets.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder with CVs and files of jobs
    dir: PathBuf,
    /// Print every ranking with the parts of its scores
    #[arg(long)]
    all: bool,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

/// A job with what was found in it, and the field it is of.
struct Candidate {
    field: usize,
    job: Job,
    found: Found,
}

/// Ranks all jobs for each CV and measures.
pub(crate) fn run(args: &Args) -> Result<()> {
    let sets = sets::load(&args.dir)?;
    let models = BuiltIn::new();
    let mut candidates = Vec::new();
    for (field, jobs) in sets.fields.into_iter().enumerate() {
        for job in jobs.jobs {
            let found = judged::found(&models, &job)?;
            candidates.push(Candidate { field, job, found });
        }
    }
    println!(
        "{:<36} {:>4} {:>6} {:>11} {:>6} {:>8}",
        "CV", "own", "others", "own above", "MRR", "nDCG@10"
    );
    let mut measures = Vec::new();
    for set in sets.people {
        let judge = judged::judge(&models, set.profile, Preferences::default())?;
        let mut ranking: Vec<(&Candidate, Verdict)> = candidates
            .iter()
            .map(|candidate| (candidate, judge.judge(&candidate.job, &candidate.found)))
            .collect();
        ranking.sort_by(|(a, x), (b, y)| {
            let own = |candidate: &Candidate| candidate.field == set.field;
            y.score
                .total
                .total_cmp(&x.score.total)
                .then(own(a).cmp(&own(b)))
        });
        let own: Vec<bool> = ranking
            .iter()
            .map(|(one, _)| one.field == set.field)
            .collect();
        let measure = Measure::of(&own);
        ensure!(
            measure.pairs > 0,
            "{}: there are no jobs of another field",
            set.name
        );
        println!(
            "{:<36} {:>4} {:>6} {:>9.1} % {:>6.3} {:>8.3}",
            set.name,
            measure.own,
            own.len() - measure.own,
            100.0 * measure.share(),
            measure.reciprocal_rank,
            measure.ndcg10
        );
        let last_own = own.iter().rposition(|own| *own).unwrap_or_default();
        for (rank, (candidate, verdict)) in ranking.iter().enumerate() {
            let is_own = candidate.field == set.field;
            let is_wrong = measure.share() < 1.0 && !is_own && rank < last_own;
            if args.all || is_wrong || (measure.share() < 1.0 && is_own) {
                print_row(rank + 1, candidate, verdict, is_own);
            }
        }
        measures.push(measure);
    }
    let mean = |of: fn(&Measure) -> f64| {
        measures.iter().map(of).sum::<f64>() / measures.len().max(1) as f64
    };
    let (above, pairs) = measures.iter().fold((0, 0), |(above, pairs), one| {
        (above + one.above, pairs + one.pairs)
    });
    let own_above_other = above as f64 / pairs.max(1) as f64;
    let (mrr, ndcg10) = (mean(|one| one.reciprocal_rank), mean(|one| one.ndcg10));
    println!(
        "{} sets: {above} of {pairs} pairs of an own and another job are in order",
        measures.len()
    );
    if args.json {
        let summary = json!({
            "sets": measures.len(),
            "own_above_other": own_above_other,
            "mrr": mrr,
            "ndcg10": ndcg10,
        });
        println!("{summary}");
    }
    Ok(())
}

fn print_row(rank: usize, candidate: &Candidate, verdict: &Verdict, is_own: bool) {
    let parts: Vec<String> = verdict
        .score
        .parts
        .iter()
        .map(|part| {
            part.value
                .map_or("-".to_owned(), |value| format!("{value:.0}"))
        })
        .collect();
    println!(
        "  {rank:>3} {:>5.1} {} {:<50} {}",
        verdict.score.total,
        if is_own { "own  " } else { "other" },
        candidate.job.title,
        parts.join("/")
    );
}
