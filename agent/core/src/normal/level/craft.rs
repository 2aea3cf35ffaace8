//! Crafts of a title: professions that sound like levels, and numbered levels.
#![deny(clippy::indexing_slicing)]

use super::title::{Mark, Title};
use crate::{job::Level, text::Words};

static MANAGERS: Words = Words::of(
    "manager, managerin, projektleiter, projektleiterin, projektleitung, bauleiter, bauleiterin,
     bauleitung",
);

/// After "staff": a profession whose name has the word.
static STAFF_PROFESSIONS: Words = Words::of(
    "nurse, accountant, writer, pharmacist, attorney, member, assistant, physician, reporter",
);

/// Crafts whose levels are numbered.
static NUMBERED: Words = Words::of(
    "engineer, developer, analyst, scientist, designer, administrator, technician, specialist,
     accountant, associate, consultant, programmer, architect, nurse, teacher, operator,
     representative, level, researcher, coordinator, swe, sde, electrician, clerk",
);

/// The profession whose name only sounds like a level: an experienced person's,
/// unless a level stands before it.
pub(super) fn of<'a>(title: &Title<'a>) -> Option<Mark<'a>> {
    let mark = |from, to| Some(title.mark(Level::Mid, from, to));
    if let Some(at) = title.places().find(|at| MANAGERS.has(title.word(*at))) {
        return mark(at.saturating_sub(1), at);
    }
    let staff = title.places().find(|at| title.word(*at) == "staff")?;
    if STAFF_PROFESSIONS.has(title.word(staff + 1)) {
        mark(staff, staff + 1)
    } else {
        None
    }
}

/// "Software Developer II", "Engineer 3": a number at the end of a part of the title.
pub(super) fn numbered<'a>(title: &Title<'a>) -> Option<Mark<'a>> {
    title.places().skip(1).find_map(|at| {
        let level = match title.span(at, at) {
            "I" | "1" => Level::Entry,
            "II" | "2" => Level::Mid,
            "III" | "3" | "IV" | "4" => Level::Senior,
            "V" | "5" => Level::Lead,
            _ => return None,
        };
        let rest = title.after(at).trim_start();
        let ends = rest.is_empty() || rest.starts_with(['-', '–', '(', ',', '/', '|', ':']);
        (ends && NUMBERED.has(title.before(at))).then(|| title.mark(level, at - 1, at))
    })
}
