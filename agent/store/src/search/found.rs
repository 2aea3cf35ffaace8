//! What is found by words, by meaning and by a filter, best first.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::{QueryVector, SearchQuery, terms::terms};
use crate::{Reader, StoreError, matches::FAILED, value::json, vectors::Of};

/// How many more than wanted are looked for, because some may not be shown.
const WIDER: u32 = 4;

/// One in so many more are looked for by meaning: of every 1,024 vectors vec0 picks the
/// nearest one after the other, so that each more costs as much as the one before.
const MARGIN: u32 = 4;

/// A query of at most so many words is compared with titles first.
const TITLE_WORDS: usize = 5;

/// vec0 refuses to look for more.
const MAX_NEAREST: u32 = 4096;

impl Reader {
    /// The FTS5 query that found something, and the jobs it found, best first.
    pub(super) fn by_words(
        &self,
        query: &SearchQuery,
        pool: u32,
    ) -> Result<(String, Vec<i64>), StoreError> {
        let terms = terms(&query.text);
        for operator in [" AND ", " OR "] {
            let phrase = terms.join(operator);
            if phrase.is_empty() {
                break;
            }
            let found = self.words_found(query, &phrase, pool)?;
            if !found.is_empty() {
                return Ok((phrase, found));
            }
        }
        Ok((String::new(), Vec::new()))
    }

    /// The jobs an FTS5 query finds. Most of what is found may be shown, so the
    /// best are found first and looked at then; only when too few are left,
    /// every job is looked at while it is found.
    fn words_found(
        &self,
        query: &SearchQuery,
        phrase: &str,
        pool: u32,
    ) -> Result<Vec<i64>, StoreError> {
        let wide = pool.saturating_mul(WIDER);
        // Weights of title, company and description.
        let best = self.all(
            "SELECT rowid FROM job_words
             WHERE job_words MATCH ?1 AND rank MATCH 'bm25(10.0, 4.0, 1.0)'
             ORDER BY rank LIMIT ?2",
            params![phrase, wide],
            |row| Ok(row.get(0)?),
        )?;
        let all_of_them = best.len() < wide as usize;
        let mut kept = self.shown_of(query, &best)?;
        kept.truncate(pool as usize);
        if all_of_them || kept.len() >= pool as usize {
            return Ok(kept);
        }
        let shown = query.shown();
        self.all(
            &format!(
                "SELECT job_words.rowid FROM job_words
                 JOIN jobs ON jobs.number = job_words.rowid
                 WHERE job_words MATCH :phrase AND job_words.rank MATCH 'bm25(10.0, 4.0, 1.0)'
                   AND {} ORDER BY job_words.rank LIMIT :pool",
                shown.sql
            ),
            shown
                .params(&[(":phrase", &phrase), (":pool", &pool)])
                .as_slice(),
            |row| Ok(row.get(0)?),
        )
    }

    /// Jobs whose title or description is near, nearest first.
    pub(super) fn by_meaning(
        &self,
        query: &SearchQuery,
        pool: u32,
    ) -> Result<Vec<i64>, StoreError> {
        let Some(vector) = &query.vector else {
            return Ok(Vec::new());
        };
        let Some(stem) = self.stem(&vector.space)? else {
            return Ok(Vec::new());
        };
        let mut distances: HashMap<i64, f64> = HashMap::new();
        // A few words are like a title, and a sentence like a text. Each table is
        // read as a whole, so the other one is left when the first has enough.
        let short = terms(&query.text).len() <= TITLE_WORDS;
        let order = if short {
            [Of::Titles, Of::Jobs]
        } else {
            [Of::Jobs, Of::Titles]
        };
        for of in order {
            if distances.len() >= query.limit as usize {
                break;
            }
            for (number, distance) in self.near(query, vector, &stem.table(of), pool)? {
                let nearest = distances.entry(number).or_insert(distance);
                *nearest = nearest.min(distance);
            }
        }
        let mut order: Vec<(i64, f64)> = distances.into_iter().collect();
        order.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
        order.truncate(pool as usize);
        Ok(order.into_iter().map(|(number, _)| number).collect())
    }

    /// The nearest vectors of one table, of jobs that may be shown.
    fn near(
        &self,
        query: &SearchQuery,
        vector: &QueryVector,
        table: &str,
        pool: u32,
    ) -> Result<Vec<(i64, f64)>, StoreError> {
        // Few are closed or hidden, and a filter may leave out most.
        let wide = match query.narrow {
            Some(_) => pool.saturating_mul(WIDER),
            None => pool.saturating_add(pool / MARGIN),
        };
        let wide = wide.min(MAX_NEAREST);
        let mut near = self.nearest(&vector.space, table, &vector.numbers, wide, "")?;
        let farther = near.len() < wide as usize
            || near.last().is_some_and(|last| last.1 > vector.max_distance);
        near.retain(|(_, distance)| *distance <= vector.max_distance);
        let numbers: Vec<i64> = near.iter().map(|(number, _)| *number).collect();
        let shown: HashSet<i64> = self.shown_of(query, &numbers)?.into_iter().collect();
        near.retain(|(number, _)| shown.contains(number));
        near.truncate(pool as usize);
        if farther || near.len() >= pool as usize {
            return Ok(near);
        }
        let shown = query.shown();
        let bytes: Vec<u8> = vector
            .numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        let k = pool.min(MAX_NEAREST);
        let found = self.all(
            &format!(
                "SELECT rowid, distance FROM {table}
                 WHERE embedding MATCH :vector AND k = :k
                   AND rowid IN (SELECT number FROM jobs WHERE {}) ORDER BY distance",
                shown.sql
            ),
            shown.params(&[(":vector", &bytes), (":k", &k)]).as_slice(),
            |row| Ok((row.get(0)?, row.get::<_, Option<f64>>(1)?)),
        )?;
        Ok(found
            .into_iter()
            .filter_map(|(number, distance)| Some((number, distance?)))
            .filter(|(_, distance)| *distance <= vector.max_distance)
            .collect())
    }

    /// Those of `numbers` that may be shown, in their order.
    fn shown_of(&self, query: &SearchQuery, numbers: &[i64]) -> Result<Vec<i64>, StoreError> {
        let shown = query.shown();
        let list = json("numbers", &numbers)?;
        let kept: HashSet<i64> = self
            .all(
                &format!(
                    "SELECT jobs.number FROM json_each(:numbers) AS n
                     JOIN jobs ON jobs.number = n.value WHERE {}",
                    shown.sql
                ),
                shown.params(&[(":numbers", &list)]).as_slice(),
                |row| Ok(row.get(0)?),
            )?
            .into_iter()
            .collect();
        let mut rest = numbers.to_vec();
        rest.retain(|number| kept.contains(number));
        Ok(rest)
    }

    /// Jobs a filter alone finds, in the order of the list.
    pub(super) fn by_filter(&self, query: &SearchQuery) -> Result<Vec<i64>, StoreError> {
        let shown = query.shown();
        let failing = query
            .narrow
            .as_ref()
            .is_some_and(|narrow| narrow.filter.asks_for_failed());
        let classes = if failing { FAILED + 1 } else { FAILED };
        self.all(
            &format!(
                "SELECT jobs.number FROM rank_order
                 CROSS JOIN jobs ON jobs.number = rank_order.job
                 WHERE rank_order.class < :classes AND {} ORDER BY rank_order.class, rank_order.loss, rank_order.id LIMIT :limit",
                shown.sql
            ),
            shown
                .params(&[(":limit", &query.limit), (":classes", &classes)])
                .as_slice(),
            |row| Ok(row.get(0)?),
        )
    }
}
