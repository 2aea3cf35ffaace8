//! Jobs like a job: near in meaning, alike in title, asking for the same skills.

use std::collections::{HashMap, HashSet};

use agent_core::{filter::fold, ids::JobId};

use crate::{
    JobRow, Reader, StoreError, VectorSpace,
    feedback::hidden,
    jobs::{JobNumber, ROW_COLUMNS, ROW_TABLES, job_row},
    vectors::Of,
};

/// How many of the nearest by each vector are compared further.
const POOL: u32 = 200;

/// Shares of the likeness: of the texts, the titles, and the skills asked for.
const TEXT: f64 = 0.5;
const TITLE: f64 = 0.25;
const SKILLS: f64 = 0.25;

/// A job like another, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarJob {
    /// The job.
    pub row: JobRow,
    /// 0 to 1.
    pub likeness: f64,
    /// Cosine similarity of the texts, when both have a vector.
    pub text: Option<f64>,
    /// Cosine similarity of the titles, when both have a vector.
    pub title: Option<f64>,
    /// Skills both ask for.
    pub shared: Vec<String>,
    /// How many skills the two ask for together.
    pub skills: usize,
}

impl Reader {
    /// Open jobs that are most like a job, the likest first. Other postings of
    /// its opening and hidden jobs are left out.
    pub fn similar_jobs(
        &self,
        id: JobId,
        space: &VectorSpace,
        limit: u32,
    ) -> Result<Vec<SimilarJob>, StoreError> {
        let number = self.known_job(id)?;
        let own = self.skills_by_fold(number)?;
        let mut near: HashMap<i64, [Option<f64>; 2]> = HashMap::new();
        if let Some(stem) = self.stem(space)? {
            let vectors = self.job_vectors(&stem, number)?;
            for (place, (of, vector)) in
                [Of::Jobs, Of::Titles].into_iter().zip(&vectors).enumerate()
            {
                let Some(vector) = vector else { continue };
                let table = stem.table(of);
                for (other, distance) in self.nearest(space, &table, vector, POOL, "")? {
                    let entry = near.entry(other).or_default();
                    if let Some(slot) = entry.get_mut(place) {
                        *slot = Some(1.0 - distance);
                    }
                }
            }
            self.fill_in(&stem, &vectors, &mut near)?;
        }
        let mut found = Vec::new();
        for (other, [text, title]) in near {
            if other == number.0 || !self.may_be_similar(number, JobNumber(other))? {
                continue;
            }
            let theirs = self.skills_by_fold(JobNumber(other))?;
            let shared: Vec<String> = own
                .iter()
                .filter(|(fold, _)| theirs.iter().any(|(their, _)| their == fold))
                .map(|(_, label)| label.clone())
                .collect();
            let all: HashSet<&str> = own.iter().chain(&theirs).map(|(fold, _)| &**fold).collect();
            let part = |value: Option<f64>| value.unwrap_or_default().clamp(0.0, 1.0);
            let skills = shared.len() as f64 / all.len().max(1) as f64;
            let likeness = TEXT * part(text) + TITLE * part(title) + SKILLS * skills;
            found.push((other, likeness, text, title, shared, all.len()));
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(limit as usize);
        let sql = format!("SELECT {ROW_COLUMNS} FROM {ROW_TABLES} WHERE jobs.number = ?1");
        let mut similar = Vec::new();
        for (other, likeness, text, title, shared, skills) in found {
            let row = self.first(&sql, [other], |row| job_row(self, row))?;
            similar.extend(row.map(|row| SimilarJob {
                row,
                likeness,
                text,
                title,
                shared,
                skills,
            }));
        }
        Ok(similar)
    }

    /// Computes the likeness that only one of the two nearest lists told.
    fn fill_in(
        &self,
        stem: &crate::vectors::Stem,
        own: &[Option<Vec<f32>>; 2],
        near: &mut HashMap<i64, [Option<f64>; 2]>,
    ) -> Result<(), StoreError> {
        for (other, likeness) in near {
            if likeness.iter().all(Option::is_some) {
                continue;
            }
            let theirs = self.job_vectors(stem, JobNumber(*other))?;
            for ((slot, own), their) in likeness.iter_mut().zip(own).zip(&theirs) {
                if let (None, Some(own), Some(their)) = (&slot, own, their) {
                    *slot = cosine(own, their);
                }
            }
        }
        Ok(())
    }

    fn may_be_similar(&self, of: JobNumber, other: JobNumber) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM jobs WHERE number = ?1 AND closed_at IS NULL AND NOT {}
               AND NOT EXISTS (SELECT 1 FROM cluster_members me
                               JOIN cluster_members mate ON mate.cluster = me.cluster
                               WHERE me.job = ?1 AND mate.job = ?2)",
            hidden("jobs")
        );
        let count: i64 = self.number(&sql, [other.0, of.0])?;
        Ok(count > 0)
    }

    fn skills_by_fold(&self, job: JobNumber) -> Result<Vec<(String, String)>, StoreError> {
        self.all(
            "SELECT skill FROM job_skills WHERE job = ?1 ORDER BY position",
            [job.0],
            |row| {
                let label: String = row.get(0)?;
                Ok((label_key(&label), label))
            },
        )
    }
}

/// C, C++ and C# fold alike, so signs are kept where they tell labels apart.
fn label_key(label: &str) -> String {
    if label.contains(['+', '#']) {
        label.to_lowercase()
    } else {
        fold(label)
    }
}

pub(crate) fn cosine(one: &[f32], other: &[f32]) -> Option<f64> {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| f64::from(*a) * f64::from(*b))
            .sum()
    };
    let lengths = (dot(one, one) * dot(other, other)).sqrt();
    lengths.is_normal().then(|| dot(one, other) / lengths)
}
