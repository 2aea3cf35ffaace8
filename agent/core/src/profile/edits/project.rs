//! What the person says of a project.

use super::{EditError, fitting, named};
use crate::profile::{Fact, Month, Project};

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
    pub(super) fn made_to(self, before: Project) -> Result<Project, EditError> {
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
