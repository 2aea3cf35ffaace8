//! Letters on the screen.

use agent_api::v1::{Document, ListDocumentsResponse};

use super::file::Saved;
use crate::moment::Clock;
use crate::screen::{BOLD, Column, DIM, Screen, Span, Table, WARN};
use crate::text::{bytes, count};

/// Digits of an id that are shown.
const SHORT: usize = 8;

/// A letter that was just made.
pub(super) fn made(document: &Document, screen: &mut Screen, clock: &Clock) {
    head(document, screen, clock);
    screen.blank();
    screen.text_lines(2, &document.text);
    screen.blank();
    screen.line([Span::new("Nothing has been sent.", BOLD)]);
    screen.next(&format!(
        "agentctl documents export {} --format pdf",
        short(document)
    ));
}

/// A letter and where it stands.
pub(super) fn whole(document: &Document, screen: &mut Screen, clock: &Clock) {
    head(document, screen, clock);
    for refused in &document.refused {
        screen.field("refused", Span::new(refused, WARN));
    }
    screen.blank();
    screen.text_lines(2, &document.text);
    if !document.claims.is_empty() {
        screen.blank();
        screen.heading("What it rests on");
        let mut table = Table::new([
            ("claim", Column::Left),
            ("stands in", Column::Left),
            ("as", Column::Cut),
        ]);
        let mut shown: Vec<(&str, &str)> = Vec::new();
        for claim in &document.claims {
            let both = (claim.words.as_str(), claim.line.as_str());
            // Plain words are traced too; the facts are what a person looks for.
            if claim.kind == "word" || shown.contains(&both) {
                continue;
            }
            shown.push(both);
            let place = match claim.rests_on.as_str() {
                "profile" => "your profile",
                _ => "the posting",
            };
            table.row([
                (&claim.words).into(),
                Span::new(place, DIM),
                (&claim.line).into(),
            ]);
        }
        screen.table(&table);
    }
    screen.next(&format!(
        "agentctl documents export {} --format pdf",
        short(document)
    ));
}

fn head(document: &Document, screen: &mut Screen, clock: &Clock) {
    let mut title = vec![Span::new(&document.title, BOLD)];
    if !document.employer.is_empty() {
        title.push(format!(", {}", document.employer).into());
    }
    screen.line(title);
    screen.field("letter", short(document));
    let by = match document.written_by.as_str() {
        "template" => "the template".to_owned(),
        model => format!("{model}, a model; held against your profile, but read it yourself"),
    };
    screen.field("written by", by);
    if !document.note.is_empty() {
        screen.field("note", Span::new(&document.note, WARN));
    }
    let many = document.refused.len() as u64;
    if many > 0 {
        screen.field(
            "refused",
            format!("{} of a model before it", count(many, "text")),
        );
    }
    screen.field("made", clock.time(document.made.as_ref()));
}

/// The list.
pub(super) fn list(list: &ListDocumentsResponse, screen: &mut Screen, clock: &Clock) {
    if list.documents.is_empty() {
        screen.line(["There is no letter yet.".into()]);
        screen.next("agentctl documents make JOB");
        return;
    }
    let mut table = Table::new([
        ("id", Column::Left),
        ("letter to", Column::Main),
        ("written by", Column::Below),
        ("tone", Column::Below),
        ("made", Column::Left),
    ]);
    for document in &list.documents {
        let to = match document.employer.as_str() {
            "" => document.title.clone(),
            employer => format!("{}, {employer}", document.title),
        };
        table.row([
            Span::new(short(document), BOLD),
            to.into(),
            (&document.written_by).into(),
            Span::new(&document.tone, DIM),
            clock.time(document.made.as_ref()).into(),
        ]);
    }
    screen.table(&table);
    screen.next("agentctl documents show ID");
}

/// A file that was written.
pub(super) fn saved(saved: &Saved, screen: &mut Screen) {
    let size = bytes(saved.bytes as u64);
    screen.line([format!("{} is written, {size}.", saved.file.display()).into()]);
}

fn short(document: &Document) -> String {
    document.id.chars().take(SHORT).collect()
}

#[cfg(test)]
mod tests {
    use agent_api::v1::DocumentClaim;

    use super::*;
    use crate::command::testing::{at, drawn};

    fn letter() -> Document {
        Document {
            id: "3f2a".repeat(16),
            title: "Platform engineer".to_owned(),
            employer: "Harbour Systems\u{1b}[2J".to_owned(),
            written_by: "template".to_owned(),
            tone: "plain".to_owned(),
            note: "written from the template: no model kept to your facts".to_owned(),
            refused: vec![
                "it states what is not so: “12”: your profile does not state “12”".to_owned(),
            ],
            made: at("2026-03-01T09:00:00Z"),
            text: "Dear hiring team,\n\nI know Rust.\n\nKind regards,\nMira Holt\n".to_owned(),
            claims: vec![
                DocumentClaim {
                    words: "Rust".to_owned(),
                    kind: "skill".to_owned(),
                    rests_on: "profile".to_owned(),
                    fact: "w1.1".to_owned(),
                    line: "Moved billing from a monolith to 7 services in Rust".to_owned(),
                },
                DocumentClaim {
                    words: "billing".to_owned(),
                    kind: "word".to_owned(),
                    ..DocumentClaim::default()
                },
            ],
            ..Document::default()
        }
    }

    #[test]
    fn a_letter_is_shown_with_where_it_stands() {
        let shown = drawn(&letter(), whole);
        for expected in [
            "Platform engineer, Harbour Systems",
            "the template",
            "no model kept to your facts",
            "your profile does not state",
            "I know Rust.",
            "your profile",
            "Moved billing from a monolith",
            "agentctl documents export 3f2a3f2a --format pdf",
        ] {
            assert!(shown.contains(expected), "{expected}\n{shown}");
        }
        assert!(!shown.contains('\u{1b}'), "{shown}");
        let shown = drawn(&letter(), made);
        assert!(shown.contains("Nothing has been sent."), "{shown}");
    }

    #[test]
    fn letters_are_listed() {
        let filled = ListDocumentsResponse {
            documents: vec![letter()],
        };
        let shown = drawn(&filled, list);
        for expected in [
            "3f2a3f2a",
            "Platform engineer, Harbour",
            "template",
            "plain",
        ] {
            assert!(shown.contains(expected), "{expected}\n{shown}");
        }
        let none = drawn(&ListDocumentsResponse::default(), list);
        assert!(none.starts_with("There is no letter yet."), "{none}");
    }
}
