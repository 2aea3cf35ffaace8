//! Skills: the lexicon of terms and the matcher that finds them in prose.

use serde::{Deserialize, Serialize};

/// A skill found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillMatch {
    /// Preferred label, which is also the skill's id in the lexicon ("PostgreSQL").
    pub skill: String,
    /// How strongly the text asks for it.
    pub need: Need,
    /// Years asked for, where the sentence says.
    pub years: Option<u8>,
    /// The sentence or list item it stands in, at most 200 characters.
    pub evidence: String,
}

/// How strongly a posting asks for a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Nice to have.
    Optional,
    /// Named without a mark either way.
    Named,
    /// Required.
    Required,
}

/// Finds the skills of the built-in lexicon in `text`, each once, with its
/// strongest need, in order of first appearance.
pub fn find(text: &str) -> Vec<SkillMatch> {
    let _ = text;
    Vec::new()
}

/// Preferred labels of all skills of the built-in lexicon, in a fixed order.
pub fn labels() -> Vec<&'static str> {
    Vec::new()
}
