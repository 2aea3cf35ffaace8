//! Looking for values that must not leave.

use super::{Place, WireRefusal, encoded::readings};

/// Values of fewer characters are not looked for: they stand in every request
/// ("2", "DE", "yes") and say nothing about a person.
pub const MIN_PROTECTED: usize = 4;

/// Below this many characters a value counts only as a whole word, for a
/// challenge's long token holds any short one by chance.
const WORD: usize = 8;

/// From so many digits on a text is taken for a telephone number, and compared
/// without its separators. A date has fewer.
const PHONE_DIGITS: usize = 9;

/// A value the person keeps that a manifest does not approve. Words the page
/// itself showed before anything was filled in ("Berlin" on a posting of Berlin)
/// do not belong here: they would refuse the page's own request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectedValue {
    /// What it is, as a refusal names it ("expected salary").
    pub what: String,
    /// The value.
    pub value: String,
}

/// A value in the form it is looked for.
pub(super) struct Needle {
    folded: String,
    digits: Option<String>,
}

impl Needle {
    /// What to look for, unless the value is too short to say anything.
    pub(super) fn of(value: &str) -> Option<Self> {
        let folded = fold(value);
        let folded = folded.trim();
        (folded.chars().count() >= MIN_PROTECTED).then(|| Self {
            folded: folded.to_owned(),
            digits: phone(value).map(|phone| phone.trim_start_matches('+').to_owned()),
        })
    }
}

/// One text of a request, read through every encoding.
pub(super) struct Haystack {
    folded: Vec<String>,
    without_separators: Vec<String>,
}

impl Haystack {
    pub(super) fn of(text: &str) -> Self {
        let folded: Vec<_> = readings(text).iter().map(|text| fold(text)).collect();
        let without_separators = folded
            .iter()
            .map(|text| text.chars().filter(|char| !is_separator(*char)).collect())
            .collect();
        Self {
            folded,
            without_separators,
        }
    }

    pub(super) fn holds(&self, needle: &Needle) -> bool {
        let long = needle.folded.chars().count() >= WORD;
        let text = self.folded.iter().any(|text| {
            if long {
                text.contains(&needle.folded)
            } else {
                holds_word(text, &needle.folded)
            }
        });
        text || needle.digits.as_ref().is_some_and(|digits| {
            let mut texts = self.without_separators.iter();
            texts.any(|text| text.contains(digits))
        })
    }
}

/// Refuses a text that holds a protected value.
pub(super) fn refuse_protected(
    protected: &[ProtectedValue],
    text: &str,
    place: impl Fn() -> Place,
) -> Result<(), WireRefusal> {
    if protected.is_empty() || text.chars().count() < MIN_PROTECTED {
        return Ok(());
    }
    let haystack = Haystack::of(text);
    for ProtectedValue { what, value } in protected {
        if Needle::of(value).is_some_and(|needle| haystack.holds(&needle)) {
            return Err(WireRefusal::Protected {
                what: what.clone(),
                place: place(),
            });
        }
    }
    Ok(())
}

/// Whether two texts are one telephone number.
pub(super) fn same_phone(one: &str, other: &str) -> bool {
    let (one, other) = (phone(one), phone(other));
    one.is_some() && one == other
}

/// A telephone number without its separators; `None` for any other text.
fn phone(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|char| !is_separator(*char)).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let is_phone = digits.len() >= PHONE_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_phone.then(|| kept.clone())
}

fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, '-' | '.' | '(' | ')' | '/')
}

/// Lower case, and every run of white space as one space.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars() {
        if !char.is_whitespace() {
            folded.extend(char.to_lowercase());
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
}

fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
