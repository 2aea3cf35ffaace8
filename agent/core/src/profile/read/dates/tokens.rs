//! A line as words, numbers and marks.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word(String),
    Number(String),
    Mark(char),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
}

pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, c) in line.char_indices() {
        let at = start..start + c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        if let Some(last) = tokens.last_mut()
            && last.at.end == start
        {
            match &mut last.kind {
                Kind::Word(word) if c.is_alphabetic() => {
                    word.extend(c.to_lowercase());
                    last.at.end = at.end;
                    continue;
                }
                Kind::Number(digits) if c.is_ascii_digit() => {
                    digits.push(c);
                    last.at.end = at.end;
                    continue;
                }
                Kind::Word(_) | Kind::Number(_) | Kind::Mark(_) => {}
            }
        }
        let kind = if c.is_alphabetic() {
            Kind::Word(c.to_lowercase().collect())
        } else if c.is_ascii_digit() {
            Kind::Number(c.into())
        } else {
            Kind::Mark(c)
        };
        tokens.push(Token { kind, at });
    }
    tokens
}

/// Looks at the tokens of a line by index.
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token],
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            Kind::Number(_) | Kind::Mark(_) => None,
        }
    }

    pub(super) fn digits(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Number(digits) => Some(digits),
            Kind::Word(_) | Kind::Mark(_) => None,
        }
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            Kind::Word(_) | Kind::Number(_) => None,
        }
    }

    /// Whether the tokens at `at` and the one before touch.
    pub(super) fn touches(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        matches!((before, self.tokens.get(at)), (Some(a), Some(b)) if a.at.end == b.at.start)
    }

    pub(super) fn bytes(&self, from: usize, next: usize) -> Range<usize> {
        let start = self.tokens.get(from).map_or(0, |token| token.at.start);
        let last = next.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..last.map_or(start, |token| token.at.end)
    }
}
