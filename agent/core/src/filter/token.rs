//! The words, signs and quotations of a filter.
#![deny(clippy::indexing_slicing)]

use std::{iter::Peekable, str::Chars};

use super::{Compare, FilterError, MAX_LENGTH, Problem};

/// A piece of a filter, and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) column: usize,
    pub(super) is: Piece,
}

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Word(String),
    Quoted(String),
    Sign(Sign),
    Open,
    Close,
}

/// A sign between a name and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// `:`
    Has,
    Compare(Compare),
}

impl Sign {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Has => ":",
            Self::Compare(Compare::Less) => "<",
            Self::Compare(Compare::AtMost) => "<=",
            Self::Compare(Compare::Equal) => "=",
            Self::Compare(Compare::Other) => "!=",
            Self::Compare(Compare::AtLeast) => ">=",
            Self::Compare(Compare::More) => ">",
        }
    }
}

impl Piece {
    /// The piece as a person reads it in a message.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Word(word) => format!("“{}”", crate::text::quote(word, 40)),
            Self::Quoted(text) => format!("the text “{}”", crate::text::quote(text, 40)),
            Self::Sign(sign) => format!("“{}”", sign.text()),
            Self::Open => "“(”".to_owned(),
            Self::Close => "“)”".to_owned(),
        }
    }
}

/// Takes a filter apart.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    if text.chars().count() > MAX_LENGTH {
        return Err(FilterError {
            column: MAX_LENGTH + 1,
            problem: Problem::TooLong,
        });
    }
    let mut reader = Reader {
        rest: text.chars().peekable(),
        column: 1,
    };
    let mut tokens = Vec::new();
    while let Some(next) = reader.rest.peek().copied() {
        let column = reader.column;
        if next.is_whitespace() || next.is_control() {
            reader.take();
            continue;
        }
        tokens.push(Token {
            column,
            is: reader.piece(next)?,
        });
    }
    Ok(tokens)
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    column: usize,
}

impl Reader<'_> {
    fn take(&mut self) -> Option<char> {
        self.column += 1;
        self.rest.next()
    }

    fn take_if(&mut self, wanted: char) -> bool {
        let there = self.rest.peek() == Some(&wanted);
        if there {
            self.take();
        }
        there
    }

    fn piece(&mut self, first: char) -> Result<Piece, FilterError> {
        let column = self.column;
        let comparison = |compare| Ok(Piece::Sign(Sign::Compare(compare)));
        match first {
            '(' => {
                self.take();
                Ok(Piece::Open)
            }
            ')' => {
                self.take();
                Ok(Piece::Close)
            }
            ':' => {
                self.take();
                Ok(Piece::Sign(Sign::Has))
            }
            '<' | '≤' => {
                self.take();
                let or_equal = first == '≤' || self.take_if('=');
                comparison(if or_equal {
                    Compare::AtMost
                } else {
                    Compare::Less
                })
            }
            '>' | '≥' => {
                self.take();
                let or_equal = first == '≥' || self.take_if('=');
                comparison(if or_equal {
                    Compare::AtLeast
                } else {
                    Compare::More
                })
            }
            '=' => {
                self.take();
                // Some write it twice.
                self.take_if('=');
                comparison(Compare::Equal)
            }
            '!' => {
                self.take();
                if self.take_if('=') {
                    return comparison(Compare::Other);
                }
                Err(FilterError {
                    column,
                    problem: Problem::Expected {
                        expected: "“!=” or “not”",
                        found: "“!”".to_owned(),
                    },
                })
            }
            '"' | '“' | '”' | '„' => self.quoted(),
            _ => Ok(Piece::Word(self.word())),
        }
    }

    fn quoted(&mut self) -> Result<Piece, FilterError> {
        let column = self.column;
        self.take();
        let mut text = String::new();
        while let Some(next) = self.take() {
            match next {
                '"' | '“' | '”' => return Ok(Piece::Quoted(text)),
                _ => text.push(next),
            }
        }
        Err(FilterError {
            column,
            problem: Problem::OpenQuote,
        })
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(next) = self.rest.peek().copied() {
            let ends = next.is_whitespace()
                || next.is_control()
                || matches!(
                    next,
                    '(' | ')' | ':' | '<' | '>' | '≤' | '≥' | '=' | '!' | '"' | '“' | '”' | '„'
                );
            if ends {
                break;
            }
            word.push(next);
            self.take();
        }
        word
    }
}
