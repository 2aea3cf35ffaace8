//! What kind of work is wanted: the words before "roles", and professions.

use super::super::{Sentence, sentence::Word};
use crate::text::Words;

/// What kind of work the sentence names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// Words of titles.
    pub(super) titles: Vec<String>,
    /// The words that say a level.
    pub(super) level: Option<String>,
    /// Whether openings are named at all, be it without a kind of work.
    pub(super) named: bool,
}

static NOUNS: Words = Words::of(
    "role, roles, job, jobs, position, positions, opening, openings, posting, postings, vacancy,
     vacancies, gig, gigs, offers, work, match, matches, internship, internships",
);

/// Professions by their last word, in the singular.
static CRAFTS: Words = Words::of(
    "engineer, developer, programmer, scientist, analyst, architect, manager, designer, nurse,
     teacher, accountant, administrator, consultant, technician, mechanic, electrician, driver,
     cook, chef, recruiter, researcher, writer, editor, lawyer, assistant, specialist,
     coordinator, officer, operator, clerk, caregiver, carer, therapist, physician, doctor,
     pharmacist, tester, lead, sre, sysadmin, welder, carpenter, plumber, salesperson,
     representative, tutor, librarian, translator, economist, statistician, biologist, chemist,
     physicist, bookkeeper, buyer, planner, owner, master, devops",
);

/// Words that are no part of a kind of work.
static STOP: Words = Words::of(
    "a, an, the, all, any, some, every, each, best, top, new, open, good, great, suitable,
     matching, fitting, interesting, remote, remotely, hybrid, onsite, nice, fresh, latest, more,
     paid, well-paid, find, show, list, get, give, look, looking, for, me, us, my, want, need,
     search, prepare, apply, draft, fill, to, i, of, at, in, on, with, from, and, or, that,
     which, are, is, as, please, these, those, this, their, your, up, by, over, full-time,
     part-time, pick, out, what, keep, similar, few, several, many, it, them, watch, recommend,
     suggest, only, just, first, next, about, into, be, not, than, least, most, other, day,
     whenever, comes, appears, should, would, like, learn, do, does, how, when, then, tell,
     bring, so",
);

static LEVELS: Words = Words::of(
    "senior, junior, entry-level, mid-level, mid, internship, internships, intern, graduate",
);

/// Most words of a kind of work.
const LONGEST: usize = 4;

pub(super) fn of(sentence: &Sentence, places: &[String], companies: &[String]) -> Roles {
    let words = &sentence.words;
    let mut found = Roles {
        level: words
            .iter()
            .find(|word| LEVELS.has(&word.low))
            .map(|word| single(&word.low).to_owned()),
        ..Roles::default()
    };
    let named: Vec<String> = places
        .iter()
        .chain(companies)
        .flat_map(|name| name.split_whitespace())
        .map(str::to_lowercase)
        .collect();
    let is_stop = |word: &Word| {
        word.number.is_some()
            || STOP.has(&word.low)
            || LEVELS.has(&word.low)
            || named.contains(&word.low)
    };
    for (at, word) in words.iter().enumerate() {
        let craft = CRAFTS.has(single(&word.low));
        let noun = NOUNS.has(&word.low);
        if !craft && !noun {
            continue;
        }
        found.named = true;
        // "engineer roles": the profession is taken at its own word.
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        if noun && before.is_some_and(|word| CRAFTS.has(single(&word.low))) {
            continue;
        }
        let next_is_craft = words
            .get(at + 1)
            .is_some_and(|word| !word.after_mark && CRAFTS.has(single(&word.low)));
        if craft && (next_is_craft || is_stop(word)) {
            continue;
        }
        let tail = craft.then(|| single(&word.low).to_owned());
        let (phrase, begins) = back_from(words, at, &is_stop);
        let alternatives = alternatives(words, begins, &is_stop);
        for head in alternatives.into_iter().chain([phrase]) {
            let mut title = head;
            title.extend(tail.clone());
            let title = title.join(" ");
            if !title.is_empty() && !found.titles.contains(&title) {
                found.titles.push(title);
            }
        }
    }
    found.titles.truncate(6);
    found
}

/// The words right before place `at`, and where they begin.
fn back_from(words: &[Word], at: usize, is_stop: &impl Fn(&Word) -> bool) -> (Vec<String>, usize) {
    let mut phrase = Vec::new();
    let mut begins = at;
    // What stands behind a mark belongs to what follows it.
    while phrase.len() < LONGEST && words.get(begins).is_some_and(|word| !word.after_mark) {
        let Some(word) = begins.checked_sub(1).and_then(|at| words.get(at)) else {
            break;
        };
        if is_stop(word) {
            break;
        }
        phrase.insert(0, word.low.clone());
        begins -= 1;
    }
    (phrase, begins)
}

/// "backend or platform engineer": what stands before the "or".
fn alternatives(
    words: &[Word],
    begins: usize,
    is_stop: &impl Fn(&Word) -> bool,
) -> Vec<Vec<String>> {
    let or = begins.checked_sub(1).and_then(|at| words.get(at));
    if !or.is_some_and(|word| word.is(&["or", "and"])) {
        return Vec::new();
    }
    let Some(first) = begins.checked_sub(2).and_then(|at| words.get(at)) else {
        return Vec::new();
    };
    if is_stop(first) || NOUNS.has(&first.low) || CRAFTS.has(single(&first.low)) {
        return Vec::new();
    }
    let (mut phrase, _) = back_from(words, begins - 2, is_stop);
    phrase.push(first.low.clone());
    vec![phrase]
}

/// A word without its plural's ending.
fn single(word: &str) -> &str {
    match word {
        "sales" | "devops" | "business" => word,
        _ => word.strip_suffix('s').unwrap_or(word),
    }
}
