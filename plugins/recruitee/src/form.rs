//! The recipe of an offer's form: a page of the careers site whose script sends it
//! to the offer's own address. What is asked stands in the list of offers; the
//! employer's questions have other numbers there than on the page, so they are
//! found by their words.

use portal_sdk::html::{self, Piece, pieces};
use portal_sdk::{
    Address, Confirmation, Encoding, FieldKind, Meaning, PortalError, QUESTIONS, Question, Recipe,
    json, named, path_part, rows, tenant,
};
use serde::Deserialize;

/// Hosts a browser contacts for a form besides the careers site itself.
pub(crate) const HOSTS: [&str; 5] = [
    ASSETS,
    CHALLENGE[0],
    CHALLENGE[1],
    CHALLENGE[2],
    CHALLENGE[3],
];
const ASSETS: &str = "careers.recruiteecdn.com";
/// hCaptcha, served under the portal's name; it mostly shows nothing.
const CHALLENGE: [&str; 4] = [
    "captcha-base.recruiteecdn.com",
    "captcha-assets.recruiteecdn.com",
    "captcha-imgs.recruiteecdn.com",
    "captcha-report.recruiteecdn.com",
];
const FORM: &str = "offer-application-form";

/// What an offer says about its form.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    slug: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    careers_url: Option<String>,
    /// "required", "optional" or "off".
    #[serde(default, deserialize_with = "json::text")]
    options_phone: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    options_photo: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    options_cv: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    options_cover_letter: Option<String>,
    #[serde(default, deserialize_with = "json::truth")]
    location_question_visible: bool,
    #[serde(default, deserialize_with = "json::truth")]
    locations_question_required: bool,
    #[serde(default, deserialize_with = "json::text")]
    locations_question: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    locations_question_type: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    locations: Vec<Choice>,
    #[serde(default, deserialize_with = "json::list")]
    open_questions: Vec<Ask>,
}

/// A question of the employer's own.
#[derive(Deserialize)]
struct Ask {
    #[serde(default, deserialize_with = "json::number")]
    position: Option<f64>,
    #[serde(default, deserialize_with = "json::truth")]
    required: bool,
    #[serde(default, deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    body: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    open_question_options: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default, deserialize_with = "json::text")]
    body: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
}

impl Choice {
    fn words(&self) -> Option<&str> {
        self.body.as_deref().or(self.name.as_deref())
    }
}

/// A field every careers site has, under a name of its own.
struct Fixed<'a> {
    label: &'a str,
    name: &'a str,
    kind: FieldKind,
    meaning: Option<Meaning>,
    /// As the offer states it.
    option: Option<&'a str>,
}

impl Asked {
    /// What the offer with this id asks, out of a board's whole list.
    pub(crate) fn of(body: &[u8], key: &str, id: &str) -> Result<Self, PortalError> {
        let all = rows(body, &["offers"], &format!("board {key}"))?;
        all.iter()
            .filter_map(|raw| serde_json::from_str::<Self>(raw.get()).ok())
            .find(|asked| asked.id.as_deref() == Some(id))
            .ok_or_else(|| PortalError::Gone(format!("board {key} does not list posting {id}")))
    }

    /// The origin and the offer's name there. A site at the employer's own host is
    /// one that was not granted: its form is for the person.
    pub(crate) fn place(&self, host: &str) -> Result<Place, PortalError> {
        let stated = self.careers_url.as_deref().and_then(Address::parse);
        let elsewhere =
            stated.is_some_and(|address| tenant(&address.host, "recruitee.com").is_none());
        match (&self.slug, elsewhere) {
            (Some(slug), false) => Ok(Place {
                origin: format!("https://{host}"),
                slug: path_part(slug),
            }),
            (_, true) | (None, false) => Err(PortalError::Unsupported),
        }
    }

    fn questions(mut self) -> Vec<Question> {
        let mut asked: Vec<Question> = [
            Fixed {
                label: "Full name",
                name: "candidate.name",
                kind: FieldKind::Text,
                meaning: Some(Meaning::FullName),
                option: Some("required"),
            },
            Fixed {
                label: "Email address",
                name: "candidate.email",
                kind: FieldKind::Text,
                meaning: Some(Meaning::Email),
                option: Some("required"),
            },
            Fixed {
                label: "Phone number",
                name: "candidate.phone",
                kind: FieldKind::Text,
                meaning: Some(Meaning::Phone),
                option: self.options_phone.as_deref(),
            },
            Fixed {
                label: "Photo",
                name: "candidate.photo",
                kind: FieldKind::File,
                meaning: None,
                option: self.options_photo.as_deref(),
            },
            Fixed {
                label: "CV or resume",
                name: "candidate.cv",
                kind: FieldKind::File,
                meaning: Some(Meaning::Resume),
                option: self.options_cv.as_deref(),
            },
            Fixed {
                label: "Cover letter",
                name: "candidate.coverLetterFile",
                kind: FieldKind::File,
                meaning: Some(Meaning::CoverLetter),
                option: self.options_cover_letter.as_deref(),
            },
        ]
        .into_iter()
        .filter_map(fixed)
        .collect();
        asked.extend(self.location());
        let place = |ask: &Ask| ask.position.unwrap_or(f64::MAX);
        self.open_questions
            .sort_by(|one, other| place(one).total_cmp(&place(other)));
        asked.extend(self.open_questions.iter().filter_map(own));
        asked.truncate(QUESTIONS);
        asked
    }

    /// Which of the offer's places is preferred.
    fn location(&self) -> Option<Question> {
        if !self.location_question_visible {
            return None;
        }
        let kind = match self.locations_question_type.as_deref() {
            Some("multiple_choice") => FieldKind::CheckboxGroup,
            Some(_) | None => FieldKind::Radio,
        };
        let mut question = portal_sdk::question(self.locations_question.as_deref()?, kind)?;
        question.required = self.locations_question_required;
        question.choices(self.locations.iter().filter_map(Choice::words));
        Some(question)
    }
}

/// A field that is not switched off.
fn fixed(field: Fixed<'_>) -> Option<Question> {
    let option = field.option.filter(|option| *option != "off")?;
    let mut question = portal_sdk::question(field.label, field.kind)?;
    question.required = option == "required";
    question.meaning = field.meaning;
    question.locator = Some(named("name", field.name));
    Some(question)
}

/// One of the employer's questions; none for a text that asks nothing and for a
/// film, which only a person can make.
fn own(ask: &Ask) -> Option<Question> {
    let several = !ask.open_question_options.is_empty();
    let kind = match ask.kind.as_deref().unwrap_or_default() {
        "infobox" | "video" => return None,
        "text" | "long_text" => FieldKind::LongText,
        // The words of its two choices are the page's, in its language.
        "boolean" | "single_choice" => FieldKind::Radio,
        "multi_choice" | "multiple_choice" => FieldKind::CheckboxGroup,
        "legal" => FieldKind::Checkbox,
        "file" => FieldKind::File,
        _ if several => FieldKind::Radio,
        _ => FieldKind::Text,
    };
    let label = html::plain(ask.body.as_deref()?);
    let mut question = portal_sdk::question(&label, kind)?;
    question.required = ask.required;
    question.choices(ask.open_question_options.iter().filter_map(Choice::words));
    Some(question)
}

/// Where an offer's form is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    origin: String,
    slug: String,
}

impl Place {
    pub(crate) fn url(&self) -> String {
        format!("{}/o/{}/c/new", self.origin, self.slug)
    }
}

/// The recipe of the form at `place`, on the page `html` where it could be had.
pub(crate) fn recipe(
    place: &Place,
    asked: Asked,
    html: Option<&str>,
) -> Result<Recipe, PortalError> {
    let is_form = |piece: Piece| matches!(piece, Piece::Open(tag) if tag.name == "form" && tag.value("id") == Some(FORM));
    if html.is_some_and(|html| !pieces(html).any(is_form)) {
        return Err(PortalError::Changed(format!(
            "{} has no application form",
            place.url()
        )));
    }
    Ok(Recipe {
        url: place.url(),
        query_keys: Vec::new(),
        form: format!("#{FORM}"),
        submit: format!("#{FORM} button[type=\"submit\"]"),
        method: "POST".to_owned(),
        action: format!("{}/api/offers/{}/candidates", place.origin, place.slug),
        encoding: Encoding::Multipart,
        page_hosts: HOSTS.map(str::to_owned).to_vec(),
        helper_hosts: CHALLENGE.map(str::to_owned).to_vec(),
        questions: asked.questions(),
        uploads: Vec::new(),
        confirmation: Confirmation {
            path_suffix: Some("/applied".to_owned()),
            locator: None,
            reference: None,
        },
        refusal: format!("#{FORM} [role=\"alert\"]"),
        by_hand: None,
    })
}

#[cfg(test)]
mod tests;
