//! The sentence of a goal, taken apart into words and numbers.
#![deny(clippy::indexing_slicing)]

use crate::text;

/// Longest sentence, in characters.
pub const MAX_SENTENCE: usize = 300;

/// A text that cannot be a goal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SentenceError {
    /// There is nothing in it.
    #[error("a goal is a sentence, and nothing was said")]
    Empty,
    /// It is too long.
    #[error("a goal is a sentence of at most {MAX_SENTENCE} characters")]
    TooLong,
}

/// A sentence, safe to show and to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    text: String,
    pub(super) words: Vec<Word>,
    /// All words in lower case with a space around each, hyphens apart.
    plain: String,
}

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// As written, without the marks around it.
    pub(super) text: String,
    /// In lower case.
    pub(super) low: String,
    /// Whether a comma or another mark stands before it.
    pub(super) after_mark: bool,
    /// What it counts, if it is a number.
    pub(super) number: Option<Number>,
}

impl Word {
    /// Whether it begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is one of these.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.low.as_str())
    }
}

/// A number as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// Whether it is written as an amount of money ("80k", "€80,000").
    pub(super) is_money: bool,
    /// Mark of a currency at it.
    pub(super) mark: Option<char>,
    /// Whether "or more" is written as a sign ("80+").
    pub(super) or_more: bool,
}

impl Sentence {
    /// Reads a sentence.
    pub fn of(given: &str) -> Result<Self, SentenceError> {
        let text = text::line(given);
        if !text.chars().any(char::is_alphanumeric) {
            return Err(SentenceError::Empty);
        }
        if text.chars().count() > MAX_SENTENCE {
            return Err(SentenceError::TooLong);
        }
        let mut words = Vec::new();
        let mut after_mark = false;
        for piece in text.split_whitespace() {
            let ends = piece.ends_with([',', ';', '.', ':', '!', '?', ')']);
            let bare = piece.trim_matches(|c: char| {
                !(c.is_alphanumeric() || matches!(c, '€' | '$' | '£' | '+' | '#'))
            });
            if !bare.is_empty() {
                words.push(Word {
                    text: bare.to_owned(),
                    low: bare.to_lowercase().replace('’', "'"),
                    after_mark,
                    number: number(bare),
                });
            }
            after_mark = ends;
        }
        let mut plain = String::from(" ");
        for word in &words {
            plain.push_str(&word.low.replace('-', " "));
            plain.push(' ');
        }
        Ok(Self { text, words, plain })
    }

    /// The sentence, on one line.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether these words stand in it next to each other, whatever their case.
    pub fn says(&self, words: &str) -> bool {
        let wanted = Self::plain_of(words);
        wanted.len() > 2 && self.plain.contains(&wanted)
    }

    /// Whether one of these does.
    pub(super) fn says_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.says(phrase))
    }

    /// Whether every word stands in it somewhere, as it is or in the plural.
    pub(super) fn has_all(&self, words: &str) -> bool {
        let wanted = Self::plain_of(words);
        let mut pieces = wanted.split_whitespace().peekable();
        pieces.peek().is_some()
            && pieces.all(|piece| {
                let plural = format!(" {piece}s ");
                let single = piece.strip_suffix('s').unwrap_or(piece);
                self.plain.contains(&format!(" {piece} "))
                    || self.plain.contains(&plural)
                    || self.plain.contains(&format!(" {single} "))
            })
    }

    /// Of these, the ones written as names are: with a capital, or after "in".
    pub(super) fn names_among(&self, words: Vec<String>) -> Vec<String> {
        let is_name = |name: &String| {
            let first = name.split_whitespace().next().unwrap_or_default();
            let at = (self.words.iter()).position(|word| word.text.eq_ignore_ascii_case(first));
            let Some(at) = at else { return false };
            let led = at.checked_sub(1).and_then(|before| self.words.get(before));
            led.is_some_and(|word| word.is(&["in", "near", "around"]))
                || (at > 0 && self.words.get(at).is_some_and(Word::is_capital))
        };
        words.into_iter().filter(is_name).collect()
    }

    fn plain_of(words: &str) -> String {
        let mut plain = String::from(" ");
        let pieces = words.split(|c: char| c.is_whitespace() || c == '-');
        for piece in pieces {
            let bare = piece.trim_matches(|c: char| {
                !(c.is_alphanumeric() || matches!(c, '€' | '$' | '£' | '+' | '#'))
            });
            if !bare.is_empty() {
                plain.push_str(&bare.to_lowercase());
                plain.push(' ');
            }
        }
        plain
    }
}

const WRITTEN: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("dozen", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("zwölf", 12.0),
    ("zwanzig", 20.0),
    ("dreißig", 30.0),
    ("fünfzig", 50.0),
];

/// The number a word is.
fn number(word: &str) -> Option<Number> {
    let low = word.to_lowercase();
    if let Some((_, value)) = WRITTEN.iter().find(|(name, _)| *name == low) {
        return Some(Number {
            value: *value,
            is_money: false,
            mark: None,
            or_more: false,
        });
    }
    let is_mark = |c: &char| matches!(c, '€' | '$' | '£');
    let mark = low.chars().find(is_mark);
    let bare = low.trim_matches(|c: char| is_mark(&c));
    let (bare, or_more) = match bare.strip_suffix('+') {
        Some(bare) => (bare, true),
        None => (bare, false),
    };
    let (bare, thousands) = match bare.strip_suffix('k') {
        Some(bare) => (bare, true),
        None => (bare, false),
    };
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A mark before three digits parts thousands.
    let mut digits = String::new();
    let mut pieces = bare.split([',', '.', '\'']);
    digits.push_str(pieces.next()?);
    for piece in pieces {
        if piece.len() != 3 {
            return None;
        }
        digits.push_str(piece);
    }
    if digits.len() > 9 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let value: f64 = digits.parse().ok()?;
    Some(Number {
        value: if thousands { value * 1000.0 } else { value },
        is_money: thousands || mark.is_some() || value >= 1000.0,
        mark,
        or_more,
    })
}
