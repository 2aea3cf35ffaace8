//! Paragraphs, tables and text boxes as lines.
#![deny(clippy::indexing_slicing)]

use std::collections::BTreeMap;

use super::{
    styles::{Look, Styles},
    table,
    xml::{Element, Node},
};

/// Headings deeper than this are written as bold lines.
const DEPTHS: u8 = 4;
/// The longest bold paragraph that is marked as such.
const LONGEST_BOLD: usize = 130;

/// The lines written so far.
pub(super) struct Writer<'a> {
    styles: &'a Styles,
    out: String,
    /// What stands in text boxes, read after the text.
    boxes: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            out: String::new(),
            boxes: Vec::new(),
        }
    }

    /// Writes what is in `root`: a document, a header, a footer.
    pub(super) fn write(&mut self, root: &Element, links: &BTreeMap<String, String>) {
        let lines = Reader {
            styles: self.styles,
            links,
            boxes: Vec::new(),
        };
        let (lines, boxes) = lines.whole(root);
        for line in lines {
            self.out.push_str(&line);
            self.out.push('\n');
        }
        self.boxes.extend(boxes);
    }

    /// Says that what is written next does not carry on what was.
    pub(super) fn stand_apart(&mut self) {
        self.out.push_str("\u{c}\n");
    }

    pub(super) fn finish(mut self) -> String {
        for boxed in std::mem::take(&mut self.boxes) {
            self.stand_apart();
            self.out.push_str(&boxed);
            self.out.push('\n');
        }
        self.out
    }
}

pub(super) struct Reader<'a> {
    styles: &'a Styles,
    links: &'a BTreeMap<String, String>,
    boxes: Vec<String>,
}

impl Reader<'_> {
    fn whole(mut self, root: &Element) -> (Vec<String>, Vec<String>) {
        let mut lines = Vec::new();
        self.blocks(root, &mut lines);
        (lines, self.boxes)
    }

    /// The paragraphs and tables inside `parent`.
    pub(super) fn blocks(&mut self, parent: &Element, lines: &mut Vec<String>) {
        for block in parent.elements() {
            match block.name.as_str() {
                "p" => self.paragraph(block, lines),
                "tbl" => self.table(block, lines),
                // Kept by the one who reviewed, or wrapped by a form.
                "body" | "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => {
                    self.blocks(block, lines);
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, lines: &mut Vec<String>) {
        let properties = paragraph.first("pPr");
        let style = properties.and_then(|found| found.value("pStyle"));
        let look = style.map_or(Look::default(), |id| self.styles.look(id));
        let numbered = properties
            .and_then(|found| found.first("numPr"))
            .map(|list| list.value("numId") != Some("0"));
        let mut runs = Runs::default();
        self.runs(paragraph, &mut runs, look.bold);
        let listed = numbered.unwrap_or(look.listed) && look.heading.is_none();
        let bold = runs.bold && !listed && runs.text.chars().count() <= LONGEST_BOLD;
        let mut first = true;
        if runs.text.trim().is_empty() {
            lines.push(String::new());
            return;
        }
        for line in runs.text.split('\n') {
            let line = line.trim();
            if line.is_empty() {
                lines.push(String::new());
                continue;
            }
            let mark = match look.heading {
                Some(depth) if depth <= DEPTHS => "#".repeat(usize::from(depth)) + " ",
                Some(_) => "##### ".to_owned(),
                None if listed && first => "• ".to_owned(),
                None if bold => "##### ".to_owned(),
                None => String::new(),
            };
            if look.heading.is_some() && first {
                lines.push(String::new());
            }
            lines.push(mark + line);
            first = false;
        }
    }

    /// The text of everything that runs on inside a paragraph.
    fn runs(&mut self, parent: &Element, runs: &mut Runs, bold: bool) {
        for part in parent.elements() {
            match part.name.as_str() {
                "r" => {
                    let own = part.first("rPr");
                    let set = own.and_then(|own| own.first("b")).is_some();
                    let bold = if set {
                        own.is_some_and(|own| own.is_on("b"))
                    } else {
                        bold
                    };
                    let hidden = own.is_some_and(|own| own.is_on("vanish"));
                    if !hidden {
                        self.run(part, runs, bold);
                    }
                }
                "hyperlink" => {
                    let before = runs.text.len();
                    self.runs(part, runs, bold);
                    let target = part.attribute("id").and_then(|id| self.links.get(id));
                    let shown = runs.text.get(before..).unwrap_or_default().trim();
                    if let Some(address) = target.and_then(|target| beside(shown, target)) {
                        runs.text.push(' ');
                        runs.text.push_str(&address);
                    }
                }
                "ins" | "moveTo" | "sdt" | "sdtContent" | "smartTag" | "fldSimple" | "dir"
                | "bdo" | "customXml" => self.runs(part, runs, bold),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, runs: &mut Runs, bold: bool) {
        for node in &run.nodes {
            let Node::Element(part) = node else { continue };
            match part.name.as_str() {
                "t" => {
                    let text: String = part
                        .nodes
                        .iter()
                        .filter_map(|node| match node {
                            Node::Text(text) => Some(text.as_str()),
                            Node::Element(_) => None,
                        })
                        .collect();
                    runs.push(&text, bold);
                }
                "tab" | "ptab" => runs.text.push('\t'),
                "br" | "cr" => runs.text.push('\n'),
                "noBreakHyphen" => runs.text.push('-'),
                "sym" => runs.push("•", bold),
                "drawing" | "pict" | "object" | "AlternateContent" => self.boxes_in(part),
                _ => {}
            }
        }
    }

    /// Text boxes anchored here. The same box is there twice, for newer and for
    /// older programs: the second is left out.
    fn boxes_in(&mut self, part: &Element) {
        for inner in part.elements() {
            match inner.name.as_str() {
                "Fallback" => {}
                "txbxContent" => {
                    let mut lines = Vec::new();
                    self.blocks(inner, &mut lines);
                    if lines.iter().any(|line| !line.is_empty()) {
                        self.boxes.push(lines.join("\n"));
                    }
                }
                _ => self.boxes_in(inner),
            }
        }
    }

    fn table(&mut self, found: &Element, lines: &mut Vec<String>) {
        let mut rows = Vec::new();
        for row in table::rows(found) {
            let cells: Vec<Vec<String>> = row
                .into_iter()
                .map(|cell| {
                    let mut inside = Vec::new();
                    self.blocks(cell, &mut inside);
                    inside
                })
                .collect();
            rows.push(cells);
        }
        let table::Read { text, aside } = table::read(rows);
        lines.push(String::new());
        lines.extend(text);
        lines.push(String::new());
        self.boxes.extend(aside);
    }
}

/// Text of a paragraph, and whether all of it is bold.
struct Runs {
    text: String,
    bold: bool,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            text: String::new(),
            bold: true,
        }
    }
}

impl Runs {
    fn push(&mut self, text: &str, bold: bool) {
        self.bold &= bold || text.trim().is_empty();
        self.text.push_str(text);
    }
}

/// The address of a link, where the text shown is another.
fn beside(shown: &str, target: &str) -> Option<String> {
    let address = target
        .trim_start_matches("mailto:")
        .trim_start_matches("tel:");
    let bare = |text: &str| {
        text.trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_start_matches("www.")
            .trim_end_matches('/')
            .to_lowercase()
    };
    let known = target.starts_with("http") || target.starts_with("mailto:");
    let shows = bare(shown).contains(&bare(address)) || target.starts_with("tel:");
    (known && !shows).then(|| address.to_owned())
}
