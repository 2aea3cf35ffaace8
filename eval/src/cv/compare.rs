//! When two ways of writing a value say the same.

/// Letters and digits in lower case, everything else one space.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        // Signs that make another name of it: C, C++ and C#.
        if c.is_alphanumeric() || matches!(c, '+' | '#') {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

pub(super) fn same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// The part of the words of `wanted` that `text` has.
pub(super) fn covered(wanted: &str, text: &str) -> f64 {
    let (wanted, text) = (fold(wanted), fold(text));
    let words: Vec<&str> = text.split(' ').collect();
    let all = wanted.split(' ').count();
    let found = wanted
        .split(' ')
        .filter(|word| words.contains(word))
        .count();
    found as f64 / all as f64
}

/// As [`covered`], both ways: neither much more nor much less.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    covered(a, b).min(covered(b, a))
}

/// A telephone number without what people set between the digits.
pub(super) fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

/// A link without scheme, `www.` and the last slash.
pub(super) fn link(text: &str) -> String {
    text.trim()
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.")
        .trim_end_matches('/')
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_by_what_they_say() {
        for (a, b, expected) in [
            ("Acme GmbH", "ACME  gmbh", true),
            ("C++", "C", false),
            ("Node.js", "Node js", true),
            ("Zoë", "Zoe", false),
        ] {
            assert_eq!(same(a, b), expected, "{a} {b}");
        }
        assert_eq!(digits("+49 (0)30 / 12"), digits("0049 030 12"));
        assert_eq!(link("https://www.a.b/c/"), link("a.b/C"));
        assert!((covered("MSc Physics", "MSc in Physics") - 1.0).abs() < 1e-9);
        assert!(alike("MSc", "MSc in Physics at X") < 0.5);
    }
}
