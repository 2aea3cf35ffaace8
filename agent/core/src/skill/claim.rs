//! What a model says a posting asks for, held against the posting: a claim counts only
//! when its quote really stands in the text and its skill in the quote, and when the
//! text asks for it: what the employer gives, and words such as "key responsibilities",
//! are no skills.
#![deny(clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};

use super::{Need, heading, named};
use crate::text::{self, Words};

/// Most claims that are kept of one posting.
pub const MOST_CLAIMS: usize = 12;

/// Most characters of a claim's skill.
pub const MOST_SKILL: usize = 60;

/// Most characters of a claim's quote.
pub const MOST_QUOTE: usize = 200;

/// A skill a posting asks for, in a model's reading, with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Required, or welcome.
    pub need: Need,
    /// In the words of the posting.
    pub skill: String,
    /// Its label in the lexicon or the taxonomy, where these know it.
    pub label: Option<String>,
    /// The passage of the posting that asks for it.
    pub quote: String,
}

/// Words that name no skill by themselves or among themselves: headings of postings,
/// and what an employer gives.
static IDLE: Words = Words::of(
    "key, main, core, your, our, you, we, the, a, an, of, and, or, for, to, in, with, other,
     responsibilities, responsibility, duties, duty, tasks, task, requirements, requirement,
     qualifications, qualification, skills, skill, experience, experiences, experienced,
     knowledge, ability, abilities, role, position, job, opportunity, opportunities, candidate,
     candidates, required, preferred, essential, desirable, minimum, years, travel, assistance,
     hybrid, remote, onsite, on-site, full-time, part-time, location, benefits, benefit, perks,
     perk, reward, rewards, recognition, bonus, bonuses, leave, parental, maternity, paternity,
     annual, paid, vacation, holiday, holidays, salary, competitive, aufgaben, deine, ihre,
     unsere, anforderungen, kenntnisse, erfahrung, fähigkeiten, elternzeit, urlaub, gehalt",
);

/// Words that name no skill together, and might alone.
static IDLE_TOGETHER: Words = Words::of(
    "office based, office-based, office based role, home office, work from home, flexible hours,
     flexible working, flexible working hours, working hours, work-life balance, employee discount, employee discounts, stock options, company pension, free parking",
);

/// The claims that hold, each skill once, with the labels of their skills. What does
/// not hold is left out.
pub fn proven(posting: &str, claims: impl IntoIterator<Item = Claim>) -> Vec<Claim> {
    let (within, asking) = (folded(posting), folded_asking(posting));
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims {
        let claim = Claim {
            skill: text::quote(&claim.skill, MOST_SKILL),
            quote: text::quote(&claim.quote, MOST_QUOTE),
            ..claim
        };
        let holds = stands(&within, &claim.quote)
            && stands(&asking, &claim.quote)
            && names(&claim.quote, &claim.skill)
            && !is_idle(&claim.skill);
        let said = |other: &Claim| folded(&other.skill) == folded(&claim.skill);
        if holds && !kept.iter().any(said) && kept.len() < MOST_CLAIMS {
            kept.push(Claim {
                label: named(&claim.skill).map(str::to_owned),
                ..claim
            });
        }
    }
    kept
}

/// How many claims were made up, by what is wrong with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MadeUp {
    /// Claims whose quote is not in the posting.
    pub quotes: usize,
    /// Claims whose quote is, and whose skill is not in the quote.
    pub skills: usize,
}

/// Counts what is made up. A benefit in its own words is none: it is left out of what is
/// [`proven`] and was read in the posting all the same.
pub fn made_up(posting: &str, claims: &[Claim]) -> MadeUp {
    let within = folded(posting);
    let mut found = MadeUp::default();
    for claim in claims {
        let quote = text::quote(&claim.quote, MOST_QUOTE);
        if !stands(&within, &quote) {
            found.quotes += 1;
        } else if !names(&quote, &text::quote(&claim.skill, MOST_SKILL)) {
            found.skills += 1;
        }
    }
    found
}

/// Whether a skill is only words that name none.
fn is_idle(skill: &str) -> bool {
    let skill = folded(skill);
    IDLE_TOGETHER.has(&skill) || words(&skill).all(|word| IDLE.has(word))
}

/// The text of a posting, folded, without what stands under headings such as
/// "Benefits". No quote reaches over what was left out.
fn folded_asking(posting: &str) -> String {
    let mut reader = heading::Reader::default();
    let mut asking = String::new();
    for sentence in text::sentences(posting) {
        let asks = reader.section(sentence).is_some();
        asking.push_str(if asks { sentence } else { "\u{b6}" });
        asking.push(' ');
    }
    folded(&asking)
}

/// Whether a quote stands in a folded text, as whole words.
fn stands(within: &str, quote: &str) -> bool {
    let quote = folded(quote.trim_end_matches('…'));
    let quote = quote.trim();
    if quote.is_empty() {
        return false;
    }
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    within.match_indices(quote).any(|(at, found)| {
        let before = within.get(..at).and_then(|head| head.chars().next_back());
        let after = within
            .get(at + found.len()..)
            .and_then(|tail| tail.chars().next());
        let opens = word(before) && word(found.chars().next());
        let closes = word(after) && word(found.chars().next_back());
        !opens && !closes
    })
}

/// Whether every word of a skill is a word of its quote.
fn names(quote: &str, skill: &str) -> bool {
    let quote = folded(quote);
    let there: Vec<&str> = words(&quote).collect();
    let skill = folded(skill);
    let mut wanted = words(&skill).peekable();
    wanted.peek().is_some() && wanted.all(|word| there.contains(&word))
}

/// Words with the signs that are part of names, as in C++, C# and Node.js.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || ",;:()[]{}\"'/|•·".contains(c))
        .map(|word| word.trim_matches(|c: char| ".!?-*".contains(c)))
        .filter(|word| !word.is_empty())
}

/// One line in lower case with plain quotation marks and dashes: models copy letters
/// well and signs badly.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        '’' | '‘' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' => '-',
        c => c,
    };
    let text: String = text.chars().map(plain).collect();
    text::line(&text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTING: &str = "We need someone who knows Rust and\n  PostgreSQL well.\n\
        You’ll write C++ – and some Node.js. Scala is a plus.";

    fn claim(skill: &str, quote: &str) -> Claim {
        Claim {
            need: Need::Required,
            skill: skill.to_owned(),
            label: None,
            quote: quote.to_owned(),
        }
    }

    #[test]
    fn p6_a_claim_holds_when_its_quote_is_in_the_posting_and_its_skill_in_the_quote() {
        for (skill, quote, holds) in [
            ("Rust", "someone who knows Rust and PostgreSQL", true),
            ("rust", "KNOWS RUST AND", true),
            ("C++", "You'll write C++ - and", true),
            ("Node.js", "some Node.js.", true),
            ("PostgreSQL", "and PostgreSQL well", true),
            // Not in the posting.
            ("Go", "someone who knows Go", false),
            ("Rust", "Rust is required", false),
            // Not in the quote.
            ("Kubernetes", "someone who knows Rust", false),
            ("jo@example.org", "someone who knows Rust", false),
            // A part of a word is no word.
            ("Scal", "Scal", false),
            ("Scala", "cala is a plus", false),
            ("Java", "Scala is a plus", false),
            ("", "knows Rust", false),
            ("Rust", "", false),
            ("—", "—", false),
        ] {
            let kept = proven(POSTING, [claim(skill, quote)]);
            assert_eq!(kept.len() == 1, holds, "{skill} in {quote}");
        }
    }

    #[test]
    fn what_the_employer_gives_and_words_of_no_skill_are_no_claims() {
        let posting = "Key responsibilities\n\
            - Assistance with payroll, some travel\n\
            Requirements:\n\
            - Payroll and Excel. Experience with Office and parental advice\n\
            - Office based\n\
            Benefits\n\
            - Parental Leave and Recognition rewards\n\
            - Courses in Rust\n\
            About you\n\
            - Speech recognition, customer assistance\n\
            - Excel\n  of all kinds";
        for (skill, quote, holds) in [
            ("Payroll", "- Payroll and Excel.", true),
            ("Office", "Experience with Office", true),
            ("Speech recognition", "Speech recognition", true),
            ("customer assistance", "customer assistance", true),
            ("parental advice", "parental advice", true),
            // Over the end of a line and of a sentence.
            ("Excel", "Excel of all kinds", true),
            ("Excel", "Payroll and Excel. Experience", true),
            ("Key responsibilities", "Key responsibilities", false),
            ("Assistance", "Assistance with payroll", false),
            ("travel", "some travel", false),
            ("Office based", "Office based", false),
            ("Parental Leave", "Parental Leave", false),
            ("Recognition rewards", "Recognition rewards", false),
            // Under the heading of what is given.
            ("Rust", "Courses in Rust", false),
            ("Office", "Office based Benefits", false),
        ] {
            let kept = proven(posting, [claim(skill, quote)]);
            assert_eq!(kept.len() == 1, holds, "{skill} in {quote}");
            let all = made_up(posting, &[claim(skill, quote)]);
            assert_eq!(all, MadeUp::default(), "{skill} in {quote}");
        }
    }

    #[test]
    fn what_is_made_up_is_counted_by_its_fault() {
        let counted = made_up(
            POSTING,
            &[
                claim("Rust", "someone who knows Rust"),
                claim("Go", "someone who knows Go"),
                claim("Go", "someone who knows Rust"),
                claim("Java", "Scala is a plus"),
            ],
        );
        assert_eq!(
            counted,
            MadeUp {
                quotes: 1,
                skills: 2
            }
        );
    }

    #[test]
    fn claims_are_cleaned_counted_once_and_named_as_the_lexicon_names_them() {
        let found = proven(
            POSTING,
            [
                claim("postgresql", "\u{1b}[31mPostgreSQL well"),
                claim("PostgreSQL", "and PostgreSQL"),
                claim("Rust", "knows Rust"),
            ],
        );
        let shown: Vec<(&str, Option<&str>)> = found
            .iter()
            .map(|one| (one.quote.as_str(), one.label.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("PostgreSQL well", Some("PostgreSQL")),
                ("knows Rust", Some("Rust")),
            ]
        );
        let words: String = (0..30).map(|n| format!("skill{n} ")).collect();
        let many = (0..30).map(|n| claim(&format!("skill{n}"), &format!("skill{n}")));
        assert_eq!(proven(&words, many).len(), MOST_CLAIMS);
    }
}
