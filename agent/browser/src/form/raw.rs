//! What the reader's script returns, as types. It comes from a page: nothing in
//! it is believed beyond its shape.
#![deny(clippy::indexing_slicing)]

use agent_approval::FieldKind;
use agent_core::application::PersonStop;
use serde::Deserialize;

/// A page as the script found it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct RawPage {
    pub(super) url: String,
    pub(super) complete: bool,
    /// HTTP status of the page itself; 0 when there is none.
    pub(super) status: u16,
    pub(super) form: bool,
    pub(super) submit: bool,
    pub(super) action: Option<RawAction>,
    pub(super) controls: Vec<RawControl>,
    pub(super) hidden: Vec<RawHidden>,
    pub(super) stop: Option<RawStop>,
}

/// Where the markup sends the form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct RawAction {
    pub(super) method: String,
    pub(super) url: String,
    /// Whether the markup says so, or only the standard's default.
    pub(super) stated: bool,
}

/// A control that a person sees, or a group of boxes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawControl {
    pub(super) kind: FieldKind,
    /// The node whose accessible name names it.
    pub(super) name: Option<usize>,
    /// The control's own node; none for a group without one.
    pub(super) own: Option<usize>,
    /// Its question as text, where no markup ties it to the control.
    pub(super) fallback: String,
    /// Nodes of the boxes of a group.
    pub(super) options: Vec<usize>,
    /// Texts of the choices; none for a combobox that was not opened yet.
    pub(super) choices: Option<Vec<String>>,
    pub(super) required: bool,
    pub(super) max_length: Option<u32>,
    pub(super) autocomplete: String,
    pub(super) accept: Vec<String>,
    /// Which of the recipe's questions has a locator of this control; -1 for none.
    pub(super) question: i64,
    /// Which of the recipe's uploads it is; -1 for none.
    pub(super) upload: i64,
    pub(super) sent_name: Option<String>,
    pub(super) sent_values: Vec<String>,
    pub(super) value: RawValue,
}

/// What is in a control.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum RawValue {
    Text(String),
    /// Texts of the chosen options.
    Chosen(Vec<String>),
    Ticked(bool),
    /// Numbers of the ticked boxes of a group.
    Ticks(Vec<usize>),
    Files(Vec<RawFile>),
}

/// A file that was chosen, as the page sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct RawFile {
    pub(super) name: String,
    pub(super) size: u64,
}

/// A value that is sent though nobody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct RawHidden {
    pub(super) name: String,
    pub(super) value: String,
}

/// What only the person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawStop {
    Login,
    Captcha,
    Code,
}

impl From<RawStop> for PersonStop {
    fn from(stop: RawStop) -> Self {
        match stop {
            RawStop::Login => Self::Login,
            RawStop::Captcha => Self::Captcha,
            RawStop::Code => Self::Code,
        }
    }
}

/// What the page shows once the form was sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct RawOutcome {
    pub(crate) url: String,
    pub(crate) complete: bool,
    pub(crate) status: u16,
    /// Whether the path ends as the recipe says.
    pub(crate) path: bool,
    /// Whether the recipe's element is there.
    pub(crate) located: bool,
    pub(crate) reference: Option<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) stop: Option<RawStop>,
}
