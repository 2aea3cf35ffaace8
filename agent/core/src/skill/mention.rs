//! What a text names, span by span: the terms of the lexicon and what the tagger
//! finds, as one.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    lexicon::Lexicon,
    matcher::Hit,
    tagger::{self, Column, Found},
};

/// A span of a text that names a skill or a piece of knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it names.
    pub column: Column,
    /// Label of the skill in the lexicon; `None` for what the lexicon lacks.
    pub skill: Option<&'static str>,
}

/// Marks every span of `text`, in its order. A span of the tagger that holds a
/// term of the lexicon is that skill; technical terms the tagger passes over stand
/// for themselves.
pub fn mentions(text: &str) -> Vec<Mention> {
    let text = super::searched(text);
    let lexicon = super::lexicon::built_in();
    let hits = super::matcher::hits(lexicon, text);
    let mut mentions: Vec<Mention> = Vec::new();
    let tagged = tagged(text);
    let mut open = hits.as_slice();
    for found in &tagged {
        let passed = open.iter().take_while(|hit| hit.end <= found.range.start);
        let (passed, rest) = open.split_at(passed.count());
        mentions.extend(passed.iter().filter_map(|hit| alone(lexicon, hit, &tagged)));
        let held = rest.iter().find(|hit| meet(hit, &found.range));
        mentions.push(Mention {
            range: found.range.clone(),
            column: found.column,
            skill: held.and_then(|hit| label(lexicon, hit)),
        });
        open = rest;
    }
    mentions.extend(open.iter().filter_map(|hit| alone(lexicon, hit, &tagged)));
    mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
    mentions
}

/// Gain from which nine in ten of the tagger's spans are right on labelled
/// sentences it was not trained on.
const SURE: i32 = 500;

/// Most of them in one posting, longest in words, and longest in bytes.
const MOST: usize = 12;
const WORDS: usize = 4;
const BYTES: usize = 40;

/// Least share of a text's words that are everyday English ones. The tagger has
/// read English only.
const ENGLISH: f64 = 0.12;

/// Places of knowledge the tagger is sure of and the lexicon lacks, in the order
/// of an English text; none of another. `hits` are the lexicon's.
pub(super) fn unknown(text: &str, hits: &[Hit]) -> Vec<Range<usize>> {
    let words = || text.split_whitespace();
    let english = words().filter(|word| tagger::is_everyday(word)).count();
    if (english as f64) < ENGLISH * words().count() as f64 {
        return Vec::new();
    }
    let found = tagged(text).into_iter().filter(|found| {
        let words = text.get(found.range.clone()).unwrap_or_default();
        found.column == Column::Knowledge
            && found.gain >= SURE
            && (2..=BYTES).contains(&words.len())
            && words.split_whitespace().count() <= WORDS
            && words.starts_with(|c: char| c.is_alphanumeric() || c == '.')
            && !words.contains(['<', '>', '\n', '@', '/'])
            && !hits.iter().any(|hit| meet(hit, &found.range))
    });
    found.map(|found| found.range).take(MOST).collect()
}

/// What the tagger finds, in the order of the text.
pub(super) fn tagged(text: &str) -> Vec<Found> {
    let mut found = tagger::built_in().map_or_else(Vec::new, |model| model.find(text));
    found.sort_by_key(|found| found.range.start);
    found
}

fn label(lexicon: &Lexicon, hit: &Hit) -> Option<&'static str> {
    lexicon.skills.get(hit.skill).map(|skill| skill.label)
}

/// A technical term of the lexicon in no span of the tagger. Terms of other
/// fields ("project management") are everyday words too often to stand alone:
/// on labelled sentences they cost nine points of precision for one of recall.
fn alone(lexicon: &Lexicon, hit: &Hit, tagged: &[Found]) -> Option<Mention> {
    if tagged.iter().any(|found| meet(hit, &found.range)) {
        return None;
    }
    let skill = lexicon.skills.get(hit.skill)?;
    super::context::is_technical(skill.category).then_some(Mention {
        range: hit.start..hit.end,
        column: Column::Knowledge,
        skill: Some(skill.label),
    })
}

pub(super) fn meet(hit: &Hit, range: &Range<usize>) -> bool {
    hit.start < range.end && range.start < hit.end
}
