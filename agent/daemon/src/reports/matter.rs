//! What stands beside the numbers: the postings, and since when a skill is learned.

use std::collections::{BTreeSet, HashMap};

use agent_core::{
    ids::JobId,
    report::{Posting, Shown, Tally},
    text,
};
use agent_store::{LearningState, ReportFacts};
use jiff::{civil::Date, tz::TimeZone};

use super::{corpus::Corpus, draft::Tried};
use crate::{fault::Fault, handle::Handle};

/// What was looked up for a report.
pub(super) struct Matter {
    learning: HashMap<String, Date>,
    facts: HashMap<JobId, ReportFacts>,
}

impl Matter {
    /// What the person learns; no posting yet.
    pub(super) async fn of(handle: &Handle) -> Result<Self, Fault> {
        let all = handle.store.read(|reader| reader.learning()).await?;
        let under_way = all
            .into_iter()
            .filter(|one| one.state == LearningState::Learning);
        let day = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).date();
        Ok(Self {
            learning: under_way
                .map(|one| (one.skill, day(one.started_at)))
                .collect(),
            facts: HashMap::new(),
        })
    }

    /// Tells what is learned apart.
    pub(super) fn mark(&self) -> String {
        let sorted: std::collections::BTreeMap<_, _> = self.learning.iter().collect();
        format!("{sorted:?}")
    }

    /// Since when the person learns a skill.
    pub(super) fn since(&self, skill: &str) -> Option<Date> {
        self.learning.get(skill).copied()
    }

    /// Looks up the postings of these.
    pub(super) async fn look_up(
        &mut self,
        corpus: &Corpus<'_>,
        tried: impl Iterator<Item = &Tried>,
        tally: &Tally,
    ) -> Result<(), Fault> {
        let ids: BTreeSet<JobId> = tried
            .flat_map(|one| chosen(one, tally).iter().map(|shown| shown.id))
            .collect();
        let ids: Vec<JobId> = ids.into_iter().collect();
        let read = corpus
            .handle()
            .store
            .read(move |reader| reader.report_facts(&ids));
        self.facts = read.await?;
        Ok(())
    }

    /// The postings of a skill: those it unlocks, else those that ask for it.
    pub(super) fn postings(&self, tried: &Tried, tally: &Tally) -> Vec<Posting> {
        let posting = |shown: &Shown| {
            let facts = self.facts.get(&shown.id)?;
            let words = facts.words.get(&tried.skill).map(|words| text::item(words));
            Some(Posting {
                job: shown.id.to_string(),
                title: facts.title.clone(),
                employer: facts.company.clone(),
                url: facts.url.clone(),
                // What another skill implies, or is near, is named by that one.
                words: words.unwrap_or_default().to_owned(),
                score: tenths(shown.score),
                score_with: shown.with.map(tenths),
            })
        };
        chosen(tried, tally).iter().filter_map(posting).collect()
    }
}

fn chosen<'a>(tried: &'a Tried, tally: &'a Tally) -> &'a [Shown] {
    if tried.gain.gained > 0 {
        return tried.gain.best();
    }
    tally.count(&tried.skill).map_or(&[], |count| count.best())
}

fn tenths(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}
