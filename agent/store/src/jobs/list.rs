//! Ranked lists, page by page.

use std::{fmt, str::FromStr};

use agent_core::ids::{JobId, SourceId};
use rusqlite::ToSql;

use super::{JobRow, ROW_COLUMNS, ROW_TABLES, job_row};
use crate::{Reader, StoreError, matches::FAILED};

/// Which jobs to list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobFilter {
    /// Only of this board.
    pub source: Option<SourceId>,
    /// Also those that fail a hard constraint, after the others.
    pub include_failed: bool,
    /// Also closed ones, at their place in the ranking.
    pub include_closed: bool,
    /// At most this many.
    pub limit: u32,
    /// Those after this place.
    pub after: Option<PageKey>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct JobList {
    /// The jobs, best first.
    pub rows: Vec<JobRow>,
    /// How many there are on all pages.
    pub total: u32,
    /// How many more there are that another posting of the same opening stands for.
    pub folded: u32,
    /// Where the next page starts; `None` after the last.
    pub next: Option<PageKey>,
}

/// A place in the ranking, as an opaque text. It names the place and not the
/// job there, so a list goes on where it was even when jobs come and go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageKey {
    class: u8,
    loss: f64,
    id: JobId,
}

impl fmt::Display for PageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:016x}{}", self.class, self.loss.to_bits(), self.id)
    }
}

impl FromStr for PageKey {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let parse = || {
            let class = text.get(..1)?.parse().ok()?;
            let loss = f64::from_bits(u64::from_str_radix(text.get(1..17)?, 16).ok()?);
            let id = text.get(17..)?.parse().ok()?;
            (class <= FAILED && loss.is_finite()).then_some(Self { class, loss, id })
        };
        parse().ok_or(StoreError::PageKey)
    }
}

impl Reader {
    /// Jobs by outcome (pass, ask, not ranked, fail), then score, then id; of the
    /// postings of one opening only one: an open one before a closed one, then an
    /// employer's before an agency's, then the better ranked.
    pub fn list_jobs(&self, filter: &JobFilter) -> Result<JobList, StoreError> {
        let listed = conditions(filter, "jobs");
        let outdone = outdone(filter);
        let classes = if filter.include_failed {
            FAILED + 1
        } else {
            FAILED
        };
        let source = filter.source.map(|id| *id.as_bytes());

        let mut params: Vec<(&str, &dyn ToSql)> = vec![(":classes", &classes)];
        if let Some(source) = &source {
            params.push((":source", source));
        }
        let all: u32 = self.number(
            &format!("SELECT count(*) FROM jobs WHERE {listed}"),
            params.as_slice(),
        )?;
        // Few jobs are in clusters: only those are looked at one by one.
        let folded: u32 = self.number(
            &format!(
                "SELECT count(*) FROM cluster_members JOIN jobs ON jobs.number = cluster_members.job
                 WHERE {listed} AND {outdone}"
            ),
            params.as_slice(),
        )?;

        let after = filter
            .after
            .map(|key| (key.class, key.loss, *key.id.as_bytes()));
        let from = if let Some((class, loss, id)) = &after {
            params.extend([
                (":class", class as &dyn ToSql),
                (":loss", loss),
                (":id", id),
            ]);
            "AND (jobs.rank_class, jobs.rank_loss, jobs.id) > (:class, :loss, :id)"
        } else {
            ""
        };
        // One more than asked for tells whether there is a next page.
        let limit = i64::from(filter.limit) + 1;
        params.push((":limit", &limit));
        let sql = format!(
            "SELECT {ROW_COLUMNS}, jobs.rank_class, jobs.rank_loss FROM {ROW_TABLES}
             WHERE {listed} AND NOT {outdone} {from}
             ORDER BY jobs.rank_class, jobs.rank_loss, jobs.id LIMIT :limit"
        );
        let mut places = self.all(&sql, params.as_slice(), |row| {
            let job = job_row(self, row)?;
            let key = PageKey {
                class: row.get("rank_class")?,
                loss: row.get("rank_loss")?,
                id: job.id,
            };
            Ok((job, key))
        })?;
        let more = places.len() > filter.limit as usize;
        places.truncate(filter.limit as usize);
        let next = places.last().filter(|_| more).map(|(_, key)| *key);
        Ok(JobList {
            rows: places.into_iter().map(|(row, _)| row).collect(),
            total: all.saturating_sub(folded),
            folded,
            next,
        })
    }
}

/// What a job of the list is, as a condition on the table `name`.
fn conditions(filter: &JobFilter, name: &str) -> String {
    let mut conditions = vec![format!("{name}.rank_class < :classes")];
    if !filter.include_closed {
        conditions.push(format!("{name}.closed_at IS NULL"));
    }
    if filter.source.is_some() {
        conditions.push(format!("{name}.source = :source"));
    }
    conditions.join(" AND ")
}

/// That another posting of the opening is in the list and goes before.
fn outdone(filter: &JobFilter) -> String {
    let listed = conditions(filter, "better");
    format!(
        "EXISTS (
             SELECT 1 FROM cluster_members me
             JOIN cluster_members mate ON mate.cluster = me.cluster AND mate.job <> me.job
             JOIN jobs better ON better.number = mate.job
             WHERE me.job = jobs.number AND {listed}
               AND (better.closed_at IS NOT NULL, mate.agency, better.rank_class,
                    better.rank_loss, better.id)
                   < (jobs.closed_at IS NOT NULL, me.agency, jobs.rank_class,
                      jobs.rank_loss, jobs.id))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_key_is_read_back_and_a_wrong_one_refused() {
        let key = PageKey {
            class: 1,
            loss: 12.75,
            id: JobId::from_bytes([7; 16]),
        };
        assert_eq!(key.to_string().parse::<PageKey>().ok(), Some(key));
        let nan = format!("1{:016x}{}", f64::NAN.to_bits(), key.id);
        for wrong in ["", "1", "é", "9", &key.to_string()[1..], &nan] {
            assert!(wrong.parse::<PageKey>().is_err(), "{wrong}");
        }
    }
}
