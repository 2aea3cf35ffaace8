//! Rules the person accepted, and what a rule would change.

use agent_core::{
    ids::JobId,
    matching::feedback::{Effect, FeedbackModel, Rule, effect},
};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::json;

use super::hidden_by_person;
use crate::{
    NewEvent, Reader, StoreError, WriteTx,
    events::kind,
    matches::{FAILED, UNRANKED},
    value::{json as to_json, json_column, micros, time, time_or_none},
};

/// Number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub i64);

/// A rule that was accepted, and undone or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRule {
    /// Its number.
    pub id: RuleId,
    /// The rule.
    pub rule: Rule,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// When it was undone, if it was.
    pub undone_at: Option<Timestamp>,
    /// How many open jobs it hides now.
    pub hides: u32,
}

/// What a rule would change, found by applying it to all open jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePreview {
    /// The difference of the two lists.
    pub effect: Effect,
    /// How many jobs are listed now.
    pub listed: u32,
}

/// An open job in the list, or out of it.
struct Placed {
    id: JobId,
    class: u8,
    score: f64,
    hidden: bool,
}

impl WriteTx<'_> {
    /// Accepts a rule; the same one again is the one that holds. Jobs are moved
    /// by [`WriteTx::apply_feedback`].
    pub fn accept_rule(&mut self, rule: &Rule, at: Timestamp) -> Result<RuleId, StoreError> {
        let text = to_json("rule", rule)?;
        let known: Option<i64> = self.value(
            "SELECT id FROM feedback_rules WHERE rule = ?1 AND undone_at IS NULL",
            [&text],
        )?;
        if let Some(id) = known {
            return Ok(RuleId(id));
        }
        let words = rule.to_string();
        self.run(
            "INSERT INTO feedback_rules (rule, words, accepted_at) VALUES (?1, ?2, ?3)",
            params![text, words, micros(at)],
        )?;
        let id = RuleId(self.connection.last_insert_rowid());
        self.tell_of_rule(id, kind::RULE_ACCEPTED, words, at)?;
        Ok(id)
    }

    /// Takes a rule back; `false` when none holds with this number.
    pub fn undo_rule(&mut self, id: RuleId, at: Timestamp) -> Result<bool, StoreError> {
        let words: Option<String> = self.value(
            "UPDATE feedback_rules SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL
             RETURNING words",
            params![id.0, micros(at)],
        )?;
        let Some(words) = words else {
            return Ok(false);
        };
        self.tell_of_rule(id, kind::RULE_UNDONE, words, at)?;
        Ok(true)
    }

    fn tell_of_rule(
        &mut self,
        id: RuleId,
        kind: &str,
        text: String,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.append_event(&NewEvent {
            at,
            kind: kind.to_owned(),
            subject: id.0.to_string(),
            text,
            detail: json!({}),
        })?;
        Ok(())
    }
}

impl Reader {
    /// All rules that were ever accepted, in order.
    pub fn rules(&self) -> Result<Vec<StoredRule>, StoreError> {
        self.all(
            "SELECT id, rule, accepted_at, undone_at,
                    (SELECT count(*) FROM rule_hides JOIN jobs ON jobs.number = job
                     WHERE rule_hides.rule = feedback_rules.id AND closed_at IS NULL) AS hides
             FROM feedback_rules ORDER BY id",
            [],
            |row| {
                Ok(StoredRule {
                    id: RuleId(row.get("id")?),
                    rule: json_column(row, "rule")?,
                    accepted_at: time(row, "accepted_at")?,
                    undone_at: time_or_none(row, "undone_at")?,
                    hides: row.get("hides")?,
                })
            },
        )
    }

    /// What it would change if `rule` were accepted too: the list is made by the
    /// model as it is and as it would be, over all open jobs within the limits.
    pub fn preview_rule(
        &self,
        rule: &Rule,
        now: Timestamp,
        top: usize,
    ) -> Result<RulePreview, StoreError> {
        let model = self.feedback_model(now)?;
        let mut rules = model.rules().to_vec();
        rules.push(rule.clone());
        let with = model.with_rules(rules);
        let (before, after) = self.both_lists(&model, &with)?;
        Ok(RulePreview {
            effect: effect(&before, &after, top),
            listed: u32::try_from(before.len()).unwrap_or(u32::MAX),
        })
    }

    fn both_lists(
        &self,
        model: &FeedbackModel,
        with: &FeedbackModel,
    ) -> Result<(Vec<JobId>, Vec<JobId>), StoreError> {
        let by_person: std::collections::HashSet<i64> = self
            .all(
                &format!(
                    "SELECT number FROM jobs WHERE closed_at IS NULL AND {}",
                    hidden_by_person("jobs")
                ),
                [],
                |row| Ok(row.get(0)?),
            )?
            .into_iter()
            .collect();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let which = "jobs.closed_at IS NULL AND m.class < ?1 AND m.class <> ?2";
        self.each_traited(which, [FAILED, UNRANKED], |traited, row| {
            let ids = traited.ids();
            let class = row.get("class")?;
            let score = row.get::<_, Option<f64>>("score")?.unwrap_or_default();
            for (model, list) in [(model, &mut before), (with, &mut after)] {
                let shift = model.shift(&ids);
                list.push(Placed {
                    id: traited.id,
                    class,
                    score: score + shift.points,
                    hidden: shift.hidden_by.is_some() || by_person.contains(&traited.number.0),
                });
            }
            Ok(())
        })?;
        Ok((listed(before), listed(after)))
    }
}

/// The ids in the order of a list.
fn listed(mut placed: Vec<Placed>) -> Vec<JobId> {
    placed.retain(|one| !one.hidden);
    placed.sort_by(|a, b| {
        let by_class = a.class.cmp(&b.class);
        by_class
            .then_with(|| b.score.total_cmp(&a.score))
            .then_with(|| a.id.as_bytes().cmp(b.id.as_bytes()))
    });
    placed.into_iter().map(|one| one.id).collect()
}
