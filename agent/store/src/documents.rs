//! Files of the person that forms ask for, kept by their content.

use agent_approval::Sha256;
use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Reader, Refusal, StoreError, WriteTx,
    value::{micros, time, unreadable},
};

/// Largest file that is kept, in bytes: 16 MiB.
const LARGEST: usize = 16 << 20;

/// What a file is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// Their CV.
    Cv,
    /// A letter.
    Letter,
}

/// A file to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// Its name, as an employer will see it; not empty.
    pub file_name: String,
    /// Its content; not empty.
    pub bytes: Vec<u8>,
    /// When it came.
    pub at: Timestamp,
}

/// A kept file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Hash of its content.
    pub sha256: Sha256,
    /// The file.
    pub file: NewDocument,
}

const SELECT: &str = "SELECT kind, file_name, documents.sha256, bytes, saved_at
    FROM documents JOIN document_files USING (sha256)";

impl WriteTx<'_> {
    /// Keeps a file as the current one of its kind; gives the hash of its
    /// content. Refuses one of more than 16 MiB.
    pub fn save_document(&mut self, new: &NewDocument) -> Result<Sha256, StoreError> {
        let sha256 = self.save_file(&new.bytes)?;
        self.run(
            "INSERT INTO documents (kind, file_name, sha256, saved_at) VALUES (?1, ?2, ?3, ?4)",
            params![
                new.kind.name(),
                new.file_name,
                sha256.as_bytes(),
                micros(new.at)
            ],
        )?;
        Ok(sha256)
    }

    /// Keeps the bytes of a file by their content.
    pub(crate) fn save_file(&mut self, bytes: &[u8]) -> Result<Sha256, StoreError> {
        if bytes.len() > LARGEST {
            return Err(Refusal::TooLarge {
                what: "file",
                size: bytes.len() as u64,
                limit: LARGEST as u64,
            }
            .into());
        }
        let sha256 = Sha256::of(bytes);
        self.run(
            "INSERT INTO document_files (sha256, bytes) VALUES (?1, ?2)
             ON CONFLICT (sha256) DO NOTHING",
            params![sha256.as_bytes(), bytes],
        )?;
        Ok(sha256)
    }
}

impl Reader {
    /// The file with this content, as it was saved last.
    pub fn document(&self, sha256: Sha256) -> Result<Option<Document>, StoreError> {
        let sql = format!("{SELECT} WHERE documents.sha256 = ?1 ORDER BY id DESC LIMIT 1");
        self.first(&sql, [sha256.as_bytes()], read)
    }

    /// The file of this kind that was saved last.
    pub fn current_document(&self, kind: DocumentKind) -> Result<Option<Document>, StoreError> {
        let sql = format!("{SELECT} WHERE kind = ?1 ORDER BY id DESC LIMIT 1");
        self.first(&sql, [kind.name()], read)
    }
}

impl DocumentKind {
    /// Name as stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cv => "cv",
            Self::Letter => "letter",
        }
    }
}

fn read(row: &Row<'_>) -> Result<Document, StoreError> {
    let name: String = row.get("kind")?;
    let kind = [DocumentKind::Cv, DocumentKind::Letter]
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| unreadable("kind of a document", &name))?;
    Ok(Document {
        sha256: Sha256::from_bytes(row.get("sha256")?),
        file: NewDocument {
            kind,
            file_name: row.get("file_name")?,
            bytes: row.get("bytes")?,
            at: time(row, "saved_at")?,
        },
    })
}
