//! What a text may rest on: the stated facts of a profile and the sentences of a posting.
#![deny(clippy::indexing_slicing)]

use std::collections::{HashMap, HashSet};

use super::{
    Grounds,
    dates::{self, months},
    number::{Number, numbers},
    token::{self, Token, tokens},
};
use crate::{
    matching::{SkillYears, covered_skills, skill_years},
    profile::{Position, Profile},
    skill::{self, Aliases},
    text,
};

/// Where a line of the profile stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Name, headline, summary, address.
    Head,
    /// A position, by its number.
    Position(usize),
    /// Education.
    Education,
    /// A skill of the list.
    Skill,
    /// A certificate.
    Certificate,
    /// A language.
    Language,
    /// A project.
    Project,
    /// What was done without pay, in the rest of the CV's text.
    Volunteering,
    /// The rest of the CV's text.
    Text,
}

/// The heading over what was done without pay.
const VOLUNTEERING: &str = "volunteering";

/// A line and what it says.
#[derive(Debug)]
pub(super) struct Line {
    /// Id of the fact; empty for the rest of the CV's text.
    pub(super) id: String,
    pub(super) text: String,
    pub(super) place: Place,
    /// States a title held or wanted.
    pub(super) is_title: bool,
    pub(super) roots: HashSet<String>,
    pub(super) words: Vec<String>,
    pub(super) numbers: Vec<f64>,
}

/// Both sides, read once.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) person: Vec<Line>,
    pub(super) posting: Vec<Line>,
    /// Lines of the person by the roots in them.
    pub(super) by_root: HashMap<String, Vec<usize>>,
    pub(super) covered: HashSet<String>,
    pub(super) asked: HashSet<String>,
    /// Years worked in all.
    pub(super) years: f64,
    pub(super) skill_years: Vec<SkillYears>,
    /// Words of each employer's name, with the position's number.
    pub(super) employers: Vec<(Vec<String>, usize)>,
    /// Words of the name of the posting's employer.
    pub(super) employer: Vec<String>,
    pub(super) aliases: Aliases,
}

/// Words in names of employers that many share.
const COMMON: &[&str] = &[
    "gmbh", "ltd", "inc", "llc", "ag", "se", "the", "and", "of", "co", "group", "plc", "kg", "sa",
    "labs", "systems", "company", "limited", "corp", "bv", "ab", "services", "software", "st",
];

impl Line {
    pub(super) fn new(id: String, written: &str, place: Place) -> Self {
        let read = tokens(&format!("{written}{}", dates::spelled(written)));
        let numbers = numbers(&read)
            .iter()
            .map(|number: &Number| number.value)
            .collect();
        Self {
            id,
            text: text::line(written),
            place,
            is_title: false,
            roots: read.iter().map(|token| token.root.clone()).collect(),
            words: read.into_iter().map(|token: Token| token.lower).collect(),
            numbers,
        }
    }

    /// Whether the words stand in it one after another.
    pub(super) fn has_in_a_row(&self, words: &[&str]) -> bool {
        self.words
            .windows(words.len().max(1))
            .any(|window| window.iter().zip(words).all(|(a, b)| bare(a) == bare(b)))
    }

    /// The position it stands in.
    pub(super) fn position(&self) -> Option<usize> {
        match self.place {
            Place::Position(position) => Some(position),
            Place::Head
            | Place::Education
            | Place::Skill
            | Place::Certificate
            | Place::Language
            | Place::Project
            | Place::Volunteering
            | Place::Text => None,
        }
    }
}

impl Index {
    pub(super) fn new(grounds: &Grounds<'_>) -> Self {
        let profile = grounds.profile;
        let person = person_lines(grounds);
        let mut by_root: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, line) in person.iter().enumerate() {
            for root in &line.roots {
                by_root.entry(root.clone()).or_default().push(at);
            }
        }
        let stated = [grounds.posting.title, grounds.posting.employer];
        let posting: Vec<Line> = stated
            .into_iter()
            .chain(text::sentences(grounds.posting.text))
            .map(|sentence| Line::new(String::new(), sentence, Place::Text))
            .collect();
        let aliases = Aliases::of(&profile.aliases);
        let asked = format!("{}\n{}", grounds.posting.title, grounds.posting.text);
        let asked = skill::places(&asked, &aliases)
            .into_iter()
            .map(|(_, label)| label);
        let mut covered = covered_skills(profile);
        // What stands in the CV in the same words is the person's, whatever it is called.
        covered.extend(profile.skills.iter().map(|fact| fact.text.clone()));
        Self {
            asked: asked.collect(),
            covered,
            years: profile.years_worked(grounds.today),
            skill_years: skill_years(profile, grounds.today),
            employers: employers(&profile.work, &person, &by_root),
            employer: name_words(grounds.posting.employer),
            person,
            posting,
            by_root,
            aliases,
        }
    }

    /// Years worked in the positions of these numbers.
    pub(super) fn years_in(&self, grounds: &Grounds<'_>, positions: &[usize]) -> f64 {
        let held = grounds.profile.work.iter().enumerate();
        let held = held
            .filter(|(at, _)| positions.contains(at))
            .map(|(_, held)| held);
        crate::profile::years_of(held, grounds.today)
    }
}

/// The words of a name.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let words = tokens(name).into_iter();
    words.map(|token| bare(&token.lower).to_owned()).collect()
}

/// A word without the ending of what somebody owns.
pub(super) fn bare(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// The distinctive words of a name.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let words = words_of(name);
    let own: Vec<String> = words
        .iter()
        .filter(|word| !COMMON.contains(&word.as_str()))
        .cloned()
        .collect();
    if own.is_empty() { words } else { own }
}

/// The names of the employers, and of each the first word alone where nothing else of
/// the profile is called so.
fn employers(
    work: &[Position],
    lines: &[Line],
    by_root: &HashMap<String, Vec<usize>>,
) -> Vec<(Vec<String>, usize)> {
    let mut named = Vec::new();
    for (at, held) in work.iter().enumerate() {
        let Some(employer) = held.employer.as_deref() else {
            continue;
        };
        let words = name_words(employer);
        let Some(first) = words.first().cloned() else {
            continue;
        };
        let holds = |line: &Line| {
            line.place == Place::Text
                || line
                    .position()
                    .and_then(|at| work.get(at))
                    .is_some_and(|held| held.employer.as_deref() == Some(employer))
        };
        let stated = by_root.get(&token::root(&first)).into_iter().flatten();
        let is_own = stated.filter_map(|at| lines.get(*at)).all(holds);
        if words.len() > 1 && is_own {
            named.push((vec![first], at));
        }
        named.push((words, at));
    }
    named
}

/// Lines of the CV's text that facts were read from.
fn lines_held(profile: &Profile) -> HashSet<u32> {
    let work = profile.work.iter().flat_map(|held| {
        let done = held.highlights.iter().map(|done| done.line);
        done.chain([held.line])
    });
    let studied = profile.education.iter().map(|one| one.line);
    let certificates = profile.certificates.iter().map(|one| one.line);
    let spoken = profile.languages.iter().map(|one| one.line);
    let lines = work.chain(studied).chain(certificates).chain(spoken);
    lines.flatten().collect()
}

/// The lines of the profile, each stated fact under its id.
pub(super) fn person_lines(grounds: &Grounds<'_>) -> Vec<Line> {
    let profile = grounds.profile;
    let mut lines = Vec::new();
    let mut add = |id: String, text: &str, place: Place, is_title: bool| {
        if !text.trim().is_empty() {
            let line = Line::new(id, text, place);
            lines.push(Line { is_title, ..line });
        }
    };
    let head = [
        ("name", Some(profile.name.as_str())),
        ("headline", profile.headline.as_deref()),
        ("location", profile.location.as_deref()),
        ("summary", profile.summary.as_deref()),
        ("email", profile.email.as_deref()),
        ("phone", profile.phone.as_deref()),
    ];
    for (id, stated) in head {
        add(
            id.to_owned(),
            stated.unwrap_or_default(),
            Place::Head,
            id == "headline",
        );
    }
    for (at, held) in profile.work.iter().enumerate() {
        let place = Place::Position(at);
        let number = at + 1;
        let employer = held.employer.as_deref().unwrap_or_default();
        let time = months(held.start, held.end, true);
        let joined = [held.title.as_str(), employer, time.as_str()];
        let joined: Vec<&str> = joined.into_iter().filter(|part| !part.is_empty()).collect();
        add(format!("w{number}"), &joined.join(", "), place, true);
        for (line, did) in held.highlights.iter().enumerate() {
            add(format!("w{number}.{}", line + 1), &did.text, place, false);
        }
    }
    for (at, studied) in profile.education.iter().enumerate() {
        let time = months(studied.start, studied.end, false);
        let joined = [
            studied.degree.as_deref().unwrap_or_default(),
            studied.institution.as_str(),
            time.as_str(),
        ];
        let joined: Vec<&str> = joined.into_iter().filter(|part| !part.is_empty()).collect();
        add(
            format!("e{}", at + 1),
            &joined.join(", "),
            Place::Education,
            false,
        );
    }
    for (at, skill) in profile.skills.iter().enumerate() {
        add(format!("s{}", at + 1), &skill.text, Place::Skill, false);
    }
    for (at, certificate) in profile.certificates.iter().enumerate() {
        add(
            format!("c{}", at + 1),
            &certificate.text,
            Place::Certificate,
            false,
        );
    }
    for (at, spoken) in profile.languages.iter().enumerate() {
        let name = crate::profile::language_name(&spoken.code);
        let fluency = spoken.fluency.as_deref().unwrap_or_default();
        add(
            format!("l{}", at + 1),
            format!("{name} {fluency}").trim(),
            Place::Language,
            false,
        );
    }
    for (at, project) in profile.projects.iter().enumerate() {
        let time = months(project.start, project.end, false);
        let all = project.lines();
        let all = all
            .into_iter()
            .chain((!time.is_empty()).then_some(time.as_str()));
        add(
            format!("p{}", at + 1),
            &all.collect::<Vec<_>>().join("; "),
            Place::Project,
            false,
        );
    }
    for link in &profile.links {
        add(String::new(), link, Place::Head, false);
    }
    // A fact stands where it is held; its line in the text would stand nowhere.
    let held = lines_held(profile);
    let mut place = Place::Text;
    for (number, line) in (1..).zip(profile.text.lines()) {
        if line.trim().is_empty() {
            place = Place::Text;
        } else if line.trim().eq_ignore_ascii_case(VOLUNTEERING) {
            place = Place::Volunteering;
        } else if !held.contains(&number) {
            add(String::new(), line, place, false);
        }
    }
    lines
}
