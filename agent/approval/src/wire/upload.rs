//! A request that sends one file ahead of the form.
#![deny(clippy::indexing_slicing)]

use url::Url;

use super::{
    Place, WireBody, WireCheck, WireRefusal, WireRequest, address, approved,
    pairs::{self, BodyForm, PairValue},
    protect::refuse_protected,
};
use crate::{digest::Sha256, snapshot::FileRef};

/// A body that cannot be seen is a file alone; its content is the caller's to
/// check, on disk, by its hash.
pub(super) fn check(
    check: &WireCheck<'_>,
    request: &WireRequest<'_>,
    url: &Url,
    field: &str,
) -> Result<(), WireRefusal> {
    let pages = check.manifest.snapshots.iter();
    let files: Vec<_> = pages
        .flat_map(|page| &page.files)
        .filter(|file| file.field == field)
        .collect();
    if files.is_empty() {
        return Err(missing(field, &files));
    }
    address::check_path(check, url)?;
    address::check_query(check, url)?;
    let has_parts = request.content_type.is_some_and(|content_type| {
        let essence = content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("multipart/form-data")
    });
    if has_parts {
        return parts(check, request, (field, &files));
    }
    match request.body {
        WireBody::Unseen | WireBody::WithoutFiles(b"") => Ok(()),
        WireBody::Whole(bytes) | WireBody::WithoutFiles(bytes) => {
            let hash = Sha256::of(bytes);
            if files.iter().any(|file| file.sha256 == hash) {
                Ok(())
            } else {
                Err(WireRefusal::BodyUnexpected)
            }
        }
    }
}

/// A form of one file and of what the store wants to know about it.
fn parts(
    check: &WireCheck<'_>,
    request: &WireRequest<'_>,
    (field, files): (&str, &[&FileRef]),
) -> Result<(), WireRefusal> {
    let pairs = pairs::read(request)?.filter(|pairs| pairs.form == BodyForm::Multipart);
    let pairs = pairs.ok_or(WireRefusal::BodyUnexpected)?;
    let mut sent = false;
    for pair in &pairs.list {
        match &pair.value {
            PairValue::File { name, content } if name.is_empty() && content.is_empty() => {}
            PairValue::File { name, content } => {
                let file = files
                    .iter()
                    .find(|file| file.name == *name)
                    .filter(|_| !sent);
                let file = file.ok_or_else(|| WireRefusal::OtherFile { file: name.clone() })?;
                if !approved::is_content(file, content, pairs.files_left_out) {
                    return Err(WireRefusal::FileContent { file: name.clone() });
                }
                sent = true;
            }
            PairValue::Text(value) if files.iter().any(|file| file.name == *value) => {}
            PairValue::Text(value) => {
                let place = || Place::Value(pair.name.to_string());
                refuse_protected(check.protected, value, place)?;
                approved::refuse_stray(check.manifest, value, place)?;
            }
        }
    }
    for text in &pairs.texts {
        refuse_protected(check.protected, text, || Place::Name)?;
        approved::refuse_stray(check.manifest, text, || Place::Name)?;
    }
    if sent {
        Ok(())
    } else {
        Err(missing(field, files))
    }
}

fn missing(field: &str, files: &[&FileRef]) -> WireRefusal {
    WireRefusal::MissingFile {
        field: field.to_owned(),
        file: files
            .first()
            .map(|file| file.name.clone())
            .unwrap_or_default(),
    }
}
