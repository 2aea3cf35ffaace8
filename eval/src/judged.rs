//! Judging as the daemon does: the same skills, texts, vectors and judge.

use agent_core::{
    job::Job,
    matching::{Direction, Found, Judge, Person, Weights},
    profile::{Month, Preferences, Profile},
    skill::{self, Aliases},
};
use agent_models::BuiltIn;
use anyhow::Result;

/// Months are counted to this one, so that a result does not depend on the day.
const TODAY: Month = Month {
    year: 2026,
    month: 11,
};

/// A judge of jobs for the person with `profile` and `prefs`.
pub(crate) fn judge(models: &BuiltIn, profile: Profile, prefs: Preferences) -> Result<Judge> {
    let person = Person::new(profile, prefs, TODAY);
    let vectors = models.embed(&person.texts())?;
    Ok(Judge::new(person, Weights::default(), &vectors))
}

/// What enrichment finds in `job`.
pub(crate) fn found(models: &BuiltIn, job: &Job) -> Result<Found> {
    let told = job.told();
    let skills = skill::find_asked(&told.searched(), &Aliases::default());
    let vectors = models.embed(&told.embedded(&skills))?;
    let mut directions = vectors.iter().map(|vector| Direction::of(vector));
    Ok(Found {
        text: directions.next().flatten(),
        title: directions.next().flatten(),
        skills,
    })
}
