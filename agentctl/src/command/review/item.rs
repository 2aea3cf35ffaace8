//! What waits for a decision, read from the manifest's bytes alone.

use agent_api::Timestamp;
use agent_api::v1::{ApplicationRow, Review, ReviewDifference};
use agent_approval::{Field, Manifest, ManifestDigest, ReviewField, Source, Value};
use serde::Serialize;

use crate::error::Failure;

/// One application in the queue. All that is shown of what would be sent comes
/// from `manifest`; the digest is taken of the bytes it was decoded from.
#[derive(Debug)]
pub(super) struct Item {
    /// How the daemon names it.
    pub(super) row: ApplicationRow,
    /// What would be sent.
    pub(super) manifest: Manifest,
    /// Digest of the bytes as received.
    pub(super) digest: ManifestDigest,
    /// What the daemon says changed since the last review.
    pub(super) differences: Vec<ReviewDifference>,
    /// Picture of the filled form.
    pub(super) screenshot: Vec<u8>,
    /// When it was filled.
    pub(super) prepared: Option<Timestamp>,
}

impl Item {
    /// Reads what the daemon sent; refuses bytes that are no manifest, or one
    /// of another application.
    pub(super) fn of(review: Review) -> Result<Self, Failure> {
        let row = review.row.unwrap_or_default();
        let wrong = |what: String| {
            Failure::refused(format!("{} cannot be reviewed: {what}", row.short_id))
                .reason("bad-manifest")
                .hint("fill the form anew with: agentctl prepare")
        };
        let manifest =
            Manifest::decode(&review.manifest).map_err(|error| wrong(error.to_string()))?;
        if manifest.application != row.id {
            return Err(wrong(
                "what would be sent belongs to another application".to_owned(),
            ));
        }
        Ok(Self {
            digest: ManifestDigest::of(&review.manifest),
            manifest,
            differences: review.differences,
            screenshot: review.screenshot,
            prepared: review.prepared,
            row,
        })
    }

    /// All fields of all pages, each with its number from 1 in the form's order.
    pub(super) fn fields(&self) -> Vec<Numbered<'_>> {
        let pages = &self.manifest.snapshots;
        // Fields on the pages before the one of this index.
        let before =
            |page: usize| -> usize { pages.iter().take(page).map(|page| page.fields.len()).sum() };
        let shown = self.manifest.review_order().into_iter();
        shown
            .map(|shown| Numbered {
                number: before(shown.page) + shown.position + 1,
                shown,
            })
            .collect()
    }

    /// The field of a number from 1.
    pub(super) fn field(&self, number: usize) -> Option<&Field> {
        let mut fields = self.manifest.snapshots.iter().flat_map(|page| &page.fields);
        fields.nth(number.checked_sub(1)?)
    }
}

/// A field and its number on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered<'a> {
    /// Position in the form from 1, over all pages.
    pub(super) number: usize,
    /// The field.
    pub(super) shown: ReviewField<'a>,
}

/// Under which heading a field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Group {
    /// It speaks for the person or binds them.
    Yours,
    /// A model wrote it.
    Drafted,
    /// Facts, earlier answers, what the page filled in.
    Rest,
    /// Nothing is in it.
    Empty,
}

impl Numbered<'_> {
    /// The heading it belongs under. A ticked box binds whoever ticked it,
    /// whatever it says, and so does a choice taken over from another form; a
    /// required field left empty must be seen too.
    pub(super) fn group(&self) -> Group {
        let field = self.shown.field;
        match (&field.value, field.source) {
            (Value::Empty, _) if field.required => Group::Yours,
            (Value::Empty, _) => Group::Empty,
            (Value::Ticked(false), Source::None) if !field.required => Group::Empty,
            (_, Source::Drafted) => Group::Drafted,
            (Value::Ticked(_), _) | (Value::Chosen(_), Source::Bank) | (_, Source::Person) => {
                Group::Yours
            }
            (_, Source::Bank | Source::Fact | Source::Page | Source::None) => Group::Rest,
        }
    }
}
