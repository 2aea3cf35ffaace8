//! What a plugin says about the form of one posting.

use agent_approval::FieldKind;
use serde::{Deserialize, Serialize};

/// How to find, fill and send one posting's form. It is data: the host's
/// browser does the work, and everything here is checked against the live page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// Address of the page with the form; https.
    pub url: String,
    /// Query parameters of that address that name the page.
    pub query_keys: Vec<String>,
    /// CSS selector of the form.
    pub form: String,
    /// CSS selector of the control that sends it.
    pub submit: String,
    /// Method with which it is sent, upper case.
    pub method: String,
    /// Address it is sent to: origin and path.
    pub action: String,
    /// How it is sent.
    pub encoding: Encoding,
    /// Hosts the page may load from besides its own, exact or `*.`.
    pub page_hosts: Vec<String>,
    /// Hosts of an invisible challenge, contacted when the form is sent, with
    /// nothing of the person.
    pub helper_hosts: Vec<String>,
    /// The questions, in the form's order, as far as the portal states them
    /// outside the page. Empty when only the page knows.
    pub questions: Vec<Question>,
    /// Files that the page sends away as soon as they are chosen.
    pub uploads: Vec<Upload>,
    /// How a success is known.
    pub confirmation: Confirmation,
    /// CSS selector of the messages of a form that was not accepted.
    pub refusal: String,
    /// Why only a person can send this form, in one sentence. The questions then
    /// make their answer sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<String>,
}

/// Body of the request that sends the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`.
    Urlencoded,
    /// `multipart/form-data` (RFC 7578).
    Multipart,
    /// `application/json`, composed by the page's script.
    Json,
}

/// A question as the portal states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its words.
    pub label: String,
    /// Further words below it.
    pub help: Option<String>,
    /// How it is answered.
    pub kind: FieldKind,
    /// Whether an answer is required.
    pub required: bool,
    /// Texts of the choices.
    pub options: Vec<String>,
    /// What it stands for, where the portal's own field name says so.
    pub meaning: Option<Meaning>,
    /// CSS selector of its control, where it is stable.
    pub locator: Option<String>,
}

/// A fact of the person that forms ask for under many names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Full name.
    FullName,
    /// Electronic mail address.
    Email,
    /// Telephone number.
    Phone,
    /// City, or city and country.
    Location,
    /// Country of residence.
    Country,
    /// LinkedIn address.
    LinkedIn,
    /// GitHub address.
    GitHub,
    /// Home page or portfolio.
    Website,
    /// Present employer.
    CurrentCompany,
    /// The CV as a file.
    Resume,
    /// The letter, as a file or text.
    CoverLetter,
}

/// A file that leaves as soon as it is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// CSS selector of the file input.
    pub locator: String,
    /// Method of the upload, upper case.
    pub method: String,
    /// Where it goes: origin and the beginning of the path.
    pub url_prefix: String,
}

/// How it is known that the portal took the application. Any one that is
/// stated and holds is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The path of the page then ends so.
    pub path_suffix: Option<String>,
    /// CSS selector of something that is then there.
    pub locator: Option<String>,
    /// CSS selector of the portal's reference.
    pub reference: Option<String>,
}
