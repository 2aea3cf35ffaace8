//! Moves jobs by what was learned. The order alone changes: the points stand
//! beside the score, which stays as it is, and so does the outcome.

use agent_core::matching::feedback::{Feature, FeedbackModel, Proposal, Rule, Shift, propose};
use jiff::Timestamp;
use rusqlite::params;

use super::{RuleId, traits::Traited};
use crate::{Reader, StoreError, WriteTx};

/// Under which setting the model is named by which the jobs stand.
const MODEL: &str = "feedback.model";

/// Points that make no difference to anyone.
const NOTHING: f64 = 0.005;

/// What applying the model did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Jobs that were looked at.
    pub looked_at: u32,
    /// Jobs that stand elsewhere now, or are hidden or shown by a rule.
    pub changed: u32,
}

/// What is new for a job.
struct Change {
    number: i64,
    points: f64,
    rule: Option<RuleId>,
}

impl WriteTx<'_> {
    /// Moves and hides jobs by what the person said up to `now`: all jobs when
    /// what was learned is another than the last time, else those that are new
    /// or changed since.
    pub fn apply_feedback(&mut self, now: Timestamp) -> Result<Applied, StoreError> {
        let (model, ids) = self.model_with_ids(now)?;
        let fingerprint = format!("{} {ids:?}", model.fingerprint());
        let known: Option<String> =
            self.value("SELECT value FROM settings WHERE key = ?1", [MODEL])?;
        let all = known.as_deref().unwrap_or_default() != fingerprint;
        let nothing_yet = known.is_none() && model.is_empty();
        let mut applied = Applied::default();
        if !nothing_yet {
            let which = if all {
                "true"
            } else {
                "jobs.number IN (SELECT job FROM feedback_queue)"
            };
            let changes = self.changes(&model, &ids, which, &mut applied)?;
            for change in &changes {
                self.put_points(change)?;
            }
            if !changes.is_empty() {
                self.forget_counts()?;
            }
            applied.changed = u32::try_from(changes.len()).unwrap_or(u32::MAX);
            if all {
                self.set_setting(MODEL, &fingerprint)?;
            }
        }
        self.run("DELETE FROM feedback_queue", [])?;
        Ok(applied)
    }

    fn changes(
        &self,
        model: &FeedbackModel,
        ids: &[RuleId],
        which: &str,
        applied: &mut Applied,
    ) -> Result<Vec<Change>, StoreError> {
        let mut changes = Vec::new();
        self.each_traited(which, [], |traited, row| {
            applied.looked_at += 1;
            let Shift { points, hidden_by } = model.shift(&traited.ids());
            let points = if points.abs() < NOTHING { 0.0 } else { points };
            let rule = hidden_by.and_then(|place| ids.get(place)).copied();
            let was: f64 = row.get("points")?;
            let was_by = row.get::<_, Option<i64>>("rule")?.map(RuleId);
            // Bit by bit: the order must be the same however it came about.
            if was.to_bits() != points.to_bits() || was_by != rule {
                changes.push(Change {
                    number: traited.number.0,
                    points,
                    rule,
                });
            }
            Ok(())
        })?;
        Ok(changes)
    }

    fn put_points(&mut self, change: &Change) -> Result<(), StoreError> {
        match change.rule {
            Some(rule) => self.run(
                "INSERT OR REPLACE INTO rule_hides (job, rule) VALUES (?1, ?2)",
                [change.number, rule.0],
            )?,
            None => self.run("DELETE FROM rule_hides WHERE job = ?1", [change.number])?,
        };
        // The place in the order follows by a trigger.
        self.run(
            "UPDATE matches SET points = ?2 WHERE job = ?1",
            params![change.number, change.points],
        )?;
        Ok(())
    }
}

impl Reader {
    /// What the person taught up to `now`.
    pub fn feedback_model(&self, now: Timestamp) -> Result<FeedbackModel, StoreError> {
        Ok(self.model_with_ids(now)?.0)
    }

    fn model_with_ids(&self, now: Timestamp) -> Result<(FeedbackModel, Vec<RuleId>), StoreError> {
        let (ids, rules): (Vec<RuleId>, Vec<Rule>) = self
            .rules()?
            .into_iter()
            .filter(|stored| stored.undone_at.is_none())
            .map(|stored| (stored.id, stored.rule))
            .unzip();
        Ok((FeedbackModel::learn(&self.examples(now)?, rules), ids))
    }

    /// Points that likes, hides and rules move a job by.
    pub fn feedback_points(&self, id: agent_core::ids::JobId) -> Result<f64, StoreError> {
        self.number(
            "SELECT points FROM matches JOIN jobs ON jobs.number = job WHERE jobs.id = ?1",
            [id.as_bytes()],
        )
    }

    /// Rules that what was said up to `now` speaks for, which are not accepted yet.
    pub fn proposed_rules(&self, now: Timestamp) -> Result<Vec<Proposal>, StoreError> {
        let examples = self.examples(now)?;
        // Only what would be proposed if it were rare is counted over all jobs.
        let wanted: Vec<Feature> = propose(&examples, |_| 0.0)
            .into_iter()
            .map(|proposal| proposal.rule.feature)
            .collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<u64> = wanted.iter().map(Feature::id).collect();
        let mut having = vec![0_u32; ids.len()];
        let mut jobs = 0_u32;
        self.each_traited("jobs.closed_at IS NULL", [], |traited: Traited, _| {
            jobs += 1;
            let has = traited.ids();
            for (id, count) in ids.iter().zip(&mut having) {
                *count += u32::from(has.iter().any(|(_, of)| of == id));
            }
            Ok(())
        })?;
        let share = |feature: &Feature| {
            let id = feature.id();
            let at = ids.iter().zip(&having).find(|(known, _)| **known == id);
            at.map_or(0.0, |(_, count)| f64::from(*count) / f64::from(jobs.max(1)))
        };
        let held: Vec<Rule> = self
            .rules()?
            .into_iter()
            .filter(|stored| stored.undone_at.is_none())
            .map(|stored| stored.rule)
            .collect();
        let same = |rule: &Rule| {
            let id = rule.feature.id();
            held.iter().any(|held| held.feature.id() == id)
        };
        let mut proposals = propose(&examples, share);
        proposals.retain(|proposal| !same(&proposal.rule));
        Ok(proposals)
    }
}
