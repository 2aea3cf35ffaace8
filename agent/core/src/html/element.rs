//! What is known of the elements of HTML: which are shown, and on which lines.
#![deny(clippy::indexing_slicing)]

/// Whether an inline style keeps text from a reader's eyes.
pub(super) fn hides(style: &str) -> bool {
    let style: String = style
        .chars()
        .take(2000)
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    style.split(';').any(|rule| {
        let rule = rule.trim_end_matches("!important");
        let Some((property, value)) = rule.split_once(':') else {
            return false;
        };
        let zero = value
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
            .parse()
            == Ok(0.0);
        match property {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "opacity" | "font-size" => zero,
            _ => false,
        }
    })
}

/// Elements whose content is not markup and not shown in a posting.
pub(super) fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

const RAW: [&str; 8] = [
    "script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title",
];

/// Elements whose content is markup that is never shown.
const NEVER_SHOWN: [&str; 8] = [
    "template", "head", "object", "svg", "math", "select", "datalist", "dialog",
];

/// Names of the elements that show nothing of their content, and whose last opening in
/// `html` has no end after it.
pub(super) fn unended(html: &str) -> Vec<&'static str> {
    let mut open = Vec::new();
    for (at, _) in html.match_indices('<') {
        let tag = html.get(at + 1..).unwrap_or_default();
        let name = tag_name(tag).unwrap_or_default();
        let mut hiding = RAW.into_iter().chain(NEVER_SHOWN);
        let Some(name) = hiding.find(|hider| hider.eq_ignore_ascii_case(name)) else {
            continue;
        };
        open.retain(|opened| *opened != name);
        if !tag.starts_with('/') {
            open.push(name);
        }
    }
    open
}

/// The name of the element that a tag begins or ends, from behind its bracket.
pub(super) fn tag_name(tag: &str) -> Option<&str> {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    tag.get(..end.unwrap_or(tag.len()))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether the content of the element is markup that is never shown.
pub(super) fn is_never_shown(name: &str) -> bool {
    NEVER_SHOWN.contains(&name)
}

pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements set apart by an empty line.
pub(super) fn is_paragraph(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "dl"
            | "table"
            | "blockquote"
            | "pre"
            | "hr"
            | "section"
            | "article"
    )
}

/// Elements on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "nav"
            | "figure"
            | "figcaption"
            | "form"
            | "fieldset"
            | "address"
            | "details"
            | "summary"
            | "caption"
            | "body"
            | "html"
            | "center"
    )
}

/// Whether `name` is an element postings use, for telling markup from prose.
pub(super) fn is_known(name: &str) -> bool {
    is_raw(name)
        || is_never_shown(name)
        || is_void(name)
        || is_paragraph(name)
        || is_block(name)
        || matches!(
            name,
            "a" | "b" | "i" | "u" | "em" | "strong" | "span" | "font" | "small" | "td" | "th"
        )
}
