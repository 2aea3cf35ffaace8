//! HTML as a row of tags and texts: enough to read a form, and no more. It does
//! not repair what is nested wrongly; a browser reads the page again.

use std::iter::from_fn;

use crate::text;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The beginning of an element, or all of one that has no content.
    Open(Tag),
    /// The end of the element with this name.
    Close(String),
    /// Words between tags, character references undone.
    Words(String),
}

/// The beginning of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// Lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, character references undone; empty for one
    /// without a value.
    pub fn value(&self, attribute: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find_map(|(name, value)| (name == attribute).then_some(value.as_str()))
    }

    /// Whether the element has this class.
    pub fn has_class(&self, class: &str) -> bool {
        self.value("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|c| c == class))
    }

    /// The beginning of the element as HTML, references escaped again.
    pub fn to_html(&self) -> String {
        let mut out = format!("<{}", self.name);
        for (name, value) in &self.attributes {
            let value = value
                .replace('&', "&amp;")
                .replace('"', "&quot;")
                .replace('<', "&lt;");
            out.push_str(&format!(" {name}=\"{value}\""));
        }
        out.push('>');
        out
    }

    /// Whether an element of this name has no content and no end.
    pub fn is_void(&self) -> bool {
        const VOID: [&str; 9] = [
            "area", "base", "br", "col", "hr", "img", "input", "link", "meta",
        ];
        VOID.contains(&self.name.as_str())
    }
}

/// The pieces of `html`, in order. Comments, declarations, scripts and styles
/// are left out.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece> {
    let mut rest = html;
    from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            if !begins_tag(rest) {
                let end = next_tag(rest);
                let (words, after) = rest.split_at(end);
                rest = after;
                return Some(Piece::Words(text::unescape(words)));
            }
            if let Some(after) = rest.strip_prefix("<!--") {
                rest = after.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            if rest.starts_with("<!") || rest.starts_with("<?") {
                rest = rest.split_once('>').map_or("", |(_, after)| after);
                continue;
            }
            if let Some(after) = rest.strip_prefix("</") {
                let (name, after) = after.split_once('>').unwrap_or((after, ""));
                rest = after;
                let name = name.split_ascii_whitespace().next().unwrap_or_default();
                return Some(Piece::Close(name.to_ascii_lowercase()));
            }
            let (tag, after) = open(rest.get(1..).unwrap_or_default());
            rest = after;
            if matches!(tag.name.as_str(), "script" | "style") {
                rest = skip_to_end(rest, &tag.name);
                continue;
            }
            return Some(Piece::Open(tag));
        }
    })
}

/// The words of `html` as plain text: line breaks where blocks end, runs of
/// white space as one blank.
pub fn plain(html: &str) -> String {
    let mut out = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Words(words) => out.push_str(&words.replace(char::is_whitespace, " ")),
            Piece::Open(tag) if tag.name == "br" => out.push('\n'),
            Piece::Close(name) if matches!(name.as_str(), "p" | "div" | "li" | "ul" | "ol") => {
                out.push('\n');
            }
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    let lines = out.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A `<` that stands before anything else is a character like others.
fn begins_tag(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'<')
        && bytes
            .next()
            .is_some_and(|b| b.is_ascii_alphabetic() || b"/!?".contains(&b))
}

fn next_tag(text: &str) -> usize {
    text.match_indices('<')
        .map(|(at, _)| at)
        .find(|at| text.get(*at..).is_some_and(begins_tag))
        .unwrap_or(text.len())
}

/// Reads the inside of a tag from its name on; returns what follows it.
pub(crate) fn open(text: &str) -> (Tag, &str) {
    let is_end = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
    let (name, mut rest) = split(text, is_end);
    let mut tag = Tag {
        name: name.to_ascii_lowercase(),
        attributes: Vec::new(),
    };
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (tag, "");
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        // A stray `=` is part of a name, so that every turn takes something.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(first..).unwrap_or_default();
        let (more, after) = split(tail, |c| is_end(c) || c == '=');
        let name = rest.get(..first + more.len()).unwrap_or_default();
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => value_of(value.trim_start()),
        };
        tag.attributes
            .push((name.to_ascii_lowercase(), text::unescape(value)));
        rest = after;
    }
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    split(text, |c: char| c.is_ascii_whitespace() || c == '>')
}

fn split(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

pub(crate) fn skip_to_end<'a>(text: &'a str, name: &str) -> &'a str {
    let end = text.match_indices("</").find(|(at, _)| {
        text.get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    end.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let found: Vec<String> = pieces(html)
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Close(name) => format!("/{name}"),
                Piece::Open(tag) => {
                    let attributes = tag.attributes.iter().map(|(k, v)| format!(" {k}={v}"));
                    format!("<{}{}", tag.name, attributes.collect::<String>())
                }
            })
            .collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn a_page_is_read_as_its_tags_and_words() {
        check("", &[]);
        check("a &lt; b", &["a < b"]);
        check("a < b <p>c", &["a < b ", "<p", "c"]);
        check(
            "<INPUT Name=a value='1 2' disabled data-x=\"&quot;>\" />x</P >",
            &["<input name=a value=1 2 disabled= data-x=\">", "x", "/p"],
        );
        check("<!doctype html><!-- <p> --><b>", &["<b"]);
        check("<script>if (a</b) '<p>'</Script><i>", &["/script", "<i"]);
        check("<style>p > a {}", &[]);
        check("<a href=x>", &["<a href=x"]);
        check("<a ==b =>", &["<a ==b =="]);
    }

    #[test]
    fn a_page_that_ends_anywhere_is_read_to_its_end() {
        let html =
            "<li class=\"a\"><!-- c --><input name='x' value=y>é&amp;<script>s</script></li>";
        for (end, _) in html.char_indices() {
            let _ = pieces(&html[..end]).count();
        }
    }

    #[test]
    fn words_are_plain_text() {
        let html = "<p>Read&nbsp;our <a href=x>notice</a> &amp; agree.<br>Or\n not.</p><p></p> End";
        assert_eq!(plain(html), "Read our notice & agree.\nOr not.\nEnd");
    }

    #[test]
    fn a_tag_tells_its_attributes_and_classes() {
        let Some(Piece::Open(tag)) = pieces("<input class='a  b' required>").next() else {
            panic!("no tag");
        };
        assert!(tag.has_class("b") && !tag.has_class("a b") && tag.is_void());
        assert_eq!(tag.value("required"), Some(""));
        assert_eq!(tag.value("name"), None);
    }
}
