//! What the job board API says is asked.

use portal_sdk::{
    FieldKind, Meaning, PortalError, QUESTIONS, Question, TEXT, html, json, named, text,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Shape;

/// A posting with its questions.
#[derive(Deserialize)]
pub(crate) struct Asked<'a> {
    #[serde(default, deserialize_with = "json::text")]
    absolute_url: Option<String>,
    #[serde(borrow)]
    questions: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "json::list")]
    location_questions: Vec<Ask>,
    /// Voluntary ones that authorities word.
    #[serde(default, deserialize_with = "json::list")]
    compliance: Vec<Section>,
    /// Voluntary ones that the employer words.
    #[serde(default, deserialize_with = "json::lenient")]
    demographic_questions: Option<Survey>,
}

/// What could be read of what is asked.
#[derive(Debug, Default)]
pub(crate) struct Questions {
    pub(crate) asked: Vec<Question>,
    /// What is left to the page, each with its reason.
    pub(crate) unread: Vec<String>,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default, deserialize_with = "json::list")]
    questions: Vec<Ask>,
}

#[derive(Deserialize)]
struct Ask {
    #[serde(default, deserialize_with = "json::text")]
    label: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    required: Option<bool>,
    /// HTML.
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    values: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default, deserialize_with = "json::text")]
    label: Option<String>,
}

#[derive(Deserialize)]
struct Survey {
    #[serde(default, deserialize_with = "surveyed")]
    questions: Vec<Ask>,
}

/// A question of the employer's survey, which is its own field.
#[derive(Deserialize)]
struct Surveyed {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    label: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    required: Option<bool>,
    #[serde(default, rename = "type", deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    answer_options: Vec<Choice>,
}

fn surveyed<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Ask>, D::Error> {
    let questions: Vec<Surveyed> = json::list(from)?;
    Ok(questions.into_iter().map(Ask::from).collect())
}

impl From<Surveyed> for Ask {
    fn from(surveyed: Surveyed) -> Self {
        Self {
            label: surveyed.label,
            required: surveyed.required,
            description: None,
            fields: vec![Field {
                name: surveyed.id,
                kind: surveyed.kind,
                values: surveyed.answer_options,
            }],
        }
    }
}

impl<'a> Asked<'a> {
    /// Reads the answer for `what`; one without questions is `changed`.
    pub(crate) fn read(body: &'a [u8], what: &str) -> Result<Self, PortalError> {
        portal_sdk::read_json(body, what)
    }

    /// The posting's own address.
    pub(crate) fn url(&self) -> Option<&str> {
        self.absolute_url.as_deref()
    }

    /// The questions in the order in which a form of this shape asks them: the
    /// place after the telephone, the voluntary ones last.
    pub(crate) fn questions(&self, shape: Shape) -> Questions {
        let mut read = Questions::default();
        for (index, raw) in self.questions.iter().enumerate() {
            match serde_json::from_str::<Ask>(raw.get()) {
                Ok(ask) => read.add(&ask, shape),
                Err(error) => read.unread.push(format!("question {}: {error}", index + 1)),
            }
        }
        let is_phone = |question: &Question| question.meaning == Some(Meaning::Phone);
        let phone = read.asked.iter().position(is_phone);
        let rest = phone.map(|at| read.asked.split_off(at + 1));
        for ask in &self.location_questions {
            read.add(ask, shape);
        }
        read.asked.extend(rest.unwrap_or_default());
        let survey = self.demographic_questions.iter();
        let survey = survey.flat_map(|survey| &survey.questions);
        let voluntary = self
            .compliance
            .iter()
            .flat_map(|section| &section.questions);
        for ask in survey.chain(voluntary) {
            read.add(ask, shape);
        }
        read.asked.truncate(QUESTIONS);
        read
    }
}

impl Questions {
    fn add(&mut self, ask: &Ask, shape: Shape) {
        match ask.question(shape) {
            Ok(question) => self.asked.extend(question),
            Err(why) => self.unread.push(why),
        }
    }
}

impl Ask {
    /// The question; none for what a person does not see.
    fn question(&self, shape: Shape) -> Result<Option<Question>, String> {
        // A file can be given as text too; the page shows that on request only.
        let is = |kind: &'static str| move |field: &&Field| field.kind.as_deref() == Some(kind);
        let shown = |field: &&Field| field.kind.as_deref() != Some("input_hidden");
        let file = self.fields.iter().find(is("input_file"));
        let Some(field) = file.or_else(|| self.fields.iter().find(shown)) else {
            return Ok(None);
        };
        let label = self.label.as_deref().unwrap_or_default();
        let kind = field.kind(shape).ok_or_else(|| {
            let kind = field.kind.as_deref().unwrap_or("none");
            format!("{label:?} is of the unknown type {kind:?}")
        })?;
        let Some(mut question) = portal_sdk::question(label, kind) else {
            return Err("a question without words".to_owned());
        };
        question.required = self.required.unwrap_or(false);
        question.help = self.description.as_deref().and_then(help);
        match kind {
            FieldKind::Text | FieldKind::LongText | FieldKind::File => {}
            FieldKind::Select
            | FieldKind::MultiSelect
            | FieldKind::Combobox
            | FieldKind::Radio
            | FieldKind::Checkbox
            | FieldKind::CheckboxGroup => {
                question.choices(field.values.iter().filter_map(|v| v.label.as_deref()));
            }
        }
        if let Some(name) = &field.name {
            question.meaning = meaning(name);
            question.locator = match shape {
                Shape::Classic => classic(name),
                Shape::New => Some(new(name)),
            };
        }
        Ok(Some(question))
    }
}

impl Field {
    fn kind(&self, shape: Shape) -> Option<FieldKind> {
        Some(match (self.kind.as_deref()?, shape) {
            ("input_text", _) => FieldKind::Text,
            ("textarea", _) => FieldKind::LongText,
            ("input_file", _) => FieldKind::File,
            ("multi_value_single_select", Shape::Classic) => FieldKind::Select,
            ("multi_value_single_select", Shape::New) => FieldKind::Combobox,
            ("multi_value_multi_select", _) => FieldKind::CheckboxGroup,
            _ => return None,
        })
    }
}

fn help(html: &str) -> Option<String> {
    // Some descriptions are escaped once more, like the posting's own text.
    let words = html::plain(&text::unescape(html));
    let words = text::cut(&words, TEXT).trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn meaning(name: &str) -> Option<Meaning> {
    Some(match name {
        "first_name" => Meaning::FirstName,
        "last_name" => Meaning::LastName,
        "email" => Meaning::Email,
        "phone" => Meaning::Phone,
        "location" => Meaning::Location,
        "country" => Meaning::Country,
        "resume" => Meaning::Resume,
        "cover_letter" | "cover_letter_text" => Meaning::CoverLetter,
        _ => return None,
    })
}

/// Classic forms number the employer's own questions page by page and draw new
/// ids at every load: only the portal's own fields have a lasting name.
fn classic(name: &str) -> Option<String> {
    const LASTING: [&str; 13] = [
        "first_name",
        "last_name",
        "email",
        "phone",
        "location",
        "resume",
        "cover_letter",
        "cover_letter_text",
        "gender",
        "race",
        "hispanic_ethnicity",
        "veteran_status",
        "disability_status",
    ];
    LASTING
        .contains(&name)
        .then(|| named("name", &format!("job_application[{name}]")))
}

/// Newer forms have the field's name as the control's id.
fn new(name: &str) -> String {
    match (name, name.strip_suffix("[]")) {
        ("location", _) => named("id", "candidate-location"),
        (_, Some(group)) => format!("{}, {}", named("id", name), named("id", group)),
        (_, None) => named("id", name),
    }
}
