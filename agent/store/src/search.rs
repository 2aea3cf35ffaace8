//! Search by words and by meaning, fused.
//!
//! Words: FTS5 with BM25. Meaning: nearest vectors. The two orders are fused by
//! reciprocal rank, 1 / (60 + rank), after G. V. Cormack, C. L. A. Clarke and
//! S. Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
//! Rank Learning Methods", SIGIR 2009.

use std::collections::HashMap;

use agent_core::text;
use rusqlite::params;

use crate::{
    JobRow, Reader, StoreError, VectorSpace,
    jobs::{JobNumber, ROW_COLUMNS, ROW_TABLES, job_row},
    vectors::Of,
};

/// The constant of reciprocal rank fusion, as its authors measured it.
const FUSION: f64 = 60.0;

/// How many hits of each kind are fused, at least.
const POOL: u32 = 100;

/// More words than anyone means; the rest of a pasted page is not searched for.
const MAX_WORDS: usize = 32;

/// Fewest characters of a last word that also stands for longer words: `go`
/// means Go and not good, and short starts match half the corpus, slowly.
const MIN_PREFIX: usize = 3;

/// Words that carry no meaning of their own, in English, German and French. They
/// stand in nearly every posting, so what they find is chance.
const SMALL_WORDS: &str = "a an and are as at be by for from in into is it of on or that the this \
    to up with am auf aus bei das dem den der die ein eine für im ist mit oder und von zu zum zur \
    au aux avec dans de des du en est et la le les ou par pour sur un une";

/// What to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// Words as typed. Nothing in them is an operator.
    pub text: String,
    /// The text's vector, to search by meaning too.
    pub vector: Option<QueryVector>,
    /// At most this many hits.
    pub limit: u32,
    /// Also closed jobs.
    pub include_closed: bool,
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

impl Reader {
    /// Jobs that fit a query, best first. Words must all occur; when no job has
    /// them all, one of them is enough.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<SearchHit>, StoreError> {
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

    /// The FTS5 query that found something, and the jobs it found, best first.
    fn by_words(&self, query: &SearchQuery, pool: u32) -> Result<(String, Vec<i64>), StoreError> {
        let terms = terms(&query.text);
        for operator in [" AND ", " OR "] {
            let phrase = terms.join(operator);
            if phrase.is_empty() {
                break;
            }
            // Weights of title, company and description.
            let found = self.all(
                "SELECT job_words.rowid FROM job_words
                 JOIN jobs ON jobs.number = job_words.rowid
                 WHERE job_words MATCH ?1 AND job_words.rank MATCH 'bm25(10.0, 4.0, 1.0)'
                   AND (?3 OR jobs.closed_at IS NULL)
                 ORDER BY job_words.rank LIMIT ?2",
                params![phrase, pool, query.include_closed],
                |row| Ok(row.get(0)?),
            )?;
            if !found.is_empty() {
                return Ok((phrase, found));
            }
        }
        Ok((String::new(), Vec::new()))
    }

    /// Jobs whose description or title is near, nearest first.
    fn by_meaning(&self, query: &SearchQuery, pool: u32) -> Result<Vec<i64>, StoreError> {
        let Some(vector) = &query.vector else {
            return Ok(Vec::new());
        };
        let Some(stem) = self.stem(&vector.space)? else {
            return Ok(Vec::new());
        };
        let restriction = if query.include_closed {
            ""
        } else {
            "AND rowid IN (SELECT number FROM jobs WHERE closed_at IS NULL)"
        };
        let mut distances: HashMap<i64, f64> = HashMap::new();
        for of in [Of::Jobs, Of::Titles] {
            let table = stem.table(of);
            let near = self.nearest(&vector.space, &table, &vector.numbers, pool, restriction)?;
            for (number, distance) in near {
                if distance <= vector.max_distance {
                    let nearest = distances.entry(number).or_insert(distance);
                    *nearest = nearest.min(distance);
                }
            }
        }
        let mut order: Vec<(i64, f64)> = distances.into_iter().collect();
        order.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
        order.truncate(pool as usize);
        Ok(order.into_iter().map(|(number, _)| number).collect())
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
            (false, _) => (MatchedBy::Meaning, self.opening(job)?),
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

/// The words of `text` as FTS5 strings, in which nothing is an operator; the
/// last one also stands for words that start with it, if it is long enough.
fn terms(text: &str) -> Vec<String> {
    let typed: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MAX_WORDS)
        .collect();
    let small = |word: &str| {
        SMALL_WORDS
            .split(' ')
            .any(|small| small == word.to_lowercase())
    };
    let mut words = typed.clone();
    words.retain(|word| !small(word));
    if words.is_empty() {
        words = typed;
    }
    let mut terms: Vec<String> = words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
        .collect();
    if let (Some(term), Some(word)) = (terms.last_mut(), words.last())
        && word.chars().count() >= MIN_PREFIX
    {
        term.push('*');
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_become_quoted_terms() {
        let check = |typed: &str, expected: &[&str]| assert_eq!(terms(typed), expected, "{typed}");
        check("rust  engineer", &[r#""rust""#, r#""engineer"*"#]);
        check(r#"" NEAR 1=1 -- *()^:"#, &[r#""NEAR""#, r#""1=1"*"#]);
        check(r#"a"b"#, &[r#""a""b"*"#]);
        check("rust go", &[r#""rust""#, r#""go""#]);
        check("Up at the night", &[r#""night"*"#]);
        check("at the", &[r#""at""#, r#""the"*"#]);
        check(" -- * ", &[]);
        check("nul\0byte", &[r#""nul""#, r#""byte"*"#]);
    }
}
