//! Skills: the lexicon of terms and the matcher that finds them in prose.

mod context;
mod heading;
mod lexicon;
mod matcher;
mod mention;
mod need;
pub mod tagger;
mod years;

use std::{ops::Range, sync::LazyLock};

use serde::{Deserialize, Serialize};

pub use lexicon::Category;
pub use mention::{Mention, mentions};
pub(crate) use years::mentions as year_mentions;

use crate::{ids::ContentHash, text};

/// A skill found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillMatch {
    /// Preferred label, which is also the skill's id in the lexicon ("PostgreSQL");
    /// of [`find_asked`] also the words of a skill the lexicon lacks.
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

/// Raised when the same text would give other skills by the same lexicon.
const RULES: u32 = 3;

/// Longest text that is searched, in bytes.
const MAX_BYTES: usize = 200_000;

/// Finds the skills of the built-in lexicon in `text`, each once, with its
/// strongest need, in order of first appearance.
///
/// What stands under a heading about benefits is left out: "health insurance"
/// there asks for nothing. Evidence and years come from the place with the
/// strongest need; years from elsewhere fill in where that place has none.
pub fn find(text: &str) -> Vec<SkillMatch> {
    let text = searched(text);
    read(text, &[])
}

/// As [`find`], for a posting: what the tagger is sure of and the lexicon lacks is
/// a skill under its own words. [`category`] knows no category of such a skill:
/// it is worth showing, and says too little to be scored.
pub fn find_asked(text: &str) -> Vec<SkillMatch> {
    let text = searched(text);
    read(text, &mention::unknown(text))
}

/// The skills in `text`, and those at places `own` under their own words.
fn read(text: &str, own: &[Range<usize>]) -> Vec<SkillMatch> {
    let lexicon = lexicon::built_in();
    let hits = matcher::hits(lexicon, text);
    let mut found: Vec<SkillMatch> = Vec::new();
    let mut reader = heading::Reader::default();
    let mut next = hits.as_slice();
    for sentence in text::sentences(text) {
        let Some(section) = reader.section(sentence) else {
            continue;
        };
        let start = sentence.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + sentence.len();
        let skipped = next.iter().take_while(|hit| hit.start < start).count();
        let here = next
            .iter()
            .skip(skipped)
            .take_while(|hit| hit.start < end)
            .count();
        let (within, rest) = next.split_at(skipped + here);
        next = rest;
        for hit in within.iter().skip(skipped) {
            let at = hit.start - start..hit.end.min(end) - start;
            if let Some(skill) = lexicon.skills.get(hit.skill) {
                add(&mut found, skill.label, section, sentence, at);
            }
        }
        for own in own
            .iter()
            .filter(|own| own.start >= start && own.end <= end)
        {
            let words = text::line(text.get(own.clone()).unwrap_or_default());
            let at = own.start - start..own.end - start;
            add(&mut found, &words, section, sentence, at);
        }
    }
    found
}

/// The part of a text that is searched.
fn searched(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default()
}

fn add(
    found: &mut Vec<SkillMatch>,
    skill: &str,
    section: heading::Section,
    sentence: &str,
    at: Range<usize>,
) {
    let need = need::of(section, sentence, at.clone());
    let years = years::of(sentence, at);
    let named = |known: &&mut SkillMatch| known.skill.eq_ignore_ascii_case(skill);
    if let Some(known) = found.iter_mut().find(named) {
        if need > known.need {
            known.need = need;
            known.evidence = text::quote(sentence, 200);
            known.years = years.or(known.years);
        } else {
            known.years = known.years.or(years);
        }
        return;
    }
    found.push(SkillMatch {
        skill: skill.to_owned(),
        need,
        years,
        evidence: text::quote(sentence, 200),
    });
}

/// Preferred labels of all skills of the built-in lexicon, in a fixed order.
pub fn labels() -> Vec<&'static str> {
    lexicon::built_in()
        .skills
        .iter()
        .map(|skill| skill.label)
        .collect()
}

/// Name of the lexicon and of the rules that read it: when either changes, so
/// does the name, and texts are to be searched anew.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let digest = ContentHash::of(lexicon::TEXT).to_string();
        format!("{RULES}-{}", digest.get(..12).unwrap_or_default())
    });
    &VERSION
}

/// Category of the skill with this label.
pub fn category(label: &str) -> Option<Category> {
    lexicon::built_in()
        .by_label(label)
        .map(|skill| skill.category)
}

/// Labels of the skills that whoever has the skill `label` has too
/// ("PostgreSQL" implies "SQL"), also over several steps.
pub fn implied(label: &str) -> Vec<&'static str> {
    let lexicon = lexicon::built_in();
    let mut all: Vec<&'static str> = Vec::new();
    let mut open: Vec<&'static str> = lexicon
        .by_label(label)
        .map_or_else(Vec::new, |skill| skill.implies.clone());
    while let Some(next) = open.pop() {
        if next != label && !all.contains(&next) {
            all.push(next);
            open.extend(
                lexicon
                    .by_label(next)
                    .into_iter()
                    .flat_map(|skill| skill.implies.iter().copied()),
            );
        }
    }
    all
}

#[cfg(test)]
mod tests;
