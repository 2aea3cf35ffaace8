//! The order in which a person is shown what will be sent.

use crate::{
    manifest::Manifest,
    snapshot::{Field, FileRef, FormSnapshot, Source, Value},
};

/// A field as it comes up in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewField<'a> {
    /// Page of the form, from 0.
    pub page: usize,
    /// Position on that page, from 0.
    pub position: usize,
    /// The field.
    pub field: &'a Field,
    /// The file in it.
    pub file: Option<&'a FileRef>,
}

impl Manifest {
    /// Every field of every page, those that need most care first: a model's
    /// text, then what the person said for this form, then earlier answers, then
    /// facts, then what the page filled in, then what stays empty. Within one
    /// kind the form's order is kept.
    pub fn review_order(&self) -> Vec<ReviewField<'_>> {
        let mut fields: Vec<_> = self
            .snapshots
            .iter()
            .enumerate()
            .flat_map(|(page, snapshot)| {
                let fields = snapshot.fields.iter().enumerate();
                fields.map(move |(position, field)| ReviewField {
                    page,
                    position,
                    field,
                    file: snapshot.file_of(field),
                })
            })
            .collect();
        fields.sort_by_key(|shown| rank(shown.field.source));
        fields
    }
}

impl FormSnapshot {
    /// The attached file of a field that holds one.
    pub fn file_of(&self, field: &Field) -> Option<&FileRef> {
        let Value::File(name) = &field.value else {
            return None;
        };
        let mut files = self.files.iter();
        files.find(|file| file.field == field.name && file.name == *name)
    }
}

const fn rank(source: Source) -> u8 {
    match source {
        Source::Drafted => 0,
        Source::Person => 1,
        Source::Bank => 2,
        Source::Fact => 3,
        Source::Page => 4,
        Source::None => 5,
    }
}
