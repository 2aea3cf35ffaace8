//! The work a title names, by the occupations of the taxonomy and the groups of ISCO-08.
#![deny(clippy::indexing_slicing)]

use std::{collections::HashMap, sync::LazyLock};

use super::words::{core, is_empty, tokens};
use crate::{
    skill::taxonomy::{self, folded_title, key},
    text::rows,
};

const TEXT: &str = include_str!("../../../../assets/occupations.txt");

/// The work that a title names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::matching) struct Work {
    /// Unit group of ISCO-08, four digits.
    unit: u16,
    /// The occupation, where the title is a name of just one: half the number of its
    /// preferred title.
    occupation: Option<u32>,
}

/// How near the work of two titles is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// Two names of one occupation.
    Same(u16),
    /// Of one unit group of ISCO-08 (four digits).
    Unit(u16),
    /// Of one minor group of ISCO-08 (three digits).
    Minor(u16),
}

impl Work {
    /// The work of `title`, as written. A title that is no name of an occupation is of the
    /// unit group of the longest one it ends with ("Night shift nurse").
    pub(in crate::matching) fn of(title: &str) -> Option<Self> {
        let lower = title.to_lowercase();
        let whole = folded_title(core(&lower));
        if let Some(work) = occupation(&whole) {
            return Some(work);
        }
        let plain: Vec<&str> = whole.split(' ').filter(|word| !is_empty(word)).collect();
        if let Some(work) = occupation(&plain.join(" ")) {
            return Some(work);
        }
        let translated = tokens(core(title));
        let translated: Vec<&str> = translated.iter().map(|(word, _)| &**word).collect();
        let unit = ends(&plain)
            .find_map(|end| unit_of(&end))
            .or_else(|| ends(&translated).find_map(|end| unit_of(&end)))?;
        Some(Self {
            unit,
            occupation: None,
        })
    }

    /// The numbers it is kept by; 0 is no occupation.
    pub(in crate::matching) fn numbers(self) -> (u16, u32) {
        (self.unit, self.occupation.unwrap_or_default())
    }

    /// What [`Work::numbers`] gave; a unit group of 0 is no work.
    pub(in crate::matching) fn of_numbers(unit: u16, occupation: u32) -> Option<Self> {
        (unit > 0).then_some(Self {
            unit,
            occupation: (occupation > 0).then_some(occupation),
        })
    }

    pub(super) fn kinship(self, other: Self) -> Option<Kinship> {
        let same = self.occupation.is_some() && self.occupation == other.occupation;
        if same && self.unit == other.unit {
            Some(Kinship::Same(self.unit))
        } else if self.unit == other.unit {
            Some(Kinship::Unit(self.unit))
        } else if self.unit / 10 == other.unit / 10 {
            Some(Kinship::Minor(self.unit / 10))
        } else {
            None
        }
    }
}

impl Kinship {
    /// What two such titles are worth at least, of 100: as much as names of one profession
    /// in other words, of one field, and the border of it.
    pub(super) fn floor(self) -> f64 {
        match self {
            Self::Same(_) => 80.0,
            Self::Unit(_) => 50.0,
            Self::Minor(_) => 30.0,
        }
    }

    /// What is said of it beside the person's own title.
    pub(super) fn sentence(self, own: &str) -> String {
        let own = format!("the title and \u{201c}{own}\u{201d}");
        let group = |number| taxonomy::built_in().and_then(|taxonomy| taxonomy.unit(number));
        match self {
            Self::Same(_) => format!("{own} are two names of one occupation"),
            Self::Unit(number) | Self::Minor(number) => match group(number) {
                Some(name) => format!("{own} both name work of {}", lower_first(name)),
                None => format!("{own} both name work of one group"),
            },
        }
    }

    pub(super) fn measure(self) -> String {
        match self {
            Self::Same(number) | Self::Unit(number) => {
                format!("ISCO-08 unit group {number:04}")
            }
            Self::Minor(number) => format!("ISCO-08 minor group {number:03}"),
        }
    }
}

/// The occupation with this folded title. Where several have it, only their unit group is
/// known, if they have one in common.
fn occupation(folded: &str) -> Option<Work> {
    let taxonomy = taxonomy::built_in()?;
    let mut of = taxonomy
        .titled(folded)
        .filter_map(|number| taxonomy.occupations().get(usize::from(number)));
    let first = of.next()?;
    let mut alone = true;
    for other in of {
        alone = false;
        if other.unit != first.unit {
            return None;
        }
    }
    // The title is the same in every edition of the taxonomy, its number is not.
    let number = (key(&folded_title(first.title)) & 0xFFFF_FFFF) as u32;
    Some(Work {
        unit: first.unit,
        occupation: alone.then_some(number.max(1)),
    })
}

/// The unit group that a folded end of a title tells.
fn unit_of(end: &str) -> Option<u16> {
    static OWN: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| own(TEXT).collect());
    let own = OWN.get(end).copied();
    own.or_else(|| occupation(end).map(|work| work.unit))
}

/// The ends of a title and their unit groups.
fn own(text: &'static str) -> impl Iterator<Item = (&'static str, u16)> {
    rows(text)
        .filter_map(|(_, row)| row.split_once(" = "))
        .flat_map(|(unit, ends)| {
            let unit = unit.parse().ok();
            ends.split('|')
                .filter_map(move |end| Some((end.trim(), unit?)))
        })
}

/// The last words of a title, longest first.
fn ends<'a>(words: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    (0..words.len()).map(|from| {
        words
            .iter()
            .skip(from)
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    })
}

/// A name in a sentence: its capital goes, unless it is a word of capitals.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_table_is_whole() {
        let taxonomy = taxonomy::built_in().expect("reads");
        let rows: Vec<_> = own(TEXT).collect();
        let unique: HashMap<&str, u16> = rows.iter().copied().collect();
        assert_eq!(unique.len(), rows.len(), "an end stands in two rows");
        assert!(rows.len() >= 40);
        for (end, unit) in rows {
            assert!(taxonomy.unit(unit).is_some(), "{unit}");
            let words: Vec<String> = tokens(end).into_iter().map(|(word, _)| word).collect();
            assert_eq!(words.join(" "), end, "it is never met in this form");
        }
    }

    #[test]
    fn a_title_names_work_in_whatever_dress() {
        let check = |title: &str, unit: Option<u16>, exact: bool| {
            let found = Work::of(title);
            assert_eq!(found.map(|work| work.unit), unit, "{title}");
            let is_exact = found.is_some_and(|work| work.occupation.is_some());
            assert_eq!(is_exact, exact, "{title}");
            let kept = found.map_or((0, 0), Work::numbers);
            assert_eq!(Work::of_numbers(kept.0, kept.1), found, "{title}");
        };
        check("Lawyer", Some(2611), true);
        check("Senior Attorney (m/f/d), Berlin", Some(2611), true);
        check("Software Developer", Some(2512), true);
        check("Senior Software Engineer - Payments", Some(2512), false);
        check("Staff Backend Engineer", Some(2512), false);
        check("Softwareentwickler/in", Some(2512), false);
        check("Pflegefachkraft (m/w/d)", Some(2221), false);
        check("Night shift nurse", Some(2221), false);
        check("Infirmier de nuit", None, false);
        check("Truck driver", Some(8332), true);
        check("Engineer", None, false);
        check("Manager", None, false);
        check("Driver", None, false);
        check("Teacher", None, false);
        check("", None, false);
    }

    #[test]
    fn kinship_is_of_occupation_then_group() {
        let check = |a: &str, b: &str, expected: Option<&str>| {
            let of = |title| Work::of(title).expect(title);
            let found = of(a).kinship(of(b)).map(|kinship| kinship.sentence("B"));
            assert_eq!(found.as_deref(), expected, "{a} {b}");
            let back = of(b).kinship(of(a)).map(|kinship| kinship.sentence("B"));
            assert_eq!(back.as_deref(), expected, "{b} {a}");
        };
        check(
            "Lawyer",
            "Attorney",
            Some("the title and \u{201c}B\u{201d} are two names of one occupation"),
        );
        check(
            "Backend Engineer",
            "Software Developer",
            Some("the title and \u{201c}B\u{201d} both name work of software developers"),
        );
        check(
            "Data Scientist",
            "Software Developer",
            Some(
                "the title and \u{201c}B\u{201d} both name work of software and applications \
                 developers and analysts",
            ),
        );
        check("Lawyer", "Electrician", None);
    }
}
