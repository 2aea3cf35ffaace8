//! Texts put together from the parts a portal states, and addresses looked at.

use crate::Address;

/// A description made of sections: each with its heading, which is plain text,
/// and its HTML. A section without HTML is left out with its heading.
pub fn sections<'a>(
    parts: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>,
) -> Option<String> {
    let mut html = String::new();
    for (heading, body) in parts {
        let Some(body) = body.filter(|body| !body.trim().is_empty()) else {
            continue;
        };
        if !html.is_empty() {
            html.push('\n');
        }
        if let Some(heading) = heading.map(str::trim).filter(|heading| !heading.is_empty()) {
            html.push_str("<h3>");
            html.push_str(&heading.replace('&', "&amp;").replace('<', "&lt;"));
            html.push_str("</h3>\n");
        }
        html.push_str(body);
    }
    (!html.is_empty()).then_some(html)
}

/// A place from its parts, from small to large ("Ghent, Flanders, Belgium"):
/// blank parts and those that repeat the one before are left out.
pub fn place<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let mut named: Vec<&str> = Vec::new();
    for part in parts.into_iter().flatten().map(str::trim) {
        let repeated = named
            .last()
            .is_some_and(|last| last.eq_ignore_ascii_case(part));
        if !part.is_empty() && !repeated {
            named.push(part);
        }
    }
    (!named.is_empty()).then(|| named.join(", "))
}

/// `text` as one part of a path: whatever is no letter, digit, `-`, `_`, `.` or
/// `~` is percent-encoded.
pub fn path_part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// `stated` if it is an http(s) address; portals leave a path, a word or nothing
/// in its place.
pub fn web_address(stated: Option<String>) -> Option<String> {
    stated.filter(|text| {
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        web && Address::parse(text).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_is_one() {
        for (text, expected) in [
            ("https://jobs.example.com/7?x=1", true),
            ("HTTP://jobs.example.com", true),
            ("jobs.example.com/7", false),
            ("/jobs/7", false),
            ("mailto://jobs.example.com", false),
            ("https://", false),
            ("7", false),
        ] {
            assert_eq!(web_address(Some(text.into())).is_some(), expected, "{text}");
        }
        assert_eq!(web_address(None), None);
    }

    #[test]
    fn a_description_has_its_headings_and_no_empty_section() {
        for (parts, expected) in [
            (vec![], None),
            (vec![(Some("About"), None), (None, Some(" "))], None),
            (
                vec![
                    (None, Some("<p>a</p>")),
                    (Some("You & <us>"), Some("<ul></ul>")),
                    (Some("  "), Some("b")),
                ],
                Some("<p>a</p>\n<h3>You &amp; &lt;us></h3>\n<ul></ul>\nb"),
            ),
        ] {
            assert_eq!(sections(parts).as_deref(), expected);
        }
    }

    #[test]
    fn a_place_names_each_part_once() {
        for (parts, expected) in [
            (vec![], None),
            (vec![None, Some(" ")], None),
            (
                vec![Some("Singapore "), None, Some("singapore")],
                Some("Singapore"),
            ),
            (
                vec![Some("Ghent"), Some(""), Some("Belgium")],
                Some("Ghent, Belgium"),
            ),
        ] {
            assert_eq!(place(parts).as_deref(), expected);
        }
    }

    #[test]
    fn a_part_of_a_path_keeps_to_its_place() {
        for (text, expected) in [
            ("acme-2.eu_x~", "acme-2.eu_x~"),
            ("Northern Lights", "Northern%20Lights"),
            ("a/b?c#d%", "a%2Fb%3Fc%23d%25"),
            ("ü", "%C3%BC"),
        ] {
            assert_eq!(path_part(text), expected);
        }
    }
}
