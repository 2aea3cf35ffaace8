//! Whether a request that is about to leave is the approved one.
//!
//! The rules, for a request that sends the form:
//!
//! - Method, origin and path are the release's. A query carries neither a
//!   protected value nor text of the form.
//! - Every approved value that is not empty is there, once for its field; every
//!   approved file is there under its name, unless an earlier release sent it.
//! - What else a *form* body (urlencoded, multipart) carries is empty, or bears
//!   the name of a hidden control the reader saw; a pinned one has its value.
//! - A *JSON* body is composed by the page's script and has members no reader
//!   can know beforehand (a challenge's token, an upload's address, numbers of
//!   questions). There, anything may stand that is neither a protected value nor
//!   a second copy of text that was typed.
//! - Nothing a person typed or keeps and did not approve here is anywhere: raw,
//!   percent-encoded or in base64.
//!
//! What this cannot see: a script that enciphers a value. It is a net below the
//! others, the first of which is that a browser is given approved values only.
#![deny(clippy::indexing_slicing)]

mod address;
mod approved;
mod encoded;
mod json;
mod matching;
mod multipart;
mod pairs;
mod protect;
mod refusal;
mod submit;
mod target;
mod upload;

use crate::manifest::{Manifest, ReleaseKind};

pub use protect::{MIN_PROTECTED, ProtectedValue};
pub use refusal::{Place, WireRefusal};

/// A request as interception shows it.
#[derive(Debug, Clone, Copy)]
pub struct WireRequest<'a> {
    /// Method, upper case.
    pub method: &'a str,
    /// The whole address.
    pub url: &'a str,
    /// The header's value.
    pub content_type: Option<&'a str>,
    /// What is known of the body.
    pub body: WireBody<'a>,
}

/// What is known of a request's body. Chromium shows the parts it holds in
/// memory, one after the other, and leaves out what it reads from disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireBody<'a> {
    /// Nothing is shown: there is no body, or it is a file alone.
    Unseen,
    /// Every byte.
    Whole(&'a [u8]),
    /// All but the content of files.
    WithoutFiles(&'a [u8]),
}

/// What a field's control is called and holds on the wire, read from the live page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentAs {
    /// Accessible name of the field.
    pub field: String,
    /// Name of its control, where it has one. If the body has a pair of this
    /// name, the field's value must be in it.
    pub name: Option<String>,
    /// What its chosen options or its ticked box send instead of their texts.
    pub values: Vec<String>,
}

/// What a request is held against.
#[derive(Debug, Clone, Copy)]
pub struct WireCheck<'a> {
    /// The approved manifest.
    pub manifest: &'a Manifest,
    /// Which of its releases is due, from 0.
    pub release: usize,
    /// How values look on the wire.
    pub sent_as: &'a [SentAs],
    /// Names of hidden controls the reader saw, besides those the manifest lists.
    pub hidden_names: &'a [String],
    /// What the person keeps and this manifest does not approve.
    pub protected: &'a [ProtectedValue],
}

impl WireCheck<'_> {
    /// Whether `request` is the release that is due.
    ///
    /// # Errors
    /// The first thing found that was not approved.
    pub fn check(&self, request: &WireRequest<'_>) -> Result<(), WireRefusal> {
        let release = self.manifest.releases.get(self.release);
        let release = release.ok_or(WireRefusal::NoSuchRelease {
            index: self.release,
        })?;
        let url = target::check(request, release)?;
        match &release.kind {
            ReleaseKind::Upload { field } => upload::check(self, request, &url, field),
            ReleaseKind::Submit => submit::check(self, request, &url),
        }
    }
}
