//! Company names as people type them.

use super::entries::{self, Entry};

/// How near an entry is to what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    /// The same name, or the portal's own key.
    Same,
    /// A slip of the keyboard away.
    Near,
    /// What was typed is a part of it.
    Part,
}

/// An entry for a name.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) closeness: Closeness,
    pub(super) entry: &'static Entry,
}

/// Similarity from which two names are taken for one with a slip.
const NEAR: f64 = 0.86;

/// A name shorter than this is not taken for a slip of another.
const LONG_ENOUGH: usize = 4;

/// Words that say only of what kind a company is.
const KINDS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oy",
    "oyj",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
    "the",
];

/// A name without what people write in different ways: case, spaces, signs, and
/// words such as "Inc.".
pub(super) fn squeeze(name: &str) -> String {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let telling: String = words
        .iter()
        .filter(|word| !KINDS.contains(&word.as_str()))
        .map(String::as_str)
        .collect();
    if telling.is_empty() {
        words.concat()
    } else {
        telling
    }
}

pub(super) fn is_empty(name: &str) -> bool {
    squeeze(name).is_empty()
}

/// Whether what was typed for a board is a name rather than an address.
pub(crate) fn looks_like_a_name(typed: &str) -> bool {
    let typed = typed.trim();
    if typed.contains("://") || typed.contains('/') || is_empty(typed) {
        return false;
    }
    // "booking.com" may be either; a name that the directory has is a name.
    !typed.contains('.') || typed.contains(' ') || {
        let wanted = squeeze(typed);
        entries::all()
            .iter()
            .any(|entry| squeeze(entry.company) == wanted)
    }
}

/// The entries for a name, the nearest first, at most `most`.
pub(super) fn find(name: &str, most: usize) -> Vec<Match> {
    let wanted = squeeze(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Closeness, i64, Match)> = entries::all()
        .iter()
        .filter_map(|entry| {
            let (closeness, likeness) = compare(&wanted, entry)?;
            // Descending likeness as an ascending whole number.
            let rank = -(likeness * 1e6) as i64;
            Some((closeness, rank, Match { closeness, entry }))
        })
        .collect();
    found.sort_by_key(|(closeness, rank, found)| (*closeness, *rank, found.entry.company));
    found.truncate(most);
    found.into_iter().map(|(.., found)| found).collect()
}

fn compare(wanted: &str, entry: &Entry) -> Option<(Closeness, f64)> {
    let company = squeeze(entry.company);
    if company == *wanted || squeeze(entry.board) == *wanted {
        return Some((Closeness::Same, 1.0));
    }
    let long = wanted.chars().count() >= LONG_ENOUGH;
    let likeness = strsim::normalized_damerau_levenshtein(wanted, &company);
    if long && likeness >= NEAR {
        return Some((Closeness::Near, likeness));
    }
    let part = company.starts_with(wanted) || (long && company.contains(wanted));
    part.then_some((Closeness::Part, likeness))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("Example Corp.", "example"),
            ("The Example Company, Inc", "Example"),
            ("Data-Dog", "datadog"),
            ("Booking.com", "booking com"),
            ("Größe GmbH", "größe"),
            ("SE", "se"),
        ] {
            assert_eq!(squeeze(one), squeeze(other), "{one} and {other}");
        }
        assert_ne!(squeeze("Acme Bank"), squeeze("Acme"));
    }

    #[test]
    fn an_entry_is_the_same_near_or_a_part() {
        let entry = Entry {
            company: "Kranich Robotics, Inc.",
            plugin: "lever",
            board: "kranich-eu",
            verified: "",
        };
        for (typed, expected) in [
            ("kranich robotics", Some(Closeness::Same)),
            ("Kranich-EU", Some(Closeness::Same)),
            ("kranich robotcs", Some(Closeness::Near)),
            ("Kranihc Robotics", Some(Closeness::Near)),
            ("kranich", Some(Closeness::Part)),
            ("robotics", Some(Closeness::Part)),
            ("kr", Some(Closeness::Part)),
            ("rob", None),
            ("brackenfield", None),
        ] {
            let found = compare(&squeeze(typed), &entry).map(|(closeness, _)| closeness);
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn addresses_are_not_taken_for_names() {
        for (typed, expected) in [
            ("Kranich Robotics", true),
            ("kranich", true),
            ("Kranich Inc.", true),
            ("jobs.lever.co/kranich", false),
            ("https://kranich.example", false),
            ("kranich.example", false),
            ("", false),
            ("...", false),
        ] {
            assert_eq!(looks_like_a_name(typed), expected, "{typed}");
        }
    }
}
