//! Reading a CV: Markdown, plain text, JSON Resume, and the text of PDF and Word.
//!
//! What is not understood is asked about, never guessed: see [`Reading::questions`].
#![deny(clippy::indexing_slicing)]

use std::cmp::Reverse;

mod contact;
mod dates;
mod entries;
mod json_resume;
pub(super) mod languages;
mod lines;
mod parts;
mod positions;
mod projects;
mod sections;
mod sniff;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use languages::{code_of as language_code, english_name as language_name};
pub use sniff::Format;

use self::{
    lines::{Kind, Line, Marks},
    sections::{Section, Topic},
};
use super::{Fact, Month, Profile};

/// The largest CV that is read, in bytes: 8 MiB.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most questions put to the person at once; the rest would not be read.
const MAX_QUESTIONS: usize = 20;

/// A CV as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The facts, each with its line.
    pub profile: Profile,
    /// The format that was recognised.
    pub format: Format,
    /// What could not be read or is uncertain, a sentence each.
    pub questions: Vec<String>,
}

/// A file that cannot be read as a CV. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file is empty: give a CV as Markdown, plain text, PDF, Word or JSON Resume")]
    Empty,
    /// Larger than [`MAX_BYTES`].
    #[error("the file has {bytes} bytes, more than the 8 MiB a CV may have: leave pictures out")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not text, for example a picture.
    #[error(
        "the file is not text: save the CV as PDF, Word (.docx), plain text or Markdown and give that"
    )]
    Binary,
    /// The older Word format, or a Word file with a password.
    #[error(
        "the file is in the older Word format or has a password: save it as .docx or PDF without one"
    )]
    OldWord,
    /// Text in another encoding.
    #[error(
        "line {line} is not UTF-8: convert the file first, for example with iconv -f LATIN1 -t UTF-8 OLD > NEW"
    )]
    NotUtf8 {
        /// The first such line, from 1.
        line: usize,
    },
    /// A PDF or Word document, whose text has to be taken out first.
    #[error("the file is a PDF or Word document: its text has to be taken out first")]
    Document,
    /// Broken JSON.
    #[error("the JSON breaks off or is wrong at line {line}, column {column}: mend it there")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON of another kind.
    #[error(
        "the JSON is not a resume: JSON Resume has a \"basics\" object or lists \"work\" and \"education\""
    )]
    NotAResume,
    /// Text without anything a CV has.
    #[error(
        "no experience, education or skills found: put them under headings such as Experience, Education, Skills"
    )]
    NothingFound,
}

/// Reads a CV from the bytes of a file; the name decides where the content
/// leaves a choice.
pub fn from_bytes(file_name: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    match Format::sniff(file_name, bytes) {
        Some(Format::Pdf | Format::Docx) => Err(ReadError::Document),
        Some(format) => from_text(format, &sniff::decode(bytes)?),
        None if sniff::is_old_word(bytes) => Err(ReadError::OldWord),
        None => Err(ReadError::Binary),
    }
}

/// Reads a CV from its text. That of a PDF or Word document has `#` before what
/// is set as a heading, and a form feed alone on a line where what follows
/// stands apart: a side column, a text box.
pub fn from_text(format: Format, text: &str) -> Result<Reading, ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: text.len() });
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut reading = match format {
        Format::JsonResume => json_resume::read(text)?,
        Format::Markdown => of_lines(text, format)?,
        Format::Text | Format::Pdf | Format::Docx => of_lines(text, format)?,
    };
    let profile = &mut reading.profile;
    newest_first(&mut profile.work, |held| (held.start, held.end));
    newest_first(&mut profile.education, |school| (school.start, school.end));
    if profile.headline.is_none() {
        let present = profile
            .work
            .first()
            .filter(|held| held.start.is_some() && held.end.is_none());
        profile.headline = present
            .map(|held| held.title.clone())
            .filter(|title| !title.is_empty());
    }
    reading.questions.splice(0..0, missing(&reading.profile));
    let more = reading.questions.len().saturating_sub(MAX_QUESTIONS);
    if more > 0 {
        reading.questions.truncate(MAX_QUESTIONS);
        reading
            .questions
            .push(format!("There are {more} more questions of this kind."));
    }
    Ok(reading)
}

fn of_lines(text: &str, format: Format) -> Result<Reading, ReadError> {
    let marks = match format {
        Format::Markdown => Marks::Markdown,
        Format::Pdf | Format::Docx => Marks::Looks,
        Format::Text | Format::JsonResume => Marks::Plain,
    };
    let breaks = match marks {
        Marks::Looks => lines::breaks(text),
        Marks::Plain | Marks::Markdown => Vec::new(),
    };
    let sections = sections::split_apart(lines::read(text, marks), &breaks);
    let mut profile = Profile::default();
    let mut questions = Vec::new();
    let of = |topic: Topic| {
        sections
            .iter()
            .filter(move |section| section.topic == topic)
    };

    let summary: Vec<&str> = of(Topic::Summary)
        .flat_map(written)
        .map(|line| line.text.as_str())
        .collect();
    profile.summary = (!summary.is_empty()).then(|| summary.join(" "));
    contact::read(&sections, &mut profile);
    for section in of(Topic::Work) {
        profile
            .work
            .extend(positions::work(&section.lines, &mut questions));
    }
    for section in of(Topic::Education) {
        profile
            .education
            .extend(positions::education(&section.lines, &mut questions));
    }
    for section in of(Topic::Skills) {
        let lines: Vec<&Line> = written(section).collect();
        for (at, line) in lines.iter().enumerate() {
            let above = at.checked_sub(1).and_then(|at| lines.get(at));
            if !is_label(line, above.copied(), lines.get(at + 1).copied()) {
                skills(line, &mut profile);
            }
        }
    }
    for line in of(Topic::Languages).flat_map(written) {
        let listed = languages::of_line(&line.text, Some(line.number));
        let number = line.number;
        questions.extend(
            listed
                .unknown
                .into_iter()
                .map(|name| format!("Line {number}: I do not know the language “{name}”.")),
        );
        profile.languages.extend(listed.languages);
    }
    let held = of(Topic::Certificates).flat_map(facts);
    profile
        .certificates
        .extend(held.filter(|fact| !is_signature(&fact.text)));
    for section in of(Topic::Projects) {
        profile.projects.extend(projects::projects(&section.lines));
    }

    if profile.work.is_empty() && profile.education.is_empty() && profile.skills.is_empty() {
        return Err(ReadError::NothingFound);
    }
    profile.text = lines::shown(text, marks);
    let unknown = of(Topic::Unknown).map(|section| {
        format!(
            "Line {}: I do not know the heading “{}”, so nothing under it was read.",
            section.number, section.heading
        )
    });
    let questions = unknown.chain(questions).collect();
    Ok(Reading {
        profile,
        format,
        questions,
    })
}

/// Sorts by months, what is not over before the rest. Entries without dates have
/// no place in the order: with one of them, all stay as the CV has them.
fn newest_first<T>(entries: &mut [T], months: impl Fn(&T) -> (Option<Month>, Option<Month>)) {
    let dated = |entry: &T| {
        let (start, end) = months(entry);
        start.or(end).is_some()
    };
    if entries.iter().all(dated) {
        entries.sort_by_key(|entry| {
            let (start, end) = months(entry);
            (end.is_some(), Reverse(end.max(start)), Reverse(start))
        });
    }
}

/// What every profile should have and this one has not.
fn missing(profile: &Profile) -> Vec<String> {
    let mut questions = Vec::new();
    if profile.name.is_empty() {
        questions.push("I found no name: what is yours?".to_owned());
    }
    if profile.work.is_empty() {
        questions.push("I found no positions held: have you worked before?".to_owned());
    }
    if profile.email.is_none() {
        questions.push("I found no e-mail address: which one should employers use?".to_owned());
    }
    questions
}

fn written(section: &Section) -> impl Iterator<Item = &Line> {
    section.lines.iter().filter(|line| line.kind != Kind::Blank)
}

/// Items of a list, each with the lines it runs on over.
fn facts(section: &Section) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut before = Kind::Blank;
    let bulleted = section.lines.iter().any(|line| line.kind == Kind::Bullet);
    for line in &section.lines {
        // Without bullets every line is an item.
        let joined = if bulleted { before } else { Kind::Blank };
        entries::extend(&mut facts, line, joined);
        before = line.kind;
    }
    facts
}

/// "Databases | PostgreSQL, SQLite": a name over a list, in a cell of its own.
fn label_cell(text: &str) -> Option<(&str, &str)> {
    let (label, items) = text.split_once(" | ")?;
    (items.contains(", ") && !items.contains(" | ") && !label.contains(','))
        .then_some((label, items))
}

/// A line of one name over a line of several: "Databases" over "PostgreSQL, SQLite".
fn is_label(line: &Line, above: Option<&Line>, below: Option<&Line>) -> bool {
    let plain = |line: &Line| line.kind == Kind::Plain;
    let listed = |line: &Line| line.text.matches(", ").count() > 0 && !line.text.contains(": ");
    plain(line)
        && !line.text.contains([',', ':', '|', ';', '/', '·'])
        && line.text.split(' ').count() <= 3
        && below.is_some_and(|below| plain(below) && listed(below))
        && above.is_none_or(|above| !above.text.ends_with(',') && listed(above))
}

/// "Dresden, 3 May 2024": place and day over a signature, at the end of a CV.
fn is_signature(text: &str) -> bool {
    dates::find(text).is_some_and(|found| {
        let place = dates::without(text, &found);
        place.split(' ').count() <= 3 && words::is_place(place.trim_end_matches([',', ' ']))
    })
}

/// One line of a skill list: "Languages: Rust, Go", "Rust · Go", "Rust".
fn skills(line: &Line, profile: &mut Profile) {
    let text = line.text.replace(" / ", ", ").replace(": | ", ": ");
    let (label, items) = match text.split_once(": ").or_else(|| label_cell(&text)) {
        Some((label, items)) if label.split(' ').count() <= 5 => (Some(label), items),
        _ => (None, text.trim_end_matches(':')),
    };
    // "Languages: Rust, Go" are skills; "Languages: English, German" are spoken.
    let spoken = label.and_then(sections::topic_of) == Some(Topic::Languages);
    // "Certifications: …" among the skills.
    let topic = label.and_then(sections::topic_of);
    if topic == Some(Topic::Certificates) {
        let held = parts::parts(items, parts::LIST).into_iter();
        profile.certificates.extend(held.map(|item| Fact {
            text: item.trim_end_matches('.').to_owned(),
            line: Some(line.number),
        }));
        return;
    }
    if matches!(topic, Some(Topic::Education | Topic::Work)) {
        return;
    }
    // A heading over a list names no skill ("### Databases").
    if matches!(line.kind, Kind::Heading(_)) && label.is_none() {
        return;
    }
    for item in parts::parts(items, parts::LIST) {
        if spoken {
            let listed = languages::of_line(item, Some(line.number));
            if listed.unknown.is_empty() && !listed.languages.is_empty() {
                profile.languages.extend(listed.languages);
                continue;
            }
        }
        let text = item.trim_end_matches('.').to_owned();
        profile.skills.push(Fact {
            text,
            line: Some(line.number),
        });
    }
}
