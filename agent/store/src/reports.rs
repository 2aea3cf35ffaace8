//! What reports are made of, and the reports that were made.

use std::collections::HashMap;

use agent_core::{ids::JobId, report::Report};
use jiff::Timestamp;
use rusqlite::{Row, ToSql, params};

use crate::{
    JobFilter, Narrow, Reader, StoreError, WriteTx,
    jobs::{JobNumber, countable},
    value::{from_json, json, micros, time},
};

/// Reports that are kept; older ones go.
const KEPT: u32 = 200;

/// Which jobs a report is about: the open ones, one for each opening.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportScope {
    /// Only those the filter fits.
    pub narrow: Option<Narrow>,
}

/// What a report needs of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportJob {
    number: JobNumber,
    /// Its id.
    pub id: JobId,
    /// As agent-core's `Brief` reads it.
    pub brief: Vec<u8>,
}

/// What a report shows of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFacts {
    /// Title.
    pub title: String,
    /// Employer.
    pub company: String,
    /// Address.
    pub url: String,
    /// The words that ask for a skill, by its label.
    pub words: HashMap<String, String>,
}

/// Number of a report, in order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportId(pub i64);

/// A report to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReport {
    /// When it was made.
    pub made_at: Timestamp,
    /// Digest of what it was made of.
    pub inputs: [u8; 32],
    /// What it says.
    pub report: Report,
}

/// A report that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReport {
    /// Its number.
    pub id: ReportId,
    /// Its kind, by name.
    pub kind: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Digest of what it was made of.
    pub inputs: [u8; 32],
    /// What it says, in one sentence.
    pub said: String,
}

impl Reader {
    /// The briefs of the jobs of a report after `last` (from the first, without one), in
    /// order, at most `limit`.
    pub fn report_jobs(
        &self,
        scope: &ReportScope,
        last: Option<&ReportJob>,
        limit: u32,
    ) -> Result<Vec<ReportJob>, StoreError> {
        let filter = JobFilter {
            include_failed: true,
            narrow: scope.narrow.clone(),
            ..JobFilter::default()
        };
        let (condition, classes) = countable(&filter);
        let narrowed = scope.narrow.as_ref();
        let narrowed = narrowed.map(|narrow| narrow.condition("jobs"));
        let last = last.map_or(i64::MIN, |last| last.number.0);
        let mut params: Vec<(&str, &dyn ToSql)> =
            vec![(":classes", &classes), (":last", &last), (":limit", &limit)];
        if let Some(narrowed) = &narrowed {
            params = narrowed.params(&params);
        }
        let sql = format!(
            "SELECT briefs.job, place.id, briefs.brief FROM briefs
             CROSS JOIN jobs ON jobs.number = briefs.job
             CROSS JOIN matches place ON place.job = briefs.job
             WHERE briefs.job > :last AND {condition} ORDER BY briefs.job LIMIT :limit"
        );
        self.all(&sql, params.as_slice(), |row| {
            Ok(ReportJob {
                number: JobNumber(row.get("job")?),
                id: JobId::from_bytes(row.get("id")?),
                brief: row.get("brief")?,
            })
        })
    }

    /// What a report shows of these jobs; those that are gone are left out.
    pub fn report_facts(&self, ids: &[JobId]) -> Result<HashMap<JobId, ReportFacts>, StoreError> {
        let mut facts = HashMap::new();
        for id in ids {
            let found = self.first(
                "SELECT number, title, company, url FROM jobs WHERE id = ?1",
                [id.as_bytes()],
                |row| {
                    Ok((
                        JobNumber(row.get("number")?),
                        ReportFacts {
                            title: row.get("title")?,
                            company: row.get("company")?,
                            url: row.get("url")?,
                            words: HashMap::new(),
                        },
                    ))
                },
            )?;
            let Some((number, mut found)) = found else {
                continue;
            };
            let skills = self.skills_of(number)?.into_iter();
            found.words = skills.map(|one| (one.skill, one.evidence)).collect();
            facts.insert(*id, found);
        }
        Ok(facts)
    }

    /// The reports that were made, the newest first.
    pub fn reports(&self) -> Result<Vec<StoredReport>, StoreError> {
        self.all(
            "SELECT id, kind, made_at, inputs, said FROM reports ORDER BY id DESC",
            [],
            stored,
        )
    }

    /// One report in full.
    pub fn report(&self, id: ReportId) -> Result<Option<(StoredReport, Report)>, StoreError> {
        self.first("SELECT * FROM reports WHERE id = ?1", [id.0], |row| {
            let text: String = row.get("report")?;
            Ok((stored(row)?, from_json("report", &text)?))
        })
    }
}

impl WriteTx<'_> {
    /// Keeps a report, and forgets the oldest beyond two hundred. One made of the same as
    /// the newest of its kind takes that one's place, and its number stays.
    pub fn save_report(&mut self, new: &NewReport) -> Result<ReportId, StoreError> {
        let (kind, said) = (new.report.kind().name(), new.report.sentence());
        let text = json("report", &new.report)?;
        let newest: Option<(i64, [u8; 32])> = self.first(
            "SELECT id, inputs FROM reports WHERE kind = ?1 ORDER BY id DESC LIMIT 1",
            [kind],
            |row| Ok((row.get("id")?, row.get("inputs")?)),
        )?;
        if let Some((id, _)) = newest.filter(|(_, inputs)| *inputs == new.inputs) {
            self.run(
                "UPDATE reports SET made_at = ?2, said = ?3, report = ?4 WHERE id = ?1",
                params![id, micros(new.made_at), said, text],
            )?;
            return Ok(ReportId(id));
        }
        self.run(
            "INSERT INTO reports (kind, made_at, inputs, said, report)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![kind, micros(new.made_at), new.inputs, said, text],
        )?;
        let id = self.connection.last_insert_rowid();
        self.run(
            "DELETE FROM reports WHERE id NOT IN
             (SELECT id FROM reports ORDER BY id DESC LIMIT ?1)",
            [KEPT],
        )?;
        Ok(ReportId(id))
    }
}

fn stored(row: &Row<'_>) -> Result<StoredReport, StoreError> {
    Ok(StoredReport {
        id: ReportId(row.get("id")?),
        kind: row.get("kind")?,
        made_at: time(row, "made_at")?,
        inputs: row.get("inputs")?,
        said: row.get("said")?,
    })
}
