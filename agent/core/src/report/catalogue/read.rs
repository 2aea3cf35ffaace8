//! Reads the catalogue, and refuses what is wrong in it.
//!
//! ```text
//! # a remark
//! Label | 40-80 | First, Second      a skill, its hours, what comes before
//! + what one can do then
//! - Name | https://… | what it covers
//! = Name | 20-40 | Label, Label      a project, its hours, what it shows
//! + what there is in the end
//! ```

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::{Catalogue, Hours, Lesson, Project, Resource};
use crate::skill;

/// Longest time one entry may take, in hours.
const LONGEST: u32 = 3_000;
/// Most resources of a skill.
const RESOURCES: usize = 3;
/// Longest line of an entry, in characters.
const LINE: usize = 240;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct CatalogueError {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where it is the whole.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// What stands in a line.
enum Entry {
    Lesson(Lesson),
    Project(Project),
}

/// Reads all files together: what one names may stand in another.
pub fn read(files: &[(&str, &str)]) -> Result<Catalogue, CatalogueError> {
    let mut catalogue = Catalogue::default();
    for (file, text) in files {
        let wrong = |line: usize, what: String| CatalogueError {
            file: (*file).to_owned(),
            line,
            what,
        };
        let mut open: Option<(usize, Entry)> = None;
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if text.chars().count() > LINE {
                return Err(wrong(line, format!("longer than {LINE} characters")));
            }
            let of_open = text.strip_prefix("+ ").or_else(|| text.strip_prefix("- "));
            match (of_open, &mut open) {
                (Some(rest), Some((_, entry))) => {
                    add(entry, text.starts_with('+'), rest).map_err(|what| wrong(line, what))?;
                }
                (Some(_), None) => return Err(wrong(line, "belongs to no skill".to_owned())),
                (None, _) => {
                    if let Some((at, entry)) = open.take() {
                        close(&mut catalogue, entry).map_err(|what| wrong(at, what))?;
                    }
                    open = Some((line, begin(text).map_err(|what| wrong(line, what))?));
                }
            }
        }
        if let Some((at, entry)) = open {
            close(&mut catalogue, entry).map_err(|what| wrong(at, what))?;
        }
    }
    check(&catalogue).map_err(|what| CatalogueError {
        file: "catalogue".to_owned(),
        line: 0,
        what,
    })?;
    Ok(catalogue)
}

/// The first line of an entry.
fn begin(text: &str) -> Result<Entry, String> {
    let project = text.strip_prefix("= ");
    let mut parts = project.unwrap_or(text).split('|').map(str::trim);
    let (Some(name), Some(hours), labels, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("wants a name, hours and other skills, with | between".to_owned());
    };
    let hours = hours_of(hours)?;
    let labels = labels_of(labels.unwrap_or_default())?;
    Ok(if project.is_some() {
        Entry::Project(Project {
            name: name.to_owned(),
            shows: labels,
            hours,
            result: Vec::new(),
        })
    } else {
        Entry::Lesson(Lesson {
            skill: label(name)?,
            hours,
            after: labels,
            can: Vec::new(),
            resources: Vec::new(),
        })
    })
}

fn hours_of(text: &str) -> Result<Hours, String> {
    let wrong = || format!("{text:?} is no range of hours such as 20-40");
    let (least, most) = text.split_once('-').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| wrong());
    let hours = Hours {
        least: number(least)?,
        most: number(most)?,
    };
    if hours.least == 0 || hours.least > hours.most || hours.most > LONGEST {
        return Err(wrong());
    }
    Ok(hours)
}

fn labels_of(text: &str) -> Result<Vec<&'static str>, String> {
    let mut labels = Vec::new();
    for name in text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let label = label(name)?;
        if labels.contains(&label) {
            return Err(format!("{name} twice"));
        }
        labels.push(label);
    }
    Ok(labels)
}

/// The label itself, and no other name: a skill that went by two would be learned twice.
fn label(name: &str) -> Result<&'static str, String> {
    match skill::named(name) {
        Some(label) if label == name => Ok(label),
        Some(label) => Err(format!("{name} goes by the name {label}")),
        None => Err(format!("{name} is no skill of our lists")),
    }
}

/// A line below the first one.
fn add(entry: &mut Entry, is_result: bool, text: &str) -> Result<(), String> {
    match (entry, is_result) {
        (Entry::Lesson(lesson), true) => lesson.can.push(text.to_owned()),
        (Entry::Project(project), true) => project.result.push(text.to_owned()),
        (Entry::Lesson(lesson), false) => {
            let resource = resource(text)?;
            let known = |known: &Resource| known.url == resource.url;
            if lesson.resources.iter().any(known) {
                return Err(format!("{} twice", resource.url));
            }
            lesson.resources.push(resource);
        }
        (Entry::Project(_), false) => return Err("a project has no resources".to_owned()),
    }
    Ok(())
}

fn resource(text: &str) -> Result<Resource, String> {
    let mut parts = text.split('|').map(str::trim);
    let (Some(name), Some(url), Some(covers), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("wants a name, an address and what it covers, with | between".to_owned());
    };
    if name.is_empty() || covers.is_empty() {
        return Err("wants a name and what it covers".to_owned());
    }
    let address = Url::parse(url).map_err(|_| format!("{url} is no address"))?;
    let plain = address.scheme() == "https"
        && address.host_str().is_some_and(|host| host.contains('.'))
        && address.username().is_empty()
        && address.port().is_none();
    if !plain {
        return Err(format!("{url} is no plain https address"));
    }
    Ok(Resource {
        name: name.to_owned(),
        url: url.to_owned(),
        covers: covers.to_owned(),
    })
}

/// An entry with all its lines.
fn close(catalogue: &mut Catalogue, entry: Entry) -> Result<(), String> {
    match entry {
        Entry::Lesson(lesson) => {
            if lesson.can.is_empty() {
                return Err(format!("{} says not what one can do then", lesson.skill));
            }
            if !(1..=RESOURCES).contains(&lesson.resources.len()) {
                return Err(format!("{} wants 1 to {RESOURCES} resources", lesson.skill));
            }
            let skill = lesson.skill;
            if catalogue.lessons.insert(skill, lesson).is_some() {
                return Err(format!("{skill} is there twice"));
            }
        }
        Entry::Project(project) => {
            if project.shows.len() < 2 || project.result.is_empty() {
                return Err(format!(
                    "{} wants two skills or more, and a result",
                    project.name
                ));
            }
            catalogue.projects.push(project);
        }
    }
    Ok(())
}

/// That what is named is there, and that nothing waits for itself.
fn check(catalogue: &Catalogue) -> Result<(), String> {
    let known = |skill: &&str| catalogue.lessons.contains_key(skill);
    for lesson in catalogue.lessons.values() {
        if let Some(before) = lesson.after.iter().find(|before| !known(before)) {
            return Err(format!(
                "{} wants {before}, which is not there",
                lesson.skill
            ));
        }
    }
    for project in &catalogue.projects {
        if let Some(shown) = project.shows.iter().find(|shown| !known(shown)) {
            return Err(format!(
                "{} shows {shown}, which is not there",
                project.name
            ));
        }
    }
    // What waits for nothing is taken away until nothing is left, or a circle is.
    let mut waiting: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for lesson in catalogue.lessons.values() {
        waiting.insert(lesson.skill, lesson.after.iter().copied().collect());
    }
    loop {
        let free: Vec<&str> = waiting
            .iter()
            .filter(|(_, before)| before.is_empty())
            .map(|(skill, _)| *skill)
            .collect();
        if free.is_empty() {
            break;
        }
        for skill in &free {
            waiting.remove(skill);
        }
        for before in waiting.values_mut() {
            before.retain(|skill| !free.contains(skill));
        }
    }
    match waiting.keys().next() {
        Some(skill) => Err(format!("{skill} waits for itself")),
        None => Ok(()),
    }
}
