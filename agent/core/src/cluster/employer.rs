//! Employers: one name under its spellings, and who places people for others.
#![deny(clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};

use super::words;
use crate::job::Job;

/// Who a posting names as the employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Words of the name, without the legal form.
    pub(super) words: Vec<String>,
    /// All words of the name, as a title may repeat them.
    pub(super) full: Vec<String>,
    /// Whether it places people for others: by the portal's word, or by its name.
    pub(super) agency: bool,
    /// Whether the text speaks of the employer as a client.
    pub(super) for_client: bool,
}

/// How two employers' names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// One name.
    Same,
    /// One name begins the other ("Acme", "Acme Labs").
    Related,
    /// Two names.
    Other,
}

impl Employer {
    /// The employer of `job`.
    pub(super) fn of(job: &Job) -> Self {
        let table = words::table();
        let folded = words::fold(&job.company);
        let named = table.agency.iter().any(|word| begins_a_word(&folded, word));
        let text = job.description.to_lowercase();
        Self {
            words: name(&job.company),
            full: words::split(&folded),
            agency: job.agency.unwrap_or(named),
            for_client: table.client.iter().any(|phrase| text.contains(phrase)),
        }
    }

    /// The name as one text, equal for its spellings.
    pub(super) fn key(&self) -> String {
        self.words.join(" ")
    }

    pub(super) fn kinship(&self, other: &Self) -> Kinship {
        let (short, long) = if self.words.len() <= other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        if short.is_empty() {
            return Kinship::Other;
        }
        if short == long || short.concat() == long.concat() {
            return Kinship::Same;
        }
        let telling = short.concat().len() >= 4;
        if telling && long.starts_with(short) {
            Kinship::Related
        } else {
            Kinship::Other
        }
    }

    /// Whether it is known not to be the employer itself.
    pub(super) fn places_for_others(&self) -> bool {
        self.agency || self.for_client
    }
}

/// Words of a company's name without legal form, brackets and domain ending.
fn name(stated: &str) -> Vec<String> {
    let folded = words::fold(stated);
    let mut depth = 0_u32;
    let outside: String = folded
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    let outside = [".com", ".io", ".ai", ".de", ".co"]
        .iter()
        .find_map(|ending| outside.trim().strip_suffix(ending))
        .unwrap_or(&outside)
        .replace(['+', '#'], " ");
    let all = words::split(&outside.replace("e.v.", " ").replace("s.a.", " "));
    let legal = &words::table().legal;
    let mut kept: Vec<String> = all
        .iter()
        .filter(|word| !legal.contains(word.as_str()))
        .cloned()
        .collect();
    if kept.is_empty() {
        kept = all;
    }
    kept
}

fn begins_a_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        !before.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn employer(company: &str) -> Employer {
        Employer {
            words: name(company),
            full: Vec::new(),
            agency: false,
            for_client: false,
        }
    }

    #[test]
    fn names_are_one_under_their_legal_forms() {
        let check = |one: &str, other: &str, expected: Kinship| {
            let found = employer(one).kinship(&employer(other));
            assert_eq!(found, expected, "{one} {other}");
            assert_eq!(employer(other).kinship(&employer(one)), expected);
        };
        check("Kranich Systeme GmbH", "kranich systeme", Kinship::Same);
        check(
            "Kranich Systeme GmbH & Co. KG",
            "Kranich Systeme",
            Kinship::Same,
        );
        check("Acme, Inc. (YC S21)", "ACME", Kinship::Same);
        check("acme.io", "Acme", Kinship::Same);
        check("Blue Bird", "BlueBird Ltd", Kinship::Same);
        check("Müller AG", "Muller", Kinship::Same);
        check("Acme Labs", "Acme", Kinship::Related);
        check("Acme", "Apex", Kinship::Other);
        check("The Group", "The Company", Kinship::Other);
        check("", "", Kinship::Other);
    }
}
