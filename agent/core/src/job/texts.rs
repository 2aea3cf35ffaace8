//! The texts of a job that skills are found in and vectors are made of.

use std::borrow::Cow;

use super::{Job, gist::gist, told::told};
use crate::{
    skill::{self, SkillMatch},
    text,
};

/// How much of a description goes into its vector, in characters. Openings say
/// what they are about in their first paragraphs; what follows is much the same
/// in all.
const VECTOR_TEXT: usize = 2_000;

/// How much of one line of several goes into it.
const LINE: usize = 400;

/// A job without what its description says to a machine.
#[derive(Debug)]
pub struct Told<'a> {
    title: &'a str,
    description: Cow<'a, str>,
}

impl Job {
    /// What the job tells of itself.
    pub fn told(&self) -> Told<'_> {
        Told {
            title: &self.title,
            description: told(&self.description),
        }
    }
}

impl Told<'_> {
    /// The text in which skills are looked for: title and description.
    pub fn searched(&self) -> String {
        format!("{}\n{}", self.title, self.description)
    }

    /// The texts whose vectors stand for the job: title, the `skills` of the lexicon and
    /// the head of the description in one; and the title alone.
    pub fn embedded(&self, skills: &[SkillMatch]) -> [String; 2] {
        let named: Vec<&str> = skills
            .iter()
            .map(|found| found.skill.as_str())
            .filter(|named| skill::is_of_lexicon(named))
            .collect();
        let told = gist(&self.description);
        let lines = told.lines().filter(|line| !line.is_empty());
        // Among several lines one that is very long does not drown the others.
        let head = match lines.clone().count() {
            0..5 => text::quote(&told, VECTOR_TEXT),
            _ => {
                let lines: Vec<String> = lines.map(|line| text::quote(line, LINE)).collect();
                text::quote(&lines.join("\n"), VECTOR_TEXT)
            }
        };
        let whole = format!("{}. {}. {head}", self.title, named.join(", "));
        [whole, self.title.to_owned()]
    }
}
