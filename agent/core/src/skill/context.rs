//! Words that are a skill in one sentence and a plain word in the next.
#![deny(clippy::indexing_slicing)]

use super::{lexicon::Category, matcher::Hit};
use crate::text::Words;

/// Words near an ambiguous term that show it is meant as a skill.
static CUES: Words = Words::of(
    "advanced, app, apps, backend, basic, built, code, codebase, coding, certified, competencies,
     compétences, connaissance, connaissances, developer, developers, development, engineer,
     engineers, entwickler, entwicklerin, entwicklung, erfahrung, experience, experienced,
     expérience, expert, expertise, familiar, familiarity, fluent, framework, frameworks,
     grundkenntnisse, kenntnis, kenntnisse, kenntnissen, knowledge, language, languages,
     libraries, maîtrise, microservices, microsoft, ms, outils, proficiency, proficient,
     programming, programmer, programmiersprachen, services, skills, software, stack,
     technologies, tools, umgang, using, write, writing, written, years, jahre, ans, hands-on,
     like, wie, such",
);

/// Words that, right after an ambiguous term, show a plain word.
static PLAIN_AFTER: Words = Words::of(
    "to, live, the, above, beyond, for, ahead, out, on, into, green, public, your, our, yourself,
     interest, delivery, shipping, semester, break, intern, internship, term, season, summer,
     level, levels, suite, of, pace, response, action, decision, road, market",
);

/// Words that, right after `Excel` and the like, show a verb.
static VERB_AFTER: Words = Words::of("in, at, as, within, under, by, when, while");

/// Words that make a following single letter a grade, not a language.
static GRADED: Words = Words::of(
    "vitamin, series, class, category, grade, klasse, hepatitis, level, type, plan, group,
     catégorie, kategorie, führerschein, permis, option, section, tier, schedule",
);

/// Words that join the items of a list.
static JOINING: Words = Words::of("and, with, mit, avec, or, und, oder, et, ou, y, o");

/// Beginnings of words that a hyphen may join to a skill: "Excel-Kenntnisse".
static COMPOUNDS: Words =
    Words::of("kenntnis, entwick, program, skill, develop, engineer, based, erfahrung, grund");

/// Whether skills of this kind are named in postings for software and data.
pub(super) fn is_technical(category: Category) -> bool {
    matches!(category, Category::Software | Category::Data)
}

/// Whether only list punctuation or a joining word stands between the two.
pub(super) fn are_listed_together(text: &str, firm: Hit, doubtful: Hit) -> bool {
    let between = if firm.end <= doubtful.start {
        text.get(firm.end..doubtful.start)
    } else {
        text.get(doubtful.end..firm.start)
    };
    between.is_some_and(|between| {
        between.len() <= 8
            && between
                .split(|c: char| {
                    c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')' | '|' | '&' | '+' | ';')
                })
                .all(|word| word.is_empty() || JOINING.has(word))
            && between.contains(|c: char| !c.is_whitespace())
    })
}

/// Whether the term at `hit` is meant as a skill. `listed`: it stands in a list
/// with one; `technical`: the whole text speaks of software.
pub(super) fn speaks_of_skill(text: &str, hit: Hit, listed: bool, technical: bool) -> bool {
    let row_start = text
        .get(..hit.start)
        .and_then(|head| head.rfind('\n'))
        .map_or(0, |at| at + 1);
    let before = text.get(row_start..hit.start).unwrap_or_default();
    let after = text.get(hit.end..).unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let word = text.get(hit.start..hit.end).unwrap_or_default();
    if is_joined(before, after) {
        return false;
    }
    let words_before: Vec<String> = words(before.rsplit(|c: char| c.is_whitespace()), 4);
    let words_after: Vec<String> = words(after.split(|c: char| c.is_whitespace()), 3);
    // The first piece after is what clings to the term: ",", ")" or nothing.
    let next = if after.starts_with(char::is_whitespace) {
        words_after.first().map(String::as_str)
    } else {
        None
    };
    let cue = |words: &[String]| words.iter().any(|word| CUES.has(word));
    let cued = cue(&words_before);
    if word.chars().count() == 1 && words_before.first().is_some_and(|word| GRADED.has(word)) {
        return false;
    }
    if listed {
        return true;
    }
    if let Some(next) = next {
        let dated = next.len() == 4 && next.bytes().all(|byte| byte.is_ascii_digit());
        if dated || PLAIN_AFTER.has(next) || (!cued && VERB_AFTER.has(next)) {
            return false;
        }
    }
    if cued || cue(&words_after) {
        return true;
    }
    let lone = words_before.is_empty() && words_after.is_empty();
    let mid_sentence = !words_before.is_empty() && !before.trim_end().ends_with(['.', '!', '?']);
    technical && (lone || mid_sentence || after.starts_with([',', '/', ')', ';']))
}

/// Whether a hyphen, an ampersand or an apostrophe makes the term part of a
/// longer one ("Go-to-market", "R&D", "C-level"); "Excel-Kenntnisse" is not.
fn is_joined(before: &str, after: &str) -> bool {
    let joins = |c: char| matches!(c, '-' | '–' | '&' | '’' | '\'');
    let elided = before.ends_with(['’', '\''])
        && before
            .trim_end_matches(['’', '\''])
            .ends_with(['d', 'l', 'D', 'L']);
    if before.ends_with(joins) && !elided {
        return true;
    }
    let Some(tail) = after.strip_prefix(joins) else {
        return after.trim_start().starts_with('&') && after.trim_start().starts_with("& D");
    };
    let tail = tail.to_lowercase();
    !(tail.is_empty()
        || tail.starts_with(' ')
        || COMPOUNDS.iter().any(|start| tail.starts_with(start)))
}

/// The next few words, lower-cased and without punctuation.
fn words<'a>(pieces: impl Iterator<Item = &'a str>, count: usize) -> Vec<String> {
    pieces
        .map(|piece| {
            piece
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .take(count)
        .collect()
}
