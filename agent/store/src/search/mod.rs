//! Search by words and by meaning, fused.
//!
//! Words: FTS5 with BM25. Meaning: nearest vectors. The two orders are fused by
//! reciprocal rank, 1 / (60 + rank), after G. V. Cormack, C. L. A. Clarke and
//! S. Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
//! Rank Learning Methods", SIGIR 2009.

mod found;
mod terms;

use std::collections::HashMap;

use agent_core::text;
use rusqlite::params;

use crate::{
    JobRow, Narrow, Reader, StoreError, VectorSpace,
    feedback::hidden,
    jobs::{JobNumber, ROW_COLUMNS, ROW_TABLES, job_row},
    narrow::Condition,
};

/// The constant of reciprocal rank fusion, as its authors measured it.
const FUSION: f64 = 60.0;

/// How many hits of each kind are fused, at least.
const POOL: u32 = 100;

/// What to look for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchQuery {
    /// Words as typed. Nothing in them is an operator. Without words and with a
    /// filter, the jobs it fits are found in the order of the list.
    pub text: String,
    /// The text's vector, to search by meaning too.
    pub vector: Option<QueryVector>,
    /// At most this many hits.
    pub limit: u32,
    /// Also closed jobs.
    pub include_closed: bool,
    /// Also jobs that the person or a rule of theirs hides.
    pub include_hidden: bool,
    /// Only jobs the filter fits.
    pub narrow: Option<Narrow>,
}

/// A query's vector.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryVector {
    /// Its space.
    pub space: VectorSpace,
    /// Its numbers.
    pub numbers: Vec<f32>,
    /// Greatest cosine distance (1 less the similarity) of a hit: something is
    /// always nearest, even to a query that means nothing.
    pub max_distance: f64,
}

impl QueryVector {
    /// Greatest distance unless the caller knows better for its space.
    pub const MAX_DISTANCE: f64 = 0.6;

    /// A query's vector with the usual greatest distance.
    pub fn new(space: VectorSpace, numbers: Vec<f32>) -> Self {
        Self {
            space,
            numbers,
            max_distance: Self::MAX_DISTANCE,
        }
    }
}

/// How a hit was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchedBy {
    /// It has words of the query.
    Words,
    /// Its vector is near.
    Meaning,
    /// Both.
    WordsAndMeaning,
    /// The filter fits it; no words were given.
    Filter,
}

/// A job found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The job.
    pub row: JobRow,
    /// Sum of the reciprocal ranks.
    pub relevance: f64,
    /// How it was found.
    pub matched_by: MatchedBy,
    /// One line: the words around the hit with the words found in `[…]`, or
    /// the start of the description when it was found by meaning alone.
    pub snippet: String,
}

/// A job in one or both orders.
#[derive(Default)]
struct Fused {
    relevance: f64,
    by_words: bool,
    by_meaning: bool,
}

impl SearchQuery {
    /// What a job must be to be shown.
    fn shown(&self) -> Condition {
        let mut shown = match &self.narrow {
            Some(narrow) => narrow.condition("jobs"),
            None => Condition::default(),
        };
        let mut conditions = Vec::new();
        if !self.include_closed {
            conditions.push("jobs.closed_at IS NULL".to_owned());
        }
        if !self.include_hidden {
            conditions.push(format!("NOT {}", hidden("jobs")));
        }
        if !shown.sql.is_empty() {
            conditions.push(std::mem::take(&mut shown.sql));
        }
        shown.sql = if conditions.is_empty() {
            "true".to_owned()
        } else {
            conditions.join(" AND ")
        };
        shown
    }
}

impl Reader {
    /// Jobs that fit a query, best first. Words must all occur; when no job has
    /// them all, one of them is enough.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<SearchHit>, StoreError> {
        if query.text.is_empty() && query.narrow.is_some() {
            let fused = Fused::default();
            let found = self.by_filter(query)?.into_iter();
            return found
                .filter_map(|number| self.hit(JobNumber(number), &fused, "").transpose())
                .collect();
        }
        let pool = query.limit.saturating_mul(3).max(POOL);
        let (phrase, words) = self.by_words(query, pool)?;
        let meaning = self.by_meaning(query, pool)?;

        let mut fused: HashMap<i64, Fused> = HashMap::new();
        for (place, number) in words.iter().enumerate() {
            let hit = fused.entry(*number).or_default();
            hit.relevance += reciprocal(place);
            hit.by_words = true;
        }
        for (place, number) in meaning.iter().enumerate() {
            let hit = fused.entry(*number).or_default();
            hit.relevance += reciprocal(place);
            hit.by_meaning = true;
        }
        let mut order: Vec<(i64, Fused)> = fused.into_iter().collect();
        order.sort_by(|(a, one), (b, other)| {
            other.relevance.total_cmp(&one.relevance).then(a.cmp(b))
        });
        order.truncate(query.limit as usize);
        order
            .into_iter()
            .filter_map(|(number, hit)| self.hit(JobNumber(number), &hit, &phrase).transpose())
            .collect()
    }

    fn hit(
        &self,
        job: JobNumber,
        fused: &Fused,
        phrase: &str,
    ) -> Result<Option<SearchHit>, StoreError> {
        let (matched_by, snippet) = match (fused.by_words, fused.by_meaning) {
            (true, true) => (MatchedBy::WordsAndMeaning, self.snippet(job, phrase)?),
            (true, false) => (MatchedBy::Words, self.snippet(job, phrase)?),
            (false, true) => (MatchedBy::Meaning, self.opening(job)?),
            (false, false) => (MatchedBy::Filter, self.opening(job)?),
        };
        let sql = format!("SELECT {ROW_COLUMNS} FROM {ROW_TABLES} WHERE jobs.number = ?1");
        let row = self.first(&sql, [job.0], |row| job_row(self, row))?;
        Ok(row.map(|row| SearchHit {
            row,
            relevance: fused.relevance,
            matched_by,
            snippet,
        }))
    }

    fn snippet(&self, job: JobNumber, phrase: &str) -> Result<String, StoreError> {
        let text: String = self.number(
            "SELECT snippet(job_words, -1, '[', ']', '…', 20) FROM job_words
             WHERE job_words MATCH ?1 AND rowid = ?2",
            params![phrase, job.0],
        )?;
        Ok(text::line(&text))
    }

    fn opening(&self, job: JobNumber) -> Result<String, StoreError> {
        // Longer than the quotation, which is counted after folding white space.
        let text: String = self.number(
            "SELECT substr(description, 1, 600) FROM jobs WHERE number = ?1",
            [job.0],
        )?;
        Ok(text::quote(&text::line(&text), 160))
    }
}

fn reciprocal(place: usize) -> f64 {
    1.0 / (FUSION + place as f64 + 1.0)
}
