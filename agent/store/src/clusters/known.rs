//! Prints and links as they are kept, loaded once for a run of batches.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use agent_core::{
    cluster::{Commons, Link, Print, Sighted, Sketch},
    ids::JobId,
    job::Sightings,
};

use crate::{Reader, StoreError, jobs::sightings, value::json_column};

/// Most of an employer's postings its usual words are learned from.
const USUAL: u32 = 64;

/// Most jobs looked at under one key: the newest.
const PER_KEY: u32 = 12;

/// Most prints held from one batch to the next, some kilobytes each.
const HELD: usize = 8_192;

/// A job with its print.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) number: i64,
    pub(super) id: JobId,
    /// Title and company, for events.
    pub(super) text: String,
    pub(super) print: Arc<Print>,
    pub(super) seen: Sightings,
}

impl Known {
    pub(super) fn sighted(&self) -> Sighted<'_> {
        Sighted {
            print: &self.print,
            seen: self.seen,
        }
    }
}

/// The prints loaded so far, and what was made of them. Handed from one batch to the
/// next it saves most of the loading: what is compared with a new posting is mostly
/// what came just before it.
#[derive(Debug, Default)]
pub struct KnownPrints {
    /// The last batch it was used for.
    batch: Option<i64>,
    prints: HashMap<i64, Option<Arc<Print>>>,
    jobs: HashMap<i64, Option<Arc<Known>>>,
    commons: HashMap<i64, Arc<Commons>>,
    none: Arc<Commons>,
}

impl KnownPrints {
    /// Gets ready for a batch. The prints hold good if no other batch was written
    /// since; what else a job says may have changed in any case.
    pub(super) fn begin(&mut self, batch: i64) {
        let in_turn = self.batch.is_some_and(|last| last + 1 == batch);
        if !in_turn || self.prints.len() > HELD {
            self.prints.clear();
        }
        self.jobs.clear();
        self.commons.clear();
        self.batch = Some(batch);
    }

    /// The job with this number, if it has a print.
    pub(super) fn job(
        &mut self,
        reader: &Reader,
        number: i64,
    ) -> Result<Option<Arc<Known>>, StoreError> {
        if let Some(known) = self.jobs.get(&number) {
            return Ok(known.clone());
        }
        let known = match self.print(reader, number)? {
            Some(print) => reader.printed_job(number, print)?.map(Arc::new),
            None => None,
        };
        self.jobs.insert(number, known.clone());
        Ok(known)
    }

    /// The print of the job with this number, if it has one. Most of what is
    /// compared is told apart by it, and the job itself is never looked at.
    pub(super) fn print(
        &mut self,
        reader: &Reader,
        number: i64,
    ) -> Result<Option<Arc<Print>>, StoreError> {
        if let Some(print) = self.prints.get(&number) {
            return Ok(print.clone());
        }
        let print = reader.print_of(number)?.map(Arc::new);
        self.prints.insert(number, print.clone());
        Ok(print)
    }

    /// Takes the print of a job that was written anew.
    pub(super) fn renew(&mut self, number: i64, print: &Arc<Print>) {
        self.prints.insert(number, Some(Arc::clone(print)));
        self.jobs.remove(&number);
    }

    /// What the employer of a print says over and over.
    pub(super) fn commons(
        &mut self,
        reader: &Reader,
        print: &Print,
    ) -> Result<Arc<Commons>, StoreError> {
        let Some(employer) = print.employer_key() else {
            return Ok(Arc::clone(&self.none));
        };
        if let Some(commons) = self.commons.get(&employer) {
            return Ok(Arc::clone(commons));
        }
        let mut commons = Commons::default();
        for number in reader.printed_of(employer)? {
            if let Some(known) = self.print(reader, number)? {
                commons.add(&known);
            }
        }
        let commons = Arc::new(commons);
        self.commons.insert(employer, Arc::clone(&commons));
        Ok(commons)
    }

    /// Takes a new print into what its employer says.
    pub(super) fn learn(&mut self, reader: &Reader, print: &Print) -> Result<(), StoreError> {
        let mut commons = self.commons(reader, print)?;
        if let Some(employer) = print.employer_key() {
            // Held here alone it is changed in place; else all of it would be copied.
            self.commons.remove(&employer);
            Arc::make_mut(&mut commons).add(print);
            self.commons.insert(employer, commons);
        }
        Ok(())
    }
}

impl Reader {
    fn print_of(&self, number: i64) -> Result<Option<Print>, StoreError> {
        self.first(
            "SELECT print, marks, names FROM job_prints WHERE job = ?1",
            [number],
            print,
        )
    }

    fn printed_job(&self, number: i64, print: Arc<Print>) -> Result<Option<Known>, StoreError> {
        self.first(
            "SELECT id, title, company, first_seen, last_seen, closed_at, reposts
             FROM jobs WHERE number = ?1",
            [number],
            |row| {
                let (title, company): (String, String) = (row.get("title")?, row.get("company")?);
                Ok(Known {
                    number,
                    id: JobId::from_bytes(row.get("id")?),
                    text: format!("{title} · {company}"),
                    print: Arc::clone(&print),
                    seen: sightings(row)?,
                })
            },
        )
    }

    /// The newest jobs of an employer that have a print.
    fn printed_of(&self, employer: i64) -> Result<Vec<i64>, StoreError> {
        self.all(
            "SELECT job FROM job_prints WHERE employer = ?1 ORDER BY job DESC LIMIT ?2",
            [employer, i64::from(USUAL)],
            |row| Ok(row.get(0)?),
        )
    }

    /// The newest jobs under each of `keys`, but not `number` itself.
    pub(super) fn candidates(
        &self,
        number: i64,
        keys: &[i64],
    ) -> Result<BTreeSet<i64>, StoreError> {
        let mut found = BTreeSet::new();
        for key in keys {
            found.extend(self.all(
                "SELECT job FROM cluster_keys WHERE key = ?1 AND job <> ?2
                 ORDER BY job DESC LIMIT ?3",
                [*key, number, i64::from(PER_KEY)],
                |row| Ok(row.get::<_, i64>(0)?),
            )?);
        }
        Ok(found)
    }

    /// The other jobs of a job's cluster.
    pub(super) fn mates(&self, number: i64) -> Result<BTreeSet<i64>, StoreError> {
        let mates = self.all(
            "SELECT mate.job FROM cluster_members me
             JOIN cluster_members mate ON mate.cluster = me.cluster AND mate.job <> me.job
             WHERE me.job = ?1",
            [number],
            |row| Ok(row.get(0)?),
        )?;
        Ok(mates.into_iter().collect())
    }

    /// The jobs a job is linked to, and why.
    pub(super) fn links_of(&self, number: i64) -> Result<Vec<(i64, Link)>, StoreError> {
        self.all(
            "SELECT other AS far, link FROM cluster_links WHERE one = ?1
             UNION ALL SELECT one, link FROM cluster_links WHERE other = ?1",
            [number],
            |row| Ok((row.get("far")?, json_column(row, "link")?)),
        )
    }

    /// The jobs the person joined a job with, and those they split it from.
    pub(super) fn choices_of(&self, number: i64) -> Result<Vec<(i64, bool)>, StoreError> {
        self.all(
            "SELECT other, choice = 'join' FROM cluster_choices WHERE one = ?1
             UNION ALL SELECT one, choice = 'join' FROM cluster_choices WHERE other = ?1",
            [number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

fn print(row: &rusqlite::Row<'_>) -> Result<Print, StoreError> {
    let print: Print = json_column(row, "print")?;
    let (marks, names): (Vec<u8>, Vec<u8>) = (row.get("marks")?, row.get("names")?);
    Ok(print.with_text(Sketch::from_bytes(&marks, &names)))
}
