//! A line cut at its separators, but never inside brackets.
#![deny(clippy::indexing_slicing)]

/// Separators of a list.
pub(super) const LIST: &[&str] = &[",", ";", "|", "·", "•"];
/// Separators between two names that are unlikely inside either.
pub(super) const NAMES: &[&str] = &[" | ", " · ", " • ", " — ", " – ", " - ", " @ ", " // "];
/// Words between what someone was and where.
pub(super) const WORDS: &[&str] = &[" at ", " bei der ", " beim ", " bei ", " chez "];
/// The separator that may as well stand inside a name.
pub(super) const COMMA: &[&str] = &[", "];

/// The parts of `text` between `separators`, trimmed, none without a letter or digit.
///
/// Where several separators begin, the longest counts: " bei der " before " bei ".
pub(super) fn parts<'a>(text: &'a str, separators: &[&str]) -> Vec<&'a str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || at < start {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let here = separators.iter().filter(|mark| rest.starts_with(**mark));
        if let Some(length) = here.map(|mark| mark.len()).max() {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + length;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|');
    parts
        .into_iter()
        .map(|part| part.trim_matches(edge))
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_outside_brackets() {
        for (text, separators, expected) in [
            ("Rust, Go; C", LIST, vec!["Rust", "Go", "C"]),
            ("AWS (S3, EC2), Go", LIST, vec!["AWS (S3, EC2)", "Go"]),
            ("a [b, (c, d), e], f", LIST, vec!["a [b, (c, d), e]", "f"]),
            ("a), b", LIST, vec!["a)", "b"]),
            (", – · a:", LIST, vec!["a"]),
            ("Lehrerin bei der Schule", WORDS, vec!["Lehrerin", "Schule"]),
            ("Koch — Bar - Grill", NAMES, vec!["Koch", "Bar", "Grill"]),
            ("", NAMES, vec![]),
        ] {
            assert_eq!(parts(text, separators), expected, "{text}");
        }
    }
}
