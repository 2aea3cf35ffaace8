//! Words of a title that mark a level.
#![deny(clippy::indexing_slicing)]

use super::{
    lead,
    title::{Mark, Title},
};
use crate::{job::Level, text::Words};

static INTERNS: Words = Words::of(
    "intern, interns, internship, praktikum, praktikant, praktikantin, pflichtpraktikum,
     werkstudent, werkstudentin, werkstudierende, werkstudententätigkeit, apprentice,
     apprenticeship, ausbildung, azubi, auszubildende, auszubildender, stagiaire, alternance,
     alternant, alternante, apprenti, apprentie, becario, becaria, prácticas, tirocinio,
     stagista, coop",
);

/// After a word for interns: somebody who looks after them.
static LOOKS_AFTER_INTERNS: Words =
    Words::of("program, programme, programs, coordinator, manager, recruiter");

static SENIORS: Words = Words::of("experienced, erfahrene, erfahrener, expérimenté, expérimentée");

static JUNIORS: Words = Words::of(
    "junior, jr, júnior, trainee, traineeprogramm, berufseinsteiger, berufseinsteigerin,
     einsteiger, quereinsteiger, quereinsteigerin, quereinstieg, débutant, débutante, absolvent,
     absolventin, absolventen, volontär, volontärin, volontariat, campus, fresher",
);

/// After "graduate": no person who has just graduated.
static LOOKS_AFTER_GRADUATES: Words =
    Words::of("school, recruiter, recruitment, admissions, studies, programme, program");

/// After "associate": no first level.
static HIGH_ASSOCIATES: Words = Words::of(
    "director, professor, vice, vp, partner, counsel, general, attorney, dean, principal, member,
     dentist, editor, veterinarian, lawyer",
);

/// The level the word at `at` marks, with the words around it that belong to it.
pub(super) fn at<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    intern(title, at)
        .or_else(|| lead::mark(title, at))
        .or_else(|| craft(title, at))
}

fn intern<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    let next = title.word(at + 1);
    let words = match title.word(at) {
        word if INTERNS.has(word) => {
            // "Internship Program 2027" is for interns.
            if LOOKS_AFTER_INTERNS.has(next) && !is_year(title.word(at + 2)) {
                return None;
            }
            0
        }
        "stage"
            if at == 0
                && !matches!(
                    next,
                    "manager" | "hand" | "technician" | "director" | "designer"
                ) =>
        {
            0
        }
        "working" | "dual" if next == "student" => 1,
        "duales" if next == "studium" => 1,
        "co" if next == "op" => 1,
        _ => return None,
    };
    Some(title.mark(Level::Intern, at, at + words))
}

/// Levels of those who lead nobody.
fn craft<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    let next = title.word(at + 1);
    let one = |level| Some(title.mark(level, at, at));
    let two = |level| Some(title.mark(level, at, at + 1));
    match title.word(at) {
        // "(Senior) Accountant" is open to both.
        "senior" | "sr" | "sénior" | "seniors" if at == 0 && title.is_bracketed(at) => {
            one(Level::Mid)
        }
        "senior" | "sr" | "sénior" | "seniors" => one(Level::Senior),
        word if SENIORS.has(word) => one(Level::Senior),

        word if JUNIORS.has(word) => one(Level::Entry),
        "entry" if next == "level" => two(Level::Entry),
        "early" if next == "career" => two(Level::Entry),
        "new" if matches!(next, "grad" | "grads" | "graduate" | "graduates") => two(Level::Entry),
        "grad" | "graduate" | "graduates" if is_person_who_graduated(title, at) => {
            one(Level::Entry)
        }
        "associate" if is_first_level_associate(title, at) => one(Level::Entry),

        "mid" if matches!(next, "level" | "senior" | "career") => two(Level::Mid),
        "intermediate" | "medior" | "midlevel" => one(Level::Mid),
        _ => None,
    }
}

/// "Graduate Programme 2027" is for graduates, "Graduate Programme Lead" is not.
fn is_person_who_graduated(title: &Title<'_>, at: usize) -> bool {
    let after = title.word(at + 2);
    !LOOKS_AFTER_GRADUATES.has(title.word(at + 1)) || after.is_empty() || is_year(after)
}

/// "Associate" before a craft is a first level; in "Sales Associate" and
/// "Associate Director" it is not.
fn is_first_level_associate(title: &Title<'_>, at: usize) -> bool {
    let next = title.word(at + 1);
    let starts = at == 0 || title.before(at) == "an";
    starts && !next.is_empty() && !HIGH_ASSOCIATES.has(next)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit())
}
