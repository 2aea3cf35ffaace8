//! Markup that portals put into fields: tags in a title, a description escaped
//! once, twice or in parts.

use crate::{Posting, html as pages, text};

/// A short field as one line of plain text: tags taken out, references undone
/// however often they were escaped, white space as single blanks.
pub fn line(field: &str) -> String {
    let mut out = field.to_owned();
    if out.contains(['<', '&']) {
        out = pages::plain(&html(&out));
        // What is left was escaped more often than its tags.
        for _ in 0..2 {
            if !out.contains('&') {
                break;
            }
            out = text::unescape(&out);
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ")
}

/// [`line`], and none where nothing is left.
pub fn stated(field: Option<&str>) -> Option<String> {
    field.map(line).filter(|line| !line.is_empty())
}

/// HTML out of a field that may hold it escaped: as a whole, or some tags that
/// were pasted as text among others.
pub fn html(field: &str) -> String {
    let mut out = field.to_owned();
    for _ in 0..3 {
        if has_tag(&out) || !has_escaped_tag(&out) {
            break;
        }
        out = text::unescape(&out);
    }
    if has_escaped_tag(&out) {
        out = with_tags(&out);
    }
    single(&out)
}

/// Whether `text` holds a tag of HTML.
pub fn has_tag(text: &str) -> bool {
    text.match_indices('<')
        .any(|(at, _)| text.get(at + 1..).is_some_and(begins_name))
}

/// Sets the description of `posting` from a field that holds HTML, escaped or
/// not, or plain text; leaves it where the field is blank.
pub fn describe(posting: &mut Posting, field: &str) {
    let found = html(field);
    let found = found.trim();
    if found.is_empty() {
        return;
    }
    if has_tag(found) {
        posting.description_html = Some(found.to_owned());
    } else {
        posting.description_text = Some(text::unescape(found));
    }
}

/// Plain `text` as HTML: paragraphs where lines are blank, breaks elsewhere.
pub fn of_plain(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let lines: Vec<&str> = escaped.lines().map(str::trim).collect();
    let paragraphs: Vec<String> = lines
        .split(|line| line.is_empty())
        .filter(|lines| !lines.is_empty())
        .map(|lines| format!("<p>{}</p>", lines.join("<br>")))
        .collect();
    paragraphs.join("\n")
}

/// Names of elements that descriptions are written with.
const NAMES: [&str; 43] = [
    "a",
    "article",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "meta",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tr",
    "u",
    "ul",
];

/// Whether `text`, which follows a `<`, begins with the name of an element.
fn begins_name(text: &str) -> bool {
    let name = text.strip_prefix('/').unwrap_or(text);
    let end = name
        .bytes()
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let (name, after) = name.split_at(end);
    after.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/' || c == '&')
        && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What follows `&lt;`, escaped any number of times; none where `text` does not
/// begin so.
fn after_escaped<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text.strip_prefix('&')?;
    while let Some(after) = rest.strip_prefix("amp;") {
        rest = after;
    }
    rest.strip_prefix(name)
}

fn has_escaped_tag(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        text.get(at..)
            .and_then(|from| after_escaped(from, "lt;"))
            .is_some_and(begins_name)
    })
}

/// `text` with its escaped tags as tags, and everything else as it is.
fn with_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match escaped_tag(from) {
            Some((tag, after)) => {
                out.push_str(&tag);
                rest = after;
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The tag `text` begins with, and what follows it.
fn escaped_tag(text: &str) -> Option<(String, &str)> {
    const LONGEST: usize = 2000;
    let inside = after_escaped(text, "lt;").filter(|inside| begins_name(inside))?;
    let window = text::cut(inside, LONGEST);
    let window = window.split('<').next().unwrap_or_default();
    let (end, after) = window.match_indices('&').find_map(|(at, _)| {
        let after = after_escaped(inside.get(at..)?, "gt;")?;
        Some((at, after))
    })?;
    let mut tag = inside.get(..end)?.to_owned();
    for _ in 0..3 {
        tag = text::unescape(&tag);
    }
    // An attribute that closes the tag early would let its rest out as text.
    let tag = tag.replace(['<', '>'], "");
    Some((format!("<{tag}>"), after))
}

/// `&amp;nbsp;` as `&nbsp;`: a reference that was escaped stands for itself
/// nowhere in a posting.
fn single(html: &str) -> String {
    let mut out = html.to_owned();
    for _ in 0..3 {
        let mut next = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some(at) = rest.find("&amp;") {
            let (before, from) = rest.split_at(at);
            next.push_str(before);
            let after = from.get(5..).unwrap_or_default();
            let window = text::cut(after, 12);
            let is_reference = window.split_once(';').is_some_and(|(name, _)| {
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
                let reference = format!("&{name};");
                plain && text::unescape(&reference) != reference
            });
            next.push_str(if is_reference { "&" } else { "&amp;" });
            rest = after;
        }
        next.push_str(rest);
        if next == out {
            break;
        }
        out = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_field_is_one_line_of_plain_text() {
        for (field, expected) in [
            ("R&amp;D  Engineer\n", "R&D Engineer"),
            ("R&amp;amp;D", "R&D"),
            ("<b>Nurse</b> &ndash; night", "Nurse – night"),
            ("&lt;b&gt;Nurse&lt;/b&gt;", "Nurse"),
            ("Fast &amp;amp;amp; curious", "Fast & curious"),
            ("C < 5 & A > 3", "C < 5 & A > 3"),
            ("AT&T", "AT&T"),
            ("Clerk&nbsp;(m/f)", "Clerk (m/f)"),
            (" ", ""),
        ] {
            assert_eq!(line(field), expected, "{field}");
        }
    }

    #[test]
    fn html_is_found_however_often_it_was_escaped() {
        for (field, expected) in [
            ("<p>a &amp; b</p>", "<p>a &amp; b</p>"),
            ("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "<p>a &amp; b</p>"),
            (
                "&amp;lt;p class=&amp;quot;x&amp;quot;&amp;gt;a&amp;amp;nbsp;b&amp;lt;/p&amp;gt;",
                "<p class=\"x\">a&nbsp;b</p>",
            ),
            (
                "<p>&lt;div class=&quot;x&quot;&gt;a&lt;/div&gt;</p>",
                "<p><div class=\"x\">a</div></p>",
            ),
            ("<p>&amp;lt;li&amp;gt;a</p>", "<p><li>a</p>"),
            (
                "<p>if a &lt; b &amp;&amp; c &gt; d</p>",
                "<p>if a &lt; b &amp;&amp; c &gt; d</p>",
            ),
            ("<p>Vec&lt;u8&gt;</p>", "<p>Vec&lt;u8&gt;</p>"),
            ("<p>&lt;p never closed</p>", "<p>&lt;p never closed</p>"),
            ("<p>&amp;#39;a&amp;rsquo;</p>", "<p>&#39;a&rsquo;</p>"),
            ("a & b", "a & b"),
        ] {
            assert_eq!(html(field), expected, "{field}");
        }
    }

    #[test]
    fn a_field_that_ends_anywhere_is_read() {
        let field = "<p>é&amp;lt;li a=&quot;é&quot;&amp;gt;&lt;/p&gt;&amp;nbsp;</p>";
        for (end, _) in field.char_indices() {
            let _ = (html(&field[..end]), line(&field[end..]));
        }
    }

    #[test]
    fn a_description_is_told_from_its_field() {
        for (field, html, text) in [
            ("&lt;p&gt;Hi&lt;/p&gt;", Some("<p>Hi</p>"), None),
            ("Hi &amp; welcome\nyou", None, Some("Hi & welcome\nyou")),
            (" ", None, None),
        ] {
            let mut posting = crate::posting("1".into(), "u".into(), "t".into());
            describe(&mut posting, field);
            assert_eq!(posting.description_html.as_deref(), html, "{field}");
            assert_eq!(posting.description_text.as_deref(), text, "{field}");
        }
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(
            of_plain("a\nb < c\n\n\nd"),
            "<p>a<br>b &lt; c</p>\n<p>d</p>"
        );
    }
}
