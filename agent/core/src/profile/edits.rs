//! What the person says themselves, over what their CV was read to say.
//!
//! Edits stand beside the CV and not in it: reading a newer CV keeps them, and
//! taking one back shows again what the CV says.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Fact, Month, Profile, Project};
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
    /// Longer than [`LONGEST`].
    #[error("this is longer than {LONGEST} characters")]
    TooLong,
    /// More than [`MOST`].
    #[error("there are {MOST} already")]
    TooMany,
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

/// What the person says of a project. Of what is not said, nothing changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectChange {
    /// What it is called.
    pub name: String,
    /// Whether it is a new one.
    pub new: bool,
    /// What it is.
    pub description: Option<String>,
    /// First month, as in "2024-03"; an empty one clears it.
    pub start: Option<String>,
    /// Last month, likewise.
    pub end: Option<String>,
    /// What it was made with.
    pub technologies: Vec<String>,
    /// What was achieved.
    pub achievements: Vec<String>,
    /// Results in numbers.
    pub figures: Vec<String>,
    /// Where it can be seen.
    pub links: Vec<String>,
}

impl ProjectChange {
    fn made_to(self, before: Project) -> Result<Project, EditError> {
        let or = |said: Vec<String>, before: Vec<String>| match said.is_empty() {
            true => Ok(before),
            false => said.iter().map(|said| fitting(said)).collect(),
        };
        let achieved = before.achievements.iter().map(|fact| fact.text.clone());
        let achievements = or(self.achievements, achieved.collect())?;
        Ok(Project {
            name: named(&self.name)?,
            description: match self.description {
                Some(said) => Some(fitting(&said)?).filter(|said| !said.is_empty()),
                None => before.description,
            },
            start: month(self.start, before.start)?,
            end: month(self.end, before.end)?,
            technologies: or(self.technologies, before.technologies)?,
            achievements: achievements
                .into_iter()
                .map(|text| Fact { text, line: None })
                .collect(),
            figures: or(self.figures, before.figures)?,
            links: or(self.links, before.links)?,
            featured: false,
            // It was read from no line as it is now.
            line: None,
        })
    }
}

fn month(said: Option<String>, before: Option<Month>) -> Result<Option<Month>, EditError> {
    match said.as_deref().map(str::trim) {
        None => Ok(before),
        Some("") => Ok(None),
        Some(said) => match Month::of_iso(said) {
            Some(month) => Ok(Some(month)),
            None => Err(EditError::Month(said.to_owned())),
        },
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

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile {
            name: "Ada".to_owned(),
            skills: vec![Fact {
                text: "Rust".to_owned(),
                line: Some(3),
            }],
            projects: ["Tide", "Bridge"].map(project).to_vec(),
            ..Profile::default()
        }
    }

    fn project(name: &str) -> Project {
        Project {
            name: name.to_owned(),
            line: Some(7),
            ..Project::default()
        }
    }

    #[test]
    fn a_value_of_the_person_stands_before_that_of_the_cv_until_it_is_taken_back() {
        let mut edits = Edits::default();
        edits.set(ProfileKey::Name, " Ada\n Example ").unwrap();
        assert_eq!(profile().edited(&edits).name, "Ada Example");
        edits.set(ProfileKey::Name, "").unwrap();
        assert_eq!(profile().edited(&edits), profile());
    }

    #[test]
    fn a_level_is_of_a_skill_the_cv_names_or_of_a_new_one() {
        let mut edits = Edits::default();
        edits.set_level("rust", Some(4)).unwrap();
        edits.set_level("Erlang", Some(2)).unwrap();
        edits.set_level("ERLANG", Some(3)).unwrap();
        let edited = profile().edited(&edits);
        let skills: Vec<&str> = edited
            .skills
            .iter()
            .map(|fact| fact.text.as_str())
            .collect();
        assert_eq!(skills, ["Rust", "ERLANG"]);
        let levels = ["Rust", "erlang", "Go"].map(|skill| edited.level_of(skill));
        assert_eq!(levels, [Some(4), Some(3), None]);
        edits.set_level("Rust", None).unwrap();
        edits.set_level("erlang", None).unwrap();
        assert_eq!(profile().edited(&edits), profile());
    }

    #[test]
    fn a_project_is_added_replaced_featured_and_removed() {
        let mut edits = Edits::default();
        let change = |name: &str, new| ProjectChange {
            name: name.to_owned(),
            new,
            start: Some("2024-03".to_owned()),
            ..ProjectChange::default()
        };
        let twice = Err(EditError::Twice("Tide".to_owned()));
        assert_eq!(edits.put_project(&profile(), change("tide", true)), twice);
        edits
            .put_project(&profile(), change("tide", false))
            .unwrap();
        let begun = profile().edited(&edits).projects[1].start;
        assert_eq!(begun, Month::of_iso("2024-03"));
        edits.feature(&profile(), "bridge", true).unwrap();
        let names = |edits: &Edits| {
            let projects = profile().edited(edits).projects.into_iter();
            projects
                .map(|project| (project.name, project.line))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(&edits),
            [("Bridge".to_owned(), Some(7)), ("tide".to_owned(), None)]
        );
        edits.remove_project("TIDE").unwrap();
        edits.feature(&profile(), "Bridge", false).unwrap();
        assert_eq!(profile().edited(&edits), profile());
        let unknown = Err(EditError::NoProject("Tide".to_owned()));
        assert_eq!(edits.remove_project("Tide"), unknown);
    }

    #[test]
    fn what_is_no_edit_is_refused() {
        let mut edits = Edits::default();
        assert_eq!(edits.set_level("Rust", Some(6)), Err(EditError::Level));
        assert_eq!(edits.set_level(" – ", Some(3)), Err(EditError::NoName));
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(
            edits.set(ProfileKey::Summary, &long),
            Err(EditError::TooLong)
        );
        assert_eq!(
            ProfileKey::of("nam"),
            Err(EditError::UnknownKey("nam".to_owned()))
        );
        assert_eq!(edits, Edits::default());
    }
}
