//! Reads labelled sentences: a line per token with its skill tag and its
//! knowledge tag, tabs between, an empty line after each sentence.
#![deny(clippy::indexing_slicing)]

use std::path::Path;

use agent_core::skill::tagger::{Tag, Token};
use anyhow::{Result, ensure};

use crate::cases;

/// A labelled sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    /// The tokens.
    pub(crate) tokens: Vec<String>,
    /// Tags of skills, then of knowledge.
    pub(crate) tags: [Vec<Tag>; 2],
}

impl Sentence {
    /// Its tokens as the tagger takes them.
    pub(crate) fn bare(&self) -> Vec<Token<'_>> {
        self.tokens.iter().map(|token| Token::bare(token)).collect()
    }
}

/// The sentences of a file, of which there must be some.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>> {
    let sentences = sentences(&cases::text(path)?);
    ensure!(
        !sentences.is_empty(),
        "{} holds no lines of a token, a skill tag and a knowledge tag with tabs between",
        path.display()
    );
    Ok(sentences)
}

/// Reads the sentences of a file's text; a line without three columns is left out.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::default()];
    for line in text.lines() {
        let mut cells = line.split('\t');
        match (
            cells.next(),
            cells.next(),
            cells.next(),
            sentences.last_mut(),
        ) {
            (Some(token), Some(skill), Some(knowledge), Some(last)) => {
                last.tokens.push(token.to_owned());
                for (row, cell) in last.tags.iter_mut().zip([skill, knowledge]) {
                    row.push(tag(cell));
                }
            }
            _ if line.trim().is_empty() => sentences.push(Sentence::default()),
            _ => {}
        }
    }
    sentences.retain(|sentence| !sentence.tokens.is_empty());
    sentences
}

fn tag(cell: &str) -> Tag {
    match cell.trim().bytes().next() {
        Some(b'B') => Tag::Begin,
        Some(b'I') => Tag::Inside,
        _ => Tag::Out,
    }
}
