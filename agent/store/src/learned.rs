//! Boards that postings name, and boards of the directory that were asked.

use agent_core::ids::{JobId, SourceId};
use jiff::Timestamp;
use rusqlite::params;

use crate::{
    Reader, StoreError, WriteTx,
    value::{micros, time},
};

/// A job whose links were not looked at yet.
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadLinks {
    /// The job.
    pub job: JobId,
    /// The board it is on.
    pub source: SourceId,
    /// The revision that is to be looked at.
    pub revision: i64,
    /// Employer.
    pub company: String,
    /// Where one applies, if that is stated apart.
    pub apply_url: Option<String>,
    /// The description as the portal stated it, with its markup.
    pub description: String,
}

/// A board that a posting names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedBoard {
    /// Plugin that reads it.
    pub plugin: String,
    /// The board, as the plugin names it.
    pub key: String,
    /// Its address.
    pub url: String,
    /// Employer, as far as known.
    pub company: String,
}

/// A board that a posting names, with the posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The board.
    pub board: LearnedBoard,
    /// Title and employer of the posting that named it first; empty when it is
    /// no longer kept.
    pub named_by: String,
    /// When it was found.
    pub found_at: Timestamp,
}

/// What a board of the directory answered when it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryCheck {
    /// Its address.
    pub url: String,
    /// When it was asked.
    pub checked_at: Timestamp,
    /// How many openings it has; `None` when it did not answer.
    pub openings: Option<u32>,
    /// Why not.
    pub error: Option<String>,
}

/// Boards that are followed, or were until the person stopped it, are not proposed.
const PROPOSED: &str = "FROM learned_boards
     LEFT JOIN jobs ON jobs.number = learned_boards.job
     WHERE NOT EXISTS (
         SELECT 1 FROM sources
         WHERE sources.plugin = learned_boards.plugin AND sources.key = learned_boards.key
           AND (removed_at IS NULL OR removed_at > added_at))";

impl WriteTx<'_> {
    /// Keeps the boards that a job's links name, and that its links were read.
    pub fn save_links(
        &mut self,
        read: &UnreadLinks,
        boards: &[LearnedBoard],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let number = self.known_job(read.job)?;
        for board in boards {
            self.run(
                "INSERT INTO learned_boards (plugin, key, url, company, job, found_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                params![
                    board.plugin,
                    board.key,
                    board.url,
                    board.company,
                    number.0,
                    micros(at)
                ],
            )?;
        }
        self.run(
            "INSERT INTO job_links_read (job, revision) VALUES (?1, ?2)
             ON CONFLICT (job) DO UPDATE SET revision = excluded.revision",
            params![number.0, read.revision],
        )?;
        Ok(())
    }

    /// Keeps what a board of the directory answered.
    pub fn save_directory_check(&mut self, check: &DirectoryCheck) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO directory_checks (url, checked_at, openings, error)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (url) DO UPDATE SET checked_at = excluded.checked_at,
                 openings = excluded.openings, error = excluded.error",
            params![
                check.url,
                micros(check.checked_at),
                check.openings,
                check.error
            ],
        )?;
        Ok(())
    }
}

impl Reader {
    /// The next open jobs whose links were not looked at.
    pub fn unread_links(&self, limit: u32) -> Result<Vec<UnreadLinks>, StoreError> {
        self.all(
            "SELECT jobs.id, jobs.source, jobs.revision, jobs.company,
                    json_extract(jobs.facts, '$.apply_url') AS apply_url,
                    coalesce(json_extract(job_postings.posting, '$.description_html'),
                             jobs.description) AS description
             FROM jobs JOIN job_postings ON job_postings.job = jobs.number
             LEFT JOIN job_links_read ON job_links_read.job = jobs.number
             WHERE jobs.closed_at IS NULL AND job_links_read.revision IS NOT jobs.revision
             ORDER BY jobs.number LIMIT ?1",
            [limit],
            |row| {
                Ok(UnreadLinks {
                    job: JobId::from_bytes(row.get("id")?),
                    source: SourceId::from_bytes(row.get("source")?),
                    revision: row.get("revision")?,
                    company: row.get("company")?,
                    apply_url: row.get("apply_url")?,
                    description: row.get("description")?,
                })
            },
        )
    }

    /// Boards that postings name and that the person never followed, the newest
    /// finding first.
    pub fn proposed_boards(&self, limit: u32) -> Result<Vec<Proposal>, StoreError> {
        let sql = format!(
            "SELECT learned_boards.plugin, learned_boards.key, learned_boards.url,
                    learned_boards.company, found_at,
                    coalesce(jobs.title || ' · ' || jobs.company, '') AS named_by
             {PROPOSED} ORDER BY found_at DESC, learned_boards.company LIMIT ?1"
        );
        self.all(&sql, [limit], |row| {
            Ok(Proposal {
                board: LearnedBoard {
                    plugin: row.get("plugin")?,
                    key: row.get("key")?,
                    url: row.get("url")?,
                    company: row.get("company")?,
                },
                named_by: row.get("named_by")?,
                found_at: time(row, "found_at")?,
            })
        })
    }

    /// How many there are of them.
    pub fn proposed_count(&self) -> Result<u32, StoreError> {
        self.number(&format!("SELECT count(*) {PROPOSED}"), [])
    }

    /// What the board at this address answered when it was last asked.
    pub fn directory_check(&self, url: &str) -> Result<Option<DirectoryCheck>, StoreError> {
        self.first(
            "SELECT url, checked_at, openings, error FROM directory_checks WHERE url = ?1",
            [url],
            |row| {
                Ok(DirectoryCheck {
                    url: row.get("url")?,
                    checked_at: time(row, "checked_at")?,
                    openings: row.get("openings")?,
                    error: row.get("error")?,
                })
            },
        )
    }
}
