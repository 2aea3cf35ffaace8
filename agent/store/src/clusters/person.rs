//! The person's word on what is one opening. It stands against every rule, and
//! the last word counts.

use std::collections::BTreeSet;

use agent_core::{cluster::Link, ids::JobId};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::json;

use super::known::KnownPrints;
use crate::{NewEvent, StoreError, WriteTx, events::kind, jobs::JobNumber, value::micros};

impl WriteTx<'_> {
    /// Takes a job out of its cluster for good. Gives the jobs it was with; none
    /// when it was alone already.
    pub fn split_job(&mut self, id: JobId, at: Timestamp) -> Result<Vec<JobId>, StoreError> {
        let JobNumber(number) = self.known_job(id)?;
        let mates = self.mates(number)?;
        if mates.is_empty() {
            return Ok(Vec::new());
        }
        for mate in &mates {
            self.choose(number, *mate, "split", at)?;
        }
        let mut touched = mates.clone();
        touched.insert(number);
        let mut loaded = KnownPrints::default();
        self.make_clusters(&touched, &mut loaded)?;
        let mut from = Vec::new();
        for mate in mates {
            from.extend(loaded.job(self, mate)?.map(|known| known.id));
        }
        if let Some(known) = loaded.job(self, number)? {
            self.append_event(&NewEvent {
                at,
                kind: kind::JOB_SPLIT.to_owned(),
                subject: id.to_string(),
                text: format!("{}: an opening of its own", known.text),
                detail: json!({ "from": from }),
            })?;
        }
        Ok(from)
    }

    /// Makes two jobs, and all that are in their clusters, one opening for good.
    pub fn join_jobs(&mut self, one: JobId, other: JobId, at: Timestamp) -> Result<(), StoreError> {
        let (JobNumber(a), JobNumber(b)) = (self.known_job(one)?, self.known_job(other)?);
        if a == b {
            return Ok(());
        }
        let with_mates = |number: i64| -> Result<BTreeSet<i64>, StoreError> {
            let mut all = self.mates(number)?;
            all.insert(number);
            Ok(all)
        };
        let (mine, theirs) = (with_mates(a)?, with_mates(b)?);
        for x in &mine {
            for y in &theirs {
                self.run(
                    "DELETE FROM cluster_choices WHERE one = ?1 AND other = ?2 AND choice = 'split'",
                    [x.min(y), x.max(y)],
                )?;
            }
        }
        self.choose(a, b, "join", at)?;
        let touched = mine.union(&theirs).copied().collect();
        let mut loaded = KnownPrints::default();
        self.make_clusters(&touched, &mut loaded)?;
        if let (Some(known), Some(far)) = (loaded.job(self, a)?, loaded.job(self, b)?) {
            self.tell_joined(&known, &far, &Link::by_person(), at)?;
        }
        Ok(())
    }

    fn choose(
        &mut self,
        one: i64,
        other: i64,
        choice: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO cluster_choices (one, other, choice, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (one, other) DO UPDATE SET choice = excluded.choice, at = excluded.at",
            params![one.min(other), one.max(other), choice, micros(at)],
        )?;
        Ok(())
    }
}
