//! Draws one field of the form.

use agent_approval::{FieldKind, Source, Value};

use super::draw::Extent;
use super::item::Numbered;
use crate::screen::{BAD, BOLD, Bar, DIM, Foreign, Screen, Span, WARN};
use crate::text::{self, count};

/// Lines of a text that are shown before the rest is only counted.
const BRIEF_LINES: usize = 12;

/// A field on lines of its own: who answered, what is asked, what would be sent.
pub(super) fn block(shown: &Numbered<'_>, extent: Extent, screen: &mut Screen) {
    let field = shown.shown.field;
    let source = match field.source {
        Source::Drafted => Span::new("MODEL WROTE THIS", WARN.bold().invert()),
        Source::None if field.required => Span::new("EMPTY, though it must be filled", BAD),
        other => Span::new(source(other), BOLD),
    };
    let about = match field.required {
        true => format!(" · {} · required", kind(field.kind)),
        false => format!(" · {}", kind(field.kind)),
    };
    screen.line([
        Span::new(format!("{:>4}  ", shown.number), BOLD),
        source,
        Span::new(about, DIM),
    ]);
    screen.foreign("      ".into(), Foreign::new(Bar::Thin, &field.name));
    choices(shown, extent, screen);
    value(shown, Span::from("      "), extent, screen);
}

/// A field on one line where it fits: who answered, what is asked, what would be sent.
pub(super) fn row(shown: &Numbered<'_>, extent: Extent, screen: &mut Screen) {
    let field = shown.shown.field;
    let lead = format!("{:>4}  {:<13} ", shown.number, source(field.source));
    let (words, _) = words(&field.value);
    let short = !words.contains('\n')
        && text::width(&field.name) <= 28
        && screen.has_room(text::width(&lead) + 34 + text::width(&words));
    if short {
        screen.pair(Span::new(lead, DIM), &field.name, &words);
        return;
    }
    screen.foreign(
        Span::new(lead.clone(), DIM),
        Foreign::new(Bar::Thin, &field.name),
    );
    choices(shown, extent, screen);
    value(shown, " ".repeat(text::width(&lead)).into(), extent, screen);
}

/// The choices that were there, where the whole is asked for.
fn choices(shown: &Numbered<'_>, extent: Extent, screen: &mut Screen) {
    let options = &shown.shown.field.options;
    if extent == Extent::Whole && !options.is_empty() {
        let text = format!("choices: {}", options.join(" · "));
        screen.foreign("      ".into(), Foreign::new(Bar::Thin, &text).style(DIM));
    }
}

fn value(shown: &Numbered<'_>, lead: Span, extent: Extent, screen: &mut Screen) {
    let (words, style) = words(&shown.shown.field.value);
    let most = match extent {
        Extent::Brief => Some(BRIEF_LINES),
        Extent::Whole => None,
    };
    let left = screen.foreign(
        lead,
        Foreign::new(Bar::Thick, &words).style(style).most(most),
    );
    if left > 0 {
        let all = count(words.chars().count() as u64, "character");
        let more = count(left as u64, "more line");
        screen.line([Span::new(
            format!("      … {more}, {all} in all: v shows the whole"),
            WARN,
        )]);
    }
}

/// Says that lines were left out.
pub(super) fn left_out(left: usize, screen: &mut Screen) {
    if left > 0 {
        let more = count(left as u64, "more line");
        screen.line([Span::new(
            format!("         … {more}: v shows the whole"),
            WARN,
        )]);
    }
}

/// What would be sent, in words.
fn words(value: &Value) -> (String, anstyle::Style) {
    match value {
        Value::Empty => ("(nothing)".to_owned(), DIM),
        Value::Text(text) => (text.clone(), BOLD),
        Value::Chosen(chosen) => (chosen.join("\n"), BOLD),
        Value::Ticked(true) => ("[x] ticked".to_owned(), BOLD),
        Value::Ticked(false) => ("[ ] not ticked".to_owned(), BOLD),
        Value::File(name) => (name.clone(), BOLD),
    }
}

/// Who answered.
fn source(source: Source) -> &'static str {
    match source {
        Source::Fact => "your profile",
        Source::Bank => "kept answer",
        Source::Drafted => "MODEL",
        Source::Person => "your answer",
        Source::Page => "set by page",
        Source::None => "nobody",
    }
}

fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "line of text",
        FieldKind::LongText => "long text",
        FieldKind::Select | FieldKind::Combobox => "one choice of a list",
        FieldKind::MultiSelect => "choices of a list",
        FieldKind::Radio => "one choice",
        FieldKind::Checkbox => "box to tick",
        FieldKind::CheckboxGroup => "boxes to tick",
        FieldKind::File => "file",
    }
}
