//! One listed posting, as far as an application to it is concerned.

use serde::{Deserialize, Serialize};

use crate::expected::Portal;
use crate::form::{Form, Key};
use crate::portal::{greenhouse, lever};

/// The kind of page an employer has: both Greenhouse kinds, and Lever's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A form in plain HTML under the posting, on `boards.greenhouse.io`.
    GreenhouseClassic,
    /// A form built by a script, on `job-boards.greenhouse.io`.
    GreenhouseNew,
    /// A page of its own on `jobs.lever.co`.
    Lever,
}

impl Shape {
    /// The board API behind it.
    #[must_use]
    pub fn portal(self) -> Portal {
        match self {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => Portal::Greenhouse,
            Shape::Lever => Portal::Lever,
        }
    }

    /// The host of its pages.
    #[must_use]
    pub fn host(self) -> &'static str {
        match self {
            Shape::GreenhouseClassic => greenhouse::CLASSIC_PAGES,
            Shape::GreenhouseNew => greenhouse::NEW_PAGES,
            Shape::Lever => lever::PAGES,
        }
    }
}

/// A posting that can be applied to now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpeningInfo {
    /// The kind of page.
    pub shape: Shape,
    /// The board's name in addresses.
    pub token: String,
    /// The portal's id of the posting.
    pub id: String,
    /// The title.
    pub title: String,
    /// Where the form is.
    pub form_url: String,
    /// Labels of what must be answered beyond name, e-mail, phone and resume.
    pub required: Vec<String>,
    /// Labels of what may be left empty.
    pub optional: Vec<String>,
}

/// What a form and its page are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) shape: Shape,
    pub(crate) token: String,
    pub(crate) company: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) country: Option<String>,
    /// The description as HTML.
    pub(crate) description: String,
}

impl Opening {
    /// Path of the page with the form, which is also where the form is sent.
    pub(crate) fn form_path(&self) -> String {
        match self.shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => self.posting_path(),
            Shape::Lever => format!("{}/apply", self.posting_path()),
        }
    }

    pub(crate) fn posting_path(&self) -> String {
        match self.shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => {
                format!("/{}/jobs/{}", self.token, self.id)
            }
            Shape::Lever => format!("/{}/{}", self.token, self.id),
        }
    }

    /// Path and query of the page that thanks for an application.
    pub(crate) fn thanks(&self, reference: &str) -> String {
        let page = match self.shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => "confirmation",
            Shape::Lever => "thanks",
        };
        format!("{}/{page}?application={reference}", self.posting_path())
    }

    pub(crate) fn form_url(&self) -> String {
        format!("https://{}{}", self.shape.host(), self.form_path())
    }

    pub(crate) fn info(&self) -> OpeningInfo {
        let form = Form::of(self);
        let beyond = |q: &&crate::form::Question| matches!(q.key, Key::Custom(_));
        let (required, optional): (Vec<_>, Vec<_>) = (
            form.questions
                .iter()
                .filter(|q| q.required)
                .filter(beyond)
                .map(|q| q.label.clone())
                .collect(),
            form.questions
                .iter()
                .filter(|q| !q.required)
                .map(|q| q.label.clone())
                .collect(),
        );
        OpeningInfo {
            shape: self.shape,
            token: self.token.clone(),
            id: self.id.clone(),
            title: self.title.clone(),
            form_url: self.form_url(),
            required,
            optional,
        }
    }
}
