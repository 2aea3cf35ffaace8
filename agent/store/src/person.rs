//! The person's profile and preferences, revision by revision.

use agent_core::profile::{Edits, Preferences, Profile};
use jiff::Timestamp;
use rusqlite::params;

use crate::{
    Reader, StoreError, WriteTx,
    value::{json, json_column, micros, time},
};

/// The profile as imported last, with the person's edits.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredProfile {
    /// The facts.
    pub profile: Profile,
    /// Name of the file they were read from.
    pub file_name: String,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Revision at which these facts came in.
    pub revision: i64,
}

/// The preferences as saved last.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPreferences {
    /// The wishes.
    pub preferences: Preferences,
    /// When they were saved.
    pub saved_at: Timestamp,
    /// Revision at which they came in.
    pub revision: i64,
}

impl WriteTx<'_> {
    /// Keeps an imported profile; gives the revision it is part of. The same
    /// facts again make no new revision.
    pub fn save_profile(
        &mut self,
        profile: &Profile,
        file_name: &str,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        let revision = self.profile_revision()?;
        if let Some(current) = self.imported_profile()?
            && current.profile == *profile
        {
            self.run(
                "UPDATE profiles SET file_name = ?2, imported_at = ?3 WHERE revision = ?1",
                params![current.revision, file_name, micros(at)],
            )?;
            return Ok(revision);
        }
        self.run(
            "INSERT INTO profiles (revision, file_name, imported_at, profile)
             VALUES (?1, ?2, ?3, ?4)",
            params![
                revision + 1,
                file_name,
                micros(at),
                json("profile", profile)?
            ],
        )?;
        Ok(revision + 1)
    }

    /// Keeps the person's edits of their profile; gives the revision they are part of.
    /// The same edits again make no new revision.
    pub fn save_profile_edits(&mut self, edits: &Edits, at: Timestamp) -> Result<i64, StoreError> {
        let revision = self.profile_revision()?;
        if self.profile_edits()? == *edits {
            return Ok(revision);
        }
        self.run(
            "INSERT INTO profile_edits (revision, saved_at, edits) VALUES (?1, ?2, ?3)",
            params![revision + 1, micros(at), json("edits", edits)?],
        )?;
        Ok(revision + 1)
    }

    /// Keeps preferences; gives the revision they are part of. The same wishes
    /// again make no new revision.
    pub fn save_preferences(
        &mut self,
        preferences: &Preferences,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        let revision = self.profile_revision()?;
        if let Some(current) = self.preferences()?
            && current.preferences == *preferences
        {
            return Ok(revision);
        }
        self.run(
            "INSERT INTO preferences (revision, saved_at, preferences) VALUES (?1, ?2, ?3)",
            params![revision + 1, micros(at), json("preferences", preferences)?],
        )?;
        Ok(revision + 1)
    }
}

impl Reader {
    /// Number of changes of profile, edits or preferences so far: what a ranking is for.
    pub fn profile_revision(&self) -> Result<i64, StoreError> {
        self.number(
            "SELECT max(coalesce((SELECT max(revision) FROM profiles), 0),
                        coalesce((SELECT max(revision) FROM profile_edits), 0),
                        coalesce((SELECT max(revision) FROM preferences), 0))",
            [],
        )
    }

    /// The profile with the person's edits, once one was imported.
    pub fn profile(&self) -> Result<Option<StoredProfile>, StoreError> {
        let Some(imported) = self.imported_profile()? else {
            return Ok(None);
        };
        let profile = imported.profile.edited(&self.profile_edits()?);
        Ok(Some(StoredProfile {
            profile,
            ..imported
        }))
    }

    /// What the person says over what was imported.
    pub fn profile_edits(&self) -> Result<Edits, StoreError> {
        let saved = self.first(
            "SELECT edits FROM profile_edits ORDER BY revision DESC LIMIT 1",
            [],
            |row| json_column(row, "edits"),
        )?;
        Ok(saved.unwrap_or_default())
    }

    /// The profile as the main CV states it, without the person's edits.
    pub fn imported_profile(&self) -> Result<Option<StoredProfile>, StoreError> {
        self.first(
            "SELECT revision, file_name, imported_at, profile FROM profiles
             ORDER BY revision DESC LIMIT 1",
            [],
            |row| {
                Ok(StoredProfile {
                    profile: json_column(row, "profile")?,
                    file_name: row.get("file_name")?,
                    imported_at: time(row, "imported_at")?,
                    revision: row.get("revision")?,
                })
            },
        )
    }

    /// The preferences, once some were saved.
    pub fn preferences(&self) -> Result<Option<StoredPreferences>, StoreError> {
        self.first(
            "SELECT revision, saved_at, preferences FROM preferences
             ORDER BY revision DESC LIMIT 1",
            [],
            |row| {
                Ok(StoredPreferences {
                    preferences: json_column(row, "preferences")?,
                    saved_at: time(row, "saved_at")?,
                    revision: row.get("revision")?,
                })
            },
        )
    }
}
