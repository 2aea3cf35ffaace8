//! What kind of work is wanted: the words before "roles" and after "jobs as", and
//! professions.
#![deny(clippy::indexing_slicing)]

use super::{
    super::{Sentence, sentence::Word},
    change, named,
};
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
     vacancies, gig, gigs, offers, work, match, matches, internship, internships, stelle,
     stellen, stellenangebot, stellenangebote, positionen, arbeit",
);

/// Words that say nothing of the kind of work when they stand alone.
static EMPTY: Words = Words::of(
    "something, anything, everything, nothing, whatever, thing, things, stuff, place, places, home,
     employment, career, careers, company, companies, employer, employers, opportunity,
     opportunities, application, applications, one, ones, kind, type, none, null, n/a, empty",
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
     matching, fitting, interesting, highest, scoring, rated, ranked, remote, remotely, hybrid, onsite, nice, fresh, latest, more,
     paid, well-paid, find, show, list, get, give, look, looking, for, me, us, my, want, need,
     search, prepare, apply, draft, fill, to, i, of, at, in, on, with, from, and, or, that,
     which, are, is, as, please, these, those, this, their, your, up, by, over, full-time,
     part-time, pick, out, what, keep, similar, few, several, many, it, them, watch, recommend,
     suggest, only, just, first, next, about, into, be, not, than, least, most, other, day,
     whenever, comes, appears, should, would, like, learn, do, does, how, when, then, tell,
     bring, so, something, anything, everything, nothing, they, soon, possible, can, could,
     there, anyone, anybody, someone, somebody, hiring, hire, where, who, was, were, has,
     have, had, if, als, und, oder, der, den, dem, ein, eine, einen, mir, mich, für, ich, suche,
     such, finde, zeig, zeige, gib, bitte, mit, nach, von, bei, beste, besten, neue, neuen, gute,
     guten, bereite, alle, möchte, brauche, mindestens, nur, zum, zur, nicht, keine, jede, jeden,
     passende, passenden, offene, offenen",
);

/// Words for the people of a kind: "Python people".
static PEOPLE: Words = Words::of("people, folks, devs, experts, specialists, leute");

static LEVELS: Words = Words::of(
    "senior, junior, entry-level, mid-level, mid, internship, internships, intern, graduate",
);

/// Most words of a kind of work.
const LONGEST: usize = 4;

/// Whether a word names one opening or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    One,
    Many,
}

/// What of openings a word names, be it by a profession.
pub(super) fn openings(word: &Word) -> Option<Named> {
    let low = word.low.as_str();
    match low {
        "fit" | "application" | "stelle" | "match" => return Some(Named::One),
        "stellen" | "stellenangebote" | "positionen" | "vacancies" | "matches" => {
            return Some(Named::Many);
        }
        "work" | "arbeit" => return None,
        _ => {}
    }
    let known = |word: &str| CRAFTS.has(word) || NOUNS.has(word);
    let one = single(low);
    match (known(one), one == low) {
        (true, true) => Some(Named::One),
        (true, false) => Some(Named::Many),
        (false, _) => None,
    }
}

/// Whether a word tells no kind of work: it is known, and heeded or of no weight.
pub(super) fn knows(word: &str) -> bool {
    NOUNS.has(word) || STOP.has(word) || LEVELS.has(word) || EMPTY.has(word)
}

/// The kind of work in words that may say more: without "jobs" behind it, without the
/// place after an "in"; `None` where no kind is left.
pub(in crate::plan) fn kind_of_work(words: &str) -> Option<String> {
    let low = words.to_lowercase();
    let idle = |word: &&str| STOP.has(word) || LEVELS.has(word);
    let all = low.split_whitespace().skip_while(idle);
    let mut kept: Vec<&str> = all.take_while(|word| !idle(word)).collect();
    // "Social work" is a kind of work, "data job" is "data".
    while let Some((last, before)) = kept.split_last()
        && NOUNS.has(last)
        && (*last != "work" || before.is_empty())
    {
        kept.pop();
    }
    let says = kept.iter().any(|word| !NOUNS.has(word) && !EMPTY.has(word));
    says.then(|| kept.join(" "))
}

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
    let change = change::of(words, &|word| CRAFTS.has(single(&word.low)));
    if let Some(change) = &change {
        found.named = true;
        let wanted = words.get(change.end..).unwrap_or_default();
        found.add(change::as_titles_say(&forward(wanted, &is_stop)));
    }
    for (at, word) in words.iter().enumerate() {
        // What the person comes from is not wanted.
        if change.as_ref().is_some_and(|left| left.contains(&at)) {
            continue;
        }
        if PEOPLE.has(&word.low)
            && !word.after_mark
            && let Some(kind) = at.checked_sub(1).and_then(|at| words.get(at))
            && named::known_skill(&kind.low).is_some()
        {
            found.named = true;
            found.add(vec![kind.low.clone()]);
            continue;
        }
        let craft = CRAFTS.has(single(&word.low));
        let noun = NOUNS.has(&word.low);
        if !craft && !noun {
            continue;
        }
        found.named = true;
        let behind = words.get(at + 1..).unwrap_or_default();
        if let Some((first, after)) = behind.split_first()
            && noun
            && first.is(&["as", "als"])
        {
            let article = after.first().is_some_and(|word| word.is(&["a", "an"]));
            let wanted = after.get(usize::from(article)..).unwrap_or_default();
            found.add(forward(wanted, &is_stop));
        }
        // "Social work jobs", "job openings": the last noun speaks for both.
        if noun
            && behind
                .first()
                .is_some_and(|word| !word.after_mark && NOUNS.has(&word.low))
        {
            continue;
        }
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
            found.add(title);
        }
    }
    found.titles.truncate(6);
    found
}

impl Roles {
    /// Adds a title once, without the words that say no kind of work.
    fn add(&mut self, words: Vec<String>) {
        let kept = words.iter().filter_map(|word| match named::at_heart(word) {
            // Read as a skill.
            Some(skill) if named::known_skill(skill).is_some() => None,
            Some(field) => Some(field),
            None => Some(word.as_str()),
        });
        let title = kind_of_work(&kept.collect::<Vec<&str>>().join(" "));
        self.titles
            .extend(title.filter(|title| !self.titles.contains(title)));
    }
}

/// The words from the front of `words` on that may be of a title.
fn forward(words: &[Word], is_stop: &impl Fn(&Word) -> bool) -> Vec<String> {
    let mut rest = words.iter().enumerate().take(LONGEST);
    let mut title = Vec::new();
    while let Some((at, word)) = rest.next()
        && !is_stop(word)
        && !NOUNS.has(&word.low)
        && (at == 0 || !word.after_mark)
    {
        title.push(single_craft(&word.low));
    }
    title
}

/// A profession in the singular, any other word as it is.
fn single_craft(word: &str) -> String {
    let one = single(word);
    let word = if CRAFTS.has(one) { one } else { word };
    word.to_owned()
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
pub(super) fn single(word: &str) -> &str {
    match word {
        "sales" | "devops" | "business" => word,
        _ => word.strip_suffix('s').unwrap_or(word),
    }
}
