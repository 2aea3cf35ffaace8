//! Spoken languages, as a CV lists them.
#![deny(clippy::indexing_slicing)]

mod names;

pub(crate) use self::names::{code_of, english_name};
pub(in crate::profile) use names::{code_of_any, names};

use super::parts::{self, parts};
use crate::profile::LanguageSkill;

/// Beginnings of what says how well a language is known, lower case.
const LEVELS: &[&str] = &[
    "native",
    "mother tongue",
    "first language",
    "fluent",
    "bilingual",
    "proficient",
    "proficiency",
    "professional",
    "full professional",
    "business",
    "advanced",
    "intermediate",
    "conversational",
    "working",
    "limited",
    "basic",
    "beginner",
    "elementary",
    "good",
    "very good",
    "reading",
    "spoken",
    "muttersprache",
    "muttersprachlich",
    "fließend",
    "fliessend",
    "verhandlungssicher",
    "sehr gut",
    "gut",
    "grundkenntnisse",
    "schulkenntnisse",
    "konversationssicher",
    "basiskenntnisse",
    "kenntnisse",
    "langue maternelle",
    "maternelle",
    "courant",
    "bilingue",
    "notions",
    "intermédiaire",
    "avancé",
    "débutant",
    "scolaire",
    "technique",
    "bon",
    "nativo",
    "nativa",
    "fluido",
    "avanzado",
    "intermedio",
    "básico",
    "lengua materna",
];

/// The most bytes that can name a language and a level.
const LONGEST_PIECE: usize = 200;

/// What one line of a list of languages says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) languages: Vec<LanguageSkill>,
    /// Pieces that name no known language.
    pub(super) unknown: Vec<String>,
}

/// Reads "English (C1) · Spanish – native, French: B2".
pub(super) fn of_line(text: &str, line: Option<u32>) -> Listed {
    let mut listed = Listed::default();
    // "Mother tongue(s): French"
    let text = match text.split_once(':') {
        Some((label, rest))
            if code_of_any(label.trim()).is_none() && label.split(' ').count() <= 4 =>
        {
            rest.trim_matches([' ', '|'])
        }
        _ => text,
    };
    // "French | C1": a language and its level in cells.
    let cells = text.replace(" | ", ": ");
    let text = match cells.split(": ").count() {
        2 => cells.as_str(),
        _ => text,
    };
    for piece in parts(text, parts::LIST) {
        if let Some((code, fluency)) = of_piece(piece) {
            listed.languages.push(LanguageSkill {
                code: code.to_owned(),
                fluency,
                line,
            });
        } else if is_level(piece)
            && let Some(last) = listed.languages.last_mut()
        {
            // "English, fluent", "English C1, business fluent"
            last.fluency = Some(match last.fluency.take() {
                Some(fluency) => format!("{fluency}, {piece}"),
                None => piece.to_owned(),
            });
        } else {
            listed.unknown.push(piece.to_owned());
        }
    }
    listed
}

/// A language and how well it is known: the longest name in front wins.
fn of_piece(piece: &str) -> Option<(&'static str, Option<String>)> {
    let piece = piece.trim().trim_end_matches('.');
    if piece.len() > LONGEST_PIECE {
        return None;
    }
    let ends: Vec<usize> = piece
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, _)| at)
        .chain([piece.len()])
        .collect();
    let (code, rest) = ends.into_iter().rev().find_map(|end| {
        let (name, rest) = piece.split_at_checked(end)?;
        Some((code_of(name)?, rest))
    })?;
    let rest = rest.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '=' | '/')
    });
    let rest = match rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) if !inner.contains(['(', ')']) => inner,
        _ => rest,
    };
    Some((code, (!rest.is_empty()).then(|| rest.to_owned())))
}

fn is_level(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    let first = piece.split([' ', '/', '-', '(']).next().unwrap_or_default();
    let common = matches!(
        first.trim_end_matches('+'),
        "a1" | "a2" | "b1" | "b2" | "c1" | "c2"
    );
    common || LEVELS.iter().any(|level| piece.starts_with(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<&str>)], unknown: &[&str]) {
        let listed = of_line(text, Some(3));
        let got: Vec<_> = listed
            .languages
            .iter()
            .map(|language| (language.code.as_str(), language.fluency.as_deref()))
            .collect();
        assert_eq!(got, expected, "{text}");
        assert_eq!(listed.unknown, unknown, "{text}");
        assert!(
            listed
                .languages
                .iter()
                .all(|language| language.line == Some(3))
        );
    }

    #[test]
    fn lists_of_languages_are_read() {
        check("English (C1+)", &[("en", Some("C1+"))], &[]);
        check(
            "English (Native) · Spanish (C1)",
            &[("en", Some("Native")), ("es", Some("C1"))],
            &[],
        );
        check(
            "Deutsch: Muttersprache, Englisch: C1",
            &[("de", Some("Muttersprache")), ("en", Some("C1"))],
            &[],
        );
        check(
            "English, fluent, B2 certificate",
            &[("en", Some("fluent, B2 certificate"))],
            &[],
        );
        check(
            "Français – langue maternelle",
            &[("fr", Some("langue maternelle"))],
            &[],
        );
        check(
            "Mandarin Chinese B1; Swiss German",
            &[("zh", Some("B1")), ("de", None)],
            &[],
        );
        check(
            "Klingon (fluent), Dutch",
            &[("nl", None)],
            &["Klingon (fluent)"],
        );
        check(
            "German (B2, reading C1)",
            &[("de", Some("B2, reading C1"))],
            &[],
        );
        check("", &[], &[]);
    }
}
