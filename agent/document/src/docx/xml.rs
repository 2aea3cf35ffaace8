//! One XML part as a tree, names without their prefixes.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::DocumentError;

/// The deepest nesting read. Tables in tables in text boxes reach about sixty.
const DEPTH: usize = 400;
/// The most elements and texts of one part.
const NODES: usize = 3_000_000;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    /// The elements directly inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name directly inside.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element of this name directly inside.
    pub(super) fn first(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// An attribute, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// A property such as `<w:b/>`, which `w:val="0"` turns off.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.first(name).is_some_and(|found| {
            !matches!(found.attribute("val"), Some("0" | "false" | "none" | "off"))
        })
    }

    /// The value of a property such as `<w:pStyle w:val="Title"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.first(name).and_then(|found| found.attribute("val"))
    }
}

/// The outermost element. A document type is read over: nothing it declares is
/// expanded, nothing it names is fetched.
pub(super) fn read(xml: &str) -> Result<Element, DocumentError> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    let mut open = vec![Element::default()];
    let mut nodes = 0_usize;
    loop {
        nodes += 1;
        if nodes > NODES || open.len() > DEPTH {
            return Err(DocumentError::TooMuch {
                what: format!("more than {NODES} parts or {DEPTH} levels of nesting"),
            });
        }
        let event = reader
            .read_event()
            .map_err(|error| DocumentError::Broken(error.to_string()))?;
        match event {
            Event::Start(start) => open.push(begin(&start)),
            Event::Empty(start) => add(&mut open, Node::Element(begin(&start))),
            Event::End(_) => {
                if let Some(whole) = open.pop() {
                    add(&mut open, Node::Element(whole));
                }
            }
            Event::Text(words) => add(&mut open, Node::Text(words.into_inner().into_owned())),
            Event::CData(words) => add(&mut open, Node::Text(words.into_inner().into_owned())),
            Event::GeneralRef(name) => {
                let text = match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => resolve_predefined_entity(&name.into_inner())
                        .unwrap_or_default()
                        .to_owned(),
                };
                add(&mut open, Node::Text(text));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let root = open.into_iter().next().unwrap_or_default();
    let outermost = root.nodes.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    outermost.ok_or_else(|| DocumentError::Broken("a part of it is no XML".to_owned()))
}

fn begin(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map_while(Result::ok);
    Element {
        name: start.local_name().as_ref().to_owned(),
        attributes: attributes
            .map(|attribute| {
                let name = attribute.key.local_name().as_ref().to_owned();
                let value = quick_xml::escape::unescape(&attribute.value)
                    .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
                (name, value)
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
