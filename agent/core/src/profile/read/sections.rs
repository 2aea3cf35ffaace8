//! The sections of a CV, told by their headings in English, German, French, Spanish,
//! Arabic and Chinese.
#![deny(clippy::indexing_slicing)]

mod guess;
mod headings;

use super::{
    dates,
    lines::{BOLD, Kind, Line},
    words,
};

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// Above the first heading: name, contact, headline.
    Top,
    Contact,
    Summary,
    Work,
    Education,
    Skills,
    Languages,
    Certificates,
    Projects,
    /// Known, and not read: references, hobbies, publications.
    Aside,
    /// A heading that is not known.
    Unknown,
}

/// A part of a CV under one heading.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) topic: Topic,
    /// The heading as written; empty for [`Topic::Top`].
    pub(super) heading: String,
    /// Line of the heading, from 1.
    pub(super) number: u32,
    pub(super) lines: Vec<Line>,
}

/// This many known headings of one depth show that headings are marked.
const MARKED: usize = 3;

/// Cuts `lines` at their headings; at each of `breaks`, numbers of lines, another
/// top begins. The first section is always [`Topic::Top`].
pub(super) fn split_apart(lines: Vec<Line>, breaks: &[u32]) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut rest = lines;
    for at in breaks {
        let after = rest.partition_point(|line| line.number < *at);
        let next = rest.split_off(after);
        sections.extend(split(std::mem::replace(&mut rest, next)));
    }
    sections.extend(split(rest));
    sections
}

/// Cuts `lines` at their headings. The first section is always [`Topic::Top`].
pub(super) fn split(lines: Vec<Line>) -> Vec<Section> {
    let mut sections = vec![Section {
        topic: Topic::Top,
        heading: String::new(),
        number: 1,
        lines: Vec::new(),
    }];
    // Depth of Markdown headings that open sections: that of the first known one.
    let depth = lines.iter().find_map(|line| match line.kind {
        Kind::Heading(depth) => topic_of(&line.text).map(|_| depth),
        Kind::Blank | Kind::Bullet | Kind::Plain => None,
    });
    // A first line in capitals is a name.
    let first = lines
        .iter()
        .find(|line| line.kind != Kind::Blank)
        .map(|line| line.number);
    // Where headings are marked, an unmarked line is none: "Languages" over the
    // programming languages of a skill list.
    let marked = lines
        .iter()
        .filter(|line| depth.is_some_and(|depth| line.kind == Kind::Heading(depth)))
        .filter(|line| topic_of(&line.text).is_some())
        .count()
        >= MARKED;
    let mut after_blank = true;
    for line in lines {
        let topic = match line.kind {
            _ if Some(line.number) == first => {
                topic_of(&line.text).filter(|_| line.kind != Kind::Bullet)
            }
            Kind::Heading(own) => topic_of(&line.text).or_else(|| {
                // The name may stand at the depth of the sections; so may a section nobody knows.
                let section = depth.is_some_and(|depth| own <= depth && own < BOLD)
                    && sections.len() > 1
                    && !is_of_entry(&line.text);
                section.then(|| guess::topic(&line.text).unwrap_or(Topic::Unknown))
            }),
            Kind::Plain if marked => None,
            Kind::Plain => topic_of(&line.text).or_else(|| {
                let shouted = after_blank
                    && depth.is_none()
                    && sections.len() > 1
                    && is_shouted(&line.text)
                    && !is_of_entry(&line.text);
                let labels = depth.is_none()
                    && after_blank
                    && line.text.ends_with(':')
                    && line.text.split(' ').count() <= 4
                    && !line.text.contains([',', '|', '@', '('])
                    && !words::is_title(&line.text);
                let guessed = (shouted || labels).then(|| guess::topic(&line.text));
                match guessed.flatten() {
                    Some(topic) if labels || !is_of_entry(&line.text) => Some(topic),
                    _ => shouted.then_some(Topic::Unknown),
                }
            }),
            Kind::Blank | Kind::Bullet => None,
        };
        after_blank = line.kind == Kind::Blank;
        match topic {
            Some(topic) => {
                sections.push(Section {
                    topic,
                    heading: line.text,
                    number: line.number,
                    lines: Vec::new(),
                });
            }
            None => {
                if let Some(section) = sections.last_mut() {
                    section.lines.push(line);
                }
            }
        }
    }
    sections
}

/// The topic `heading` names; `None` for a line that is no known heading.
pub(super) fn topic_of(heading: &str) -> Option<Topic> {
    let heading = heading.trim().trim_end_matches([':', '：']).trim();
    // Icons of a symbol font in front.
    let heading = heading.trim_start_matches(|c: char| !c.is_alphanumeric());
    // "1. Experience", "II Education" and the like.
    let heading =
        heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    if heading.is_empty() || heading.chars().count() > 60 {
        return None;
    }
    // "E X P E R I E N C E"
    let letters: Vec<&str> = heading.split(' ').collect();
    let spaced = letters.len() >= 4 && letters.iter().all(|letter| letter.chars().count() == 1);
    let name = if spaced {
        letters.concat()
    } else {
        heading.to_owned()
    };
    let name = name
        .to_lowercase()
        .replace('&', "and")
        .replace(" + ", " and ")
        .replace(" / ", " and ");
    let exact = |name: &str| {
        headings::KNOWN
            .iter()
            .find(|(_, names)| names.contains(&name))
            .map(|(topic, _)| *topic)
    };
    exact(&name).or_else(|| {
        // "Skills and tools": the first part names it.
        [" and ", " und ", " et ", " y "].iter().find_map(|and| {
            let (first, second) = name.split_once(and)?;
            (second.split(' ').count() <= 3)
                .then(|| exact(first))
                .flatten()
        })
    })
}

/// Whether a line names a title, an employer or a degree, or has dates: then it
/// belongs to an entry and is no heading of a section.
fn is_of_entry(line: &str) -> bool {
    words::is_title(line)
        || words::is_organisation(line)
        || dates::find(line).is_some()
        || line.contains(" | ")
}

/// A short line in capitals: a heading, known or not.
fn is_shouted(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && line.chars().count() <= 40
        && line.split(' ').count() <= 4
        && !line
            .chars()
            .any(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ',' | '|' | '@'))
}

#[cfg(test)]
mod tests {
    use super::{
        super::lines::{self, Marks},
        *,
    };

    #[test]
    fn headings_are_known_in_many_forms() {
        for (heading, expected) in [
            ("Experience", Some(Topic::Work)),
            ("WORK EXPERIENCE:", Some(Topic::Work)),
            ("Berufserfahrung", Some(Topic::Work)),
            ("Expérience professionnelle", Some(Topic::Work)),
            ("EXPÉRIENCES", Some(Topic::Work)),
            ("2. Employment History", Some(Topic::Work)),
            ("Ausbildung & Studium", Some(Topic::Education)),
            ("Formation", Some(Topic::Education)),
            ("Skills & Tools", Some(Topic::Skills)),
            ("Sprachkenntnisse", Some(Topic::Languages)),
            ("الخبرة المهنية", Some(Topic::Work)),
            ("工作经历：", Some(Topic::Work)),
            ("Sprachen und Hobbys", Some(Topic::Languages)),
            ("S K I L L S", Some(Topic::Skills)),
            ("Fort- und Weiterbildungen", Some(Topic::Certificates)),
            ("Experience with Rust in production", None),
            ("Acme GmbH", None),
            ("", None),
        ] {
            assert_eq!(topic_of(heading), expected, "{heading}");
        }
    }

    #[test]
    fn every_heading_has_one_topic() {
        let mut seen = std::collections::BTreeSet::new();
        for (topic, names) in headings::KNOWN {
            for name in *names {
                assert!(seen.insert(*name), "{name} twice");
                assert_eq!(topic_of(&name.to_uppercase()), Some(*topic), "{name}");
            }
        }
    }

    fn check(raw: &str, markdown: bool, expected: &[(Topic, usize)]) {
        let sections = split(lines::read(
            raw,
            if markdown {
                Marks::Markdown
            } else {
                Marks::Plain
            },
        ));
        let got: Vec<_> = sections
            .iter()
            .map(|section| {
                (
                    section.topic,
                    section
                        .lines
                        .iter()
                        .filter(|line| line.kind != Kind::Blank)
                        .count(),
                )
            })
            .collect();
        assert_eq!(got, expected, "{raw}");
    }

    #[test]
    fn a_cv_is_cut_at_its_headings() {
        check(
            "# Ada Bell\nada@example.org\n## Experience\n### Engineer\n- did\n## Stuff\nx\n## Skills\nRust",
            true,
            &[
                (Topic::Top, 2),
                (Topic::Work, 2),
                (Topic::Unknown, 1),
                (Topic::Skills, 1),
            ],
        );
        check(
            "ADA BELL\nLondon\n\nEXPERIENCE\nEngineer, ACME\n2019-2020\n\nMY CATS\nTom\n\nSkills:\nRust",
            false,
            &[
                (Topic::Top, 2),
                (Topic::Work, 2),
                (Topic::Unknown, 1),
                (Topic::Skills, 1),
            ],
        );
        check(
            "# Experience\nx\n# Education\ny",
            true,
            &[(Topic::Top, 0), (Topic::Work, 1), (Topic::Education, 1)],
        );
    }
}
