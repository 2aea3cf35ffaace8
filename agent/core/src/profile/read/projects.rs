//! Projects, from the lines of their section.
#![deny(clippy::indexing_slicing)]

use super::{
    contact,
    dates::{self, When},
    lines::{BOLD, Kind, Line},
    parts::{self, parts},
};
use crate::profile::{Fact, Project};

/// Words in front of what a project was made with, lower case.
const MADE_WITH: &[&str] = &[
    "technologies",
    "technology",
    "tech stack",
    "tech",
    "stack",
    "tools",
    "built with",
    "made with",
    "technologien",
    "technik",
    "werkzeuge",
    "technologies utilisées",
    "outils",
    "environnement technique",
    "tecnologías",
    "herramientas",
];
/// The most words a name has.
const LONGEST_NAME: usize = 9;

/// The projects of a section.
pub(super) fn projects(lines: &[Line]) -> Vec<Project> {
    let shape = Shape::of(lines);
    let mut found: Vec<Project> = Vec::new();
    let mut before = Kind::Blank;
    for line in lines {
        let kind = line.kind;
        if kind != Kind::Blank {
            if shape.begins(line, before) || found.is_empty() {
                found.push(begin(line));
            } else if let Some(project) = found.last_mut() {
                go_on(project, line, before);
            }
        }
        before = kind;
    }
    found
}

/// How the projects of a section are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Each under a heading of its own, of this depth.
    Headings(u8),
    /// Each a line, with a list under it.
    LineAndList,
    /// Each an item of a list.
    Items,
    /// Each a paragraph.
    Paragraphs,
    /// Each a line.
    Lines,
}

impl Shape {
    fn of(lines: &[Line]) -> Self {
        let depth = lines.iter().filter_map(|line| match line.kind {
            Kind::Heading(depth) => Some(depth),
            Kind::Blank | Kind::Bullet | Kind::Plain => None,
        });
        if let Some(depth) = depth.min() {
            return Self::Headings(depth.min(BOLD));
        }
        let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
        let first = lines.iter().find(|line| line.kind != Kind::Blank);
        let listed = count(Kind::Bullet) > 0;
        let parted = |line: &Line| name_and_rest(&line.text).1.is_some();
        let plain = lines.iter().filter(|line| line.kind == Kind::Plain);
        let count_parted = plain.filter(|line| parted(line)).count();
        match first.map(|line| line.kind) {
            Some(Kind::Plain) if listed => Self::LineAndList,
            Some(Kind::Bullet) => Self::Items,
            Some(_) if first.is_some_and(parted) && 2 * count_parted >= count(Kind::Plain) => {
                Self::Lines
            }
            _ => Self::Paragraphs,
        }
    }

    fn begins(self, line: &Line, before: Kind) -> bool {
        if labelled(&line.text).is_some() {
            return false;
        }
        match (self, line.kind) {
            (Self::Headings(depth), Kind::Heading(own)) => own <= depth,
            (Self::LineAndList, Kind::Plain) => {
                before == Kind::Blank || before == Kind::Bullet && starts_anew(&line.text)
            }
            (Self::Items, Kind::Bullet) => true,
            (Self::Paragraphs, Kind::Plain) => before == Kind::Blank,
            (Self::Lines, Kind::Plain) => name_and_rest(&line.text).1.is_some(),
            (
                Self::Headings(_)
                | Self::LineAndList
                | Self::Items
                | Self::Paragraphs
                | Self::Lines,
                Kind::Blank | Kind::Bullet | Kind::Plain | Kind::Heading(_),
            ) => false,
        }
    }
}

/// Whether a line under a list is no more of its last item.
fn starts_anew(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !c.is_lowercase())
}

fn begin(line: &Line) -> Project {
    let mut project = Project {
        line: Some(line.number),
        ..Project::default()
    };
    let mut text = line.text.clone();
    if let Some(found) = dates::find(&text) {
        let years = text.get(found.at.clone()).unwrap_or_default().len();
        // A year inside a sentence is no date of the project.
        let head = found.at.end * 2 > text.len() || found.at.start < 60;
        if head && years >= 4 && text.chars().count() < 140 {
            (project.start, project.end) = match found.when {
                When::Between(start, end) if !start.is_after(end) => (Some(start), Some(end)),
                When::Between(..) => (None, None),
                When::Since(start) => (Some(start), None),
                When::Once(end) => (None, Some(end)),
            };
            text = dates::without(&text, &found);
        }
    }
    take_links(&text, &mut project);
    let (name, rest) = name_and_rest(&text);
    let (name, made_with) = brackets(name);
    project.name = name.to_owned();
    project.technologies = made_with;
    for part in rest.into_iter().flat_map(|rest| parts(rest, &[" | "])) {
        add(&mut project, part, None);
    }
    project
}

fn go_on(project: &mut Project, line: &Line, before: Kind) {
    take_links(&line.text, project);
    if let Some(list) = labelled(&line.text) {
        project.technologies.extend(listed(list));
        return;
    }
    let joined = line.kind == Kind::Plain && matches!(before, Kind::Bullet | Kind::Plain);
    match project.achievements.last_mut() {
        Some(last) if joined => {
            last.text.push(' ');
            last.text.push_str(&line.text);
        }
        _ if line.kind == Kind::Bullet => project.achievements.push(Fact {
            text: line.text.clone(),
            line: Some(line.number),
        }),
        _ => add(project, &line.text, Some(before)),
    }
}

/// More of what a project is.
fn add(project: &mut Project, text: &str, before: Option<Kind>) {
    if let Some(list) = labelled(text) {
        project.technologies.extend(listed(list));
        return;
    }
    // A line with nothing but an address says where, not what.
    if text.split(' ').all(|word| contact::link(word).is_some()) {
        return;
    }
    if before == Some(Kind::Plain) && project.description.is_none() && project.name.ends_with('-') {
        project.name.push_str(text);
        return;
    }
    match &mut project.description {
        Some(description) => {
            description.push(' ');
            description.push_str(text);
        }
        None => project.description = Some(text.to_owned()),
    }
}

fn take_links(text: &str, project: &mut Project) {
    let found = text.split(' ').filter_map(contact::link);
    for link in found {
        if !project.links.contains(&link) {
            project.links.push(link);
        }
    }
}

/// "Name – what it is", "Name: what it is".
fn name_and_rest(text: &str) -> (&str, Option<&str>) {
    let cut = [": ", " – ", " — ", " | ", " - ", " · "]
        .iter()
        .filter_map(|mark| text.split_once(mark))
        .filter(|(name, _)| !name.trim().is_empty())
        .min_by_key(|(name, _)| name.len());
    match cut {
        Some((name, rest)) if name.split(' ').count() <= LONGEST_NAME => (
            name.trim(),
            Some(rest.trim()).filter(|rest| !rest.is_empty()),
        ),
        _ => (text.trim(), None),
    }
}

/// "Name (Rust, SQLite)": the name and what stands in its brackets.
fn brackets(name: &str) -> (&str, Vec<String>) {
    let inner = name
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once(" ("));
    match inner {
        Some((name, list)) if list.contains(", ") => (name.trim(), listed(list)),
        _ => (name, Vec::new()),
    }
}

/// What follows "Technologies:".
fn labelled(text: &str) -> Option<&str> {
    let (label, list) = text.split_once(':')?;
    let label = label.trim().to_lowercase();
    MADE_WITH.contains(&label.as_str()).then_some(list)
}

fn listed(list: &str) -> Vec<String> {
    let items = parts(list, parts::LIST).into_iter();
    items
        .map(|item| item.trim_end_matches('.').to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    fn check(raw: &str, expected: &[&str]) {
        let lines = lines::read(raw, lines::Marks::Markdown);
        let got: Vec<String> = projects(&lines)
            .into_iter()
            .map(|one| {
                let year = |month: Option<crate::profile::Month>| {
                    month.map_or(String::new(), |month| month.year.to_string())
                };
                format!(
                    "{}|{}|{}-{}|{}|{}|{}",
                    one.name,
                    one.description.unwrap_or_default(),
                    year(one.start),
                    year(one.end),
                    one.technologies.join(","),
                    one.achievements.len(),
                    one.links.join(",")
                )
            })
            .collect();
        assert_eq!(got, expected, "{raw}");
    }

    #[test]
    fn projects_are_read_in_the_forms_people_write() {
        check(
            "- **tidemark**: measures lag\n- Atlas (Rust, SQLite) – a map of tiles",
            &[
                "tidemark|measures lag|-||0|",
                "Atlas|a map of tiles|-|Rust,SQLite|0|",
            ],
        );
        check(
            "### Harbour (2019 – 2021)\nA board for berths, github.com/a/harbour\n- 40 % fewer calls\n- one more\nTechnologies: Go, React\n\n### Tide\nTides",
            &[
                "Harbour|A board for berths, github.com/a/harbour|2019-2021|Go,React|2|github.com/a/harbour",
                "Tide|Tides|-||0|",
            ],
        );
        check(
            "Weather station | 2020\n• reads sensors\n  over radio\n• stores them\nLamp | 2021\n• shines",
            &["Weather station||-2020||2|", "Lamp||-2021||1|"],
        );
        check(
            "Harbour\nA board.\n\nTide\nTides.",
            &["Harbour|A board.|-||0|", "Tide|Tides.|-||0|"],
        );
        check("", &[]);
    }
}
