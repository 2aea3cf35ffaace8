//! The tagger: marks the words of a posting that name a skill ("work independently") or a
//! piece of knowledge ("machine learning"), with a linear-chain model over hashed
//! features. Pure: no I/O, no clock; integer sums, so every machine gives the same.

mod decode;
mod features;
mod lists;
mod model;
mod tokenize;
mod word;

use std::{ops::Range, sync::LazyLock};

use decode::{Step, best, gain};
pub use decode::{Steps, TAGS, Tag, spans};
pub use features::{Sink, document};
pub use lists::{KINDS, LONGEST, Lists, Table, WordFacts};
pub use model::{AssetError, Model, ROW};
pub use tokenize::{Token, sentences};
pub use word::{hash, mix, plain, stem};

/// What a span names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Something a person does or is.
    Skill,
    /// Something a person knows: a tool, a field, a language, a degree.
    Knowledge,
}

impl Column {
    /// Both, in the order of the asset.
    pub const ALL: [Self; 2] = [Self::Skill, Self::Knowledge];
}

/// A span found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it names.
    pub column: Column,
    /// Bytes of the text, without punctuation at the ends.
    pub range: Range<usize>,
    /// By how much the tags score higher with the span than without it, in the
    /// units of the asset: how sure it is.
    pub gain: i32,
}

/// The tags of a sentence, one row for each of [`Column::ALL`].
pub type Tagged = [Vec<Tag>; 2];

/// The tagger shipped with the agent.
pub fn built_in() -> Option<&'static Model> {
    static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(ASSET).ok());
    BUILT_IN.as_ref()
}

/// `None` for it is ruled out by a test.
pub(super) const ASSET: &[u8] = include_bytes!("../../../assets/skill-tagger.bin");

/// Whether a word says little by itself in English ("the", "with").
pub fn is_everyday(word: &str) -> bool {
    word::is_function(&plain(word))
}

impl Model {
    /// Finds the spans of a plain text, skills before knowledge within a sentence.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let sentences = sentences(text);
        let mut out = Vec::new();
        for (tokens, columns) in sentences.iter().zip(self.steps(&sentences)) {
            for (column, steps) in Column::ALL.into_iter().zip(&columns) {
                let scores = self.scores(column);
                let tags = best(steps, scores);
                for span in spans(&tags) {
                    let gain = gain(steps, scores, &tags, &span);
                    let range = tokens.get(span).and_then(tokenize::covered);
                    out.extend(range.map(|range| Found {
                        column,
                        range,
                        gain,
                    }));
                }
            }
        }
        out
    }

    /// Tags the sentences of one document, which are read in each other's light.
    pub fn tag(&self, sentences: &[Vec<Token<'_>>]) -> Vec<Tagged> {
        let columns = self.steps(sentences).into_iter();
        columns
            .map(|[skills, knowledge]| {
                [
                    best(&skills, self.scores(Column::Skill)),
                    best(&knowledge, self.scores(Column::Knowledge)),
                ]
            })
            .collect()
    }

    /// What each token scores, by sentence and column.
    fn steps(&self, sentences: &[Vec<Token<'_>>]) -> Vec<[Vec<Step>; 2]> {
        let mut scorer = model::Scorer::new(self);
        document(sentences, &self.lists, &mut scorer);
        let pairs = scorer.sentences.iter().zip(sentences);
        pairs
            .map(|(scores, tokens)| model::steps(scores, tokens))
            .collect()
    }
}

#[cfg(test)]
mod tests;
