//! The named controls of a form's page, each with the words that belong to it.

use portal_sdk::html::{Piece, Tag, pieces};

/// Controls of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The words before it.
    pub(super) label: String,
    pub(super) required: bool,
    /// Texts of its choices.
    pub(super) options: Vec<String>,
    /// Of a hidden one.
    pub(super) value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    LongText,
    List,
    Radio,
    Checkbox,
    File,
    Hidden,
}

/// The controls of the application form, in the page's order; none when the
/// page has no such form.
pub(super) fn read(html: &str) -> Option<Vec<Control>> {
    let mut pieces = pieces(html);
    pieces.find(|piece| {
        matches!(piece, Piece::Open(tag)
            if tag.name == "form" && tag.value("id") == Some("application-form"))
    })?;
    let mut reader = Reader::default();
    for piece in pieces {
        match piece {
            Piece::Open(tag) => reader.open(&tag),
            Piece::Close(name) if name == "form" => break,
            Piece::Close(name) => reader.close(&name),
            Piece::Words(words) => reader.words(&words),
        }
    }
    Some(reader.controls)
}

#[derive(Default)]
struct Reader {
    controls: Vec<Control>,
    /// Words of the label that waits for its control.
    label: String,
    /// Elements open inside the label; none when it is complete.
    depth: Option<usize>,
    /// Words of the last heading: all that the long text at the end has.
    heading: String,
    in_heading: bool,
    /// Whether words are the last control's newest choice.
    in_option: bool,
}

impl Reader {
    fn open(&mut self, tag: &Tag) {
        match (&mut self.depth, tag.is_void()) {
            (Some(depth), false) => *depth += 1,
            (Some(_), true) => {}
            (None, _) if tag.has_class("application-label") => {
                self.label.clear();
                self.depth = Some(0);
            }
            (None, _) => {}
        }
        match tag.name.as_str() {
            "h2" | "h3" | "h4" => {
                self.heading.clear();
                self.in_heading = true;
            }
            "input" => self.input(tag),
            "textarea" => drop(self.control(tag, Kind::LongText)),
            "select" => drop(self.control(tag, Kind::List)),
            "option" => {
                // The first entry of a list asks to choose and is no choice.
                self.in_option = tag.value("value") != Some("");
                if self.in_option {
                    self.choice();
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match self.depth {
            Some(0) => self.depth = None,
            Some(depth) => self.depth = Some(depth - 1),
            None => {}
        }
        match name {
            "h2" | "h3" | "h4" => self.in_heading = false,
            "option" | "select" | "label" | "li" => self.in_option = false,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.depth.is_some() {
            self.label.push_str(words);
        } else if self.in_heading {
            self.heading.push_str(words);
        } else if self.in_option
            && let Some(option) = self.controls.last_mut().and_then(|c| c.options.last_mut())
        {
            option.push_str(words);
        }
    }

    fn input(&mut self, tag: &Tag) {
        let kind = match tag.value("type").unwrap_or_default() {
            "hidden" => Kind::Hidden,
            "file" => Kind::File,
            "radio" => Kind::Radio,
            "checkbox" => Kind::Checkbox,
            "submit" | "button" | "reset" | "image" => return,
            _ => Kind::Text,
        };
        if self.control(tag, kind) && matches!(kind, Kind::Radio | Kind::Checkbox) {
            self.in_option = true;
            self.choice();
        }
    }

    fn choice(&mut self) {
        if let Some(control) = self.controls.last_mut() {
            control.options.push(String::new());
        }
    }

    /// Notes a control; false for one without a name. A hidden one takes no
    /// label, and a group is one control.
    fn control(&mut self, tag: &Tag, kind: Kind) -> bool {
        let Some(name) = tag.value("name").filter(|name| !name.is_empty()) else {
            return false;
        };
        let is_group = self
            .controls
            .last()
            .is_some_and(|last| last.name == name && last.kind == kind && kind != Kind::Hidden);
        if is_group {
            return true;
        }
        let label = match kind {
            Kind::Hidden => String::new(),
            Kind::LongText if self.label.trim().is_empty() => self.heading.clone(),
            Kind::Text
            | Kind::LongText
            | Kind::List
            | Kind::Radio
            | Kind::Checkbox
            | Kind::File => std::mem::take(&mut self.label),
        };
        // A label around its control ends there, whatever else is open.
        self.depth = None;
        let (label, marked) = unmarked(&label);
        self.controls.push(Control {
            name: name.to_owned(),
            kind,
            label,
            required: marked
                || tag.value("required").is_some()
                || tag.value("aria-required") == Some("true"),
            options: Vec::new(),
            value: tag.value("value").unwrap_or_default().to_owned(),
        });
        true
    }
}

/// Words without the mark of what is required, and whether it was there.
fn unmarked(words: &str) -> (String, bool) {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    let bare = words.trim_end_matches(['✱', '✿', '*', ' ']);
    (bare.to_owned(), bare.len() < words.len())
}
