//! CVs kept beside the main one, and which of all goes along with an application.

use agent_approval::Sha256;
use agent_core::{
    ids::ApplicationId,
    profile::{CvName, Profile, VariantName},
};
use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    Document, DocumentKind, NewDocument, Reader, StoreError, WriteTx,
    value::{json, json_column, micros, time, unreadable},
};

/// A CV to keep under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NewVariant {
    /// Its name; a CV of that name is replaced.
    pub name: VariantName,
    /// The name of its file, as an employer will see it; not empty.
    pub file_name: String,
    /// Its content; not empty.
    pub bytes: Vec<u8>,
    /// What it was read to state.
    pub profile: Profile,
    /// When it came.
    pub at: Timestamp,
}

/// A CV kept under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: VariantName,
    /// The name of its file, as an employer will see it.
    pub file_name: String,
    /// Hash of its content.
    pub sha256: Sha256,
    /// When it came.
    pub imported_at: Timestamp,
    /// What it was read to state.
    pub profile: Profile,
}

/// The CV of an application.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationCv {
    /// What the person chose; `None` leaves it to what the posting asks for.
    pub chosen: Option<CvName>,
    /// What its form was last filled with.
    pub filled: Option<FilledCv>,
}

/// The CV a form was filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledCv {
    /// Its name.
    pub name: CvName,
    /// The name of its file.
    pub file_name: String,
    /// Why this one, in words.
    pub why: String,
}

const SELECT: &str = "SELECT name, file_name, sha256, imported_at, profile FROM cv_variants";

impl WriteTx<'_> {
    /// Keeps a CV under its name, in place of one of the same name. Refuses one
    /// of more than 16 MiB.
    pub fn save_variant(&mut self, new: &NewVariant) -> Result<(), StoreError> {
        let sha256 = self.save_file(&new.bytes)?;
        self.run(
            "INSERT INTO cv_variants (name, file_name, sha256, imported_at, profile)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO UPDATE SET
                 file_name = excluded.file_name, sha256 = excluded.sha256,
                 imported_at = excluded.imported_at, profile = excluded.profile",
            params![
                new.name.as_str(),
                new.file_name,
                sha256.as_bytes(),
                micros(new.at),
                json("profile", &new.profile)?
            ],
        )?;
        Ok(())
    }

    /// Removes a CV; tells whether there was one. What was approved with it stays
    /// provable: its bytes are kept as those of every file.
    pub fn remove_variant(&mut self, name: &VariantName) -> Result<bool, StoreError> {
        let removed = self.run("DELETE FROM cv_variants WHERE name = ?1", [name.as_str()])?;
        Ok(removed > 0)
    }

    /// Keeps which CV the person wants for an application.
    pub fn choose_cv(
        &mut self,
        application: ApplicationId,
        chosen: &CvName,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO application_cvs (application, chosen) VALUES (?1, ?2)
             ON CONFLICT (application) DO UPDATE SET chosen = excluded.chosen",
            params![application.as_bytes(), chosen.as_str()],
        )?;
        Ok(())
    }

    /// Keeps which CV the form of an application was filled with; `None` when it
    /// took none.
    pub fn note_cv(
        &mut self,
        application: ApplicationId,
        filled: Option<&FilledCv>,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO application_cvs (application, filled, file_name, why)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (application) DO UPDATE SET
                 filled = excluded.filled, file_name = excluded.file_name, why = excluded.why",
            params![
                application.as_bytes(),
                filled.map(|filled| filled.name.as_str()),
                filled.map_or("", |filled| &filled.file_name),
                filled.map_or("", |filled| &filled.why)
            ],
        )?;
        Ok(())
    }
}

impl Reader {
    /// The CVs beside the main one, by name.
    pub fn variants(&self) -> Result<Vec<Variant>, StoreError> {
        self.all(&format!("{SELECT} ORDER BY name"), [], variant)
    }

    /// The CV of this name.
    pub fn variant(&self, name: &VariantName) -> Result<Option<Variant>, StoreError> {
        let sql = format!("{SELECT} WHERE name = ?1");
        self.first(&sql, [name.as_str()], variant)
    }

    /// The file of a CV as it is attached; none when there is no such CV.
    pub fn cv_document(&self, name: &CvName) -> Result<Option<Document>, StoreError> {
        let CvName::Variant(name) = name else {
            return self.current_document(DocumentKind::Cv);
        };
        self.first(
            "SELECT file_name, cv_variants.sha256, bytes, imported_at
             FROM cv_variants JOIN document_files USING (sha256) WHERE name = ?1",
            [name.as_str()],
            |row| {
                Ok(Document {
                    sha256: Sha256::from_bytes(row.get("sha256")?),
                    file: NewDocument {
                        kind: DocumentKind::Cv,
                        file_name: row.get("file_name")?,
                        bytes: row.get("bytes")?,
                        at: time(row, "imported_at")?,
                    },
                })
            },
        )
    }

    /// Which CV goes along with an application.
    pub fn application_cv(&self, application: ApplicationId) -> Result<ApplicationCv, StoreError> {
        let found = self.first(
            "SELECT chosen, filled, file_name, why FROM application_cvs WHERE application = ?1",
            [application.as_bytes()],
            |row| {
                let filled = match cv_name(row, "filled")? {
                    Some(name) => Some(FilledCv {
                        name,
                        file_name: row.get("file_name")?,
                        why: row.get("why")?,
                    }),
                    None => None,
                };
                let chosen = cv_name(row, "chosen")?;
                Ok(ApplicationCv { chosen, filled })
            },
        )?;
        Ok(found.unwrap_or_default())
    }
}

fn cv_name(row: &Row<'_>, column: &'static str) -> Result<Option<CvName>, StoreError> {
    let name: Option<String> = row.get(column)?;
    name.map(|name| CvName::of(&name).map_err(|error| unreadable(column, &error)))
        .transpose()
}

fn variant(row: &Row<'_>) -> Result<Variant, StoreError> {
    let name: String = row.get("name")?;
    Ok(Variant {
        name: VariantName::of(&name).map_err(|error| unreadable("name of a CV", &error))?,
        file_name: row.get("file_name")?,
        sha256: Sha256::from_bytes(row.get("sha256")?),
        imported_at: time(row, "imported_at")?,
        profile: json_column(row, "profile")?,
    })
}
