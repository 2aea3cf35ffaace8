//! Level of the position, where the person set it as a limit.

use super::{Decision, Outcome, decide as decided, unset};
use crate::{
    job::{Job, Level},
    matching::{Evidence, EvidenceSource, Person},
};

pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let prefs = &person.prefs;
    if !prefs.only_levels || prefs.levels.is_empty() {
        return decided(Outcome::Pass, "you set no limit on levels", || {
            unset("only-levels")
        });
    }
    let wish = || {
        let names: Vec<&str> = prefs.levels.iter().map(|level| name(*level)).collect();
        Evidence::new(EvidenceSource::Preference, &names.join(", "))
    };
    let Some(level) = &job.level else {
        return decided(Outcome::Ask, "the posting names no level", move || {
            vec![Evidence::new(EvidenceSource::Posting, &job.title), wish()]
        });
    };
    let evidence = move || vec![Evidence::new(EvidenceSource::Posting, &level.text), wish()];
    if prefs.levels.contains(&level.value) {
        decided(Outcome::Pass, "the level is one you named", evidence)
    } else {
        let text = format!("the level is {}, which you did not name", name(level.value));
        decided(Outcome::Fail, text, evidence)
    }
}

const fn name(level: Level) -> &'static str {
    match level {
        Level::Intern => "intern",
        Level::Entry => "entry",
        Level::Mid => "mid",
        Level::Senior => "senior",
        Level::Lead => "lead",
        Level::Manager => "manager",
        Level::Executive => "executive",
    }
}
