//! Ways to reach a person, told by their form: mail, link, telephone.
#![deny(clippy::indexing_slicing)]

use crate::profile::read::dates;

/// An electronic mail address, without marks around it.
pub(super) fn email(word: &str) -> Option<String> {
    let word = word.trim_start_matches("mailto:");
    let word = word.trim_matches(|c: char| {
        matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '|' | '"') || c == '.'
    });
    let (local, host) = word.split_once('@')?;
    let domain = host.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && end.len() >= 2 && end.chars().all(|c| c.is_alphabetic())
    });
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\''))
    };
    (!local.is_empty() && plain(local) && plain(host) && domain).then(|| word.to_owned())
}

/// A link as written, with or without its scheme, without marks around it.
pub(in crate::profile::read) fn link(word: &str) -> Option<String> {
    let word =
        word.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '|' | '"'));
    let bare = word
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, end) = host.rsplit_once('.')?;
    let proper = !name.is_empty()
        && end.len() >= 2
        && end.chars().all(|c| c.is_ascii_lowercase())
        && host
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
    let common = [
        "com", "org", "net", "de", "fr", "io", "dev", "eu", "uk", "me", "at", "ch", "es", "app",
        "tech", "info", "example", "ai", "co", "edu", "it", "nl", "be", "pl", "pt", "se", "no",
        "dk", "fi", "ie", "us", "ca", "au", "nz", "in", "sg", "jp", "br", "mx", "page", "site",
        "online", "xyz", "design", "studio", "blog", "cloud", "works", "pro", "cat", "eus", "cv",
    ];
    let told = word != bare || bare.contains('/') || common.contains(&end);
    (proper && told && !word.contains('@')).then(|| word.trim_end_matches('.').to_owned())
}

/// A telephone number as written: seven to fifteen digits (ITU-T E.164) and
/// the marks people set between them.
pub(super) fn phone(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let marks = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-' | '/' | '.' | '–'));
    let dated = dates::find(text).is_some_and(|dates| dates.at.len() * 2 > text.len());
    ((7..=15).contains(&digits) && marks && !dated).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_words() {
        for (word, expected) in [
            ("ada@example.org,", Some("ada@example.org")),
            ("<a.b+c@d.example.co.uk>", Some("a.b+c@d.example.co.uk")),
            ("@ada", None),
            ("ada@localhost", None),
            ("a@b@c.de", None),
        ] {
            assert_eq!(email(word).as_deref(), expected, "{word}");
        }
        for (word, expected) in [
            ("linkedin.com/in/ada", Some("linkedin.com/in/ada")),
            ("https://ada.example", Some("https://ada.example")),
            ("ada.dev", Some("ada.dev")),
            ("Node.js", None),
            ("e.g.", None),
            ("B.Sc.", None),
            ("and/or", None),
        ] {
            assert_eq!(link(word).as_deref(), expected, "{word}");
        }
        for (text, expected) in [
            ("01/2019 - 12/2021", None),
            ("12345", None),
            ("+49 (0)30 1234-567", Some("+49 (0)30 1234-567")),
        ] {
            assert_eq!(phone(text).as_deref(), expected, "{text}");
        }
    }
}
