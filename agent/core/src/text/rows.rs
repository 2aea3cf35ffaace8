//! Rows of the text assets.

/// The rows of `text`, each with the `[section]` it stands in. Empty rows and
/// comments ("# …") are left out.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    text.lines().map(str::trim).filter_map(move |row| {
        if row.is_empty() || row.starts_with('#') {
            return None;
        }
        if let Some(name) = row.strip_prefix('[').and_then(|row| row.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, row))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_with_its_section() {
        let text = "loose\n# a comment\n[one]\n a b \n\n[two]\nc # kept\n[empty]";
        let found: Vec<(&str, &str)> = rows(text).collect();
        assert_eq!(found, [("", "loose"), ("one", "a b"), ("two", "c # kept")]);
    }
}
