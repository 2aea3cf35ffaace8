//! Rules of words, and the folded text they are held against.
#![deny(clippy::indexing_slicing)]

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text;

/// Words in the one form in which they are compared: lower case, without
/// accents and punctuation, one space around each word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folded(String);

impl Folded {
    /// Folds `text`. Letters of other scripts that look like Latin ones are read
    /// as those, so that a page cannot hide a word from the rules.
    pub(super) fn of(text: &str) -> Self {
        let mut out = String::from(" ");
        let line = text::line(text);
        for c in line.nfkd().filter(|c| !is_combining_mark(*c)) {
            for c in c.to_lowercase().map(latin) {
                match c {
                    'ß' => out.push_str("ss"),
                    'æ' => out.push_str("ae"),
                    'œ' => out.push_str("oe"),
                    'ø' => out.push('o'),
                    'ł' => out.push('l'),
                    c if c.is_alphanumeric() => out.push(c),
                    _ if out.ends_with(' ') => {}
                    _ => out.push(' '),
                }
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
        Self(out)
    }

    /// The words, single spaces between them.
    pub(super) fn words(&self) -> &str {
        self.0.trim()
    }

    /// The text without the words that `rule` has an alternative for.
    pub(super) fn without(mut self, rule: &Rule) -> Self {
        for needle in rule.terms.iter().flatten().flatten() {
            while let Some(at) = self.0.find(&needle.text) {
                self.0.replace_range(at..at + needle.text.len(), " ");
            }
        }
        self
    }
}

/// Letters that look like Latin ones.
fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'е' | 'ε' => 'e',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'ν' => 'v',
        'г' => 'r',
        'ԁ' => 'd',
        'ո' => 'n',
        c => c,
    }
}

/// A rule: every term has an alternative in the text.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// All terms; of each some alternative; of that all words.
    terms: Vec<Vec<Vec<Needle>>>,
}

#[derive(Debug, Clone)]
struct Needle {
    text: String,
    whole: bool,
}

impl Rule {
    /// Reads a row of the assets, see their heads.
    pub(super) fn read(row: &str) -> Self {
        let terms = row.split(" & ");
        Self {
            terms: terms
                .map(|term| term.split(" | ").map(alternative).collect())
                .collect(),
        }
    }

    /// Whether the rule holds for `text`.
    pub(super) fn holds(&self, text: &Folded) -> bool {
        self.terms
            .iter()
            .all(|term| term.iter().any(|words| stand_in(words, text)))
    }

    /// The alternatives of all terms, as folded words.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &str> {
        let needles = self.terms.iter().flatten().flatten();
        needles.map(|needle| needle.text.trim())
    }
}

fn alternative(written: &str) -> Vec<Needle> {
    written.split(" + ").filter_map(Needle::read).collect()
}

fn stand_in(words: &[Needle], text: &Folded) -> bool {
    !words.is_empty() && words.iter().all(|needle| needle.stands_in(text))
}

impl Needle {
    fn read(written: &str) -> Option<Self> {
        let written = written.trim();
        let (whole, written) = match written.strip_prefix('=') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let folded = Folded::of(&written.replace('*', ""));
        let mut text = folded.words().to_owned();
        if text.is_empty() {
            return None;
        }
        if !written.starts_with('*') {
            text.insert(0, ' ');
        }
        if !written.ends_with('*') {
            text.push(' ');
        }
        Some(Self { text, whole })
    }

    fn stands_in(&self, text: &Folded) -> bool {
        if self.whole {
            text.0 == self.text
        } else {
            text.0.contains(&self.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_folded_to_plain_words() {
        for (given, expected) in [
            ("  Straße, Größe! ", "strasse grosse"),
            ("E-mail*", "e mail"),
            ("Prénom\u{a0}(requis)", "prenom requis"),
            ("gen\u{ad}der", "gender"),
            ("g\u{435}nd\u{435}r", "gender"),
            ("ﬁle", "file"),
            ("…", ""),
        ] {
            assert_eq!(Folded::of(given).words(), expected, "{given:?}");
        }
    }

    #[test]
    fn a_rule_holds_by_whole_words_and_marks() {
        let check = |row: &str, text: &str, expected: bool| {
            assert_eq!(
                Rule::read(row).holds(&Folded::of(text)),
                expected,
                "{row} / {text}"
            );
        };
        check("race", "Your race?", true);
        check("race", "Embrace it", false);
        check("sponsor*", "visa sponsorship", true);
        check("*behinder*", "Schwerbehinderung", true);
        check("*lohn", "Stundenlohn", true);
        check("*lohn", "belohnt", false);
        check("=age", "Age", true);
        check("=age", "Age of Java", false);
        check("ai | gpt & apply | cv", "I did not use AI for my CV", true);
        check("ai | gpt & apply | cv", "Your AI work", false);
        check("sex | mr + mrs", "Mr, Mrs", true);
        check("sex | mr + mrs", "Mr Bell", false);
        check("", "anything", false);
    }

    #[test]
    fn benign_words_are_taken_out() {
        let rule = Rule::read("race condition | data race");
        let left = Folded::of("A race condition or a data race, your race").without(&rule);
        assert_eq!(left.words(), "a or a your race");
    }
}
