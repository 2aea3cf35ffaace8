//! What a manifest approves for one request, and where it must not stand twice.
#![deny(clippy::indexing_slicing)]

use super::{
    Place, SentAs, WireCheck, WireRefusal,
    encoded::from_base64,
    pairs::{Pair, PairValue, Pairs},
    protect::{Haystack, MIN_PROTECTED, Needle, same_phone},
};
use crate::{
    digest::Sha256,
    manifest::{Manifest, ReleaseKind},
    snapshot::{Field, FileRef, FormSnapshot, Value},
};

/// One thing that takes one pair.
pub(super) struct Claim<'a> {
    pub(super) field: &'a str,
    what: What<'a>,
    names: Vec<&'a str>,
    pub(super) required: bool,
}

enum What<'a> {
    /// This text.
    Text(&'a str),
    /// Any of these, exactly.
    OneOf(Vec<&'a str>),
    /// This file.
    File(&'a FileRef),
}

/// What a box sends that names no value of its own, and what scripts make of it.
/// In JSON any member may say this much, unless the control's name is known.
const TICKED: [&str; 4] = ["on", "true", "1", "yes"];

/// The pages that the release at hand sends: with one submission all of them,
/// with one per page the page of the same number.
pub(super) fn pages<'a>(check: &WireCheck<'a>) -> &'a [FormSnapshot] {
    let WireCheck {
        manifest, release, ..
    } = *check;
    let submits = |releases: &[crate::manifest::Release]| {
        let submits = releases
            .iter()
            .filter(|release| release.kind == ReleaseKind::Submit);
        submits.count()
    };
    let all = submits(&manifest.releases);
    let before = manifest.releases.get(..release).map_or(0, submits);
    if all > 1 && all == manifest.snapshots.len() {
        manifest.snapshots.get(before..=before).unwrap_or_default()
    } else {
        &manifest.snapshots
    }
}

/// Everything of these pages that takes a pair.
pub(super) fn claims<'a>(
    check: &WireCheck<'a>,
    pages: &'a [FormSnapshot],
) -> Result<Vec<Claim<'a>>, WireRefusal> {
    let mut claims = Vec::new();
    for page in pages {
        for (position, field) in page.fields.iter().enumerate() {
            field_claims(check.sent_as, (page, position, field), &mut claims)?;
        }
        for file in &page.files {
            claims.push(Claim {
                field: &file.field,
                what: What::File(file),
                names: Vec::new(),
                required: !sent_before(check, file),
            });
        }
    }
    Ok(claims)
}

fn field_claims<'a>(
    sent_as: &'a [SentAs],
    (page, position, field): (&'a FormSnapshot, usize, &'a Field),
    claims: &mut Vec<Claim<'a>>,
) -> Result<(), WireRefusal> {
    let wire = wire_forms(sent_as, (page, position, field));
    let names: Vec<&str> = wire
        .iter()
        .filter_map(|wire| wire.name.as_deref())
        .collect();
    let values: Vec<&str> = wire
        .iter()
        .flat_map(|wire| &wire.values)
        .map(String::as_str)
        .collect();
    let mut claim = |what, required| {
        claims.push(Claim {
            field: &field.name,
            what,
            names: names.clone(),
            required,
        });
    };
    match &field.value {
        Value::Empty => claim(What::OneOf(values), false),
        Value::Text(text) if text.trim().is_empty() => {}
        Value::Text(text) => claim(What::Text(text), true),
        Value::Chosen(chosen) => {
            let one_each = values.len() == chosen.len();
            for (at, option) in chosen.iter().enumerate() {
                let of_this = values
                    .iter()
                    .enumerate()
                    .filter(|(value, _)| !one_each || *value == at);
                let mut accepted = vec![option.as_str()];
                accepted.extend(of_this.map(|(_, value)| *value));
                claim(What::OneOf(accepted), true);
            }
        }
        Value::Ticked(true) => claim(What::OneOf([values.as_slice(), &TICKED].concat()), true),
        // A box that is not ticked is not sent.
        Value::Ticked(false) => {}
        Value::File(name) if page.file_of(field).is_none() => {
            return Err(WireRefusal::MissingFile {
                field: field.name.clone(),
                file: name.clone(),
            });
        }
        Value::File(_) => {}
    }
    Ok(())
}

/// What was read about this field's control: the entry of the same number among
/// those of its name, or all of them where the numbers differ.
fn wire_forms<'a>(
    sent_as: &'a [SentAs],
    (page, position, field): (&FormSnapshot, usize, &Field),
) -> Vec<&'a SentAs> {
    let of_name: Vec<_> = sent_as
        .iter()
        .filter(|wire| wire.field == field.name)
        .collect();
    let same = |field: &&Field, name: &str| field.name == name;
    let fields = page
        .fields
        .iter()
        .filter(|other| same(other, &field.name))
        .count();
    if fields != of_name.len() {
        return of_name;
    }
    let before = page.fields.iter().take(position);
    let number = before.filter(|other| same(other, &field.name)).count();
    of_name.into_iter().skip(number).take(1).collect()
}

/// Whether an earlier release of the manifest uploads this file.
fn sent_before(check: &WireCheck<'_>, file: &FileRef) -> bool {
    let mut earlier = check.manifest.releases.iter().take(check.release);
    earlier.any(|release| match &release.kind {
        ReleaseKind::Upload { field } => *field == file.field,
        ReleaseKind::Submit => false,
    })
}

impl Claim<'_> {
    /// The pairs that can be this claim's.
    pub(super) fn edges(&self, pairs: &Pairs) -> Vec<usize> {
        let named = |pair: &Pair| self.names.iter().any(|name| **name == *pair.name);
        let by_name = pairs.list.iter().any(named);
        let all = pairs.list.iter().enumerate();
        all.filter(|(_, pair)| (!by_name || named(pair)) && self.fits(pair, pairs.files_left_out))
            .map(|(at, _)| at)
            .collect()
    }

    fn fits(&self, pair: &Pair, files_left_out: bool) -> bool {
        match (&self.what, &pair.value) {
            (What::Text(text), PairValue::Text(value)) => {
                same_text(text, value) || same_phone(text, value)
            }
            (What::OneOf(texts), PairValue::Text(value)) => {
                !value.is_empty() && texts.iter().any(|text| same_text(text, value))
            }
            (What::File(file), PairValue::File { name, content }) => {
                *name == file.name && is_content(file, content, files_left_out)
            }
            (What::File(file), PairValue::Text(value)) => {
                let encoded = value
                    .split_once("base64,")
                    .map_or(value.as_str(), |(_, rest)| rest);
                let expected = usize::try_from(file.size).unwrap_or(usize::MAX);
                encoded.len() / 4 * 3 >= expected.saturating_sub(3)
                    && expected > 0
                    && Sha256::of(&from_base64(encoded.as_bytes())) == file.sha256
            }
            (What::Text(_) | What::OneOf(_), PairValue::File { .. }) => false,
        }
    }

    /// The refusal of a request in which this claim has no pair.
    pub(super) fn missing(&self, pairs: &Pairs) -> WireRefusal {
        let field = self.field.to_owned();
        let What::File(file) = self.what else {
            return WireRefusal::MissingValue { field };
        };
        let same_name = |pair: &Pair| match &pair.value {
            PairValue::File { name, .. } => *name == file.name,
            PairValue::Text(_) => false,
        };
        let file = file.name.clone();
        if pairs.list.iter().any(same_name) {
            WireRefusal::FileContent { file }
        } else {
            WireRefusal::MissingFile { field, file }
        }
    }
}

/// Whether bytes on the wire are the file's, as far as they are shown.
pub(super) fn is_content(file: &FileRef, content: &[u8], files_left_out: bool) -> bool {
    (files_left_out && content.is_empty()) || Sha256::of(content) == file.sha256
}

/// Equal but for line ends and white space around.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    with_line_feeds(one).trim() == with_line_feeds(other).trim()
}

pub(super) fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The approved texts that are long enough to be told from chance.
pub(super) fn typed(manifest: &Manifest) -> impl Iterator<Item = (&str, &str)> {
    let fields = manifest.snapshots.iter().flat_map(|page| &page.fields);
    fields.filter_map(|field| match &field.value {
        Value::Text(text) if text.trim().chars().count() >= MIN_PROTECTED => {
            Some((field.name.as_str(), text.as_str()))
        }
        Value::Text(_) | Value::Empty | Value::Chosen(_) | Value::Ticked(_) | Value::File(_) => {
            None
        }
    })
}

/// Refuses text of the form in a place where only machine text belongs.
pub(super) fn refuse_stray(
    manifest: &Manifest,
    text: &str,
    place: impl Fn() -> Place,
) -> Result<(), WireRefusal> {
    if text.chars().count() < MIN_PROTECTED {
        return Ok(());
    }
    let haystack = Haystack::of(text);
    let mut typed = typed(manifest);
    match typed.find(|(_, value)| Needle::of(value).is_some_and(|needle| haystack.holds(&needle))) {
        Some((field, _)) => Err(WireRefusal::Repeated {
            field: field.to_owned(),
            place: place(),
        }),
        None => Ok(()),
    }
}
