//! Picks the openings of a goal: those that fit its wish, the best first.

use std::collections::HashMap;

use agent_core::{
    ids::JobId,
    plan::{self, Wish},
};
use agent_store::{DraftTry, Goal, JobFilter, JobRow, Narrow};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::step::Done;
use crate::{clock, fault::Fault, handle::Handle};

/// Openings that a standing goal looks through for new ones.
const LOOKED_THROUGH: u32 = 300;
/// How often an opening that could not be prepared is tried in later rounds.
const MOST_TRIES: u32 = 3;

/// An opening that was picked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Picked {
    pub(super) id: JobId,
    pub(super) title: String,
    pub(super) company: String,
    pub(super) score: Option<f64>,
}

#[derive(Deserialize)]
struct Shortlist {
    jobs: Vec<Picked>,
}

/// Picks at most `limit` openings. Where none fits, the wish is widened, and what
/// was given up is said.
pub(super) async fn run(handle: &Handle, goal: &Goal, limit: u32) -> Result<Done, Fault> {
    let mut wish = goal.plan.wish.clone();
    let mut dropped: Vec<String> = Vec::new();
    let mut picked = pick(handle, goal, &wish, limit).await?;
    while picked.is_empty() {
        let Some((wider, widened)) = plan::widen(&wish) else {
            break;
        };
        wish = wider;
        dropped.push(widened.dropped);
        picked = pick(handle, goal, &wish, limit).await?;
    }
    let looked_for = plan::filter(&wish).to_string();
    let given_up = if dropped.is_empty() {
        String::new()
    } else {
        format!("nothing fitted; without {}: ", dropped.join(" and "))
    };
    let note = match picked.as_slice() {
        [] if goal.plan.wish.standing => "nothing new fits".to_owned(),
        [] if dropped.is_empty() => format!("nothing fits: {looked_for}"),
        [] => format!("nothing fits, not even without {}", dropped.join(" and ")),
        [best, ..] => format!(
            "{given_up}{}, the best {} at {}{}",
            match picked.len() {
                1 => "1 opening".to_owned(),
                many => format!("{many} openings"),
            },
            best.title,
            best.company,
            best.score
                .map(|score| format!(" ({score:.0})"))
                .unwrap_or_default(),
        ),
    };
    let result = json!({ "jobs": picked, "dropped": dropped, "looked_for": looked_for });
    Ok(Done::with(result, note))
}

async fn pick(handle: &Handle, goal: &Goal, wish: &Wish, limit: u32) -> Result<Vec<Picked>, Fault> {
    let standing = goal.plan.wish.standing;
    let filter = JobFilter {
        narrow: Some(Narrow {
            filter: plan::filter(wish),
            now: clock::now(),
        }),
        limit: if standing { LOOKED_THROUGH } else { limit },
        ..JobFilter::default()
    };
    let (id, made_at) = (goal.id, goal.made_at);
    let (list, tries) = handle
        .store
        .read(move |reader| Ok((reader.list_jobs(&filter)?, reader.draft_tries(id)?)))
        .await?;
    let tries: HashMap<JobId, DraftTry> = tries.into_iter().map(|one| (one.job, one)).collect();
    let is_wanted = |row: &JobRow| {
        let open = tries
            .get(&row.id)
            .is_none_or(|one| !one.counts && one.tries < MOST_TRIES);
        // What was there when the goal was made is no news.
        !standing || (row.sightings.first_seen > made_at && open)
    };
    Ok(list
        .rows
        .into_iter()
        .filter(is_wanted)
        .take(limit as usize)
        .map(|row| Picked {
            id: row.id,
            title: row.title,
            company: row.company,
            score: row.standing.map(|standing| standing.score),
        })
        .collect())
}

/// What an earlier step of the present round picked.
pub(super) async fn picked(handle: &Handle, goal: &Goal, from: &str) -> Result<Vec<Picked>, Fault> {
    let (id, round) = (goal.id, goal.round);
    let steps = handle
        .store
        .read(move |reader| reader.goal_steps(id, round))
        .await?;
    let step = steps.into_iter().find(|step| step.name == from);
    let list = step.and_then(|step| serde_json::from_value::<Shortlist>(step.result).ok());
    Ok(list.map(|list| list.jobs).unwrap_or_default())
}
