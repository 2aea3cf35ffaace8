//! Reading pages just well enough for the tests: start tags and attributes.

use std::collections::HashMap;

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) name: String,
    attributes: HashMap<String, String>,
    /// Text up to the next tag.
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

/// The start tags of a page in order, scripts' texts left out.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = end_of_tag(rest);
        let (inside, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if inside.starts_with(['/', '!']) {
            continue;
        }
        let tag = tag(inside, after);
        if tag.name == "script" || tag.name == "style" {
            let close = format!("</{}>", tag.name);
            rest = &rest[rest.find(&close).unwrap()..];
        }
        tags.push(tag);
    }
    tags
}

/// The one tag with this id.
pub(crate) fn with_id(html: &str, id: &str) -> Option<Tag> {
    tags(html).into_iter().find(|tag| tag.get("id") == id)
}

pub(crate) fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag is not closed");
}

fn tag(inside: &str, after: &str) -> Tag {
    let (name, mut rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let mut attributes = HashMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inner, tail) = quoted.split_once('"').unwrap();
            (value, rest) = (unescape(inner), tail);
        }
        attributes.insert(key, value);
    }
    Tag {
        name: name.to_owned(),
        attributes,
        text: unescape(after.split('<').next().unwrap_or_default().trim()),
    }
}
