//! Which plain fact a control asks for.
#![deny(clippy::indexing_slicing)]

use super::{Control, Meaning, PlanInput, QuestionClass};
use crate::form::known::{self, Known};
use crate::text;

/// What the page or the recipe says a control stands for, else what its label
/// says. Sensitive questions stand for no plain fact, whatever the page says.
pub(super) fn of_control(
    input: &PlanInput<'_>,
    control: &Control,
    class: QuestionClass,
) -> Option<Meaning> {
    if class.is_sensitive() {
        return None;
    }
    let told = control.meaning.or_else(|| of_recipe(input, control));
    told.or_else(|| match known::of_label(&control.name)? {
        Known::Meaning(meaning) => Some(meaning),
        Known::Name => Some(name_part(input)),
        Known::City => Some(Meaning::Location),
        Known::PreferredName | Known::CurrentTitle => None,
    })
}

/// Whether the label plainly asks for another fact than `meaning`, or for a
/// fact of somebody else.
pub(super) fn contradicts(input: &PlanInput<'_>, control: &Control, meaning: Meaning) -> bool {
    match known::of_label(&control.name) {
        Some(Known::Meaning(Meaning::Location)) => {
            !matches!(meaning, Meaning::Location | Meaning::Country)
        }
        Some(Known::Meaning(known)) => known != meaning,
        Some(Known::Name) => meaning != Meaning::FullName && meaning != name_part(input),
        Some(Known::City) => meaning != Meaning::Location,
        Some(Known::PreferredName | Known::CurrentTitle) => true,
        None => {
            let of_person = match meaning {
                Meaning::FirstName
                | Meaning::LastName
                | Meaning::FullName
                | Meaning::Email
                | Meaning::Phone
                | Meaning::Location
                | Meaning::Country
                | Meaning::LinkedIn
                | Meaning::GitHub
                | Meaning::Website => true,
                Meaning::CurrentCompany | Meaning::Resume | Meaning::CoverLetter => false,
            };
            of_person && known::names_another(&control.name)
        }
    }
}

/// The meaning of the recipe's question with the same words.
fn of_recipe(input: &PlanInput<'_>, control: &Control) -> Option<Meaning> {
    let plain = |label: &str| {
        let label = text::line(label).to_lowercase();
        label
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    };
    let wanted = plain(&control.name);
    let mut same = input
        .questions
        .iter()
        .filter(|question| question.kind == control.kind && plain(&question.label) == wanted);
    match (same.next(), same.next()) {
        (Some(only), None) => only.meaning,
        _ => None,
    }
}

/// The part of the name that a field called "Name" asks for, by the other
/// fields: beside "Vorname" it is the family name, beside "Apellidos" the given.
fn name_part(input: &PlanInput<'_>) -> Meaning {
    let has = |meaning: Meaning| {
        input
            .controls
            .iter()
            .any(|control| known::of_label(&control.name) == Some(Known::Meaning(meaning)))
    };
    if has(Meaning::FirstName) {
        Meaning::LastName
    } else if has(Meaning::LastName) {
        Meaning::FirstName
    } else {
        Meaning::FullName
    }
}
