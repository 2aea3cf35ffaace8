//! What the styles of a document say of its paragraphs.
#![deny(clippy::indexing_slicing)]

use std::collections::BTreeMap;

use super::xml::Element;

/// How deep styles may rest on one another.
const DEPTH: usize = 12;

/// The styles of paragraphs by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
}

/// One style.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    /// Depth of the heading it makes, from 1.
    heading: Option<u8>,
    listed: bool,
    bold: bool,
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) heading: Option<u8>,
    pub(super) listed: bool,
    pub(super) bold: bool,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn of(root: &Element) -> Self {
        let mut by_id = BTreeMap::new();
        for style in root.all("style") {
            let Some(id) = style.attribute("styleId") else {
                continue;
            };
            let paragraph = style.first("pPr");
            let outline = paragraph
                .and_then(|paragraph| paragraph.value("outlineLvl"))
                .and_then(|level| level.parse::<u8>().ok())
                .filter(|level| *level < 9)
                .map(|level| level + 2);
            // Names are English whatever the language of the program is; ids are not.
            let name = style.value("name").unwrap_or_default().to_lowercase();
            let known = Style {
                based_on: style.value("basedOn").map(str::to_owned),
                heading: by_name(&name).or(outline),
                listed: name.starts_with("list bullet")
                    || name.starts_with("list number")
                    || paragraph.is_some_and(|paragraph| paragraph.first("numPr").is_some()),
                bold: style.first("rPr").is_some_and(|run| run.is_on("b")),
            };
            by_id.insert(id.to_owned(), known);
        }
        Self { by_id }
    }

    /// What the style of this id makes of a paragraph.
    pub(super) fn look(&self, id: &str) -> Look {
        let mut look = Look::default();
        let mut next = Some(id);
        for _ in 0..DEPTH {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else {
                break;
            };
            look.heading = look.heading.or(style.heading);
            look.listed |= style.listed;
            look.bold |= style.bold;
            next = style.based_on.as_deref();
        }
        look
    }
}

/// "heading 1" makes a heading under the title.
fn by_name(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(1);
    }
    let level: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    Some(level + 1)
}
