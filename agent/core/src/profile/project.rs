//! Projects: what was made, with what, and what came of it.

use serde::{Deserialize, Serialize};

use super::{Fact, Month};

/// A project. Read from a CV, or written down by the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Project {
    /// What it is called. Older profiles have it, with all else, as `text`.
    #[serde(alias = "text")]
    pub name: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// First month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Month>,
    /// Last month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Month>,
    /// What it was made with, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub technologies: Vec<String>,
    /// What was achieved, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub achievements: Vec<Fact>,
    /// Results in numbers ("1,900 suppliers in five months").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
    /// Where it can be seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// The person wants it shown first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub featured: bool,
    /// Line in [`super::Profile::text`], from 1; `None` for one the person wrote down.
    pub line: Option<u32>,
}

impl Project {
    /// All that is said of it, a line each.
    pub fn lines(&self) -> Vec<&str> {
        let first = [Some(&self.name), self.description.as_ref()];
        let achievements = self.achievements.iter().map(|fact| &fact.text);
        first
            .into_iter()
            .flatten()
            .chain(&self.technologies)
            .chain(achievements)
            .chain(&self.figures)
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_of_an_older_profile_is_still_read() {
        let project: Project =
            serde_json::from_str(r#"{"text": "tidemark: a crate", "line": 74}"#).unwrap();
        assert_eq!(project.name, "tidemark: a crate");
        assert_eq!(
            (project.line, project.lines()),
            (Some(74), vec!["tidemark: a crate"])
        );
        let again: Project =
            serde_json::from_str(&serde_json::to_string(&project).unwrap()).unwrap();
        assert_eq!(again, project);
    }
}
