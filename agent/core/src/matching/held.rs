//! The skills a profile shows.

use crate::{
    profile::{Fact, Profile},
    skill::{self, Aliases, Need, SkillMatch},
    text,
};

/// Most words and bytes of a listed item that is taken for a skill no list has: what the
/// tagger finds in postings is no longer.
const WORDS: usize = 4;
const BYTES: usize = 40;
/// Most items that are looked up; who lists more lists words.
const ITEMS: usize = 300;

/// The skills `profile` shows, each once, with the line that shows it: its
/// skill list first, then what was done, then the rest of its text.
///
/// In a list of skills even an ambiguous word is one ("Go", "R"), so the list
/// is read as a whole. What it names and the lexicon lacks is the skill of the taxonomy
/// with that name, else a skill under the person's own words. The person's aliases are
/// read everywhere.
pub fn held_skills(profile: &Profile) -> Vec<SkillMatch> {
    let listed: Vec<&str> = profile
        .skills
        .iter()
        .map(|fact| fact.text.as_str())
        .collect();
    let aliases = Aliases::of(&profile.aliases);
    let find = |text: &str| skill::find_with(text, &aliases);
    let alone: Vec<Vec<SkillMatch>> = listed.iter().map(|text| find(text)).collect();
    let mut held = Vec::new();
    for mut found in find(&format!("Skills: {}", listed.join(", "))) {
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
    let unread = listed
        .iter()
        .zip(&alone)
        .filter(|(_, alone)| alone.is_empty());
    for found in unread.take(ITEMS).filter_map(|(text, _)| by_name(text)) {
        add(&mut held, found);
    }
    // What an item names as a whole is shown too, whatever skill its words name apart.
    for found in listed.iter().take(ITEMS).filter_map(|text| as_label(text)) {
        add(&mut held, found);
    }
    let mut add_all = |text: &str| {
        for found in find(text) {
            add(&mut held, found);
        }
    };
    let facts = |facts: &[Fact]| {
        facts
            .iter()
            .map(|fact| fact.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
    for position in &profile.work {
        add_all(&format!(
            "{}\n{}",
            position.title,
            facts(&position.highlights)
        ));
    }
    add_all(&facts(&profile.certificates));
    for project in &profile.projects {
        add_all(&project.lines().join("\n"));
    }
    for text in [
        profile.headline.as_deref(),
        profile.summary.as_deref(),
        Some(profile.text.as_str()),
    ] {
        add_all(text.unwrap_or_default());
    }
    let degrees = profile
        .education
        .iter()
        .filter_map(|one| one.degree.as_deref());
    for found in degrees.take(ITEMS).filter_map(of_degree) {
        add(&mut held, found);
    }
    held
}

/// The skill that an item of the list names by itself.
fn by_name(item: &str) -> Option<SkillMatch> {
    let name = text::line(item.split(" (").next().unwrap_or(item));
    let is_name = name.len() <= BYTES
        && name.split(' ').count() <= WORDS
        && name.chars().filter(|c| c.is_alphanumeric()).count() > 1
        && name.contains(char::is_alphabetic)
        && !name.contains([':', '@', '<', '>'])
        && !name.ends_with('.');
    let label = skill::named(&name).map(str::to_owned);
    Some(SkillMatch {
        skill: label.or_else(|| is_name.then_some(name))?,
        need: Need::Named,
        years: None,
        evidence: text::quote(item, 200),
    })
}

/// The skill whose name the item is.
fn as_label(item: &str) -> Option<SkillMatch> {
    Some(SkillMatch {
        skill: skill::named(&text::line(item))?.to_owned(),
        need: Need::Named,
        years: None,
        evidence: text::quote(item, 200),
    })
}

/// The field of study that ends a degree, where a list has it: "B.Sc. Computer Science".
fn of_degree(degree: &str) -> Option<SkillMatch> {
    let line = text::line(degree);
    let words: Vec<&str> = line.split(' ').collect();
    let least = words.len().saturating_sub(WORDS);
    let mut tails = (least..words.len()).filter_map(|from| words.get(from..));
    Some(SkillMatch {
        skill: tails
            .find_map(|tail| skill::named(&tail.join(" ")))?
            .to_owned(),
        need: Need::Named,
        years: None,
        evidence: text::quote(&line, 200),
    })
}

fn add(held: &mut Vec<SkillMatch>, found: SkillMatch) {
    if !held.iter().any(|known| known.skill == found.skill) {
        held.push(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Education;

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

    #[test]
    fn a_degree_shows_its_field() {
        let check = |degree: &str, expected: &[&str]| {
            let studied = Education {
                institution: "Malmö University".to_owned(),
                degree: Some(degree.to_owned()),
                start: None,
                end: None,
                line: None,
            };
            let profile = Profile {
                education: vec![studied],
                ..Profile::default()
            };
            let held = held_skills(&profile);
            let names: Vec<&str> = held.iter().map(|found| found.skill.as_str()).collect();
            assert_eq!(names, expected, "{degree}");
        };
        check("B.Sc. Computer Science", &["Computer science"]);
        check("Computer Science", &["Computer science"]);
        check("Abitur", &[]);
        check("Bachelor of the quiet things", &[]);
    }

    #[test]
    fn what_a_profile_lists_goes_by_the_name_postings_have_it_under() {
        let check = |listed: &str, expected: Option<&str>| {
            let profile = Profile {
                skills: vec![Fact {
                    text: listed.to_owned(),
                    line: None,
                }],
                aliases: [("orca works".to_owned(), "Kubernetes".to_owned())].into(),
                ..Profile::default()
            };
            let held = held_skills(&profile);
            let names: Vec<&str> = held.iter().map(|found| found.skill.as_str()).collect();
            assert_eq!(names, expected.as_slice(), "{listed}");
            assert!(held.iter().all(|found| found.evidence == listed));
        };
        check("Mycology", Some("Mycology"));
        check("Fungi studies (advanced)", Some("Mycology"));
        check("Zephyrine tooling", Some("Zephyrine tooling"));
        check("Orca Works", Some("Kubernetes"));
        check("I have often worked with many other tools", None);
        check("Tools:", None);
        check("7", None);
    }
}
