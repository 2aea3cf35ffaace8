//! The words of a title.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use crate::job::Level;

/// A title and its words.
pub(super) struct Title<'a> {
    stated: &'a str,
    words: Vec<Word>,
}

struct Word {
    lower: String,
    start: usize,
    end: usize,
    /// Stands in brackets.
    bracketed: bool,
}

/// A level and the words that name it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) level: Level,
    pub(super) words: &'a str,
}

impl<'a> Title<'a> {
    /// The words of `stated`: runs of letters and digits.
    pub(super) fn of(stated: &'a str) -> Self {
        let mut depth = 0_i32;
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in stated.char_indices().chain([(stated.len(), ' ')]) {
            match (start, c.is_alphanumeric()) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    words.push(Word {
                        lower: stated.get(from..at).unwrap_or_default().to_lowercase(),
                        start: from,
                        end: at,
                        bracketed: depth > 0,
                    });
                    start = None;
                }
                (None, false) | (Some(_), true) => {}
            }
            depth += match c {
                '(' | '[' => 1,
                ')' | ']' => -1,
                _ => 0,
            };
        }
        Self { stated, words }
    }

    /// The places of the words, for [`Title::word`] and the others.
    pub(super) fn places(&self) -> Range<usize> {
        0..self.words.len()
    }

    /// The word at a place, lower-cased; empty where there is none.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// The word before a place; empty before the first.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    /// The words before a place.
    pub(super) fn all_before(&self, at: usize) -> impl Iterator<Item = &str> {
        self.words.iter().take(at).map(|word| word.lower.as_str())
    }

    /// Whether the word at a place stands in brackets.
    pub(super) fn is_bracketed(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.bracketed)
    }

    /// The title as stated from one word to another.
    pub(super) fn span(&self, from: usize, to: usize) -> &'a str {
        match (self.words.get(from), self.words.get(to)) {
            (Some(first), Some(last)) => self.stated.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The title as stated after a word.
    pub(super) fn after(&self, at: usize) -> &'a str {
        let end = self
            .words
            .get(at)
            .map_or(self.stated.len(), |word| word.end);
        self.stated.get(end..).unwrap_or_default()
    }

    /// `level`, named by the words from one to another.
    pub(super) fn mark(&self, level: Level, from: usize, to: usize) -> Mark<'a> {
        Mark {
            level,
            words: self.span(from, to),
        }
    }
}
