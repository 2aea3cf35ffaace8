//! Titles: what is left of them when marks of gender, level and place are apart.
#![deny(clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};

use super::words;

/// A title, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Words that say what the work is, each once, sorted.
    pub(super) core: Vec<String>,
    /// Words of level and contract, each once, sorted.
    pub(super) grade: Vec<String>,
    /// How many words said what the work is before others were left out.
    pub(super) telling: usize,
}

/// How two titles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same words, whatever their order.
    Same,
    /// One says all the other says, and more.
    Contained,
    /// Each says something the other does not.
    Different,
}

impl Title {
    /// The title `stated`; words of `apart` (places, the employer's name) are left
    /// out unless nothing else is there.
    pub(super) fn of(stated: &str, apart: &[String]) -> Self {
        let folded = words::fold(stated);
        let mut kept: Vec<&str> = Vec::new();
        for chunk in folded.split([' ', '\t', '(', ')', '[', ']', ',', '–', '—']) {
            if is_gender(chunk) {
                continue;
            }
            let parts = chunk.split('|');
            kept.extend(parts.filter(|part| !is_number(part)));
        }
        let bare: Vec<String> = kept.iter().map(|chunk| without_ending(chunk)).collect();
        let table = words::table();
        let split = words::split(&bare.join(" "));
        let resolved = words::resolve(&split);
        let full = resolved.iter().any(|word| word == "fulltime");
        let mut title = Self::default();
        for word in &resolved {
            let grade = table.grades.contains(word.as_str());
            if grade && !(full && word == "parttime") {
                title.grade.push(word.clone());
            } else if !grade && !table.noise.contains(word.as_str()) && !is_number(word) {
                title.core.push(word.clone());
            }
        }
        title.telling = title.core.len();
        let told: Vec<String> = title
            .core
            .iter()
            .filter(|word| !apart.contains(word))
            .cloned()
            .collect();
        if !told.is_empty() {
            title.core = told;
        }
        title.core.sort_unstable();
        title.core.dedup();
        title.grade.sort_unstable();
        title.grade.dedup();
        title
    }

    /// The work it names, as one text, each word in the singular.
    pub(super) fn key(&self) -> String {
        let singular = |word: &String| match word.strip_suffix('s') {
            Some(stem) if stem.len() >= 4 && !stem.ends_with('s') => stem.to_owned(),
            _ => word.clone(),
        };
        let words: Vec<String> = self.core.iter().map(singular).collect();
        words.join(" ")
    }

    /// Compares the work they name; words for which `aside` holds (a place or name
    /// the other states elsewhere) count for nothing.
    pub(super) fn likeness(&self, other: &Self, aside: impl Fn(&str) -> bool) -> Likeness {
        let more = |one: &Self, other: &Self| {
            one.core.iter().any(|word| {
                !aside(word) && !other.core.iter().any(|known| words::same_word(word, known))
            })
        };
        let shared = self
            .core
            .iter()
            .any(|word| other.core.iter().any(|known| words::same_word(word, known)));
        match (more(self, other), more(other, self)) {
            _ if !shared => Likeness::Different,
            (false, false) => Likeness::Same,
            (true, true) => Likeness::Different,
            (true, false) | (false, true) => Likeness::Contained,
        }
    }
}

/// "(m/w/d)", "h/f", "w|m|x", "gn"
fn is_gender(chunk: &str) -> bool {
    const MARKS: [&str; 10] = ["m", "w", "f", "d", "x", "h", "v", "gn", "div", "i"];
    let parts: Vec<&str> = chunk
        .split(['/', '|', '*', ':', '.', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    parts.len() >= 2 && parts.iter().all(|part| MARKS.contains(part))
}

/// A requisition or reference number: five digits or more; a year is none.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits >= 5 || (digits >= 3 && digits < word.len() && word.starts_with(['#', 'r', 'j']))
}

/// "entwickler:in", "entwickler*innen", "entwickler/in", "mitarbeiter_in"
fn without_ending(chunk: &str) -> String {
    for ending in ["innen", "in", "nen", "n", "r", "e", "euse", "trice"] {
        if let Some(stem) = chunk
            .strip_suffix(ending)
            .and_then(|stem| stem.strip_suffix([':', '*', '/', '_', '·']))
            && stem.len() >= 3
        {
            return stem.to_owned();
        }
    }
    chunk.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_taken_apart() {
        let check = |stated: &str, core: &str, grade: &str| {
            let title = Title::of(stated, &["berlin".to_owned()]);
            let found = (title.core.join(" "), title.grade.join(" "));
            assert_eq!(found, (core.to_owned(), grade.to_owned()), "{stated}");
        };
        check(
            "Senior Backend Engineer (m/w/d)",
            "backend engineer",
            "senior",
        );
        check(
            "Sr. Back-end Developer - Berlin",
            "backend engineer",
            "senior",
        );
        check(
            "Softwareentwickler:in (all genders) in Vollzeit",
            "engineer software",
            "",
        );
        check("Softwareentwickler/in (w|m|d)", "engineer software", "");
        check("Account Executive, SMB #44121", "account executive smb", "");
        check("Nurse, part-time or full time", "nurse or", "");
        check("Nurse (part-time)", "nurse", "parttime");
        check("Data Engineer II (R-10442)", "data engineer", "2");
        check("Berlin", "berlin", "");
        check("Graduate Programme 2027", "2027 programme", "graduate");
        check("Infirmier·e H/F", "nurse", "");
    }

    #[test]
    fn titles_differ_when_each_says_something_of_its_own() {
        let check = |one: &str, other: &str, expected: Likeness| {
            let (a, b) = (Title::of(one, &[]), Title::of(other, &[]));
            assert_eq!(
                a.likeness(&b, |word| word == "lyon"),
                expected,
                "{one} {other}"
            );
            assert_eq!(
                b.likeness(&a, |word| word == "lyon"),
                expected,
                "{one} {other}"
            );
        };
        check("Engineer, Payments", "Payments Engineer", Likeness::Same);
        check(
            "Engineer, Payments (Lyon)",
            "Payment Engineer",
            Likeness::Same,
        );
        check("Engineer", "Engineer, Payments", Likeness::Contained);
        check("Engineer, Risk", "Engineer, Payments", Likeness::Different);
        check("Night Nurse", "Baker", Likeness::Different);
        check("iOS Developer", "Android Developer", Likeness::Different);
    }
}
