//! Files and letters.
#![deny(clippy::indexing_slicing)]

use agent_approval::{FieldKind, Source};

use super::{
    Answer, Control, FileToSend, Meaning, PlanInput, Put, Understood, Why,
    decide::{Decision, unanswered},
    fit,
};

/// The file for a control that takes one.
pub(super) fn file(input: &PlanInput<'_>, control: &Control, understood: &Understood) -> Decision {
    let given = input.documents.given.iter();
    let mut given = given.filter(|given| given.key == understood.key);
    let letter = input.documents.letter.as_ref();
    let found = match (given.next(), understood.meaning) {
        (Some(given), _) => Some((&given.file, Source::Person)),
        (None, Some(Meaning::Resume)) => {
            input.documents.cv.as_ref().map(|file| (file, Source::Fact))
        }
        (None, Some(Meaning::CoverLetter)) => {
            letter.and_then(|letter| Some((letter.file.as_ref()?, letter.source)))
        }
        (None, _) => None,
    };
    match found {
        None if understood.class.is_stop() => Decision::Ask(Why::Stop),
        None => unanswered(control, Why::NoFile),
        Some((file, source)) if accepted(file, &control.accept) => {
            Decision::Put(Put::File(file.clone()), source)
        }
        Some((file, _)) => unanswered(
            control,
            Why::FileType {
                name: file.name.clone(),
                accepted: control.accept.join(", "),
            },
        ),
    }
}

/// The letter or the CV as text, where a control asks for it; `None` when it
/// asks for something else.
pub(super) fn letter_text(
    input: &PlanInput<'_>,
    control: &Control,
    understood: &Understood,
) -> Option<Decision> {
    let (text, source) = match (understood.meaning?, control.kind) {
        (Meaning::CoverLetter, FieldKind::LongText) => {
            let letter = input.documents.letter.as_ref();
            let text = letter.and_then(|letter| letter.text.clone());
            (text, letter.map_or(Source::None, |letter| letter.source))
        }
        // Where the CV goes along as a file, its text is left to those who ask for it.
        (Meaning::Resume, FieldKind::LongText) if control.required => {
            let own = input.documents.cv_text.as_ref();
            (
                Some(own.unwrap_or(&input.profile.text).clone()),
                Source::Fact,
            )
        }
        (Meaning::CoverLetter | Meaning::Resume, _) => (None, Source::None),
        _ => return None,
    };
    let Some(text) = text else {
        return Some(unanswered(control, Why::NotKnown));
    };
    Some(match fit(&Answer::Text(text), control) {
        Ok(Some(put)) => Decision::Put(put, source),
        Ok(None) => unanswered(control, Why::NotKnown),
        Err(misfit) => unanswered(control, Why::Fact(misfit)),
    })
}

/// Whether a control that lists `accept` (HTML `accept` attribute) takes the file.
fn accepted(file: &FileToSend, accept: &[String]) -> bool {
    let name = file.name.to_lowercase();
    let types: &[(&str, &str)] = &[
        (".pdf", "application/pdf"),
        (".txt", "text/plain"),
        (".md", "text/markdown"),
        (".rtf", "application/rtf"),
        (".doc", "application/msword"),
        (
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (".odt", "application/vnd.oasis.opendocument.text"),
        (".png", "image/png"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
    ];
    let media = types.iter().find(|(end, _)| name.ends_with(end));
    let media = media.map(|(_, media)| *media).unwrap_or_default();
    let mut wanted = accept
        .iter()
        .flat_map(|entry| entry.split(','))
        .map(|entry| entry.trim().to_lowercase())
        .filter(|entry| !entry.is_empty())
        .peekable();
    if wanted.peek().is_none() {
        return true;
    }
    wanted.any(|entry| match entry.strip_suffix('*') {
        Some("*/") => true,
        Some(group) => !media.is_empty() && media.starts_with(group),
        None if entry.starts_with('.') => name.ends_with(&entry),
        None => entry == media || name.ends_with(&format!(".{entry}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use agent_approval::Sha256;

    #[test]
    fn a_file_is_taken_by_extension_or_media_type() {
        let check = |name: &str, accept: &[&str], expected: bool| {
            let file = FileToSend {
                path: name.into(),
                name: name.to_owned(),
                size: 1,
                sha256: Sha256::of(b"x"),
            };
            let accept: Vec<String> = accept.iter().map(|entry| (*entry).to_owned()).collect();
            assert_eq!(accepted(&file, &accept), expected, "{name} {accept:?}");
        };
        check("cv.pdf", &[], true);
        check("cv.pdf", &[".pdf"], true);
        check("CV.PDF", &[".doc,.pdf"], true);
        check("cv.pdf", &["application/pdf"], true);
        check("cv.pdf", &["pdf", "docx"], true);
        check("cv.pdf", &["*/*"], true);
        check("cv.pdf", &[".doc", ".docx"], false);
        check("cv.pdf", &["image/*"], false);
        check("photo.png", &["image/*"], true);
        check("cv.md", &[".pdf", "text/plain"], false);
        check("notpdf", &[".pdf"], false);
        check("notpdf", &["pdf"], false);
    }
}
