//! Feeds in XML: RSS, sitemaps and portals' own lists, one element at a time.
//!
//! Lenient where feeds are careless (a lone `&`, an end without its beginning,
//! HTML that was not escaped), bounded where they could be hostile. A document
//! type is read over: nothing it declares is expanded, nothing it names fetched.

mod feed;

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text;

pub use feed::{Feed, page};

/// The deepest nesting that is read; a feed with more is `changed`.
pub const DEPTH: usize = 64;
/// The most elements and texts inside one item; a feed with more is `changed`.
pub const NODES: usize = 20_000;
/// Elements of HTML that have no end there.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// An element with all that is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    /// The name as written, with its prefix ("dc:creator").
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is its name, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, character references undone.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value.as_str()))
    }

    /// The elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name directly inside.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.is(name))
    }

    /// The first element of this name directly inside.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.is(name))
    }

    /// What is in the first element of this name; none when it is blank.
    pub fn text(&self, name: &str) -> Option<String> {
        self.all(name).find_map(Self::content)
    }

    /// The texts inside, CDATA as it stands and the others with references undone
    /// once, and elements among them written again as tags: so HTML comes out as
    /// HTML, whether the feed escaped it, wrapped it in CDATA or did neither.
    /// Surrounding white space is cut; none when nothing is left.
    pub fn content(&self) -> Option<String> {
        let mut out = String::new();
        self.write_content(&mut out);
        let trimmed = out.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    fn write_content(&self, out: &mut String) {
        // As deep as `DEPTH` at most.
        for node in &self.nodes {
            match node {
                Node::Text(words) => out.push_str(words),
                Node::Element(element) => {
                    out.push('<');
                    out.push_str(&element.name);
                    for (name, value) in &element.attributes {
                        let value = value.replace('&', "&amp;").replace('"', "&quot;");
                        out.push_str(&format!(" {name}=\"{value}\""));
                    }
                    out.push('>');
                    element.write_content(out);
                    if !VOID.contains(&element.name.as_str()) {
                        out.push_str(&format!("</{}>", element.name));
                    }
                }
            }
        }
    }
}

/// The bytes as text: UTF-8, or else Latin-1, which every byte is.
pub fn decode(body: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        // Cut inside a character.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(body),
        Err(_) => Cow::Owned(body.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// The name of the outermost element; none when there is no element.
pub fn root(xml: &str) -> Option<String> {
    let mut reader = reader(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The elements of this name, wherever they are; those inside one of them belong
/// to it. After an error, which says what is wrong with the XML, there are no more.
pub fn elements<'a>(xml: &'a str, name: &'a str) -> Elements<'a> {
    Elements {
        reader: reader(xml),
        name,
        outside: Vec::new(),
        ended: false,
    }
}

/// See [`elements`].
#[derive(Debug)]
pub struct Elements<'a> {
    reader: Reader<&'a [u8]>,
    name: &'a str,
    /// Names of the open elements around those that are looked for.
    outside: Vec<String>,
    ended: bool,
}

impl Iterator for Elements<'_> {
    type Item = Result<Element, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let found = self.advance();
        self.ended = !matches!(found, Ok(Some(_)));
        found.transpose()
    }
}

impl Elements<'_> {
    fn advance(&mut self) -> Result<Option<Element>, String> {
        loop {
            match self.reader.read_event().map_err(broken)? {
                Event::Start(start) => {
                    let element = begin(&start);
                    if element.is(self.name) {
                        return self.inside(element).map(Some);
                    }
                    if self.outside.len() >= DEPTH {
                        return Err(too_deep());
                    }
                    self.outside.push(element.name);
                }
                Event::Empty(start) => {
                    let element = begin(&start);
                    if element.is(self.name) {
                        return Ok(Some(element));
                    }
                }
                Event::End(end) => {
                    let name = end.name();
                    if let Some(at) = self.outside.iter().rposition(|open| open == name.as_ref()) {
                        self.outside.truncate(at);
                    }
                }
                Event::Eof if self.outside.is_empty() => return Ok(None),
                Event::Eof => return Err("ends in the middle".to_owned()),
                _ => {}
            }
        }
    }

    /// Reads to the end of `element`.
    fn inside(&mut self, element: Element) -> Result<Element, String> {
        let mut open = vec![element];
        let mut nodes = 0_usize;
        loop {
            nodes += 1;
            if nodes > NODES {
                return Err(format!(
                    "has more than {NODES} parts in one <{}>",
                    self.name
                ));
            }
            match self.reader.read_event().map_err(broken)? {
                Event::Start(start) => {
                    if open.len() >= DEPTH {
                        return Err(too_deep());
                    }
                    open.push(begin(&start));
                }
                Event::Empty(start) => add(&mut open, Node::Element(begin(&start))),
                Event::End(end) => {
                    let name = end.name();
                    // What was left open inside ends with it, as HTML's <br> does.
                    let at = open.iter().rposition(|open| open.name == name.as_ref());
                    let Some(at) = at else { continue };
                    while open.len() > at + 1 {
                        close(&mut open);
                    }
                    match open.pop() {
                        Some(whole) if open.is_empty() => return Ok(whole),
                        Some(inner) => add(&mut open, Node::Element(inner)),
                        None => return Err("ends in the middle".to_owned()),
                    }
                }
                Event::Text(words) => add(&mut open, Node::Text(words.into_inner().into_owned())),
                Event::CData(words) => add(&mut open, Node::Text(words.into_inner().into_owned())),
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", name.into_inner());
                    add(&mut open, Node::Text(text::unescape(&reference)));
                }
                Event::Eof => return Err("ends in the middle".to_owned()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

fn begin(start: &BytesStart<'_>) -> Element {
    // Attributes up to the first that cannot be read.
    let attributes = start.html_attributes().map_while(Result::ok).take(DEPTH);
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: attributes
            .map(|attribute| {
                let name = attribute.key.as_ref().to_owned();
                (name, text::unescape(&attribute.value))
            })
            .collect(),
        nodes: Vec::new(),
    }
}

fn add(open: &mut [Element], node: Node) {
    let Some(inner) = open.last_mut() else { return };
    match (inner.nodes.last_mut(), node) {
        (Some(Node::Text(before)), Node::Text(words)) => before.push_str(&words),
        (_, node) => inner.nodes.push(node),
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(inner) = open.pop() {
        add(open, Node::Element(inner));
    }
}

fn broken(error: quick_xml::Error) -> String {
    format!("is broken: {error}")
}

fn too_deep() -> String {
    format!("is nested more than {DEPTH} deep")
}

#[cfg(test)]
mod tests;
