//! What the page's query says is asked: the application's form, then the
//! voluntary surveys.

use portal_sdk::{
    FieldKind, Meaning, PortalError, QUESTIONS, Question, TEXT, html, json, markup, named, text,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The questions of a form.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) questions: Vec<Question>,
    /// What is left to the page, each with its reason.
    pub(crate) unread: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    data: Option<Found>,
    #[serde(default, deserialize_with = "json::list")]
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    job_posting: Option<JobPosting>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default, deserialize_with = "json::text")]
    message: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobPosting {
    #[serde(default)]
    application_form: Option<Form>,
    #[serde(default, deserialize_with = "json::list")]
    survey_forms: Vec<Form>,
}

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "json::list")]
    sections: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Section {
    #[serde(default, deserialize_with = "json::lenient")]
    is_hidden: Option<bool>,
    #[serde(default, deserialize_with = "json::list")]
    field_entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default, deserialize_with = "nested")]
    field: Option<Field>,
    #[serde(default, deserialize_with = "json::lenient")]
    is_required: Option<bool>,
    #[serde(default, deserialize_with = "json::lenient")]
    is_hidden: Option<bool>,
    #[serde(default, deserialize_with = "json::text")]
    description_html: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    #[serde(default, deserialize_with = "json::text")]
    path: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    human_readable_path: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    selectable_values: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default, deserialize_with = "json::text")]
    label: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    value: Option<String>,
}

/// A value, or the same value written as JSON in a text.
fn nested<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let raw: &RawValue = Deserialize::deserialize(from)?;
    let found = serde_json::from_str(raw.get()).ok();
    Ok(found.or_else(|| {
        let text: String = serde_json::from_str(raw.get()).ok()?;
        serde_json::from_str(&text).ok()
    }))
}

impl Asked {
    /// Reads the answer for `what`. A posting that is not there is gone; one
    /// without a form takes no applications here.
    pub(crate) fn read(body: &[u8], what: &str) -> Result<Self, PortalError> {
        let answer: Answer = portal_sdk::read_json(body, what)?;
        let Some(posting) = answer.data.and_then(|found| found.job_posting) else {
            let problem = answer
                .errors
                .into_iter()
                .find_map(|problem| problem.message);
            return Err(match problem {
                Some(problem) => PortalError::Changed(format!("{what}: {problem}")),
                None => PortalError::Gone(format!("{what} is not there (any more)")),
            });
        };
        let Some(form) = posting.application_form else {
            return Err(PortalError::Gone(format!("{what} is not open")));
        };
        let mut asked = Self::default();
        for form in std::iter::once(form).chain(posting.survey_forms) {
            let shown = form
                .sections
                .into_iter()
                .filter(|section| section.is_hidden != Some(true));
            for entry in shown.flat_map(|section| section.field_entries) {
                if entry.is_hidden != Some(true) {
                    asked.add(entry);
                }
            }
        }
        Ok(asked)
    }

    fn add(&mut self, entry: Entry) {
        let label = entry.field.as_ref().and_then(Field::words);
        match entry.question() {
            Ok(question) if self.questions.len() < QUESTIONS => self.questions.push(question),
            Ok(question) => self
                .unread
                .push(format!("{:?} is one too many", question.label)),
            Err(why) => self
                .unread
                .push(format!("{:?} {why}", label.unwrap_or_default())),
        }
    }
}

impl Entry {
    fn question(self) -> Result<Question, String> {
        let field = self.field.ok_or("has no field")?;
        let kind = field.kind()?;
        let label = field.words().ok_or("has no words")?;
        let mut question = portal_sdk::question(&label, kind).ok_or("has no words")?;
        question.required = self.is_required == Some(true);
        question.help = self.description_html.as_deref().and_then(help);
        match kind {
            FieldKind::Radio if field.kind.as_deref() == Some("Boolean") => {
                question.choices(["Yes", "No"]);
            }
            FieldKind::Radio | FieldKind::CheckboxGroup => {
                let choices = field.selectable_values.iter();
                question.choices(choices.filter_map(|c| c.label.as_deref().or(c.value.as_deref())));
            }
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Select
            | FieldKind::MultiSelect
            | FieldKind::Combobox
            | FieldKind::Checkbox
            | FieldKind::File => {}
        }
        if let Some(path) = &field.path {
            question.meaning = meaning(path);
            question.locator = Some(locator(kind, path));
        }
        Ok(question)
    }
}

impl Field {
    /// Titles come with hard blanks in them.
    fn words(&self) -> Option<String> {
        let title = markup::stated(self.title.as_deref());
        title.or_else(|| markup::stated(self.human_readable_path.as_deref()))
    }

    fn kind(&self) -> Result<FieldKind, String> {
        Ok(match self.kind.as_deref().unwrap_or_default() {
            "String" | "Email" | "Phone" | "Url" | "SocialLink" | "Number" | "Currency"
            | "Date" => FieldKind::Text,
            "LongText" | "RichText" => FieldKind::LongText,
            "Boolean" | "ValueSelect" => FieldKind::Radio,
            "MultiValueSelect" => FieldKind::CheckboxGroup,
            "Location" => FieldKind::Combobox,
            "File" => FieldKind::File,
            other => {
                return Err(format!(
                    "is of the kind {other:?}, which is left to the page"
                ));
            }
        })
    }
}

fn help(stated: &str) -> Option<String> {
    let words = html::plain(&markup::html(stated));
    let words = text::cut(&words, TEXT).trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn meaning(path: &str) -> Option<Meaning> {
    Some(match path {
        "_systemfield_name" => Meaning::FullName,
        "_systemfield_email" => Meaning::Email,
        "_systemfield_phone" => Meaning::Phone,
        "_systemfield_location" => Meaning::Location,
        "_systemfield_resume" => Meaning::Resume,
        _ => return None,
    })
}

/// Text and files have the field's path as their id. What is chosen has none:
/// it stands in a box that has the path.
fn locator(kind: FieldKind, path: &str) -> String {
    let holder = named("data-field-path", path);
    match kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::File => named("id", path),
        FieldKind::Combobox | FieldKind::Select | FieldKind::MultiSelect => {
            format!("{holder} [role=\"combobox\"]")
        }
        FieldKind::Radio => format!("{holder} input[type=\"radio\"], {holder}"),
        FieldKind::Checkbox | FieldKind::CheckboxGroup => {
            format!("{holder} input[type=\"checkbox\"]")
        }
    }
}
