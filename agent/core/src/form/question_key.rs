//! The name under which an answer is kept for the next form.
//!
//! Two forms that ask the same have the same key. What holds for one employer,
//! posting or country alone bears that in its key, so that "no" to "Have you
//! worked for us?" never becomes an answer to somebody else.
#![deny(clippy::indexing_slicing)]

use agent_approval::{FieldKind, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{
    class::{QuestionClass, Wording, classify},
    phrase::Folded,
    scope::{Scope, scope},
};
use crate::text;

/// The opening a form belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFacts {
    /// The employer.
    pub employer: String,
    /// Title of the posting.
    pub title: String,
    /// Countries of the posting's places, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
}

/// Longest part of a key that repeats the question's words, in characters;
/// longer questions end in a digest of the whole.
const MAX_WORDS: usize = 160;

/// Stands in a key for the employer's name.
const EMPLOYER: &str = "‹employer›";
/// Stands in a key for the posting's title.
const TITLE: &str = "‹title›";

/// The key of a question: its words without marks and without the employer's
/// name and the title, a digest of its choices, and what its answer is bound to.
pub fn question_key(wording: &Wording<'_>, job: &JobFacts) -> String {
    key_of_class(wording, classify(wording), job)
}

/// As [`question_key`], where the class is known.
pub(super) fn key_of_class(wording: &Wording<'_>, class: QuestionClass, job: &JobFacts) -> String {
    let named = Named::of(wording.label, job);
    let mut words = plain(&named.label);
    if words.is_empty() {
        words = plain(&Named::of(wording.help, job).label);
    }
    // The help of a statement is part of what is stated.
    if matches!(class, QuestionClass::Attestation | QuestionClass::Consent) || class.is_stop() {
        let help = plain(&Named::of(wording.help, job).label);
        if !help.is_empty() {
            words = format!("{words} / {help}");
        }
    }
    let mut key = shorten(words);
    if let Some(digest) = of_options(wording) {
        key.push_str(" #");
        key.push_str(&digest);
    }
    let employer = || Folded::of(&job.employer).words().to_owned();
    match scope(class, wording, &named, job) {
        Scope::Everywhere => {}
        Scope::Country => {
            let mut countries = job.countries.clone();
            countries.sort();
            countries.dedup();
            key.push_str(&format!(" @{}", countries.join("+")));
        }
        Scope::Employer => key.push_str(&format!(" @{}", employer())),
        Scope::Posting => {
            let title = Folded::of(&job.title).words().to_owned();
            key.push_str(&format!(" @{}/{title}", employer()));
        }
    }
    key
}

/// A text with marks for the employer's name and the title.
pub(super) struct Named {
    pub(super) label: String,
    pub(super) employer: bool,
    pub(super) title: bool,
}

impl Named {
    fn of(text: &str, job: &JobFacts) -> Self {
        let text = text::line(text);
        let (label, title) = replace(&text, &job.title, TITLE);
        let mut found = (label, false);
        for name in names(&job.employer) {
            let (label, here) = replace(&found.0, name, EMPLOYER);
            found = (label, found.1 || here);
        }
        Self {
            label: found.0,
            employer: found.1,
            title,
        }
    }
}

/// The employer's name, and the name without its legal form.
fn names(employer: &str) -> Vec<&str> {
    const FORMS: &[&str] = &[
        "ab",
        "ag",
        "as",
        "bv",
        "co",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "oy",
        "plc",
        "pte",
        "sa",
        "sarl",
        "sas",
        "se",
        "sl",
        "spa",
        "srl",
    ];
    let mut names = vec![employer.trim()];
    let mut name = employer.trim();
    while let Some((head, last)) = name.rsplit_once([' ', ',']) {
        let last: String = last.chars().filter(|c| c.is_alphanumeric()).collect();
        if !FORMS.contains(&last.to_lowercase().as_str()) && !last.is_empty() {
            break;
        }
        name = head.trim_end_matches([',', ' ']);
        names.push(name);
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Replaces `name` where it stands as whole words. Short names are often words
/// too ("On", "Box"), so they count only as written.
fn replace(text: &str, name: &str, mark: &str) -> (String, bool) {
    let name = text::line(name);
    if name.is_empty() {
        return (text.to_owned(), false);
    }
    let exact = name.chars().count() < 5;
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut found) = (text, false);
    let mut before: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        let free = !before.is_some_and(char::is_alphanumeric);
        let len = if free {
            matched(rest, &name, exact)
        } else {
            None
        };
        if let Some(after) = len.and_then(|len| rest.get(len..)) {
            out.push_str(mark);
            found = true;
            before = None;
            rest = after;
            continue;
        }
        out.push(c);
        before = Some(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    (out, found)
}

/// Length in bytes of `name` at the beginning of `text`, when a word ends there.
fn matched(text: &str, name: &str, exact: bool) -> Option<usize> {
    let mut here = text.char_indices();
    for wanted in name.chars() {
        let (_, c) = here.next()?;
        let same = c == wanted || (!exact && c.to_lowercase().eq(wanted.to_lowercase()));
        if !same {
            return None;
        }
    }
    let rest = here.as_str();
    (!rest.starts_with(char::is_alphanumeric)).then_some(text.len() - rest.len())
}

/// Lower case, without punctuation and marks of what is required. Signs that
/// tell questions apart stay: "C", "C++" and "C#", "€" and "$".
fn plain(text: &str) -> String {
    let text: String = text::line(text)
        .nfkc()
        .flat_map(char::to_lowercase)
        .collect();
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let inner_point = c == '.' && chars.peek().is_some_and(|next| next.is_alphanumeric());
        let kept = c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || "+#€$£¥%<>=‹›".contains(c)
            || inner_point;
        match c {
            c if kept => out.push(c),
            '\'' | '’' => {}
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    let mut words = out.trim();
    while let Some(rest) = REQUIRED
        .iter()
        .find_map(|mark| words.strip_suffix(mark)?.strip_suffix(' '))
    {
        words = rest.trim_end();
    }
    words.to_owned()
}

/// Marks behind a label.
const REQUIRED: &[&str] = &[
    "required",
    "optional",
    "mandatory",
    "pflichtfeld",
    "erforderlich",
    "obligatoire",
    "facultatif",
    "obligatorio",
    "opcional",
];

fn shorten(words: String) -> String {
    if words.chars().count() <= MAX_WORDS {
        return words;
    }
    let head: String = words.chars().take(MAX_WORDS).collect();
    format!("{}… {}", head.trim_end(), short_digest(&words))
}

/// A digest of the choices in any order.
fn of_options(wording: &Wording<'_>) -> Option<String> {
    let choice = match wording.kind {
        FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::CheckboxGroup => true,
        FieldKind::Text | FieldKind::LongText | FieldKind::Checkbox | FieldKind::File => false,
    };
    if !choice {
        return None;
    }
    let mut options: Vec<String> = wording
        .options
        .iter()
        .map(|option| text::line(option).to_lowercase())
        .collect();
    options.sort();
    Some(short_digest(&options.join("\n")))
}

fn short_digest(text: &str) -> String {
    let digest = Sha256::of(text.as_bytes()).to_string();
    digest.chars().take(12).collect()
}

#[cfg(test)]
mod tests;
