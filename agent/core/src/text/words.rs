//! Tables of words and phrases, and where they stand in a text.
#![deny(clippy::indexing_slicing)]

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// A table of words and phrases, lower case, written as one text: entries are
/// parted by commas and line ends.
pub(crate) struct Words {
    written: &'static str,
    entries: OnceLock<Vec<&'static str>>,
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Words {
    /// The entries of `written`, read at first use.
    pub(crate) const fn of(written: &'static str) -> Self {
        Self {
            written,
            entries: OnceLock::new(),
            finder: OnceLock::new(),
        }
    }

    /// The entries, as written.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        let entries = self.entries.get_or_init(|| {
            self.written
                .split([',', '\n'])
                .map(str::trim)
                .filter(|entry| !entry.is_empty())
                .collect()
        });
        entries.iter().copied()
    }

    /// Whether `word` is an entry.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.iter().any(|entry| entry == word)
    }

    /// Whether an entry stands in the lower-cased `text` as whole words.
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        self.stand_before(text, |after| !after.starts_with(char::is_alphanumeric))
    }

    /// As [`Words::stand_in`], and also with an "s" behind.
    pub(crate) fn stand_in_or_plural(&self, text: &str) -> bool {
        self.stand_before(text, |after| {
            let after = after.strip_prefix('s').unwrap_or(after);
            !after.starts_with(char::is_alphanumeric)
        })
    }

    /// Whether an entry is part of `text`, be it inside a word.
    pub(crate) fn are_part_of(&self, text: &str) -> bool {
        self.finder().is_some_and(|finder| finder.is_match(text))
    }

    /// Whether an entry begins at a word of `text`, and what stands after it `fits`.
    fn stand_before(&self, text: &str, fits: impl Fn(&str) -> bool) -> bool {
        let Some(finder) = self.finder() else {
            return false;
        };
        finder.find_overlapping_iter(text).any(|found| {
            let head = text.get(..found.start()).unwrap_or_default();
            let after = text.get(found.end()..).unwrap_or_default();
            !head.ends_with(char::is_alphanumeric) && fits(after)
        })
    }

    /// Looks for all entries in one pass; made at first use. There is none only
    /// for a table too large for it, which no table of ours is.
    fn finder(&self) -> Option<&AhoCorasick> {
        let finder = self
            .finder
            .get_or_init(|| AhoCorasick::new(self.iter()).ok());
        finder.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_a_text_as_whole_words() {
        static TABLE: Words = Words::of(
            "pay, day rate, 401k,
             prämie,",
        );
        assert_eq!(
            TABLE.iter().collect::<Vec<_>>(),
            ["pay", "day rate", "401k", "prämie"]
        );
        for (text, expected) in [
            ("the pay is good", true),
            ("pay", true),
            ("repay a payment, then pay", true),
            ("repayment", false),
            ("a (day rate)", true),
            ("a day rated well", false),
            ("jahresprämie", false),
            ("eine prämie.", true),
            ("", false),
        ] {
            assert_eq!(TABLE.stand_in(text), expected, "{text:?}");
        }
        assert!(TABLE.has("day rate") && !TABLE.has("day"));
        assert!(TABLE.are_part_of("jahresprämie") && !TABLE.are_part_of("jahr"));
        assert!(TABLE.stand_in_or_plural("day rates") && !TABLE.stand_in_or_plural("payss"));
    }
}
