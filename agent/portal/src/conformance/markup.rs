//! Finds markup and character references that are left in a text.

use agent_core::html;

/// Elements whose tags in a text are a leak. Other words in angle brackets may be
/// meant: `Vec<T>`, `<your name>`.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
    "video",
];

/// Longest tag looked at, in bytes.
const TAG: usize = 2048;

/// The first piece of markup in `text`, if there is one.
pub(super) fn in_text(text: &str) -> Option<&str> {
    text.match_indices(['<', '&']).find_map(|(at, _)| {
        let rest = text.get(at..)?;
        if rest.starts_with('<') {
            tag(rest)
        } else {
            reference(rest)
        }
    })
}

/// The tag or comment `rest` begins with.
fn tag(rest: &str) -> Option<&str> {
    if rest.starts_with("<!--") {
        return rest.get(..rest.find("-->").map_or(4, |end| end + 3));
    }
    let inner = rest.get(1..)?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric() && c != ':')
        .unwrap_or(inner.len());
    let (name, after) = inner.split_at_checked(end)?;
    let ends = after.starts_with(['>', '/']) || after.starts_with(char::is_whitespace);
    if !ends || !ELEMENTS.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    let close = rest.find('>').filter(|close| *close < TAG)?;
    rest.get(..=close)
}

/// The character reference `rest` begins with.
fn reference(rest: &str) -> Option<&str> {
    let end = rest.find(';').filter(|end| (2..=32).contains(end))?;
    let candidate = rest.get(..=end)?;
    let name = candidate.get(1..end)?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    (plain && html::to_text(candidate) != candidate).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_markup_is_found_and_what_is_text_is_not() {
        for (text, expected) in [
            ("Care for <b>patients</b>", Some("<b>")),
            ("line<br/>line", Some("<br/>")),
            ("</P >", Some("</P >")),
            ("<div class=\"a\">x", Some("<div class=\"a\">")),
            ("<!-- x -->", Some("<!-- x -->")),
            ("<o:p></o:p>", Some("<o:p>")),
            ("R&amp;D", Some("&amp;")),
            ("a&nbsp;b", Some("&nbsp;")),
            ("it&#39;s", Some("&#39;")),
            ("it&#x27;s", Some("&#x27;")),
            ("Vec<T> and <your name>", None),
            ("a < b and c > d", None),
            ("salary <p", None),
            ("R&D; S&OP; AT&T", None),
            ("Research & Development; more", None),
            ("x&zzname;", None),
        ] {
            assert_eq!(in_text(text), expected, "{text}");
        }
    }
}
