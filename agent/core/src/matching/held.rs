//! The skills a profile shows.

use crate::{
    profile::{Fact, Profile},
    skill::{self, SkillMatch},
    text,
};

/// The skills `profile` shows, each once, with the line that shows it: its
/// skill list first, then what was done, then the rest of its text.
///
/// In a list of skills even an ambiguous word is one ("Go", "R"), so the list
/// is read as a whole.
pub fn held_skills(profile: &Profile) -> Vec<SkillMatch> {
    let listed: Vec<&str> = profile
        .skills
        .iter()
        .map(|fact| fact.text.as_str())
        .collect();
    let alone: Vec<Vec<SkillMatch>> = listed.iter().map(|text| skill::find(text)).collect();
    let mut held = Vec::new();
    for mut found in skill::find(&format!("Skills: {}", listed.join(", "))) {
        let names = |text: &&str, alone: &[SkillMatch]| {
            text.eq_ignore_ascii_case(&found.skill)
                || alone.iter().any(|alone| alone.skill == found.skill)
        };
        let line = listed
            .iter()
            .zip(&alone)
            .find(|(text, alone)| names(text, alone));
        if let Some((line, _)) = line {
            found.evidence = text::quote(line, 200);
        }
        add(&mut held, found);
    }
    let facts = |facts: &[Fact]| {
        facts
            .iter()
            .map(|fact| fact.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
    for position in &profile.work {
        add_all(
            &mut held,
            &format!("{}\n{}", position.title, facts(&position.highlights)),
        );
    }
    add_all(&mut held, &facts(&profile.certificates));
    for project in &profile.projects {
        add_all(&mut held, &project.lines().join("\n"));
    }
    for text in [
        profile.headline.as_deref(),
        profile.summary.as_deref(),
        Some(profile.text.as_str()),
    ] {
        add_all(&mut held, text.unwrap_or_default());
    }
    held
}

fn add_all(held: &mut Vec<SkillMatch>, text: &str) {
    for found in skill::find(text) {
        add(held, found);
    }
}

fn add(held: &mut Vec<SkillMatch>, found: SkillMatch) {
    if !held.iter().any(|known| known.skill == found.skill) {
        held.push(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_shows_its_skills_with_their_lines() {
        let fact = |text: &str| Fact {
            text: text.to_owned(),
            line: Some(1),
        };
        let profile = Profile {
            skills: vec![fact("Go"), fact("R"), fact("Kubernetes")],
            summary: Some("Built services with PostgreSQL.".to_owned()),
            text: "Kubernetes\nCared for Kafka clusters".to_owned(),
            ..Profile::default()
        };
        let held = held_skills(&profile);
        let names: Vec<&str> = held.iter().map(|found| found.skill.as_str()).collect();
        assert_eq!(names, ["Go", "R", "Kubernetes", "PostgreSQL", "Kafka"]);
        assert_eq!(held[0].evidence, "Go");
        assert_eq!(held[3].evidence, "Built services with PostgreSQL.");
        assert_eq!(held_skills(&Profile::default()), []);
    }
}
