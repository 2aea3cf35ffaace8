//! Level of a position from its title or a stated level.
#![deny(clippy::indexing_slicing)]

mod craft;
mod lead;
mod mark;
mod title;

use self::title::{Mark, Title};
use crate::{
    job::{Level, Stated},
    text,
};

/// Level that `title` names, with the words that name it.
///
/// Reads English, German, French and Spanish titles. Professions whose names
/// sound like levels ("Product Manager", "Staff Nurse") are [`Level::Mid`]
/// unless a level stands before them; a title without any mark gives `None`.
/// A title open to two levels ("Junior/Senior") is [`Level::Mid`] too.
pub fn of_title(title: &str) -> Option<Stated<Level>> {
    let stated = text::quote(title, 200);
    let title = Title::of(&stated);
    if names_many(&title) {
        return None;
    }
    let mut marks: Vec<Mark<'_>> = title
        .places()
        .filter_map(|at| mark::at(&title, at))
        .collect();
    if marks.is_empty() {
        marks.extend(craft::numbered(&title));
    }
    let has = |level| marks.iter().any(|mark| mark.level == level);
    if has(Level::Entry) && has(Level::Senior) {
        return Some(Stated {
            value: Level::Mid,
            text: stated,
        });
    }
    let order = [
        Level::Intern,
        Level::Executive,
        Level::Manager,
        Level::Lead,
        Level::Senior,
        Level::Entry,
        Level::Mid,
    ];
    let best = order
        .into_iter()
        .find_map(|level| marks.iter().find(|mark| mark.level == level))
        .copied();
    best.or_else(|| craft::of(&title)).map(|mark| Stated {
        value: mark.level,
        text: mark.words.to_owned(),
    })
}

/// Level that a portal's own field or a contract names ("Mid-Senior level",
/// "Internship", "Berufseinsteiger").
pub fn of_stated(stated: &str) -> Option<Stated<Level>> {
    let stated = text::quote(stated, 200);
    let lower = stated.to_lowercase();
    let value = match lower.as_str() {
        "mid-senior level" | "mid-senior" | "mid" | "mittel" | "professional"
        | "berufserfahren" | "confirmé" => Level::Mid,
        "associate" | "entry" | "entry level" | "einsteiger" | "débutant" => Level::Entry,
        "manager" | "management" => Level::Manager,
        "executive" | "c-level" => Level::Executive,
        "staff" => Level::Lead,
        _ => return of_title(&stated),
    };
    Some(Stated {
        value,
        text: stated,
    })
}

/// "All levels", "multiple seniority levels": no single level.
fn names_many(title: &Title<'_>) -> bool {
    title.places().any(|at| {
        matches!(
            title.word(at),
            "all" | "seniority" | "multiple" | "various" | "any"
        ) && matches!(title.word(at + 1), "levels" | "level" | "seniorities")
    })
}

#[cfg(test)]
mod tests;
