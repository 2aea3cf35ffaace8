//! Reading a form: the controls by the script, their names by the browser's own
//! accessibility tree.
#![deny(clippy::indexing_slicing)]

use agent_approval::{FieldKind, SentAs, Value};
use agent_core::{
    application::PersonStop,
    form::{Control, Meaning, Recipe},
};
use futures::future::try_join_all;
use serde_json::{Value as Json, json};

use super::{
    page::{Page, text},
    raw::{RawAction, RawControl, RawPage, RawValue},
};
use crate::devtools::DevtoolsError;

/// Marks of a question that must be answered, as portals write them.
const REQUIRED_MARKS: [char; 3] = ['*', '✱', '＊'];

/// A form as it stands on the page at one moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) url: String,
    pub(crate) status: u16,
    pub(crate) found: Found,
    pub(super) action: Option<RawAction>,
    pub(crate) fields: Vec<Read>,
    /// Names and values of what nobody sees.
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) stop: Option<PersonStop>,
}

/// Which parts of the recipe are on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) form: bool,
    pub(crate) submit: bool,
}

/// One control, and what is in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read {
    pub(crate) control: Control,
    pub(crate) value: Value,
    /// Size of the file that is chosen.
    pub(crate) file_size: Option<u64>,
    /// Which of the recipe's uploads it is.
    pub(crate) upload: Option<usize>,
    /// A combobox whose choices are not known yet.
    pub(crate) unopened: bool,
    pub(crate) sent: SentAs,
}

/// What the accessibility tree says of a node.
#[derive(Debug, Clone, Default)]
struct Accessible {
    name: String,
    role: String,
    description: String,
    required: bool,
}

/// Reads the script's part alone: cheap, for waiting until the page stands still.
pub(super) async fn scan(page: &mut Page, recipe: &Recipe) -> Result<RawPage, DevtoolsError> {
    let query = json!([{
        "form": recipe.form,
        "submit": recipe.submit,
        "questions": recipe.questions.iter().map(|question| question.locator.clone()).collect::<Vec<_>>(),
        "uploads": recipe.uploads.iter().map(|upload| upload.locator.clone()).collect::<Vec<_>>(),
    }]);
    let raw = page.ask("read", query).await?;
    serde_json::from_value(raw).map_err(|error| DevtoolsError::Refused {
        method: "Runtime.callFunctionOn".to_owned(),
        message: format!("the page could not be read: {error}"),
    })
}

/// Reads the form.
pub(crate) async fn read(page: &mut Page, recipe: &Recipe) -> Result<Reading, DevtoolsError> {
    let raw = scan(page, recipe).await?;
    let nodes = accessible(page).await?;
    let fields = raw.controls.into_iter().enumerate();
    Ok(Reading {
        url: raw.url,
        status: raw.status,
        found: Found {
            form: raw.form,
            submit: raw.submit,
        },
        action: raw.action,
        fields: fields
            .map(|(index, raw)| field(index, raw, &nodes, recipe))
            .collect(),
        hidden: raw
            .hidden
            .into_iter()
            .map(|hidden| (hidden.name, hidden.value))
            .collect(),
        stop: raw.stop.map(PersonStop::from),
    })
}

/// Asks the accessibility tree about every node the script named.
async fn accessible(page: &mut Page) -> Result<Vec<Accessible>, DevtoolsError> {
    let list = page.object("nodes", json!([])).await?;
    let own = json!({"objectId": list, "ownProperties": true});
    let listed = page.command("Runtime.getProperties", own).await?;
    let mut objects: Vec<(usize, String)> = listed
        .pointer("/result")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|property| {
            Some((
                text(property, "/name").parse().ok()?,
                text(property, "/value/objectId"),
            ))
        })
        .collect();
    objects.sort_unstable();
    let page = &*page;
    let asked = objects.into_iter().map(|(_, object)| async move {
        let node = json!({"objectId": object, "fetchRelatives": false});
        page.command("Accessibility.getPartialAXTree", node).await
    });
    let answers = try_join_all(asked).await?;
    page.release_objects().await?;
    Ok(answers.iter().map(of_node).collect())
}

fn of_node(answer: &Json) -> Accessible {
    let Some(node) = answer.pointer("/nodes/0") else {
        return Accessible::default();
    };
    let properties = node.pointer("/properties").and_then(Json::as_array);
    Accessible {
        name: squeeze(&text(node, "/name/value")),
        role: text(node, "/role/value"),
        description: squeeze(&text(node, "/description/value")),
        required: properties.into_iter().flatten().any(|property| {
            text(property, "/name") == "required"
                && property.pointer("/value/value") == Some(&Json::Bool(true))
        }),
    }
}

fn field(index: usize, raw: RawControl, nodes: &[Accessible], recipe: &Recipe) -> Read {
    let node = |at: Option<usize>| at.and_then(|at| nodes.get(at)).cloned().unwrap_or_default();
    let (naming, own) = (node(raw.name), node(raw.own));
    let name = match raw.kind {
        // Chromium adds what is chosen to the name of a file's button.
        FieldKind::File if raw.name == raw.own => file_name(&naming.name, &raw),
        FieldKind::File
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::Checkbox
        | FieldKind::CheckboxGroup => naming.name.clone(),
    };
    let name = if name.is_empty() {
        raw.fallback.clone()
    } else {
        name
    };
    // The words on a box may be no more than "Yes"; the question stands before it.
    let description = match raw.kind {
        FieldKind::Checkbox if naming.description.is_empty() && raw.fallback != name => {
            raw.fallback.clone()
        }
        FieldKind::Checkbox
        | FieldKind::File
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::CheckboxGroup => naming.description,
    };
    // So may the mark, of a box that stands alone.
    let marked = name.ends_with(REQUIRED_MARKS)
        || (raw.kind == FieldKind::Checkbox && raw.fallback.ends_with(REQUIRED_MARKS));
    let required = raw.required || naming.required || own.required || marked;
    let boxes: Vec<String> = raw.options.iter().map(|at| node(Some(*at)).name).collect();
    let (value, file_size) = value(&raw.value, &boxes);
    let question = usize::try_from(raw.question)
        .ok()
        .and_then(|at| recipe.questions.get(at));
    let question = question.or_else(|| {
        recipe
            .questions
            .iter()
            .find(|question| question.locator.is_none() && bare(&question.label) == bare(&name))
    });
    let meaning = question.and_then(|question| question.meaning);
    Read {
        value,
        file_size,
        upload: usize::try_from(raw.upload).ok(),
        unopened: raw.kind == FieldKind::Combobox && raw.choices.is_none(),
        sent: SentAs {
            field: name.clone(),
            name: raw.sent_name,
            values: raw.sent_values,
        },
        control: Control {
            index,
            name,
            description,
            role: role(raw.kind, own.role),
            kind: raw.kind,
            required,
            options: raw.choices.unwrap_or(boxes),
            max_length: raw.max_length,
            meaning: meaning.or_else(|| meant(&raw.autocomplete)),
            accept: raw.accept,
        },
    }
}

/// The role the tree gives, or the one a group without markup would have.
fn role(kind: FieldKind, given: String) -> String {
    let known = !given.is_empty() && !matches!(given.as_str(), "none" | "generic");
    match kind {
        FieldKind::Radio if !known || given == "group" => "radiogroup".to_owned(),
        FieldKind::CheckboxGroup if !known => "group".to_owned(),
        FieldKind::File if !known => "button".to_owned(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::Checkbox
        | FieldKind::CheckboxGroup
        | FieldKind::File => given,
    }
}

/// "Resume: No file chosen" without what is chosen. What the button says when
/// nothing is depends on the language; the label itself is in `fallback`.
fn file_name(name: &str, raw: &RawControl) -> String {
    match name.rsplit_once(": ") {
        Some((label, _)) => label.to_owned(),
        None if raw.fallback.is_empty() => name.to_owned(),
        None => raw.fallback.clone(),
    }
}

fn value(raw: &RawValue, boxes: &[String]) -> (Value, Option<u64>) {
    let chosen = |texts: Vec<String>| match texts.is_empty() {
        true => Value::Empty,
        false => Value::Chosen(texts),
    };
    match raw {
        RawValue::Text(text) if text.is_empty() => (Value::Empty, None),
        RawValue::Text(text) => (Value::Text(text.clone()), None),
        RawValue::Chosen(texts) => (chosen(texts.clone()), None),
        RawValue::Ticked(ticked) => (Value::Ticked(*ticked), None),
        RawValue::Ticks(ticks) => (
            chosen(
                ticks
                    .iter()
                    .filter_map(|at| boxes.get(*at).cloned())
                    .collect(),
            ),
            None,
        ),
        RawValue::Files(files) => match files.first() {
            Some(file) => (Value::File(file.name.clone()), Some(file.size)),
            None => (Value::Empty, None),
        },
    }
}

/// What an `autocomplete` token stands for (HTML, "Autofill").
fn meant(autocomplete: &str) -> Option<Meaning> {
    // Sections ("section-a", "shipping", "work") may stand before the token.
    match autocomplete.split_whitespace().last()? {
        "given-name" => Some(Meaning::FirstName),
        "family-name" => Some(Meaning::LastName),
        "name" => Some(Meaning::FullName),
        "email" => Some(Meaning::Email),
        "tel" => Some(Meaning::Phone),
        "address-level2" => Some(Meaning::Location),
        "country" | "country-name" => Some(Meaning::Country),
        "organization" => Some(Meaning::CurrentCompany),
        "url" => Some(Meaning::Website),
        _ => None,
    }
}

/// A label without the mark that it must be answered.
fn bare(label: &str) -> String {
    squeeze(label)
        .trim_end_matches(REQUIRED_MARKS)
        .trim_end()
        .to_lowercase()
}

pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
