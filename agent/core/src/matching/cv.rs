//! Which of the person's CVs states most of what a posting asks for, and what a
//! CV states that the profile does not.
#![deny(clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashSet};

use super::{held_skills, person::covered};
use crate::{
    profile::Profile,
    skill::{self, SkillMatch},
    text,
};

/// The most facts of one kind that are asked about.
const MOST_NAMED: usize = 12;

/// The skills a CV shows, those they imply among them.
pub fn shown_skills(profile: &Profile) -> HashSet<String> {
    covered(&held_skills(profile))
}

/// How the CVs of a person meet what a posting asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CvFit {
    /// The place of the one to attach, in the order they were given.
    pub best: usize,
    /// Skills the posting asks for.
    pub asked: usize,
    /// How many of them each CV shows.
    pub shown: Vec<usize>,
}

/// Finds the CV that shows most of the skills `asked`. `cvs` begins with the main
/// CV: of equals the first is taken, so another goes along only when it shows more.
pub fn fit_cvs(asked: &[SkillMatch], cvs: &[HashSet<String>]) -> CvFit {
    let asked: BTreeSet<&str> = asked
        .iter()
        .map(|asked| asked.skill.as_str())
        .filter(|asked| skill::category(asked).is_some())
        .collect();
    let count = |shown: &HashSet<String>| asked.iter().filter(|one| shown.contains(**one)).count();
    let shown: Vec<usize> = cvs.iter().map(count).collect();
    let most = shown.iter().copied().max().unwrap_or_default();
    CvFit {
        best: shown
            .iter()
            .position(|shown| *shown == most)
            .unwrap_or_default(),
        asked: asked.len(),
        shown,
    }
}

impl CvFit {
    /// Why the best one is proposed, in words: "it shows 7 of 9 skills asked; main
    /// shows 5". `names` are those of the CVs in their order.
    pub fn why(&self, names: &[&str]) -> String {
        let asked = self.asked;
        let best = self.shown.get(self.best).copied().unwrap_or_default();
        let others = || {
            let all = names.iter().zip(&self.shown).enumerate();
            all.filter(|(place, _)| *place != self.best)
                .map(|(_, one)| one)
        };
        if asked == 0 {
            return "the posting names no skills, so your main CV goes along".to_owned();
        }
        let Some((next, shows)) = others().max_by_key(|(_, shown)| **shown) else {
            return format!("it shows {best} of {asked} skills asked");
        };
        let (next, shows) = match others().next() {
            // The main CV is what another is measured by.
            Some((main, shows)) if self.best != 0 => (main, shows),
            _ => (next, shows),
        };
        if best == *shows {
            return format!("it shows {best} of {asked} skills asked, and no other shows more");
        }
        format!("it shows {best} of {asked} skills asked; {next} shows {shows}")
    }
}

/// What `variant` states and `profile` does not, or otherwise, a question each.
/// The profile stays as it is: an answer to a form is taken from it alone, so
/// the person is asked what holds.
pub fn beyond_profile(profile: &Profile, variant: &Profile) -> Vec<String> {
    let mut questions = Vec::new();
    let told = |value: &Option<String>| value.clone().unwrap_or_default();
    for (what, key, own, other) in [
        ("name", "name", profile.name.clone(), variant.name.clone()),
        (
            "e-mail address",
            "email",
            told(&profile.email),
            told(&variant.email),
        ),
        (
            "telephone number",
            "phone",
            told(&profile.phone),
            told(&variant.phone),
        ),
    ] {
        if !other.is_empty() && plain(&own) != plain(&other) {
            let own = if own.is_empty() { "none" } else { &own };
            questions.push(format!(
                "Your {what} is “{}” in it, and “{}” in your profile: which is right? Forms are filled with your profile's (agentctl profile edit {key} …).",
                text::quote(&other, 80),
                text::quote(own, 80)
            ));
        }
    }
    let known = shown_skills(profile);
    let fresh: Vec<String> = held_skills(variant)
        .into_iter()
        .map(|held| held.skill)
        .filter(|skill| !known.contains(skill))
        .collect();
    if !fresh.is_empty() {
        questions.push(format!(
            "It shows skills your profile does not: {}. Where they are yours, say so: agentctl profile skill NAME 1-5.",
            named(&fresh)
        ));
    }
    let own: BTreeSet<String> = profile
        .work
        .iter()
        .filter_map(|held| held.employer.as_deref())
        .map(plain)
        .collect();
    let positions: Vec<String> = variant
        .work
        .iter()
        .filter_map(|held| held.employer.clone())
        .filter(|employer| !own.contains(&plain(employer)))
        .collect();
    if !positions.is_empty() {
        questions.push(format!(
            "It names employers your profile does not: {}. Does your main CV lack them? It alone is what jobs are judged by (agentctl profile import FILE).",
            named(&positions)
        ));
    }
    questions
}

fn plain(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || *c == '@';
    text.to_lowercase().chars().filter(kept).collect()
}

/// The first names, and how many more there are.
fn named(names: &[String]) -> String {
    let first: Vec<String> = names
        .iter()
        .take(MOST_NAMED)
        .map(|name| text::quote(name, 60))
        .collect();
    match names.len().saturating_sub(first.len()) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        profile::{Fact, Position},
        skill::Need,
    };

    fn asked(skills: &[&str]) -> Vec<SkillMatch> {
        skills
            .iter()
            .map(|skill| SkillMatch {
                skill: (*skill).to_owned(),
                need: Need::Named,
                years: None,
                evidence: (*skill).to_owned(),
            })
            .collect()
    }

    fn cv(skills: &[&str]) -> Profile {
        Profile {
            skills: skills
                .iter()
                .map(|skill| Fact {
                    text: (*skill).to_owned(),
                    line: None,
                })
                .collect(),
            ..Profile::default()
        }
    }

    #[test]
    fn the_cv_that_shows_most_of_what_is_asked_goes_along() {
        let check = |of: &[&str], cvs: &[&[&str]], best: usize, why: &str| {
            let shown: Vec<_> = cvs.iter().map(|skills| shown_skills(&cv(skills))).collect();
            let fit = fit_cvs(&asked(of), &shown);
            let names: Vec<&str> = ["main", "backend", "data"]
                .into_iter()
                .take(cvs.len())
                .collect();
            assert_eq!(
                (fit.best, fit.why(&names)),
                (best, why.to_owned()),
                "{of:?} {cvs:?}"
            );
        };
        let job = &["Rust", "Kafka", "PostgreSQL"];
        check(
            job,
            &[&["Rust"], &["Rust", "Kafka"], &["Python"]],
            1,
            "it shows 2 of 3 skills asked; main shows 1",
        );
        // Another goes along only when it shows more than the main one.
        check(
            job,
            &[&["Rust", "Kafka"], &["Kafka", "PostgreSQL"]],
            0,
            "it shows 2 of 3 skills asked, and no other shows more",
        );
        check(
            job,
            &[&["Rust", "Kafka"], &["PostgreSQL"]],
            0,
            "it shows 2 of 3 skills asked; backend shows 1",
        );
        check(
            job,
            &[&[], &["Kafka", "Rust"], &["Rust", "Kafka"]],
            1,
            "it shows 2 of 3 skills asked; main shows 0",
        );
        check(job, &[&["Rust"]], 0, "it shows 1 of 3 skills asked");
        // What is asked twice counts once, and what is no skill not at all.
        check(
            &["Rust", "Rust", "a sunny mood"],
            &[&["Kafka"], &["Rust"]],
            1,
            "it shows 1 of 1 skills asked; main shows 0",
        );
        check(
            &[],
            &[&["Rust"], &["Kafka"]],
            0,
            "the posting names no skills, so your main CV goes along",
        );
        assert_eq!(fit_cvs(&asked(job), &[]).best, 0);
    }

    #[test]
    fn what_a_cv_states_beyond_the_profile_is_asked() {
        let held = |employer: &str| Position {
            title: "Engineer".to_owned(),
            employer: Some(employer.to_owned()),
            start: None,
            end: None,
            highlights: Vec::new(),
            line: None,
        };
        let profile = Profile {
            name: "Ada Example".to_owned(),
            email: Some("ada@example.org".to_owned()),
            phone: Some("+49 30 1234".to_owned()),
            work: vec![held("Kranich GmbH")],
            ..cv(&["Rust"])
        };
        let other = Profile {
            name: "Ada  EXAMPLE".to_owned(),
            email: Some("ada@work.example".to_owned()),
            phone: Some("+49-30-1234".to_owned()),
            work: vec![held("kranich gmbh"), held("Borealis")],
            ..cv(&["Rust", "Kafka"])
        };
        let questions = beyond_profile(&profile, &other);
        let has = |words: &str| questions.iter().any(|one| one.contains(words));
        assert_eq!(questions.len(), 3, "{questions:#?}");
        assert!(has("ada@work.example") && has("not: Kafka.") && has("not: Borealis."));
        // A CV that says the same asks nothing.
        assert_eq!(beyond_profile(&profile, &profile), Vec::<String>::new());
    }
}
