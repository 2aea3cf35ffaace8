//! Words of titles and names, folded so that spellings of one word are equal, and
//! the table of words that stand for others.
#![deny(clippy::indexing_slicing)]

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::rows;

/// What the asset says of words.
pub(super) struct Table {
    stands_for: HashMap<&'static str, Vec<&'static str>>,
    pub(super) grades: HashSet<&'static str>,
    pub(super) noise: HashSet<&'static str>,
    pub(super) legal: HashSet<&'static str>,
    /// Beginnings of words in the names of agencies.
    pub(super) agency: Vec<&'static str>,
    /// Phrases of agencies about the employer.
    pub(super) client: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        stands_for: HashMap::new(),
        grades: HashSet::new(),
        noise: HashSet::new(),
        legal: HashSet::new(),
        agency: Vec::new(),
        client: Vec::new(),
    };
    for (section, row) in rows(include_str!("../../assets/openings.txt")) {
        match section {
            "as" => {
                if let Some((written, meant)) = row.split_once(" = ") {
                    table.stands_for.insert(written, meant.split(' ').collect());
                }
            }
            "grade" => drop(table.grades.insert(row)),
            "noise" => drop(table.noise.insert(row)),
            "legal" => drop(table.legal.insert(row)),
            "agency" => table.agency.push(row),
            _ => table.client.push(row),
        }
    }
    table
});

/// The table of the asset.
pub(super) fn table() -> &'static Table {
    &TABLE
}

/// Lower case, without accents, in compatible characters.
pub(super) fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ß' { 's' } else { c })
        .collect()
}

/// Words of a folded text. `+` and `#` belong to words (c++, c#), and a dot inside
/// a word does not part it (node.js).
pub(super) fn split(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let inside =
            c == '.' && !word.is_empty() && chars.peek().is_some_and(|next| next.is_alphanumeric());
        let apostrophe = matches!(c, '\'' | '’') && !word.is_empty();
        if c.is_alphanumeric() || (matches!(c, '+' | '#') && !word.is_empty()) {
            word.push(c);
        } else if !inside && !apostrophe && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Replaces words, alone and in pairs, by those they stand for.
pub(super) fn resolve(words: &[String]) -> Vec<String> {
    let table = table();
    let mut resolved = Vec::with_capacity(words.len());
    let mut rest = words;
    while let [first, after @ ..] = rest {
        if let [second, behind @ ..] = after
            && let Some(meant) = table.stands_for.get(format!("{first} {second}").as_str())
        {
            resolved.extend(meant.iter().map(|word| (*word).to_owned()));
            rest = behind;
            continue;
        }
        resolve_word(first, &mut resolved);
        rest = after;
    }
    resolved
}

/// Fewest letters of a word that is found at the end of a compound.
const COMPOUND: usize = 5;

fn resolve_word(word: &str, resolved: &mut Vec<String>) {
    if let Some(meant) = meaning(word) {
        resolved.extend(meant.iter().map(|word| (*word).to_owned()));
        return;
    }
    // German writes compounds as one word: Servicemechaniker, Anlagenelektriker.
    let compound = word.char_indices().skip(4).find_map(|(at, _)| {
        let (head, tail) = word.split_at_checked(at)?;
        let meant = meaning(tail).filter(|_| tail.len() >= COMPOUND)?;
        Some((head, meant))
    });
    if let Some((head, meant)) = compound {
        match meaning(head) {
            Some(known) => resolved.extend(known.iter().map(|word| (*word).to_owned())),
            None => resolved.push(head.to_owned()),
        }
        resolved.extend(meant.iter().map(|word| (*word).to_owned()));
    } else {
        resolved.push(word.to_owned());
    }
}

/// What a word stands for, also in its German feminine and plural forms.
fn meaning(word: &str) -> Option<&'static [&'static str]> {
    let table = table();
    let forms = [
        Some(word),
        word.strip_suffix("in"),
        word.strip_suffix("innen"),
    ];
    forms
        .into_iter()
        .flatten()
        .find_map(|form| table.stands_for.get(form))
        .map(Vec::as_slice)
}

/// Whether two folded words are one word: equal, in another number, or with one
/// letter mistyped in a long one.
pub(super) fn same_word(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.len() < 4 || !short.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let ending = long.strip_prefix(short);
    ending.is_some_and(|ending| matches!(ending, "s" | "es" | "e" | "n" | "en" | "in"))
        || (short.len() >= 7 && strsim::osa_distance(one, other) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_split_and_resolved() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(&split(&fold(text))).join(" "), expected, "{text}");
        };
        check("Sr. Back-End Engineer", "senior backend engineer");
        check("Softwareentwicklerin C++/C#", "software engineer c++ c#");
        check("Développeur Node.js", "engineer node");
        check("Ärztin, Straße", "arztin strase");
        check("Servicemechaniker", "service mechanic");
        check("Full Stack Developer II", "fullstack engineer 2");
    }

    #[test]
    fn forms_of_one_word_are_the_same_and_other_words_not() {
        for (one, other, expected) in [
            ("payment", "payments", true),
            ("engineer", "enginer", true),
            ("nurse", "purse", false),
            ("ios", "ion", false),
            ("day", "days", false),
            ("berlin", "merlin", false),
            ("internal", "external", false),
        ] {
            assert_eq!(same_word(one, other), expected, "{one} {other}");
        }
    }
}
