//! A taxonomy of skills and occupations, made of ESCO by `cargo xtask taxonomy`:
//! many names of one thing, what kind of thing it is, and what it stands beside.
//!
//! The names are kept as numbers and never as text; only the preferred ones can be
//! shown. Nothing scans a text for them: a span that something else found is looked up.
#![deny(clippy::indexing_slicing)]

mod phrase;

use std::sync::LazyLock;

pub use phrase::{folded, folded_title, key};

use super::Category;
use crate::text::rows;

/// First bytes of an asset.
pub const MAGIC: &[u8; 4] = b"TAX1";

/// A skill of the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skill<'a> {
    /// Preferred label.
    pub label: &'a str,
    /// What kind of skill it is.
    pub category: Category,
    /// Numbers of its groups, parted by spaces.
    groups: &'a str,
}

impl Skill<'_> {
    /// Numbers of the groups it belongs to.
    pub fn groups(&self) -> impl Iterator<Item = u16> {
        self.groups
            .split(' ')
            .filter_map(|number| number.parse().ok())
    }
}

/// An occupation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupation<'a> {
    /// Preferred title.
    pub title: &'a str,
    /// Unit group of ISCO-08: four digits, of which the first may be 0.
    pub unit: u16,
}

/// A taxonomy, read from its bytes and kept in them.
#[derive(Debug, Clone)]
pub struct Taxonomy<'a> {
    groups: Vec<&'a str>,
    skills: Vec<Skill<'a>>,
    units: Vec<(u16, &'a str)>,
    occupations: Vec<Occupation<'a>>,
    skill_names: &'a [Record],
    titles: &'a [Record],
}

/// A name's number in the upper 48 bits, what it names in the lower 16; least byte first.
type Record = [u8; 8];

/// Why bytes are no taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxonomyError {
    /// Other bytes, or those of another version.
    #[error("this is no taxonomy of version 1")]
    Magic,
    /// Fewer bytes than it says.
    #[error("the taxonomy ends within its {part}")]
    Short {
        /// What was being read.
        part: &'static str,
    },
    /// More bytes than it says.
    #[error("{bytes} bytes follow the end of the taxonomy")]
    Long {
        /// How many.
        bytes: usize,
    },
    /// A row that says nothing.
    #[error("the taxonomy has a row that cannot be read: {row:?}")]
    Row {
        /// The row.
        row: String,
    },
}

impl<'a> Taxonomy<'a> {
    /// Reads an asset. Numbers of several bytes have the least first:
    ///
    /// ```text
    /// "TAX1"
    /// text: length (4), UTF-8 with sections: [groups], a section for each category
    ///       with rows "label|numbers of groups", [units], [occupations]
    /// names of skills: count (4), each 8: number of the name (48 bits), the skill (16 bits)
    /// titles of occupations: count (4), each 8, in the same way
    /// ```
    /// Records are in rising order. Skills and occupations count from 0 in the order of
    /// their rows.
    pub fn read(asset: &'a [u8]) -> Result<Self, TaxonomyError> {
        let rest = asset.strip_prefix(MAGIC).ok_or(TaxonomyError::Magic)?;
        let (text, rest) = part(rest, 1, "text")?;
        let (names, rest) = part(rest, size_of::<Record>(), "names")?;
        let (titles, rest) = part(rest, size_of::<Record>(), "titles")?;
        if !rest.is_empty() {
            return Err(TaxonomyError::Long { bytes: rest.len() });
        }
        let text = std::str::from_utf8(text).map_err(|_| TaxonomyError::Short { part: "text" })?;
        let mut read = Self {
            groups: Vec::new(),
            skills: Vec::new(),
            units: Vec::new(),
            occupations: Vec::new(),
            skill_names: names.as_chunks().0,
            titles: titles.as_chunks().0,
        };
        for (section, row) in rows(text) {
            read.take(section, row).ok_or_else(|| TaxonomyError::Row {
                row: row.to_owned(),
            })?;
        }
        Ok(read)
    }

    fn take(&mut self, section: &str, row: &'a str) -> Option<()> {
        match section {
            "groups" => self.groups.push(row),
            "units" => {
                let (unit, name) = row.split_once(' ')?;
                self.units.push((unit.parse().ok()?, name));
            }
            "occupations" => {
                let (unit, title) = row.split_once(' ')?;
                let unit = unit.parse().ok()?;
                self.occupations.push(Occupation { title, unit });
            }
            category => {
                let (label, groups) = row.split_once('|')?;
                self.skills.push(Skill {
                    label,
                    category: Category::of_name(category)?,
                    groups,
                });
            }
        }
        Some(())
    }

    /// All skills, in the order of their numbers.
    pub fn skills(&self) -> &[Skill<'a>] {
        &self.skills
    }

    /// All occupations, in the order of their numbers.
    pub fn occupations(&self) -> &[Occupation<'a>] {
        &self.occupations
    }

    /// The name of a group of skills.
    pub fn group(&self, number: u16) -> Option<&'a str> {
        self.groups.get(usize::from(number)).copied()
    }

    /// The number of the skill with this name, preferred or not.
    pub fn skill_named(&self, name: &str) -> Option<u16> {
        numbers(self.skill_names, key(&folded(name))).next()
    }

    /// The numbers of the occupations with this title, which is folded as
    /// [`folded_title`] does.
    pub fn titled(&self, folded: &str) -> impl Iterator<Item = u16> {
        numbers(self.titles, key(folded))
    }

    /// The name of a unit group of ISCO-08 by its four digits, or of the minor group that
    /// holds it by its first three.
    pub fn unit(&self, number: u16) -> Option<&'a str> {
        self.units
            .iter()
            .find(|(unit, _)| *unit == number)
            .map(|(_, name)| *name)
    }
}

/// The count that `bytes` begin with, and so many parts of `size` bytes behind it.
fn part<'a>(
    bytes: &'a [u8],
    size: usize,
    part: &'static str,
) -> Result<(&'a [u8], &'a [u8]), TaxonomyError> {
    let short = TaxonomyError::Short { part };
    let (count, rest) = bytes.split_first_chunk().ok_or(short.clone())?;
    let length = usize::try_from(u32::from_le_bytes(*count))
        .ok()
        .and_then(|count| count.checked_mul(size));
    length
        .and_then(|length| rest.split_at_checked(length))
        .ok_or(short)
}

/// What the name with number `key` names.
fn numbers(records: &[Record], key: u64) -> impl Iterator<Item = u16> {
    let number = |record: &Record| u64::from_le_bytes(*record);
    let first = records.partition_point(|record| number(record) >> 16 < key);
    let from = records.get(first..).unwrap_or_default().iter();
    from.map(number)
        .take_while(move |record| record >> 16 == key)
        .map(|record| (record & 0xFFFF) as u16)
}

/// The taxonomy shipped with the agent.
pub fn built_in() -> Option<&'static Taxonomy<'static>> {
    static BUILT_IN: LazyLock<Option<Taxonomy<'static>>> =
        LazyLock::new(|| Taxonomy::read(ASSET).ok());
    BUILT_IN.as_ref()
}

/// `None` for it is ruled out by a test.
pub(super) const ASSET: &[u8] = include_bytes!("../../../assets/taxonomy.bin");

#[cfg(test)]
mod tests;
