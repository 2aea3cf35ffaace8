//! The words of a title that tell professions apart.
#![deny(clippy::indexing_slicing)]

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::text::rows;

const TEXT: &str = include_str!("../../../../assets/titles.txt");

/// Words written apart that are one.
const JOINED: [(&str, &str); 7] = [
    ("back-end", "backend"),
    ("back end", "backend"),
    ("front-end", "frontend"),
    ("front end", "frontend"),
    ("full-stack", "fullstack"),
    ("full stack", "fullstack"),
    ("site reliability", "sre"),
];

/// Words of a title that tell professions apart, each once, folded and weighted.
pub(in crate::matching) fn tokens(title: &str) -> Vec<(String, f64)> {
    let table = built_in();
    let mut lower = title.to_lowercase();
    for (apart, joined) in JOINED {
        if lower.contains(apart) {
            lower = lower.replace(apart, joined);
        }
    }
    let core = core(&lower).len();
    let mut tokens: Vec<(String, f64)> = Vec::new();
    let pieces = lower
        .split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#')
        .filter(|piece| !piece.is_empty());
    for piece in pieces {
        let behind = piece.as_ptr() as usize - lower.as_ptr() as usize >= core;
        let itself = [piece];
        let folded = table
            .same
            .get(piece)
            .map_or(itself.as_slice(), Vec::as_slice);
        for token in folded.iter().copied() {
            if table.empty.contains(token) || tokens.iter().any(|(known, _)| known == token) {
                continue;
            }
            let weight = if table.common.contains(token) {
                0.5
            } else {
                1.0
            };
            tokens.push((token.to_owned(), if behind { weight * 0.5 } else { weight }));
        }
    }
    tokens
}

/// The part of a title that says its profession: before the first dash, bracket or comma.
pub(super) fn core(title: &str) -> &str {
    let end = title
        .find([',', '(', '|', '–', '—', '/'])
        .into_iter()
        .chain(title.find(" - "))
        .min();
    title.get(..end.unwrap_or(title.len())).unwrap_or(title)
}

/// Whether a word says nothing about the profession.
pub(super) fn is_empty(word: &str) -> bool {
    built_in().empty.contains(word)
}

/// How words of titles count.
#[derive(Default)]
struct Table {
    /// The words a word stands for.
    same: HashMap<&'static str, Vec<&'static str>>,
    /// Words shared by many professions.
    common: HashSet<&'static str>,
    /// Words that say nothing about the profession.
    empty: HashSet<&'static str>,
}

fn built_in() -> &'static Table {
    static BUILT_IN: LazyLock<Table> = LazyLock::new(|| read(TEXT));
    &BUILT_IN
}

fn read(text: &'static str) -> Table {
    let mut table = Table::default();
    for (section, row) in rows(text) {
        match (section, row.split_once(" = ")) {
            ("same", Some((to, words))) => {
                let to: Vec<&str> = to.split_whitespace().collect();
                for word in words.split_whitespace() {
                    table.same.insert(word, to.clone());
                }
            }
            ("common", _) => table.common.extend(row.split_whitespace()),
            ("empty", _) => table.empty.extend(row.split_whitespace()),
            _ => {}
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let rows = TEXT.lines().filter(|row| row.contains(" = "));
        let words: Vec<&str> = rows
            .filter_map(|row| row.split_once(" = "))
            .flat_map(|(_, words)| words.split_whitespace())
            .collect();
        let table = built_in();
        assert_eq!(table.same.len(), words.len(), "a word stands in two rows");
        assert!(table.common.contains("engineer") && table.empty.contains("senior"));
        for (word, to) in &table.same {
            // What a word stands for is not folded again.
            let folded = to.iter().find(|to| table.same.contains_key(*to));
            assert_eq!(folded, None, "{word}");
        }
    }

    #[test]
    fn titles_fold_to_the_words_of_their_profession() {
        let check = |title: &str, expected: &[(&str, f64)]| {
            let found = tokens(title);
            let found: Vec<(&str, f64)> = found
                .iter()
                .map(|(word, at)| (word.as_str(), *at))
                .collect();
            assert_eq!(found, expected, "{title}");
        };
        check(
            "Senior Back-End Developer",
            &[("backend", 1.0), ("engineer", 0.5)],
        );
        check(
            "Softwareentwicklerin (m/w/d)",
            &[("software", 0.5), ("engineer", 0.5)],
        );
        check(
            "Nurse - Night Shift",
            &[("nurse", 1.0), ("night", 0.5), ("shift", 0.5)],
        );
        check("Head of the Team", &[]);
        check("", &[]);
    }
}
