//! Postings as microdata or RDFa: properties on the elements of the page.

use serde_json::{Map, Value};

use crate::html::{Piece, Tag, pieces};

/// Deeper elements are read as if they were beside each other.
const DEPTH: usize = 256;

/// An element that is open.
struct Element {
    name: String,
    kind: Kind,
}

enum Kind {
    Plain,
    /// A property whose value is the element's content, as HTML.
    Text {
        property: String,
        html: String,
    },
    /// A thing with properties; a property of the one around it, or on its own.
    Thing {
        property: Option<String>,
        thing: Map<String, Value>,
    },
}

/// The JobPostings of a page, in the shape JSON-LD would give them.
pub(super) fn of_page(html: &str) -> Vec<Value> {
    if !html.contains("itemtype") && !html.contains("typeof") {
        return Vec::new();
    }
    let mut reader = Reader::default();
    for piece in pieces(html) {
        match piece {
            Piece::Open(tag) => reader.open(&tag),
            Piece::Close(name) => reader.close(&name),
            Piece::Words(words) => {
                let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
                reader.write(&escaped);
            }
        }
    }
    while let Some(element) = reader.open.pop() {
        reader.finish(element);
    }
    reader.found
}

#[derive(Default)]
struct Reader {
    open: Vec<Element>,
    found: Vec<Value>,
}

impl Reader {
    fn open(&mut self, tag: &Tag) {
        if self.ends_before(&tag.name) {
            self.close(&tag.name);
        }
        let inside = self.in_thing();
        // SmartRecruiters' own element says what no property says.
        if let Some(kind) = tag.value("workplacetype").filter(|kind| !kind.is_empty()) {
            self.put_in_posting("jobLocationType", kind);
        }
        if inside {
            self.write(&start(tag));
        }
        let property = tag
            .value("itemprop")
            .or_else(|| tag.value("property"))
            .map(|property| local(property).to_owned())
            .filter(|property| !property.is_empty());
        let kind = match (kind_of(tag), property) {
            (Some(of), property) => {
                let mut thing = Map::new();
                thing.insert("@type".to_owned(), Value::from(of));
                Kind::Thing { property, thing }
            }
            (None, Some(property)) if inside => match stated(tag) {
                Some(value) => {
                    self.put(property, Value::from(value));
                    Kind::Plain
                }
                None => Kind::Text {
                    property,
                    html: String::new(),
                },
            },
            (None, _) => Kind::Plain,
        };
        if !tag.is_void() && self.open.len() < DEPTH {
            self.open.push(Element {
                name: tag.name.clone(),
                kind,
            });
        }
    }

    /// Whether an element of this name is open that its like ends, as an item
    /// of a list ends the one before.
    fn ends_before(&self, name: &str) -> bool {
        const ITEMS: [&str; 6] = ["li", "dt", "dd", "tr", "td", "p"];
        const AROUND: [&str; 4] = ["ul", "ol", "dl", "table"];
        let is_near = |element: &&Element| !AROUND.contains(&element.name.as_str());
        ITEMS.contains(&name)
            && self
                .open
                .iter()
                .rev()
                .take_while(is_near)
                .any(|element| element.name == name)
    }

    fn close(&mut self, name: &str) {
        // An end without a beginning ends nothing.
        if !self.open.iter().any(|element| element.name == name) {
            return;
        }
        while let Some(element) = self.open.pop() {
            let last = element.name == name;
            self.finish(element);
            if last {
                break;
            }
        }
        self.write(&format!("</{name}>"));
    }

    /// Adds to the content of every open property of text.
    fn write(&mut self, html: &str) {
        for element in &mut self.open {
            if let Kind::Text { html: content, .. } = &mut element.kind {
                content.push_str(html);
            }
        }
    }

    fn in_thing(&self) -> bool {
        self.open
            .iter()
            .any(|element| matches!(element.kind, Kind::Thing { .. }))
    }

    fn finish(&mut self, element: Element) {
        match element.kind {
            Kind::Plain => {}
            Kind::Text { property, html } => {
                let html = html.trim();
                if !html.is_empty() {
                    self.put(property, Value::from(html));
                }
            }
            Kind::Thing { property, thing } => {
                if super::value::is_a(&thing, "JobPosting") {
                    self.found.push(Value::Object(thing));
                } else if let Some(property) = property {
                    self.put(property, Value::Object(thing));
                }
            }
        }
    }

    /// Gives the posting a property that it has not yet.
    fn put_in_posting(&mut self, property: &str, value: &str) {
        let posting = self
            .open
            .iter_mut()
            .find_map(|element| match &mut element.kind {
                Kind::Thing { thing, .. } if super::value::is_a(thing, "JobPosting") => Some(thing),
                Kind::Thing { .. } | Kind::Plain | Kind::Text { .. } => None,
            });
        if let Some(thing) = posting {
            thing.entry(property).or_insert_with(|| Value::from(value));
        }
    }

    /// Gives the innermost thing a property; a second value makes it a list.
    fn put(&mut self, property: String, value: Value) {
        let thing = self
            .open
            .iter_mut()
            .rev()
            .find_map(|element| match &mut element.kind {
                Kind::Thing { thing, .. } => Some(thing),
                Kind::Plain | Kind::Text { .. } => None,
            });
        let Some(thing) = thing else {
            return;
        };
        match thing.get_mut(&property) {
            None => {
                thing.insert(property, value);
            }
            Some(Value::Array(many)) => many.push(value),
            Some(one) => {
                let first = one.take();
                *one = Value::Array(vec![first, value]);
            }
        }
    }
}

/// What kind of thing begins here, by the last part of its type's address.
fn kind_of(tag: &Tag) -> Option<String> {
    let stated = match tag.value("itemscope") {
        Some(_) => tag.value("itemtype").unwrap_or_default(),
        None => tag.value("typeof")?,
    };
    let first = stated.split_ascii_whitespace().next().unwrap_or_default();
    Some(local(first).to_owned())
}

/// A property's value that stands in an attribute.
fn stated(tag: &Tag) -> Option<&str> {
    let attribute = match tag.name.as_str() {
        "meta" => "content",
        "a" | "area" | "link" => "href",
        "img" | "iframe" | "embed" => "src",
        "time" => "datetime",
        "data" | "meter" => "value",
        _ => "content",
    };
    let value = tag.value(attribute).or_else(|| tag.value("content"));
    match (value, tag.name.as_str()) {
        // The name of a thing is often a link to it.
        (Some(_), "a") if local_property(tag) != "url" && local_property(tag) != "sameAs" => None,
        (value, _) => value,
    }
}

fn local_property(tag: &Tag) -> &str {
    local(
        tag.value("itemprop")
            .or_else(|| tag.value("property"))
            .unwrap_or_default(),
    )
}

fn local(name: &str) -> &str {
    name.trim()
        .rsplit(['/', '#', ':'])
        .next()
        .unwrap_or_default()
}

/// The beginning of an element without its attributes, which say nothing a
/// reader of the posting sees.
fn start(tag: &Tag) -> String {
    match tag.value("href").filter(|_| tag.name == "a") {
        Some(href) => format!(
            "<a href=\"{}\">",
            href.replace('&', "&amp;").replace('"', "&quot;")
        ),
        None => format!("<{}>", tag.name),
    }
}
