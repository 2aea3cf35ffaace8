//! How long each skill was worked with, by the dated positions that name it.

use crate::{
    profile::{Month, Position, Profile, years_of},
    skill::{self, Aliases},
};

/// A skill and the years it was worked with.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillYears {
    /// Its preferred name.
    pub skill: String,
    /// Years up to today; positions at the same time count once.
    pub years: f64,
}

/// The years of each skill that a dated position of `profile` names, longest first.
///
/// A skill the CV only lists has no years: when it was used is not said.
pub fn skill_years(profile: &Profile, today: Month) -> Vec<SkillYears> {
    let listed: Vec<&str> = profile
        .skills
        .iter()
        .map(|fact| fact.text.as_str())
        .collect();
    // A word that is ambiguous in prose ("Rust") is the skill where the CV lists it.
    let aliases = Aliases::of(&profile.aliases);
    let listed = skill::find_with(&format!("Skills: {}", listed.join(", ")), &aliases);
    let mut named: Vec<(String, Vec<&Position>)> = Vec::new();
    for position in &profile.work {
        let done = position.highlights.iter().map(|fact| fact.text.as_str());
        let text: Vec<&str> = std::iter::once(position.title.as_str())
            .chain(done)
            .collect();
        let text = text.join("\n");
        let mut found: Vec<String> = skill::find_with(&text, &aliases)
            .into_iter()
            .map(|one| one.skill)
            .collect();
        let meant = listed.iter().map(|one| &one.skill);
        found.extend(meant.filter(|skill| says(&text, skill)).cloned());
        found.sort_unstable();
        found.dedup();
        for skill in found {
            match named.iter_mut().find(|(named, _)| *named == skill) {
                Some((_, positions)) => positions.push(position),
                None => named.push((skill, vec![position])),
            }
        }
    }
    let mut years: Vec<SkillYears> = named
        .into_iter()
        .map(|(skill, positions)| SkillYears {
            years: years_of(positions, today),
            skill,
        })
        .filter(|one| one.years > 0.0)
        .collect();
    years.sort_by(|a, b| {
        b.years
            .total_cmp(&a.years)
            .then_with(|| a.skill.cmp(&b.skill))
    });
    years
}

/// Whether `text` has `name` as a word of its own, in the same letters.
fn says(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#');
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text.get(..at), text.get(at + name.len()..));
        let before = before.and_then(|before| before.chars().next_back());
        let after = after.and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Fact;

    #[test]
    fn the_time_of_a_skill_is_that_of_the_positions_that_name_it_counted_once() {
        let position = |start, end, did: &str| Position {
            title: "Engineer".to_owned(),
            employer: None,
            start: Month::of_iso(start),
            end: Month::of_iso(end),
            highlights: vec![Fact {
                text: did.to_owned(),
                line: None,
            }],
            line: None,
        };
        let profile = Profile {
            work: vec![
                position(
                    "2020-01",
                    "2021-12",
                    "Services in Rust on Kubernetes, with TrustSec",
                ),
                position("2021-01", "2022-12", "A Rust parser"),
                position("", "", "PostgreSQL"),
            ],
            skills: ["Kafka", "Rust"]
                .map(|skill| Fact {
                    text: skill.to_owned(),
                    line: None,
                })
                .to_vec(),
            ..Profile::default()
        };
        let today = Month::of_iso("2026-11").unwrap();
        let years = skill_years(&profile, today);
        let told: Vec<(&str, f64)> = years
            .iter()
            .map(|one| (one.skill.as_str(), one.years))
            .collect();
        assert_eq!(told, [("Rust", 3.0), ("Kubernetes", 2.0)]);
    }
}
