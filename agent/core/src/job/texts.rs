//! The texts of a job that skills are found in and vectors are made of.

use super::Job;
use crate::{skill::SkillMatch, text};

/// How much of a description goes into its vector, in characters. Openings say
/// what they are about in their first paragraphs; what follows is much the same
/// in all.
const VECTOR_TEXT: usize = 2_000;

impl Job {
    /// The text in which skills are looked for.
    pub fn searched_text(&self) -> String {
        format!("{}\n{}", self.title, self.description)
    }

    /// The texts whose vectors stand for the job: title, the `skills` found and
    /// the head of the description in one; and the title alone.
    pub fn texts(&self, skills: &[SkillMatch]) -> [String; 2] {
        let named: Vec<&str> = skills.iter().map(|found| found.skill.as_str()).collect();
        let head = text::quote(&self.description, VECTOR_TEXT);
        let whole = format!("{}. {}. {head}", self.title, named.join(", "));
        [whole, self.title.clone()]
    }
}
