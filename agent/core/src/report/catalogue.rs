//! The catalogue of learning, kept as text beside the source: what a skill wants first,
//! how long it takes, where one can learn it without paying, and how one notices that it
//! is learned. It is written by people; a mistake in it is refused when it is read.
#![deny(clippy::indexing_slicing)]

mod read;

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

pub use read::{CatalogueError, read};

/// The files, by name.
const FILES: [(&str, &str); 6] = [
    (
        "software",
        include_str!("../../assets/learning/software.txt"),
    ),
    ("data", include_str!("../../assets/learning/data.txt")),
    ("design", include_str!("../../assets/learning/design.txt")),
    (
        "business",
        include_str!("../../assets/learning/business.txt"),
    ),
    ("care", include_str!("../../assets/learning/care.txt")),
    (
        "projects",
        include_str!("../../assets/learning/projects.txt"),
    ),
];

/// Hours of work, for somebody who has what comes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
}

impl Hours {
    /// The middle.
    pub fn middle(self) -> f64 {
        f64::midpoint(f64::from(self.least), f64::from(self.most))
    }
}

/// Something free to learn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// What it covers.
    pub covers: String,
}

/// A skill of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Label.
    pub skill: &'static str,
    /// How long it takes.
    pub hours: Hours,
    /// Labels of what comes before.
    pub after: Vec<&'static str>,
    /// What one can do then.
    pub can: Vec<String>,
    /// Where to learn it.
    pub resources: Vec<Resource>,
}

/// Work that shows several skills at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// The skills it shows.
    pub shows: Vec<&'static str>,
    /// How long it takes.
    pub hours: Hours,
    /// What there is in the end.
    pub result: Vec<String>,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    lessons: BTreeMap<&'static str, Lesson>,
    projects: Vec<Project>,
}

impl Catalogue {
    /// The skill with this label.
    pub fn lesson(&self, skill: &str) -> Option<&Lesson> {
        self.lessons.get(skill)
    }

    /// All skills.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.values()
    }

    /// All projects.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The skill, after whatever has to be learned before it and `has` does not say is
    /// had: in an order in which it can be learned.
    pub fn closure(&self, skill: &str, has: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut order = Vec::new();
        self.walk(skill, has, &mut order);
        order
    }

    /// Nothing is met twice: there are no circles, which reading refuses.
    fn walk(&self, skill: &str, has: &dyn Fn(&str) -> bool, order: &mut Vec<String>) {
        if has(skill) || order.iter().any(|known| known == skill) {
            return;
        }
        let before = self.lesson(skill).map_or(&[][..], |lesson| &lesson.after);
        for before in before {
            self.walk(before, has, order);
        }
        order.push(skill.to_owned());
    }
}

/// The catalogue of this program; empty only if it could not be read, which a test
/// rules out.
pub fn built_in() -> &'static Catalogue {
    static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| read(&FILES).unwrap_or_default());
    &BUILT_IN
}

#[cfg(test)]
mod tests;
