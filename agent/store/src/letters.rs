//! Letters to employers: whom each is for, who wrote it, and what it rests on.

use agent_approval::Sha256;
use agent_core::ids::JobId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Reader, StoreError, WriteTx,
    value::{json, json_column, micros, time},
};

/// A letter to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLetter {
    /// Its text; not empty.
    pub bytes: Vec<u8>,
    /// Hash of all that it was made from.
    pub made_from: Sha256,
    /// The posting, where it is one of the corpus.
    pub job: Option<JobId>,
    /// Title of the posting.
    pub title: String,
    /// The employer.
    pub employer: String,
    /// Who wrote it, how, and what it rests on.
    pub written: Value,
    /// When it was made.
    pub at: Timestamp,
}

/// A kept letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Hash of its text, by which it is named.
    pub sha256: Sha256,
    /// The letter.
    pub letter: NewLetter,
    /// Hash of the PDF it was printed to.
    pub pdf: Option<Sha256>,
}

const SELECT: &str =
    "SELECT letters.sha256, bytes, made_from, job, title, employer, written, pdf, made_at
    FROM letters JOIN document_files USING (sha256)";

impl WriteTx<'_> {
    /// Keeps a letter; gives its hash. One of the same text that was made from the same
    /// stays as it is.
    pub fn save_letter(&mut self, new: &NewLetter) -> Result<Sha256, StoreError> {
        let sha256 = self.save_file(&new.bytes)?;
        self.run(
            "INSERT INTO letters (sha256, made_from, job, title, employer, written, made_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            params![
                sha256.as_bytes(),
                new.made_from.as_bytes(),
                new.job.map(|job| *job.as_bytes()),
                new.title,
                new.employer,
                json("how a letter was written", &new.written)?,
                micros(new.at)
            ],
        )?;
        Ok(sha256)
    }

    /// Keeps what a letter was printed to, if it was not printed before.
    pub fn save_letter_pdf(&mut self, letter: Sha256, pdf: &[u8]) -> Result<(), StoreError> {
        let sha256 = self.save_file(pdf)?;
        self.run(
            "UPDATE letters SET pdf = ?2 WHERE sha256 = ?1 AND pdf IS NULL",
            params![letter.as_bytes(), sha256.as_bytes()],
        )?;
        Ok(())
    }
}

impl Reader {
    /// All letters, newest first.
    pub fn letters(&self) -> Result<Vec<Letter>, StoreError> {
        let sql = format!("{SELECT} ORDER BY made_at DESC, letters.sha256");
        self.all(&sql, [], letter)
    }

    /// The letter of this hash that was made from this.
    pub fn letter_of_input(
        &self,
        sha256: Sha256,
        made_from: Sha256,
    ) -> Result<Option<Letter>, StoreError> {
        let sql = format!("{SELECT} WHERE letters.sha256 = ?1 AND made_from = ?2");
        self.first(&sql, [sha256.as_bytes(), made_from.as_bytes()], letter)
    }

    /// The letter that was made last for a posting.
    pub fn letter_of_job(&self, job: JobId) -> Result<Option<Letter>, StoreError> {
        let sql = format!("{SELECT} WHERE job = ?1 ORDER BY made_at DESC, letters.sha256 LIMIT 1");
        self.first(&sql, [job.as_bytes()], letter)
    }

    /// The letter that was made last of the same input.
    pub fn letter_made_from(&self, made_from: Sha256) -> Result<Option<Letter>, StoreError> {
        let sql = format!("{SELECT} WHERE made_from = ?1 ORDER BY made_at DESC LIMIT 1");
        self.first(&sql, [made_from.as_bytes()], letter)
    }

    /// The PDF of a letter, if it was printed.
    pub fn letter_pdf(&self, sha256: Sha256) -> Result<Option<Vec<u8>>, StoreError> {
        self.first(
            "SELECT bytes FROM letters JOIN document_files ON document_files.sha256 = letters.pdf
             WHERE letters.sha256 = ?1 LIMIT 1",
            [sha256.as_bytes()],
            |row| Ok(row.get("bytes")?),
        )
    }
}

fn letter(row: &Row<'_>) -> Result<Letter, StoreError> {
    let job: Option<[u8; 16]> = row.get("job")?;
    let pdf: Option<[u8; 32]> = row.get("pdf")?;
    Ok(Letter {
        sha256: Sha256::from_bytes(row.get("sha256")?),
        letter: NewLetter {
            bytes: row.get("bytes")?,
            made_from: Sha256::from_bytes(row.get("made_from")?),
            job: job.map(JobId::from_bytes),
            title: row.get("title")?,
            employer: row.get("employer")?,
            written: json_column(row, "written")?,
            at: time(row, "made_at")?,
        },
        pdf: pdf.map(Sha256::from_bytes),
    })
}
