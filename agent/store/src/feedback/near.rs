//! What the person likes and hid, by how near it is to a job.

use agent_core::ids::JobId;

use super::{FeedbackEntry, Mark};
use crate::{Reader, StoreError, VectorSpace, jobs::JobNumber, similar::cosine};

/// A marked job near another.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMarked {
    /// The job and what the person said of it.
    pub entry: FeedbackEntry,
    /// Cosine similarity of the two texts.
    pub cosine: f64,
}

impl Reader {
    /// The jobs with this mark whose texts are nearest to that of a job, the nearest
    /// first. A job without a vector, and the job itself, are near nothing.
    pub fn nearest_marked(
        &self,
        id: JobId,
        space: &VectorSpace,
        mark: Mark,
        limit: usize,
    ) -> Result<Vec<NearMarked>, StoreError> {
        let number = self.known_job(id)?;
        let Some(stem) = self.stem(space)? else {
            return Ok(Vec::new());
        };
        let [Some(own), _] = self.job_vectors(&stem, number)? else {
            return Ok(Vec::new());
        };
        let marked: Vec<i64> = self.all(
            "SELECT job FROM job_marks WHERE mark = ?1 AND job <> ?2 ORDER BY job",
            rusqlite::params![mark.name(), number.0],
            |row| Ok(row.get(0)?),
        )?;
        let mut near = Vec::new();
        for other in marked {
            let [Some(their), _] = self.job_vectors(&stem, JobNumber(other))? else {
                continue;
            };
            near.extend(cosine(&own, &their).map(|cosine| (other, cosine)));
        }
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(limit);
        let mut found = Vec::new();
        for (other, cosine) in near {
            let entry = self.feedback_of(JobNumber(other))?;
            found.extend(entry.map(|entry| NearMarked { entry, cosine }));
        }
        Ok(found)
    }
}
