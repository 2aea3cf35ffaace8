//! Text as portals write it.

use crate::entity;

/// `text` with character references undone once: `&lt;` becomes `<`, while
/// `&amp;lt;` becomes `&lt;`. Names that do not occur in postings are left as they
/// are, for the reader of the HTML.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Byte by byte: the pieces between are too short for a search to pay.
    while let Some(at) = rest.bytes().position(|byte| byte == b'&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let after = from.get(1..).unwrap_or_default();
        if let Some((character, behind)) = reference(after) {
            out.push(character);
            rest = behind;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The character that is referred to by what follows an `&`, and what is left.
fn reference(piece: &str) -> Option<(char, &str)> {
    // The longest reference we know is shorter than 11 bytes.
    let end = piece.bytes().take(11).position(|b| b == b';')?;
    let rest = piece.get(end + 1..)?;
    Some((character(piece.get(..end)?)?, rest))
}

fn character(reference: &str) -> Option<char> {
    let Some(number) = reference.strip_prefix('#') else {
        return entity::named(reference);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

/// `text` cut to at most `max` bytes, at a character's edge.
pub fn cut(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Adds `place` to `places` unless it is blank or already there, whatever its case.
pub fn add_place(places: &mut Vec<String>, place: &str) {
    let place = place.trim();
    if !place.is_empty()
        && !places
            .iter()
            .any(|known| known.to_lowercase() == place.to_lowercase())
    {
        places.push(place.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_undone_once() {
        for (escaped, expected) in [
            ("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "<p>a &amp; b</p>"),
            ("&amp;nbsp;", "&nbsp;"),
            ("&nbsp;", "\u{a0}"),
            ("&#39;&#x2F;&quot;", "'/\""),
            ("&#0;&#xD800;&#99999999;", "&#0;&#xD800;&#99999999;"),
            ("&eacute;&ndash;", "é–"),
            ("&subsetneqq;", "&subsetneqq;"),
            ("a & b", "a & b"),
            ("&", "&"),
            ("é&lt;é", "é<é"),
            ("&éééééééééé;", "&éééééééééé;"),
            ("", ""),
        ] {
            assert_eq!(unescape(escaped), expected, "{escaped}");
        }
    }

    #[test]
    fn a_cut_keeps_characters_whole() {
        assert_eq!(cut("aéb", 2), "a");
        assert_eq!(cut("aéb", 3), "aé");
        assert_eq!(cut("ab", 9), "ab");
    }
}
