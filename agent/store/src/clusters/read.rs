//! Clusters as lists, screens and the rules of applications see them.

use agent_core::{
    cluster::Link,
    ids::{ApplicationId, JobId},
};
use rusqlite::params;

use crate::{
    Application, JobRow, Reader, StoreError,
    jobs::{JobNumber, ROW_COLUMNS, ROW_TABLES, job_row},
};

/// Another posting of the opening a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlsoAt {
    /// Its id.
    pub job: JobId,
    /// The name it is posted under.
    pub company: String,
    /// Address of its board.
    pub board: String,
    /// Whether it is an agency's copy.
    pub agency: bool,
    /// Whether it is gone from its board.
    pub closed: bool,
}

/// Another posting of an opening, and why it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterMate {
    /// The posting.
    pub row: JobRow,
    /// Address of its board.
    pub board: String,
    /// Whether it is an agency's copy.
    pub agency: bool,
    /// What links it to the posting asked for; `None` when a third one does.
    pub link: Option<Link>,
}

impl Reader {
    /// The other postings of the opening of `job`, the employer's own first.
    pub fn also_at(&self, job: JobId) -> Result<Vec<AlsoAt>, StoreError> {
        self.all(
            "SELECT jobs.id, jobs.company, jobs.closed_at IS NOT NULL AS closed, mate.agency,
                    sources.url
             FROM jobs asked JOIN cluster_members me ON me.job = asked.number
             JOIN cluster_members mate ON mate.cluster = me.cluster AND mate.job <> me.job
             JOIN jobs ON jobs.number = mate.job JOIN sources ON sources.id = jobs.source
             WHERE asked.id = ?1 ORDER BY closed, mate.agency, mate.job LIMIT 50",
            [job.as_bytes()],
            |row| {
                Ok(AlsoAt {
                    job: JobId::from_bytes(row.get("id")?),
                    company: row.get("company")?,
                    board: row.get("url")?,
                    agency: row.get("agency")?,
                    closed: row.get("closed")?,
                })
            },
        )
    }

    /// The other postings of the opening of `job`, with what links them to it.
    pub fn cluster_mates(&self, job: JobId) -> Result<Vec<ClusterMate>, StoreError> {
        let JobNumber(number) = self.known_job(job)?;
        let mut links = self.links_of(number)?;
        let joined = self.choices_of(number)?.into_iter();
        links.extend(
            joined
                .filter(|(_, join)| *join)
                .map(|(far, _)| (far, Link::by_person())),
        );
        let mut mates = Vec::new();
        for also in self.also_at(job)? {
            let JobNumber(far) = self.known_job(also.job)?;
            let sql = format!("SELECT {ROW_COLUMNS} FROM {ROW_TABLES} WHERE jobs.number = ?1");
            let Some(row) = self.first(&sql, [far], |row| job_row(self, row))? else {
                continue;
            };
            // The person's word was added last, and goes before a likeness.
            let link = links.iter().rev().find(|(number, _)| *number == far);
            mates.push(ClusterMate {
                row,
                board: also.board,
                agency: also.agency,
                link: link.map(|(_, link)| link.clone()),
            });
        }
        Ok(mates)
    }

    /// Whether the person took this job out of a cluster.
    pub fn is_split(&self, job: JobId) -> Result<bool, StoreError> {
        self.number(
            "SELECT EXISTS (
                 SELECT 1 FROM cluster_choices c JOIN jobs ON jobs.number IN (c.one, c.other)
                 WHERE jobs.id = ?1 AND c.choice = 'split')",
            [job.as_bytes()],
        )
    }

    /// The application to the opening of `job` through whichever posting: the one
    /// that is alive or was sent, else the newest.
    pub fn application_of_cluster(&self, job: JobId) -> Result<Option<Application>, StoreError> {
        if let Some(own) = self.application_of_job(job)? {
            return Ok(Some(own));
        }
        let id: Option<[u8; 16]> = self.value(
            &format!(
                "{OF_MATES} ORDER BY a.stage NOT IN ('closed', 'discarded') DESC,
                 a.created_at DESC, a.id DESC LIMIT 1"
            ),
            [job.as_bytes()],
        )?;
        id.map(ApplicationId::from_bytes)
            .map_or(Ok(None), |id| self.application(id))
    }

    /// An application that was sent, or may have been, to the opening of `job`
    /// through another posting. The schema refuses an intent beside it.
    pub fn sent_through_other(
        &self,
        job: JobId,
        application: ApplicationId,
    ) -> Result<Option<Application>, StoreError> {
        let id: Option<[u8; 16]> = self.value(
            &format!(
                "{OF_MATES} AND a.id <> ?2 AND a.stage IN ('submitting', 'outcome-unknown',
                 'submitted', 'in-review', 'interview', 'offer', 'accepted', 'declined',
                 'rejected', 'withdrawn') LIMIT 1"
            ),
            params![job.as_bytes(), application.as_bytes()],
        )?;
        id.map(ApplicationId::from_bytes)
            .map_or(Ok(None), |id| self.application(id))
    }
}

/// Ids of applications through the other postings of the opening of job ?1.
const OF_MATES: &str = "SELECT a.id FROM jobs asked
    JOIN cluster_members me ON me.job = asked.number
    JOIN cluster_members mate ON mate.cluster = me.cluster AND mate.job <> me.job
    JOIN jobs ON jobs.number = mate.job JOIN applications a ON a.job = jobs.id
    WHERE asked.id = ?1";
