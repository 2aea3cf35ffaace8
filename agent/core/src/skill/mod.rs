//! Skills: the lexicon of terms and the matcher that finds them in prose.

mod alias;
pub mod claim;
mod context;
mod heading;
mod known;
mod lexicon;
mod matcher;
mod mention;
mod need;
pub mod tagger;
pub mod taxonomy;
mod years;

use std::{ops::Range, sync::LazyLock};

use serde::{Deserialize, Serialize};

pub use alias::Aliases;
pub use known::named;
pub(crate) use known::{all_labels, siblings};
pub use lexicon::Category;
pub use mention::{Mention, mentions};
pub(crate) use years::mentions as year_mentions;

use self::alias::Named;
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
const RULES: u32 = 4;

/// Longest text that is searched, in bytes.
const MAX_BYTES: usize = 200_000;

/// Finds the skills of the built-in lexicon in `text`, each once, with its
/// strongest need, in order of first appearance.
///
/// What stands under a heading about benefits is left out: "health insurance"
/// there asks for nothing. Evidence and years come from the place with the
/// strongest need; years from elsewhere fill in where that place has none.
pub fn find(text: &str) -> Vec<SkillMatch> {
    find_with(text, &Aliases::default())
}

/// As [`find`], and what goes by a name that the person made.
pub fn find_with(text: &str, aliases: &Aliases) -> Vec<SkillMatch> {
    let text = searched(text);
    let mut hits = matcher::hits(lexicon::built_in(), text);
    let said = aliases.found(text, &mut hits);
    read(text, &hits, &said)
}

/// As [`find_with`], for a posting: what the tagger is sure of and the lexicon lacks is
/// the skill of the taxonomy it names, else a skill under its own words. [`category`]
/// knows no category of the latter: it is worth showing, and says too little to be
/// scored, unless the person has it.
pub fn find_asked(text: &str, aliases: &Aliases) -> Vec<SkillMatch> {
    let text = searched(text);
    let mut hits = matcher::hits(lexicon::built_in(), text);
    let unknown = mention::unknown(text, &hits);
    let mut named = aliases.found(text, &mut hits);
    let said = named.len();
    for range in unknown {
        let meets = |one: &Named<'_>| one.range.start < range.end && range.start < one.range.end;
        if named.iter().take(said).any(meets) {
            continue;
        }
        let words = text::line(text.get(range.clone()).unwrap_or_default());
        let label = known::named(&words).map_or_else(|| words.into(), Into::into);
        named.push(Named { range, label });
    }
    read(text, &hits, &named)
}

/// The skills of the lexicon and of the person's names in `text`, each where it stands.
pub(crate) fn places(text: &str, aliases: &Aliases) -> Vec<(Range<usize>, String)> {
    let lexicon = lexicon::built_in();
    let text = searched(text);
    let mut hits = matcher::hits(lexicon, text);
    let said = aliases.found(text, &mut hits);
    let mut places: Vec<(Range<usize>, String)> = said
        .into_iter()
        .map(|one| (one.range, one.label.into_owned()))
        .collect();
    places.extend(hits.iter().filter_map(|hit| {
        let skill = lexicon.skills.get(hit.skill)?;
        Some((hit.start..hit.end, skill.label.to_owned()))
    }));
    places.sort_by_key(|(range, _)| range.start);
    places
}

/// The skills at the `hits` in `text`, and those that are `named` at other places.
fn read(text: &str, hits: &[matcher::Hit], named: &[Named<'_>]) -> Vec<SkillMatch> {
    let lexicon = lexicon::built_in();
    let by_lexicon = hits.iter().filter_map(|hit| {
        let skill = lexicon.skills.get(hit.skill)?;
        Some((hit.start..hit.end, skill.label))
    });
    let named = named.iter().map(|one| (one.range.clone(), &*one.label));
    let mut places: Vec<(Range<usize>, &str)> = by_lexicon.chain(named).collect();
    places.sort_by_key(|(range, _)| range.start);
    let mut found: Vec<SkillMatch> = Vec::new();
    let mut reader = heading::Reader::default();
    let mut next = places.as_slice();
    for sentence in text::sentences(text) {
        let Some(section) = reader.section(sentence) else {
            continue;
        };
        let start = sentence.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + sentence.len();
        let skipped = next.partition_point(|(range, _)| range.start < start);
        let here = next.partition_point(|(range, _)| range.start < end);
        let (within, rest) = next.split_at(here.max(skipped));
        next = rest;
        for (range, label) in within.iter().skip(skipped) {
            let at = range.start - start..range.end.min(end) - start;
            add(&mut found, label, section, sentence, at);
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

/// Name of the lexicon, the taxonomy and the rules that read them: when one changes, so
/// does the name, and texts are to be searched anew.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let print = |digest: ContentHash| digest.to_string().chars().take(12).collect::<String>();
        let taxonomy = ContentHash::of_bytes(taxonomy::ASSET);
        format!(
            "{RULES}-{}-{}",
            print(ContentHash::of(lexicon::TEXT)),
            print(taxonomy)
        )
    });
    &VERSION
}

/// Whether the lexicon has a skill with this label.
pub(crate) fn is_of_lexicon(label: &str) -> bool {
    lexicon::built_in().by_label(label).is_some()
}

/// Category of the skill with this label.
pub fn category(label: &str) -> Option<Category> {
    let of_lexicon = lexicon::built_in().by_label(label);
    of_lexicon
        .map(|skill| skill.category)
        .or_else(|| known::category(label))
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
