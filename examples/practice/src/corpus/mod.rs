//! The written boards: hand-made roles, expanded by place and level.

mod expand;
pub(crate) mod format;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::portal::WrittenBoard;
use crate::posting::{Language, Profession};
use format::BoardFile;

/// The first sync, the second, and the third, when some that closed are back.
pub(crate) const ROUNDS: u32 = 3;

const FILES: [(&str, &str); 8] = [
    ("kranich.toml", include_str!("../../corpus/kranich.toml")),
    ("halden.toml", include_str!("../../corpus/halden.toml")),
    (
        "havelauen.toml",
        include_str!("../../corpus/havelauen.toml"),
    ),
    (
        "bellerive.toml",
        include_str!("../../corpus/bellerive.toml"),
    ),
    (
        "faehrmann.toml",
        include_str!("../../corpus/faehrmann.toml"),
    ),
    (
        "brindille.toml",
        include_str!("../../corpus/brindille.toml"),
    ),
    (
        "talerwerk.toml",
        include_str!("../../corpus/talerwerk.toml"),
    ),
    (
        "brackenfield.toml",
        include_str!("../../corpus/brackenfield.toml"),
    ),
];

/// One posting of the corpus, for tests that compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The board's careers address.
    pub board: String,
    /// The portal's id, as text.
    pub id: String,
    /// The title in the first round it is listed in.
    pub title: String,
    /// The profession.
    pub profession: Profession,
    /// The language.
    pub language: Language,
    /// The places in that round.
    pub places: Vec<String>,
    /// The rounds in which it is listed.
    pub rounds: Vec<u32>,
}

/// Every posting of the corpus that is listed in some round.
///
/// # Errors
/// When a corpus file is malformed, which the crate's own tests rule out.
pub fn summaries() -> Result<Vec<Summary>> {
    let mut summaries: Vec<Summary> = Vec::new();
    for board in boards()? {
        let url = board.info().url;
        for (round, postings) in (1..=ROUNDS).zip(board.rounds()) {
            for posting in postings {
                let known = summaries
                    .iter_mut()
                    .find(|s| s.board == url && s.id == posting.id);
                match known {
                    Some(summary) => summary.rounds.push(round),
                    None => summaries.push(Summary {
                        board: url.clone(),
                        id: posting.id.clone(),
                        title: posting.title.clone(),
                        profession: posting.profession,
                        language: posting.language,
                        places: posting.places.clone(),
                        rounds: vec![round],
                    }),
                }
            }
        }
    }
    Ok(summaries)
}

pub(crate) fn boards() -> Result<Vec<WrittenBoard>> {
    files()?
        .into_iter()
        .zip(1..)
        .map(|(file, number)| {
            let rounds = (1..=ROUNDS)
                .map(|round| expand::postings(&file, number, round))
                .collect::<Result<_>>()
                .with_context(|| format!("corpus board {}", file.board.token))?;
            let board = file.board;
            Ok(WrittenBoard::new(
                board.shape,
                board.token,
                board.company,
                rounds,
            ))
        })
        .collect()
}

pub(crate) fn files() -> Result<Vec<BoardFile>> {
    FILES
        .iter()
        .map(|(name, text)| toml::from_str(text).with_context(|| format!("corpus file {name}")))
        .collect()
}
