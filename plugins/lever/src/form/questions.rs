//! From the page's controls to questions. The employer's own come with a hidden
//! template beside them, which says more than the page shows.

use portal_sdk::{FieldKind, Meaning, QUESTIONS, Question, TEXT, html, json, named, text};
use serde::Deserialize;

use super::controls::{self, Control, Kind};

/// The end of the name of a hidden template.
const TEMPLATE: &str = "[baseTemplate]";

#[derive(Deserialize)]
struct Template {
    #[serde(default, deserialize_with = "json::list")]
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    #[serde(default, rename = "type", deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    text: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    required: Option<bool>,
    #[serde(default, deserialize_with = "json::list")]
    options: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default, deserialize_with = "json::text")]
    text: Option<String>,
}

/// The questions of the form, in its order; none when the page has no form.
pub(super) fn read(html: &str) -> Option<Vec<Question>> {
    let controls = controls::read(html)?;
    let templates: Vec<(&str, Template)> = controls
        .iter()
        .filter(|control| control.kind == Kind::Hidden)
        .filter_map(|control| {
            let card = control.name.strip_suffix(TEMPLATE)?;
            Some((card, serde_json::from_str(&control.value).ok()?))
        })
        .collect();
    let shown = controls
        .iter()
        .filter(|control| control.kind != Kind::Hidden);
    Some(
        shown
            .filter_map(|control| match field(&control.name, &templates) {
                Some(field) => of_field(control, field),
                None => of_control(control),
            })
            .take(QUESTIONS)
            .collect(),
    )
}

/// The template's field for a control named `cards[ID][field2]`, or in a survey
/// `surveysResponses[ID][responses][field2]`.
fn field<'a>(name: &str, templates: &'a [(&str, Template)]) -> Option<&'a Field> {
    let (card, number) = name.strip_suffix(']')?.rsplit_once("[field")?;
    let card = card.strip_suffix("[responses]").unwrap_or(card);
    let (_, template) = templates.iter().find(|(id, _)| *id == card)?;
    template.fields.get(number.parse::<usize>().ok()?)
}

fn of_field(control: &Control, field: &Field) -> Option<Question> {
    let kind = match field.kind.as_deref() {
        Some("text" | "input-text") => FieldKind::Text,
        Some("textarea") => FieldKind::LongText,
        Some("dropdown") => FieldKind::Select,
        Some("multiple-choice") => FieldKind::Radio,
        Some("multiple-select") => FieldKind::CheckboxGroup,
        Some(_) | None => kind(control),
    };
    let label = field.text.as_deref().unwrap_or(&control.label);
    let mut question = portal_sdk::question(label, kind)?;
    question.required = field.required.unwrap_or(control.required);
    question.help = field.description.as_deref().and_then(help);
    question.locator = Some(locator(control));
    if chooses(kind) {
        question.choices(field.options.iter().filter_map(|o| o.text.as_deref()));
    }
    Some(question)
}

fn of_control(control: &Control) -> Option<Question> {
    let kind = kind(control);
    // A box that stands alone is asked in its own words.
    let label = match control.options.first() {
        Some(words) if control.label.is_empty() && kind == FieldKind::Checkbox => words,
        _ => &control.label,
    };
    let mut question = portal_sdk::question(label, kind)?;
    question.required = control.required;
    question.meaning = meaning(&control.name);
    question.locator = Some(locator(control));
    if chooses(kind) {
        question.choices(control.options.iter().map(String::as_str));
    }
    Some(question)
}

fn kind(control: &Control) -> FieldKind {
    match control.kind {
        Kind::LongText => FieldKind::LongText,
        Kind::List => FieldKind::Select,
        Kind::Radio => FieldKind::Radio,
        Kind::Checkbox if control.options.len() > 1 => FieldKind::CheckboxGroup,
        Kind::Checkbox => FieldKind::Checkbox,
        Kind::File => FieldKind::File,
        Kind::Text | Kind::Hidden => FieldKind::Text,
    }
}

fn chooses(kind: FieldKind) -> bool {
    match kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::File => false,
        FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::Checkbox
        | FieldKind::CheckboxGroup => true,
    }
}

/// A hidden field may share the name of a box.
fn locator(control: &Control) -> String {
    let name = named("name", &control.name);
    match control.kind {
        Kind::Radio => format!("input[type=\"radio\"]{name}"),
        Kind::Checkbox => format!("input[type=\"checkbox\"]{name}"),
        Kind::Text | Kind::LongText | Kind::List | Kind::File | Kind::Hidden => name,
    }
}

fn help(html: &str) -> Option<String> {
    let words = html::plain(html);
    let words = text::cut(&words, TEXT).trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn meaning(name: &str) -> Option<Meaning> {
    Some(match name {
        "name" => Meaning::FullName,
        "email" => Meaning::Email,
        "phone" => Meaning::Phone,
        "org" => Meaning::CurrentCompany,
        "location" => Meaning::Location,
        "resume" => Meaning::Resume,
        // The page says there: "Add a cover letter or anything else".
        "comments" => Meaning::CoverLetter,
        "urls[LinkedIn]" => Meaning::LinkedIn,
        "urls[GitHub]" => Meaning::GitHub,
        "urls[Portfolio]" | "urls[Website]" => Meaning::Website,
        _ => return None,
    })
}
