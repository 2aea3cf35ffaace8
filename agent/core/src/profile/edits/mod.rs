//! What the person says themselves, over what their CV was read to say.
//!
//! Edits stand beside the CV and not in it: reading a newer CV keeps them, and
//! taking one back shows again what the CV says.

mod alias;
mod project;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use project::ProjectChange;

use super::{Fact, Profile, Project};
use crate::text;

/// The highest skill level; the lowest is 1.
pub const MAX_LEVEL: u8 = 5;
/// The most skills with a level, and the most projects.
const MOST: usize = 1_000;
/// The longest value, in characters.
const LONGEST: usize = 4_000;

/// A single value of a profile that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileKey {
    /// Full name.
    Name,
    /// Headline or present title.
    Headline,
    /// Electronic mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Where the person lives.
    Location,
    /// Summary paragraph.
    Summary,
}

impl ProfileKey {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Headline,
        Self::Email,
        Self::Phone,
        Self::Location,
        Self::Summary,
    ];

    /// Its name, as a person types it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Headline => "headline",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Location => "location",
            Self::Summary => "summary",
        }
    }

    /// The key of that name.
    pub fn of(name: &str) -> Result<Self, EditError> {
        let found = Self::ALL.into_iter().find(|key| key.name() == name);
        found.ok_or_else(|| EditError::UnknownKey(name.to_owned()))
    }
}

/// An edit that cannot be made. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No such value.
    #[error(
        "there is no value {0:?}: it is one of name, headline, email, phone, location and summary"
    )]
    UnknownKey(String),
    /// A level that is none.
    #[error("a skill level is a number from 1 (beginner) to 5 (expert)")]
    Level,
    /// A name without letters or digits.
    #[error("give it a name")]
    NoName,
    /// A month that is none.
    #[error("{0:?} is no month: write it as 2024-03")]
    Month(String),
    /// A project of that name is there.
    #[error("there is a project {0:?} already; change it with: agentctl profile project edit")]
    Twice(String),
    /// A value of more than 4,000 characters.
    #[error("this is longer than {LONGEST} characters")]
    TooLong,
    /// A thousand skills with a level, or projects, are there.
    #[error("there are {MOST} already")]
    TooMany,
    /// A skill that neither a list nor the profile has.
    #[error(
        "no skill is known as {skill:?}{}; one of your own has to be in your profile first: \
         agentctl profile skill NAME LEVEL",
        alias::meant(.near)
    )]
    UnknownSkill {
        /// The name given.
        skill: String,
        /// Labels like it, the likest first.
        near: Vec<String>,
    },
    /// An alias that is the name of a skill already.
    #[error("{alias:?} is the name of {skill} already")]
    NamesSkill {
        /// The alias given.
        alias: String,
        /// The skill.
        skill: String,
    },
    /// An alias that there is not.
    #[error("there is no alias {0:?}; see them with: agentctl skills aliases")]
    NoAlias(String),
    /// A project that there is not.
    #[error("there is no project {0:?}; see them with: agentctl profile show")]
    NoProject(String),
}

/// All edits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edits {
    /// Values in place of the CV's.
    values: BTreeMap<ProfileKey, String>,
    /// Levels from 1 to [`MAX_LEVEL`], by skill as the person names it.
    levels: BTreeMap<String, u8>,
    /// Projects beside those of the CV, or in place of one of the same name.
    projects: Vec<Project>,
    /// Names of the projects to be shown first.
    featured: BTreeSet<String>,
    /// Labels of skills, by the other name the person has for each.
    aliases: BTreeMap<String, String>,
}

impl Edits {
    /// Sets a value; an empty one shows the CV's again.
    pub fn set(&mut self, key: ProfileKey, value: &str) -> Result<(), EditError> {
        let value = fitting(value)?;
        if value.is_empty() {
            self.values.remove(&key);
        } else {
            self.values.insert(key, value);
        }
        Ok(())
    }

    /// Sets the level of a skill; `None` takes it back.
    pub fn set_level(&mut self, skill: &str, level: Option<u8>) -> Result<(), EditError> {
        let skill = named(skill)?;
        // One skill has one level, however its name is written.
        self.levels.retain(|other, _| !same(other, &skill));
        let Some(level) = level else { return Ok(()) };
        if !(1..=MAX_LEVEL).contains(&level) {
            return Err(EditError::Level);
        }
        if self.levels.len() == MOST {
            return Err(EditError::TooMany);
        }
        self.levels.insert(skill, level);
        Ok(())
    }

    /// Adds a project, or changes the one of `profile` that has its name.
    pub fn put_project(
        &mut self,
        profile: &Profile,
        change: ProjectChange,
    ) -> Result<(), EditError> {
        let mut known = profile.projects.iter();
        let known = known.find(|project| same(&project.name, &change.name));
        match known {
            Some(known) if change.new => return Err(EditError::Twice(known.name.clone())),
            None if !change.new => return Err(EditError::NoProject(change.name)),
            _ => {}
        }
        let project = change.made_to(known.cloned().unwrap_or_default())?;
        self.projects
            .retain(|other| !same(&other.name, &project.name));
        if self.projects.len() == MOST {
            return Err(EditError::TooMany);
        }
        self.projects.push(project);
        Ok(())
    }

    /// Takes a project of the person's own back.
    pub fn remove_project(&mut self, name: &str) -> Result<(), EditError> {
        let before = self.projects.len();
        self.projects.retain(|project| !same(&project.name, name));
        if self.projects.len() == before {
            return Err(EditError::NoProject(name.to_owned()));
        }
        Ok(())
    }

    /// Shows a project of `profile` first, or no longer.
    pub fn feature(
        &mut self,
        profile: &Profile,
        name: &str,
        featured: bool,
    ) -> Result<(), EditError> {
        let mut known = profile.projects.iter();
        let project = known
            .find(|project| same(&project.name, name))
            .ok_or_else(|| EditError::NoProject(name.to_owned()))?;
        self.featured.retain(|other| !same(other, name));
        if featured {
            self.featured.insert(project.name.clone());
        }
        Ok(())
    }
}

impl Profile {
    /// The profile as the person corrects and completes it.
    #[must_use]
    pub fn edited(mut self, edits: &Edits) -> Self {
        for (key, value) in &edits.values {
            let value = value.clone();
            match key {
                ProfileKey::Name => self.name = value,
                ProfileKey::Headline => self.headline = Some(value),
                ProfileKey::Email => self.email = Some(value),
                ProfileKey::Phone => self.phone = Some(value),
                ProfileKey::Location => self.location = Some(value),
                ProfileKey::Summary => self.summary = Some(value),
            }
        }
        self.projects.retain(|read| {
            let mut own = edits.projects.iter();
            !own.any(|own| same(&own.name, &read.name))
        });
        self.projects.extend(edits.projects.iter().cloned());
        for project in &mut self.projects {
            project.featured = edits.featured.contains(&project.name);
        }
        self.projects.sort_by_key(|project| !project.featured);
        for skill in edits.levels.keys() {
            if !self.skills.iter().any(|fact| same(&fact.text, skill)) {
                self.skills.push(Fact {
                    text: skill.clone(),
                    line: None,
                });
            }
        }
        self.levels = edits.levels.clone();
        self.aliases = edits.aliases.clone();
        self
    }

    /// The level the person gave a skill, from 1 to [`MAX_LEVEL`].
    pub fn level_of(&self, skill: &str) -> Option<u8> {
        let mut levels = self.levels.iter();
        levels
            .find(|(named, _)| same(named, skill))
            .map(|(_, level)| *level)
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn fitting(value: &str) -> Result<String, EditError> {
    let value = text::line(value);
    if value.chars().count() > LONGEST {
        return Err(EditError::TooLong);
    }
    Ok(value)
}

fn named(name: &str) -> Result<String, EditError> {
    let name = fitting(name)?;
    if name.chars().any(char::is_alphanumeric) {
        Ok(name)
    } else {
        Err(EditError::NoName)
    }
}
