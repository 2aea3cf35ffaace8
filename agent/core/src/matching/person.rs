//! The person, read once for judging many jobs.

use std::collections::{HashMap, HashSet};

use super::{
    Evidence, EvidenceSource,
    constraint::Limits,
    held_skills,
    locate::{Residence, wanted_places},
    near::{self, Near},
    score::{Asked, Kind, Work, level_name, title_words},
};
use crate::{
    job::{Level, Place},
    profile::{Month, Preferences, Profile},
    skill::{self, SkillMatch},
};

/// A title held in the past counts this much beside titles wanted.
const PAST: f64 = 0.85;

/// How many past titles are compared.
const POSITIONS: usize = 6;

/// Profile and preferences with what judging reads from their words.
#[derive(Debug, Clone)]
pub struct Person {
    pub(super) profile: Profile,
    pub(super) prefs: Preferences,
    /// What the constraints compare with.
    pub(super) limits: Limits,
    pub(super) home: Residence,
    /// The places wanted, resolved.
    pub(super) wanted: Vec<Place>,
    /// Skills the profile shows, with the lines that show them.
    pub(super) held: Vec<SkillMatch>,
    /// Labels of the skills held and of those they imply.
    pub(super) covered: HashSet<String>,
    /// Skills held that no list has, in the words of the profile.
    pub(super) unlisted: Vec<String>,
    /// Skills near those held, by label.
    pub(super) near: HashMap<String, Near>,
    /// Titles wanted, then titles held, each once.
    pub(super) titles: Vec<OwnTitle>,
    /// Years worked, when the profile shows any.
    pub(super) years: Option<f64>,
    /// Levels wanted or held, with what says so; `None` when nothing does.
    pub(super) levels: Option<(Vec<Level>, Evidence)>,
}

/// A title wanted or held.
#[derive(Debug, Clone)]
pub(super) struct OwnTitle {
    pub(super) title: String,
    pub(super) source: EvidenceSource,
    pub(super) factor: f64,
    /// Its words that tell professions apart, weighted.
    pub(super) words: Vec<(String, f64)>,
    /// The work it names.
    pub(super) work: Option<Work>,
}

impl Person {
    /// Reads the person; positions without an end run to `today`.
    pub fn new(profile: Profile, prefs: Preferences, today: Month) -> Self {
        let held = held_skills(&profile);
        let years = (!profile.work.is_empty())
            .then(|| profile.years_worked(today))
            .filter(|years| *years > 0.0);
        Self {
            limits: Limits::of(&profile, &prefs),
            home: Residence::of(&profile, &prefs),
            wanted: wanted_places(&prefs),
            titles: titles(&profile, &prefs),
            levels: levels(&profile, &prefs, years),
            covered: covered(&held),
            unlisted: unlisted(&held),
            near: near::by_family(&held),
            held,
            years,
            profile,
            prefs,
        }
    }

    /// The texts whose vectors the person is compared by: the CV in short, then
    /// each title of theirs.
    pub fn texts(&self) -> Vec<String> {
        let titles: Vec<&str> = self.titles.iter().map(|own| own.title.as_str()).collect();
        let named = self.held.iter().map(|found| found.skill.as_str());
        let named: Vec<&str> = named.filter(|label| skill::is_of_lexicon(label)).collect();
        let summary = self.profile.summary.as_deref().unwrap_or_default();
        let cv = format!("{}. {}. {summary}", titles.join(". "), named.join(", "));
        let titles = titles.into_iter().map(str::to_owned);
        std::iter::once(cv).chain(titles).collect()
    }

    /// Whether the person has a skill that is asked for.
    pub(super) fn has(&self, asked: &Asked<'_>) -> bool {
        match asked.kind {
            Kind::Work | Kind::Tagged | Kind::Trait => self.covered.contains(asked.skill),
            Kind::Unlisted => {
                let mut own = self.unlisted.iter();
                own.any(|own| own.eq_ignore_ascii_case(asked.skill))
            }
        }
    }
}

/// Those of `held` that no list has.
pub(super) fn unlisted(held: &[SkillMatch]) -> Vec<String> {
    let unlisted = held.iter().map(|held| &held.skill);
    unlisted
        .filter(|label| Kind::of(label) == Kind::Unlisted)
        .cloned()
        .collect()
}

/// Labels of the skills a profile shows and of those that whoever has them has too.
pub(crate) fn covered_skills(profile: &Profile) -> HashSet<String> {
    covered(&held_skills(profile))
}

/// Labels of `held` and of the skills that whoever has them has too.
pub(super) fn covered(held: &[SkillMatch]) -> HashSet<String> {
    held.iter()
        .flat_map(|held| std::iter::once(held.skill.as_str()).chain(skill::implied(&held.skill)))
        .map(str::to_owned)
        .collect()
}

fn titles(profile: &Profile, prefs: &Preferences) -> Vec<OwnTitle> {
    let factor = if prefs.roles.is_empty() { 1.0 } else { PAST };
    let wanted = prefs
        .roles
        .iter()
        .map(|role| (role.as_str(), EvidenceSource::Preference, 1.0));
    let past = profile
        .work
        .iter()
        .take(POSITIONS)
        .map(|held| held.title.as_str())
        .chain(profile.headline.as_deref())
        .map(|title| (title, EvidenceSource::Profile, factor));
    let mut titles: Vec<OwnTitle> = Vec::new();
    for (title, source, factor) in wanted.chain(past) {
        if title.trim().is_empty() || titles.iter().any(|own| own.title == title) {
            continue;
        }
        titles.push(OwnTitle {
            title: title.to_owned(),
            source,
            factor,
            words: title_words(title),
            work: Work::of(title),
        });
    }
    titles
}

fn levels(
    profile: &Profile,
    prefs: &Preferences,
    years: Option<f64>,
) -> Option<(Vec<Level>, Evidence)> {
    if !prefs.levels.is_empty() {
        let names: Vec<&str> = prefs
            .levels
            .iter()
            .map(|level| level_name(*level))
            .collect();
        let evidence = Evidence::new(EvidenceSource::Preference, &names.join(", "));
        return Some((prefs.levels.clone(), evidence));
    }
    if let Some(level) = profile.level() {
        let title = profile
            .work
            .first()
            .map(|held| held.title.as_str())
            .or(profile.headline.as_deref());
        let evidence = Evidence::new(EvidenceSource::Profile, title.unwrap_or_default());
        return Some((vec![level], evidence));
    }
    let years = years?;
    let evidence = Evidence::new(EvidenceSource::Measure, &format!("{years:.1} years worked"));
    Some((vec![level_of_years(years)], evidence))
}

fn level_of_years(years: f64) -> Level {
    if years < 1.5 {
        Level::Entry
    } else if years < 6.0 {
        Level::Mid
    } else {
        Level::Senior
    }
}
