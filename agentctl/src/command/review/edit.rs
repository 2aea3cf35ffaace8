//! Changes an answer from within the review: the form is filled anew, and what
//! comes of it is another manifest with another digest.

use agent_api::v1::{EditRequest, FieldEdit};
use agent_approval::{Field, FieldKind, Value};

use super::item::Item;
use crate::command::answer::typed::{Form, Slot};
use crate::command::{answer, follow};
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{BOLD, Bar, DIM, Foreign, Screen, Span, WARN};
use crate::session::Session;

/// Asks for a new answer; tells whether the form was filled anew.
pub(super) async fn run(
    item: &Item,
    number: Option<usize>,
    session: &Session,
    output: &mut Output,
) -> Result<bool, Failure> {
    let number = match number {
        Some(number) => Some(number),
        None => {
            let screen = output.screen();
            let typed = output.ask(screen, "number of the answer to change: ")?;
            typed.and_then(|typed| typed.trim().parse().ok())
        }
    };
    let Some((number, field)) = number.and_then(|number| Some((number, item.field(number)?)))
    else {
        say(
            "There is no answer with this number; nothing was changed.",
            output,
        )?;
        return Ok(false);
    };
    let mut screen = output.screen();
    draw(number, field, &mut screen);
    output.print(screen)?;
    let Some(typed) = ask(field, output)? else {
        say("Nothing was changed.", output)?;
        return Ok(false);
    };
    let values = match slot(field).line(&typed) {
        Ok(values) => values,
        Err(why) => {
            say(&format!("{why}; nothing was changed."), output)?;
            return Ok(false);
        }
    };
    let keep = !values.is_empty() && answer::keep(output)?;
    let edit = FieldEdit {
        field: u32::try_from(number - 1).unwrap_or(u32::MAX),
        values,
        keep,
    };
    let request = EditRequest {
        id: item.row.id.clone(),
        edits: vec![edit],
    };
    let steps = session.reviews().edit(request).await?.into_inner();
    let row = follow::to_end(steps, output).await?;
    let mut screen = output.screen();
    if row.stage != "awaiting-approval" {
        screen.hanging(["It no longer waits for review: ".into()], &row.note);
        screen.next(&row.next);
    }
    output.print(screen)?;
    Ok(true)
}

fn ask(field: &Field, output: &mut Output) -> Result<Option<String>, Failure> {
    let slot = slot(field);
    let prompt = match slot.form {
        Form::Text => {
            return answer::text(
                "      new answer, as many lines as you like; a line with a single . ends it",
                output,
            );
        }
        Form::Line => "      new answer (Ctrl-D keeps the old one): ",
        Form::One => "      number of your choice (Ctrl-D keeps the old one): ",
        Form::Several => "      numbers of your choices, with commas: ",
        Form::Box => "      yes or no: ",
        Form::File => "      path of the file (Ctrl-D keeps the old one): ",
    };
    let screen = output.screen();
    let typed = output.ask(screen, prompt)?;
    if typed.is_none() {
        say("", output)?;
    }
    Ok(typed)
}

fn slot(field: &Field) -> Slot<'_> {
    let form = match field.kind {
        FieldKind::LongText => Form::Text,
        FieldKind::Select | FieldKind::Radio => Form::One,
        FieldKind::Combobox if !field.options.is_empty() => Form::One,
        FieldKind::MultiSelect | FieldKind::CheckboxGroup => Form::Several,
        FieldKind::Checkbox => Form::Box,
        FieldKind::File => Form::File,
        FieldKind::Text | FieldKind::Combobox => Form::Line,
    };
    Slot {
        form,
        required: field.required,
        options: &field.options,
    }
}

fn draw(number: usize, field: &Field, screen: &mut Screen) {
    let required = match field.required {
        true => Span::new("must be answered", WARN),
        false => Span::new("may stay empty", DIM),
    };
    screen.line([Span::new(format!("{number:>4}  "), BOLD), required]);
    screen.foreign("      ".into(), Foreign::new(Bar::Thin, &field.name));
    for (option, number) in field.options.iter().zip(1..) {
        screen.foreign(
            format!("{number:>8}  ").into(),
            Foreign::new(Bar::Thin, option),
        );
    }
    let now = match &field.value {
        Value::Text(text) => text.clone(),
        Value::Chosen(chosen) => chosen.join("\n"),
        Value::File(name) => name.clone(),
        Value::Ticked(true) => "yes".to_owned(),
        Value::Ticked(false) => "no".to_owned(),
        Value::Empty => "(nothing)".to_owned(),
    };
    screen.foreign(
        "  now ".into(),
        Foreign::new(Bar::Thick, &now).most(Some(12)),
    );
}

fn say(text: &str, output: &mut Output) -> Result<(), Failure> {
    let mut screen = output.screen();
    screen.line([text.into()]);
    output.print(screen)
}
