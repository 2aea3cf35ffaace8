//! Texts as they are compared: without case, accents and punctuation.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower case, without accents, each run of other signs a single blank:
/// "Full-time" and "full time" are the same, and so are "Zürich" and "zurich".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    for c in plain.flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_thing_fold_alike() {
        for (text, expected) in [
            ("Zürich", "zurich"),
            ("SÃO  Paulo!", "sao paulo"),
            ("Full-time (40 h)", "full time 40 h"),
            ("  ", ""),
            ("東京", "東京"),
        ] {
            assert_eq!(fold(text), expected);
        }
    }
}
