//! The directory's file: a company, the plugin that reads its board, the board,
//! and the day it was seen there. `cargo xtask directory` writes it.

use std::{collections::BTreeSet, sync::LazyLock};

const FILE: &str = include_str!("../../assets/directory.tsv");

/// A company and its board.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) company: &'static str,
    pub(super) plugin: &'static str,
    /// The portal's key of the board, or its whole address.
    pub(super) board: &'static str,
    /// YYYY-MM-DD; empty when nobody has asked the portal.
    pub(super) verified: &'static str,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| FILE.lines().filter_map(entry).collect());

/// All entries, by name.
pub(super) fn all() -> &'static [Entry] {
    &ENTRIES
}

/// How many companies there are.
pub(crate) fn count() -> usize {
    static COUNT: LazyLock<usize> = LazyLock::new(|| {
        let companies = all()
            .iter()
            .map(|entry| super::names::squeeze(entry.company));
        companies.collect::<BTreeSet<String>>().len()
    });
    *COUNT
}

fn entry(line: &'static str) -> Option<Entry> {
    let mut cells = line.split('\t');
    let entry = Entry {
        company: cells.next()?,
        plugin: cells.next()?,
        board: cells.next()?,
        verified: cells.next().unwrap_or_default(),
    };
    (!entry.company.is_empty() && !entry.board.is_empty()).then_some(entry)
}

impl Entry {
    /// Address of the board.
    pub(super) fn url(&self) -> String {
        let front = match self.plugin {
            _ if self.board.contains("://") => "",
            "greenhouse" => "https://boards.greenhouse.io/",
            "lever" => "https://jobs.lever.co/",
            "ashby" => "https://jobs.ashbyhq.com/",
            "smartrecruiters" => "https://careers.smartrecruiters.com/",
            _ => "",
        };
        format!("{front}{}", self.board)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_an_entry_with_an_address_in_the_order_of_names() {
        assert_eq!(all().len(), FILE.lines().count());
        assert!(count() >= 1_000, "{}", count());
        let mut boards = BTreeSet::new();
        let mut before = String::new();
        for entry in all() {
            let url = entry.url();
            let whole = url::Url::parse(&url);
            assert!(whole.is_ok_and(|url| url.scheme() == "https"), "{entry:?}");
            assert!(boards.insert(url), "{entry:?} is there twice");
            let name = entry.company.to_lowercase();
            assert!(before <= name, "{before} stands before {name}");
            before = name;
            if !entry.verified.is_empty() {
                let day = entry.verified.parse::<jiff::civil::Date>();
                assert!(day.is_ok(), "{entry:?}");
            }
        }
        let dated = all().iter().filter(|entry| !entry.verified.is_empty());
        assert!(dated.count() >= 1_000);
    }
}
