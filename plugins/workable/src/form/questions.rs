//! What the form's description says is asked.

use portal_sdk::{
    FieldKind, Meaning, PortalError, QUESTIONS, Question, TEXT, html, json, markup, named, text,
};
use serde::Deserialize;

/// Longest selector the host takes, in bytes.
const SELECTOR: usize = 1024;

/// The questions of a form.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) questions: Vec<Question>,
    /// What is left to the page, each with its reason.
    pub(crate) unread: Vec<String>,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default, deserialize_with = "json::list")]
    fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    label: Option<String>,
    #[serde(default, alias = "helper", deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    required: Option<bool>,
    /// Whether one of several may be chosen only.
    #[serde(default, deserialize_with = "json::lenient")]
    single_option: Option<bool>,
    #[serde(default, deserialize_with = "json::list")]
    options: Vec<Choice>,
}

/// Its name is a number, its value what a person reads.
#[derive(Deserialize)]
struct Choice {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    value: Option<String>,
}

impl Asked {
    /// Reads the answer for `what`: a list of sections.
    pub(crate) fn read(body: &[u8], what: &str) -> Result<Self, PortalError> {
        let sections: Vec<Section> = portal_sdk::read_json(body, what)?;
        let mut asked = Self::default();
        for field in sections.into_iter().flat_map(|section| section.fields) {
            match field.question() {
                Ok(question) if asked.questions.len() < QUESTIONS => asked.questions.push(question),
                Ok(question) => asked
                    .unread
                    .push(format!("{:?} is one too many", question.label)),
                Err(why) => asked.unread.push(format!(
                    "{:?} {why}",
                    field.label.or(field.id).unwrap_or_default()
                )),
            }
        }
        Ok(asked)
    }
}

impl Field {
    fn question(&self) -> Result<Question, String> {
        let kind = self.kind()?;
        let label = markup::stated(self.label.as_deref()).or_else(|| self.id.clone());
        let label = label.ok_or("has no words")?;
        let mut question = portal_sdk::question(&label, kind).ok_or("has no words")?;
        question.required = self.required == Some(true);
        question.help = self.description.as_deref().and_then(help);
        match kind {
            FieldKind::Radio if self.kind.as_deref() == Some("boolean") => {
                question.choices(["Yes", "No"]);
            }
            FieldKind::Radio | FieldKind::CheckboxGroup | FieldKind::Combobox => {
                question.choices(self.options.iter().filter_map(|o| o.value.as_deref()));
            }
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Select
            | FieldKind::MultiSelect
            | FieldKind::Checkbox
            | FieldKind::File => {}
        }
        if let Some(id) = &self.id {
            question.meaning = meaning(id);
            question.locator = self.locator(id, kind);
        }
        Ok(question)
    }

    fn kind(&self) -> Result<FieldKind, String> {
        Ok(match self.kind.as_deref().unwrap_or_default() {
            "text" | "short_text" | "email" | "phone" | "number" | "numeric" | "date" => {
                FieldKind::Text
            }
            "paragraph" | "free_text" => FieldKind::LongText,
            // The consent is a box; other questions of this kind are Yes and No.
            "boolean" if self.id.as_deref() == Some("gdpr") => FieldKind::Checkbox,
            "boolean" => FieldKind::Radio,
            "dropdown" => FieldKind::Combobox,
            "multiple" | "multiple_choice" if self.single_option == Some(true) => FieldKind::Radio,
            "multiple" | "multiple_choice" => FieldKind::CheckboxGroup,
            "file" => FieldKind::File,
            other => {
                return Err(format!(
                    "is of the kind {other:?}, which is left to the page"
                ));
            }
        })
    }

    /// Controls have the field's id as their name, but for files, which have
    /// none, and boxes of a group, which are named after their choices.
    fn locator(&self, id: &str, kind: FieldKind) -> Option<String> {
        Some(match kind {
            FieldKind::File => format!("input[type=\"file\"]{}", named("data-ui", id)),
            FieldKind::Radio => format!("input[type=\"radio\"]{}", named("name", id)),
            FieldKind::CheckboxGroup => {
                let names = self.options.iter().filter_map(|o| o.name.as_deref());
                let boxes =
                    names.map(|name| format!("input[type=\"checkbox\"]{}", named("name", name)));
                let boxes = boxes.collect::<Vec<_>>().join(", ");
                return (1..=SELECTOR).contains(&boxes.len()).then_some(boxes);
            }
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Select
            | FieldKind::MultiSelect
            | FieldKind::Combobox
            | FieldKind::Checkbox => named("name", id),
        })
    }
}

fn help(stated: &str) -> Option<String> {
    let words = html::plain(&markup::html(stated));
    let words = text::cut(&words, TEXT).trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn meaning(id: &str) -> Option<Meaning> {
    Some(match id {
        "firstname" => Meaning::FirstName,
        "lastname" => Meaning::LastName,
        "email" => Meaning::Email,
        "phone" => Meaning::Phone,
        "address" => Meaning::Location,
        "resume" => Meaning::Resume,
        "cover_letter" => Meaning::CoverLetter,
        _ => return None,
    })
}
