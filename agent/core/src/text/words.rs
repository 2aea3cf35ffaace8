//! Tables of words and phrases, and where they stand in a text.
#![deny(clippy::indexing_slicing)]

use std::sync::OnceLock;

/// A table of words and phrases, lower case, written as one text: entries are
/// parted by commas and line ends.
pub(crate) struct Words {
    written: &'static str,
    entries: OnceLock<Vec<&'static str>>,
}

impl Words {
    /// The entries of `written`, read at first use.
    pub(crate) const fn of(written: &'static str) -> Self {
        Self {
            written,
            entries: OnceLock::new(),
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
        self.iter().any(|entry| stands_in(text, entry))
    }

    /// As [`Words::stand_in`], and also with an "s" behind.
    pub(crate) fn stand_in_or_plural(&self, text: &str) -> bool {
        self.iter().any(|entry| {
            stands_before(text, entry, |after| {
                let after = after.strip_prefix('s').unwrap_or(after);
                !after.starts_with(char::is_alphanumeric)
            })
        })
    }

    /// Whether an entry is part of `text`, be it inside a word.
    pub(crate) fn are_part_of(&self, text: &str) -> bool {
        self.iter().any(|entry| text.contains(entry))
    }
}

/// Whether `words` stands in `text` as whole words.
fn stands_in(text: &str, words: &str) -> bool {
    stands_before(text, words, |after| {
        !after.starts_with(char::is_alphanumeric)
    })
}

/// Whether `words` begins at a word of `text`, and what stands after it `fits`.
fn stands_before(text: &str, words: &str, fits: impl Fn(&str) -> bool) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + found.len()..).unwrap_or_default();
        !before.is_some_and(char::is_alphanumeric) && fits(after)
    })
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
