//! The entries of a section: a header of one to three lines with its dates,
//! and what is written under it.
#![deny(clippy::indexing_slicing)]

use super::{
    dates::{self, Dates, When},
    lines::{BOLD, Kind, Line},
    parts::{self, parts},
    words,
};
use crate::profile::Fact;

/// What the entries are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Work,
    Education,
}

/// One entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Lines of the header without dates, none empty.
    pub(super) header: Vec<String>,
    pub(super) dates: Option<When>,
    /// First line of the header.
    pub(super) number: u32,
    /// Depth of the Markdown heading it begins with.
    pub(super) depth: Option<u8>,
    /// A sentence or bullet each.
    pub(super) body: Vec<Fact>,
}

/// The longest line that can be part of a header.
const LONGEST_HEADER: usize = 130;
/// The most lines a header has.
const MOST_LINES: usize = 3;

/// Cuts the lines of a section into entries. Lines before the first header are
/// not part of any.
pub(super) fn split(lines: &[Line], of: Of) -> Vec<Entry> {
    let cutter = Cutter {
        lines,
        of,
        from_bullets: false,
    };
    let entries = cutter.cut();
    if !entries.is_empty() {
        return entries;
    }
    // No header outside a list: then the items of the list are the entries.
    Cutter {
        from_bullets: true,
        ..cutter
    }
    .cut()
}

struct Cutter<'a> {
    lines: &'a [Line],
    of: Of,
    from_bullets: bool,
}

impl Cutter<'_> {
    fn cut(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let (mut at, mut before) = (0, Kind::Blank);
        while let Some(line) = self.lines.get(at) {
            if let Some((entry, next)) = self.header(at, before) {
                entries.push(entry);
                (at, before) = (next, Kind::Blank);
                continue;
            }
            if let Some(entry) = entries.last_mut() {
                extend(&mut entry.body, line, before);
            }
            (at, before) = (at + 1, line.kind);
        }
        entries
    }

    /// The header that begins at `at`, and the index after it.
    fn header(&self, at: usize, before: Kind) -> Option<(Entry, usize)> {
        let line = self.lines.get(at)?;
        let depth = match line.kind {
            Kind::Heading(depth) if line.text.chars().count() <= LONGEST_HEADER => Some(depth),
            Kind::Heading(_) => return None,
            Kind::Plain => None,
            Kind::Bullet if self.from_bullets => None,
            Kind::Bullet | Kind::Blank => return None,
        };
        let mut header = Header {
            depth,
            ..Header::default()
        };
        header.take(line, self.dates(line));
        let mut next = at + 1;
        if depth.is_none() && !self.begins(at, before) {
            return None;
        }
        while header.lines < MOST_LINES && !self.from_bullets {
            // A Markdown heading may stand apart from the line under it.
            let blank = depth.is_some()
                && self
                    .lines
                    .get(next)
                    .is_some_and(|line| line.kind == Kind::Blank);
            let follower = next + usize::from(blank);
            let Some(line) = self
                .lines
                .get(follower)
                .filter(|line| self.follows(&header, line, blank))
            else {
                break;
            };
            header.take(line, self.dates(line));
            next = follower + 1;
        }
        // A bold line without dates is a label inside an entry, not one of its own.
        if depth == Some(BOLD) && header.dates.is_none() && self.of == Of::Work {
            return None;
        }
        let entry = Entry {
            header: header.text,
            dates: header.dates,
            number: line.number,
            depth,
            body: Vec::new(),
        };
        Some((entry, next))
    }

    /// Whether a plain line begins an entry: it has the dates, or comes after a
    /// break and a line with the dates follows.
    fn begins(&self, at: usize, before: Kind) -> bool {
        let led = |line: &&Line| {
            // Dates in front make a header of what ends like a sentence.
            let dates = self.dates(line).filter(|dates| dates.at.start <= 1);
            dates.is_some() && line.text.chars().count() <= LONGEST_HEADER
        };
        let line = self.lines.get(at);
        let Some(line) = line.filter(|line| is_short(line) || led(line)) else {
            return false;
        };
        if self.dates(line).is_some() {
            return true;
        }
        let told = self.of == Of::Education
            && (words::is_degree(&line.text) || words::is_organisation(&line.text));
        if before == Kind::Plain || self.from_bullets && !told {
            return false;
        }
        if told && before == Kind::Blank {
            return true;
        }
        let following = self.lines.iter().skip(at + 1).take(MOST_LINES - 1);
        for line in following.take_while(|line| line.kind == Kind::Plain && is_short(line)) {
            if self.dates(line).is_some() {
                return true;
            }
        }
        false
    }

    /// Whether `line` still belongs to the header begun.
    fn follows(&self, header: &Header, line: &Line, apart: bool) -> bool {
        let dated = self.dates(line).is_some();
        match line.kind {
            Kind::Plain if is_short(line) => {}
            Kind::Heading(own) if header.dates.is_none() && is_short(line) => {
                // One of the same depth is part of the header only right under its first line.
                let inside = header.depth.is_none_or(|depth| own > depth);
                return inside || !apart && header.lines == 1;
            }
            Kind::Heading(_) | Kind::Bullet | Kind::Blank | Kind::Plain => return false,
        }
        match header.dates {
            None if dated => true,
            // The dates stand further down, or the second name is still missing.
            None => !apart && header.text.len() < 2,
            // The dates stood alone: the names come after them.
            Some(_) if header.text.is_empty() => !dated,
            Some(_) => {
                let more = match header.names() {
                    Names::One => is_name(&line.text),
                    // "Acme, Berlin" over the title: the words must tell.
                    Names::PerhapsTwo => {
                        let listed = self
                            .lines
                            .iter()
                            .find(|after| after.number > line.number)
                            .is_some_and(|after| after.kind == Kind::Bullet);
                        is_name(&line.text) && (listed || self.answers(header, &line.text))
                    }
                    Names::Two => false,
                };
                !dated && !apart && more
            }
        }
    }

    /// Whether `text` is the name that `header` lacks: a title beside an employer,
    /// a degree beside a school.
    fn answers(&self, header: &Header, text: &str) -> bool {
        let first: fn(&str) -> bool = match self.of {
            Of::Work => words::is_title,
            Of::Education => words::is_degree,
        };
        let has = |told: fn(&str) -> bool| header.text.iter().any(|text| told(text));
        first(text) && !has(first) || words::is_organisation(text) && !has(words::is_organisation)
    }

    /// Dates of a header line: a range, or in education and headings a single date.
    fn dates(&self, line: &Line) -> Option<Dates> {
        let found = dates::find(&line.text)?;
        let single = matches!(found.when, When::Once(_));
        let heading = matches!(line.kind, Kind::Heading(_));
        (!single || heading || self.of == Of::Education).then_some(found)
    }
}

#[derive(Default)]
struct Header {
    text: Vec<String>,
    dates: Option<When>,
    depth: Option<u8>,
    lines: usize,
}

impl Header {
    fn take(&mut self, line: &Line, dates: Option<Dates>) {
        let text = match &dates {
            Some(found) if found.at.start <= 1 && !is_short(line) => {
                let rest = dates::without(&line.text, found);
                rest.trim_end_matches(['.', ';', ':']).to_owned()
            }
            Some(found) => dates::without(&line.text, found),
            None => line.text.clone(),
        };
        if !text.is_empty() {
            self.text.push(text);
        }
        self.dates = self.dates.or(dates.map(|dates| dates.when));
        self.lines += 1;
    }

    fn names(&self) -> Names {
        let cut = |separators: &[&str]| {
            let several = |text: &String| {
                let named = parts(text, separators);
                named.iter().filter(|part| !words::is_place(part)).count() > 1
            };
            self.text.iter().any(several)
        };
        if self.text.len() > 1 || cut(parts::NAMES) || cut(parts::WORDS) {
            Names::Two
        } else if self
            .text
            .iter()
            .any(|text| parts(text, parts::COMMA).len() > 1)
        {
            Names::PerhapsTwo
        } else {
            Names::One
        }
    }
}

/// How many names a header has so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    One,
    PerhapsTwo,
    Two,
}

/// Whether a line is short enough for a header and does not end like a sentence.
fn is_short(line: &Line) -> bool {
    let text = &line.text;
    let abbreviated = ["Inc.", "Ltd.", "Co.", "e.V.", "e. V.", "S.A.", "Corp."]
        .iter()
        .any(|end| text.ends_with(end));
    text.chars().count() <= LONGEST_HEADER && (!text.ends_with(['.', ';', ':', '!']) || abbreviated)
}

/// Whether a line after the dates can be a name: begins with a capital or
/// digit and has few words.
fn is_name(text: &str) -> bool {
    text.split(' ').count() <= 8
        && text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Adds a line to what is written under a header: a new fact, or more of the last.
pub(super) fn extend(body: &mut Vec<Fact>, line: &Line, before: Kind) {
    match (line.kind, before, body.last_mut()) {
        (Kind::Blank, _, _) => {}
        (Kind::Plain, Kind::Bullet | Kind::Plain, Some(last)) => {
            last.text.push(' ');
            last.text.push_str(&line.text);
        }
        (Kind::Plain | Kind::Bullet | Kind::Heading(_), _, _) => {
            body.push(Fact {
                text: line.text.clone(),
                line: Some(line.number),
            });
        }
    }
}
