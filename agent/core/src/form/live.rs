//! A form as a browser reads it, and what is put into it.

use std::path::PathBuf;

use agent_approval::{Action, FieldKind, Sha256, Source};

use super::recipe::Meaning;
use crate::application::PersonStop;

/// What a page showed when it was loaded, before anything was put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePage {
    /// Where the form goes.
    pub action: Action,
    /// The controls a person sees, in the page's order.
    pub controls: Vec<Control>,
    /// Something only the person can do; the controls are then what could be read.
    pub stop: Option<PersonStop>,
    /// Hosts the page asked for and was refused.
    pub refused_hosts: Vec<String>,
}

/// A control as it is on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Position in the page's order, from 0: names the control to the browser.
    pub index: usize,
    /// Accessible name, as the browser computes it.
    pub name: String,
    /// Accessible description (help and error texts).
    pub description: String,
    /// ARIA role.
    pub role: String,
    /// How it is filled.
    pub kind: FieldKind,
    /// Whether the page says it must be filled.
    pub required: bool,
    /// Texts of the choices, in the page's order.
    pub options: Vec<String>,
    /// Longest text the page takes, in UTF-16 units.
    pub max_length: Option<u32>,
    /// What the HTML `autocomplete` token or the recipe says it stands for.
    pub meaning: Option<Meaning>,
    /// Accepted file types, as the page lists them; empty when any.
    pub accept: Vec<String>,
}

/// What is put into one control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    /// The control's [`Control::index`].
    pub control: usize,
    /// What is put there.
    pub put: Put,
    /// Where it comes from.
    pub source: Source,
}

/// A value for a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// Text, line ends as `\n`.
    Text(String),
    /// The options with these texts, and no others.
    Choose(Vec<String>),
    /// The single box ticked or not.
    Tick(bool),
    /// This file.
    File(FileToSend),
}

/// A file of the person as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileToSend {
    /// Where.
    pub path: PathBuf,
    /// Name as the employer sees it; the last part of `path`.
    pub name: String,
    /// Length in bytes.
    pub size: u64,
    /// Hash of its content, checked again before it leaves.
    pub sha256: Sha256,
}
