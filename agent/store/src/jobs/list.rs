//! Ranked lists, page by page.

use std::{fmt, str::FromStr};

use agent_core::ids::{JobId, SourceId};
use rusqlite::ToSql;

use super::{JobRow, ROW_COLUMNS, job_row};
use crate::{
    Narrow, Reader, StoreError,
    feedback::{HIDDEN_JOBS, hidden},
    matches::FAILED,
};

/// Which jobs to list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobFilter {
    /// Only of this board.
    pub source: Option<SourceId>,
    /// Also those that fail a hard constraint, after the others.
    pub include_failed: bool,
    /// Also closed ones, at their place in the ranking.
    pub include_closed: bool,
    /// Also those that the person or a rule of theirs hides.
    pub include_hidden: bool,
    /// Only those the filter fits.
    pub narrow: Option<Narrow>,
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
        let listed = conditions(filter, "jobs", "place");
        let outdone = outdone(filter);
        let tables = tables(filter);
        let classes = classes(filter.include_failed);
        let source = filter.source.map(|id| *id.as_bytes());

        let narrowed = filter
            .narrow
            .as_ref()
            .map(|narrow| narrow.condition("jobs"));
        let mut params: Vec<(&str, &dyn ToSql)> = vec![(":classes", &classes)];
        if let Some(source) = &source {
            params.push((":source", source));
        }
        if let Some(narrowed) = &narrowed {
            params = narrowed.params(&params);
        }
        let ListCounts {
            listed: all,
            folded,
        } = match self.counts_of(filter)? {
            Some(counts) => counts,
            None => ListCounts {
                listed: self.number(
                    &format!("SELECT count(*) FROM {tables} WHERE {listed}"),
                    params.as_slice(),
                )?,
                // Few jobs are in clusters: only those are looked at one by one.
                folded: self.number(
                    &format!(
                        "SELECT count(*) FROM cluster_members
                         CROSS JOIN jobs ON jobs.number = cluster_members.job
                         CROSS JOIN matches place ON place.job = jobs.number
                         WHERE {listed} AND {outdone}"
                    ),
                    params.as_slice(),
                )?,
            },
        };

        let after = filter
            .after
            .map(|key| (key.class, key.loss, *key.id.as_bytes()));
        let from = if let Some((class, loss, id)) = &after {
            params.extend([
                (":class", class as &dyn ToSql),
                (":loss", loss),
                (":id", id),
            ]);
            "AND (place.class, place.loss, place.id) > (:class, :loss, :id)"
        } else {
            ""
        };
        // One more than asked for tells whether there is a next page.
        let limit = i64::from(filter.limit) + 1;
        params.push((":limit", &limit));
        let sql = format!(
            "SELECT {ROW_COLUMNS}, place.class, place.loss
             FROM {tables} LEFT JOIN matches ON matches.job = jobs.number
             WHERE {listed} AND NOT {outdone} {from}
             ORDER BY place.class, place.loss, place.id LIMIT :limit"
        );
        let mut places = self.all(&sql, params.as_slice(), |row| {
            let job = job_row(self, row)?;
            let key = PageKey {
                class: row.get("class")?,
                loss: row.get("loss")?,
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

    /// The counts of a list of everything, as they were kept.
    fn counts_of(&self, filter: &JobFilter) -> Result<Option<ListCounts>, StoreError> {
        if filter.source.is_some() || filter.include_hidden || filter.narrow.is_some() {
            return Ok(None);
        }
        self.kept_counts(filter.include_closed, filter.include_failed)
    }

    /// The counts of a list of everything, counted now.
    pub(crate) fn counted(&self, closed: bool, failed: bool) -> Result<ListCounts, StoreError> {
        let filter = JobFilter {
            include_closed: closed,
            include_failed: failed,
            ..JobFilter::default()
        };
        let classes = classes(failed);
        let open = if closed { "" } else { "AND closed = 0" };
        // The other way round each job would be asked whether it is hidden.
        let all: u32 = self.number(
            &format!("SELECT count(*) FROM rank_order WHERE class < ?1 {open}"),
            [classes],
        )?;
        let hidden: u32 = self.number(
            &format!(
                "SELECT count(*) FROM matches WHERE class < ?1 {open} AND job IN ({HIDDEN_JOBS})"
            ),
            [classes],
        )?;
        let listed = conditions(&filter, "jobs", "place");
        let folded = self.number(
            &format!(
                "SELECT count(*) FROM cluster_members
                 CROSS JOIN jobs ON jobs.number = cluster_members.job
                 CROSS JOIN matches place ON place.job = jobs.number
                 WHERE {listed} AND {}",
                outdone(&filter)
            ),
            &[(":classes", &classes)],
        )?;
        Ok(ListCounts {
            listed: all.saturating_sub(hidden),
            folded,
        })
    }
}

/// What an opening counts once by, as a condition on a row of `jobs` and of `matches`
/// under the name `place`, and the classes that are in the list.
pub(crate) fn countable(filter: &JobFilter) -> (String, u8) {
    let listed = conditions(filter, "jobs", "place");
    let condition = format!("{listed} AND NOT {}", outdone(filter));
    (condition, classes(filter.include_failed))
}

/// How many jobs a list has on all pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListCounts {
    /// Those of openings that another posting stands for included.
    pub(crate) listed: u32,
    /// How many of them another posting stands for.
    pub(crate) folded: u32,
}

/// The class from which on jobs are not in the list.
const fn classes(include_failed: bool) -> u8 {
    if include_failed { FAILED + 1 } else { FAILED }
}

/// The jobs with their places, in the order in which they are looked at: of one
/// board its jobs, else the places from the best on.
fn tables(filter: &JobFilter) -> &'static str {
    if filter.source.is_some() {
        "jobs CROSS JOIN matches place ON place.job = jobs.number"
    } else if filter.include_closed {
        // Two orders, to be merged.
        "(SELECT * FROM rank_order WHERE closed = 0
          UNION ALL SELECT * FROM rank_order WHERE closed = 1) place
         CROSS JOIN jobs ON jobs.number = place.job"
    } else {
        "rank_order place CROSS JOIN jobs ON jobs.number = place.job"
    }
}

/// What a job of the list is, as a condition on a row of jobs and its place.
fn conditions(filter: &JobFilter, job: &str, place: &str) -> String {
    let mut conditions = vec![format!("{place}.class < :classes")];
    if !filter.include_closed {
        conditions.push(format!("{place}.closed = 0"));
    }
    if filter.source.is_some() {
        conditions.push(format!("{job}.source = :source"));
    }
    if !filter.include_hidden {
        conditions.push(format!("NOT {}", hidden(job)));
    }
    if let Some(narrow) = &filter.narrow {
        conditions.push(narrow.condition(job).sql);
    }
    conditions.join(" AND ")
}

/// That another posting of the opening is in the list and goes before.
fn outdone(filter: &JobFilter) -> String {
    let listed = conditions(filter, "better", "above");
    format!(
        "EXISTS (
             SELECT 1 FROM cluster_members me
             JOIN cluster_members mate ON mate.cluster = me.cluster AND mate.job <> me.job
             JOIN jobs better ON better.number = mate.job
             JOIN matches above ON above.job = mate.job
             WHERE me.job = jobs.number AND {listed}
               AND (above.closed, mate.agency, above.class, above.loss, above.id)
                   < (place.closed, me.agency, place.class, place.loss, place.id))"
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
