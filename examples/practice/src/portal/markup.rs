//! HTML as it comes out of employers' editors: needless spans, non-breaking
//! spaces, entities where none are needed.

use std::fmt::Write;

/// Escapes text for HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{a0}' => escaped.push_str("&nbsp;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Escapes text and spells umlauts and accents as entities, as old editors do.
pub(super) fn escape_named(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in escape(text).chars() {
        let name = match c {
            'ä' => "auml",
            'ö' => "ouml",
            'ü' => "uuml",
            'Ä' => "Auml",
            'Ö' => "Ouml",
            'Ü' => "Uuml",
            'ß' => "szlig",
            'é' => "eacute",
            'è' => "egrave",
            'à' => "agrave",
            'ç' => "ccedil",
            '–' => "ndash",
            '€' => "euro",
            other => {
                escaped.push(other);
                continue;
            }
        };
        // Writing to a String cannot fail.
        let _ = write!(escaped, "&{name};");
    }
    escaped
}

/// Every third paragraph ends in a non-breaking space somebody left there.
pub(super) fn stray_space(index: usize) -> &'static str {
    match index % 3 {
        1 => "&nbsp;",
        _ => "",
    }
}
