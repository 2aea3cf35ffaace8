//! Jobs as likes and hides see them, and the judged ones among them.

use agent_core::{
    ids::JobId,
    job::{Level, WorkplaceKind},
    matching::feedback::{Example, Feature, FeatureKind, Judgement, Traits},
};
use jiff::Timestamp;
use rusqlite::{Params, Row};

use super::Mark;
use crate::{Reader, StoreError, jobs::JobNumber, value::time};

/// Most judged jobs that are learned from, the latest.
const MOST: u32 = 2000;

/// Between the skills of a row: no skill has it in its name.
const BETWEEN: char = '\u{1f}';

/// A job's features, and what its place rests on.
pub(super) struct Traited {
    pub(super) number: JobNumber,
    pub(super) id: JobId,
    title: String,
    company: String,
    agency: bool,
    industry: Option<String>,
    workplace: Option<WorkplaceKind>,
    level: Option<Level>,
    skills: String,
}

const COLUMNS: &str = "jobs.number, jobs.id, jobs.title, jobs.company,
    coalesce(f.agency, 0) OR coalesce(p.agency, 0) AS agency, f.industry, f.workplace, f.level,
    coalesce((SELECT group_concat(skill, char(31)) FROM job_skills WHERE job = jobs.number), '')
        AS skills";

const TABLES: &str = "jobs JOIN job_facets f ON f.job = jobs.number
    LEFT JOIN job_prints p ON p.job = jobs.number";

impl Traited {
    fn of(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            number: JobNumber(row.get("number")?),
            id: JobId::from_bytes(row.get("id")?),
            title: row.get("title")?,
            company: row.get("company")?,
            agency: row.get("agency")?,
            industry: row.get("industry")?,
            workplace: row
                .get::<_, Option<String>>("workplace")?
                .as_deref()
                .and_then(workplace),
            level: row.get::<_, Option<i64>>("level")?.and_then(level),
            skills: row.get("skills")?,
        })
    }

    fn with<T>(&self, ask: impl FnOnce(&Traits<'_>) -> T) -> T {
        let skills: Vec<&str> = self
            .skills
            .split(BETWEEN)
            .filter(|skill| !skill.is_empty())
            .collect();
        ask(&Traits {
            title: &self.title,
            company: &self.company,
            agency: self.agency,
            industry: self.industry.as_deref(),
            workplace: self.workplace,
            level: self.level,
            skills: &skills,
        })
    }

    pub(super) fn ids(&self) -> Vec<(FeatureKind, u64)> {
        self.with(|traits| traits.ids())
    }

    pub(super) fn features(&self) -> Vec<Feature> {
        self.with(|traits| traits.features())
    }
}

fn workplace(name: &str) -> Option<WorkplaceKind> {
    match name {
        "remote" => Some(WorkplaceKind::Remote),
        "hybrid" => Some(WorkplaceKind::Hybrid),
        "on-site" => Some(WorkplaceKind::OnSite),
        _ => None,
    }
}

/// As the trigger of `job_facets` numbers them.
fn level(number: i64) -> Option<Level> {
    Some(match number {
        0 => Level::Intern,
        1 => Level::Entry,
        2 => Level::Mid,
        3 => Level::Senior,
        4 => Level::Lead,
        5 => Level::Manager,
        6 => Level::Executive,
        _ => return None,
    })
}

impl Reader {
    /// Hands the jobs for which `which` holds to `take`, one by one.
    pub(super) fn each_traited(
        &self,
        which: &str,
        params: impl Params,
        mut take: impl FnMut(Traited, &Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, m.class, m.score, m.points, hr.rule
             FROM {TABLES} JOIN matches m ON m.job = jobs.number
             LEFT JOIN rule_hides hr ON hr.job = jobs.number
             WHERE {which} ORDER BY jobs.number"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            take(Traited::of(row)?, row)?;
        }
        Ok(())
    }

    /// The features of a job.
    pub fn features_of(&self, id: JobId) -> Result<Vec<Feature>, StoreError> {
        let mut features = Vec::new();
        self.each_traited("jobs.id = ?1", [id.as_bytes()], |traited, _| {
            features = traited.features();
            Ok(())
        })?;
        Ok(features)
    }

    /// The jobs the person judged: what they liked and hid, applied to and gave
    /// up, and where an employer said no.
    pub(super) fn examples(&self, now: Timestamp) -> Result<Vec<Example>, StoreError> {
        let mut judged: Vec<(i64, Judgement, Timestamp)> = self.all(
            "SELECT job, mark, at FROM job_marks ORDER BY at DESC, job LIMIT ?1",
            [MOST],
            |row| {
                let name: String = row.get("mark")?;
                let judgement = match Mark::of_name(&name)? {
                    Mark::Like => Judgement::Liked,
                    Mark::Hide => Judgement::Hidden,
                };
                Ok((row.get("job")?, judgement, time(row, "at")?))
            },
        )?;
        let ended = self.all(
            "SELECT jobs.number, a.stage, a.changed_at FROM applications a
             JOIN jobs ON jobs.id = a.job ORDER BY a.changed_at DESC, a.id LIMIT ?1",
            [MOST],
            |row| {
                let stage: String = row.get("stage")?;
                let (number, at) = (row.get("number")?, time(row, "changed_at")?);
                Ok(judgement(&stage).map(|judgement| (number, judgement, at)))
            },
        )?;
        judged.extend(ended.into_iter().flatten());
        let mut examples = Vec::with_capacity(judged.len());
        for (number, judgement, at) in judged {
            let age = now.duration_since(at).as_hours() / 24;
            self.each_traited("jobs.number = ?1", [number], |traited, _| {
                examples.push(Example {
                    name: format!("{} at {}", traited.title, traited.company),
                    features: traited.features(),
                    judgement,
                    age: u32::try_from(age.max(0)).unwrap_or(u32::MAX),
                });
                Ok(())
            })?;
        }
        Ok(examples)
    }
}

/// What the stage of an application tells of what the person wants.
fn judgement(stage: &str) -> Option<Judgement> {
    match stage {
        "submitted" | "in-review" | "interview" | "offer" | "accepted" => Some(Judgement::Applied),
        "rejected" => Some(Judgement::Rejected),
        "discarded" | "declined" | "withdrawn" => Some(Judgement::Discarded),
        _ => None,
    }
}
