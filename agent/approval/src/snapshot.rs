//! A form as a reader can take it from the page.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;

/// One page of a form, filled. Element ids, classes, attribute order and nonces
/// of the page never enter; what a person would call different does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormSnapshot {
    /// Origin of the page (`https://boards.greenhouse.io`).
    pub origin: String,
    /// Path of the page.
    pub path: String,
    /// The query parameters that name the page, as the recipe lists them.
    pub query: Vec<(String, String)>,
    /// Where the form goes.
    pub action: Action,
    /// What a person sees, in the page's order.
    pub fields: Vec<Field>,
    /// The files that are attached, in the order of their fields.
    pub files: Vec<FileRef>,
    /// Hidden values that are the same at every load.
    pub pinned: Vec<Pinned>,
    /// Names of hidden values that differ from load to load (tokens).
    pub volatile: Vec<String>,
}

/// Destination of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Action {
    /// Method, upper case.
    pub method: String,
    /// Origin.
    pub origin: String,
    /// Path.
    pub path: String,
}

/// A control of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Field {
    /// Accessible name, as the browser computes it; for a group, the group's.
    pub name: String,
    /// ARIA role ("textbox", "combobox", "radiogroup", …).
    pub role: String,
    /// How it is filled.
    pub kind: FieldKind,
    /// Whether the page says it must be filled.
    pub required: bool,
    /// Texts of the choices, in the page's order; empty for a free field.
    pub options: Vec<String>,
    /// What is in it.
    pub value: Value,
    /// Where the value comes from.
    pub source: Source,
}

/// How a control is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// A native list, one choice.
    Select,
    /// A native list, several choices.
    MultiSelect,
    /// A text field with a list that opens, one choice.
    Combobox,
    /// A group of which one is chosen.
    Radio,
    /// One box, ticked or not.
    Checkbox,
    /// A group of boxes, any number ticked.
    CheckboxGroup,
    /// A file.
    File,
}

/// The content of a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text as typed, line ends as `\n`.
    Text(String),
    /// Texts of what is chosen, in the page's order.
    Chosen(Vec<String>),
    /// A single box.
    Ticked(bool),
    /// Names of the attached file, see [`FormSnapshot::files`].
    File(String),
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A fact of the profile or a document of the person.
    Fact,
    /// An earlier answer of the person.
    Bank,
    /// Text a model wrote.
    Drafted,
    /// The person, for this form.
    Person,
    /// The page itself: it came filled and was left so.
    Page,
    /// Left empty.
    None,
}

/// An attached file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FileRef {
    /// Accessible name of its field.
    pub field: String,
    /// File name as the employer sees it.
    pub name: String,
    /// Length in bytes.
    pub size: u64,
    /// Hash of its content.
    pub sha256: Sha256,
}

/// A hidden value that is the same at every load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pinned {
    /// Name of the hidden control.
    pub name: String,
    /// Hash of its value.
    pub sha256: Sha256,
}

/// One thing that is not as it was at the last review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field, by its accessible name, or the part of the manifest.
    pub field: String,
    /// What was reviewed; `None` when it is new.
    pub before: Option<String>,
    /// What it is now; `None` when it is gone.
    pub after: Option<String>,
}
