//! Tags and text of HTML, in one pass and without a tree.
#![deny(clippy::indexing_slicing)]

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words between tags, entities still escaped.
    Text(&'a str),
    /// A start tag.
    Open {
        /// Lower-case name.
        name: String,
        /// Marked hidden by an attribute, or never shown.
        hidden: bool,
        /// Has no content.
        empty: bool,
    },
    /// An end tag.
    Close {
        /// Lower-case name.
        name: String,
    },
}

/// Iterator over the tokens of a text.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Moves past the first `count` bytes.
    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Moves past the next `end`, or to the end of the text: an unclosed
    /// comment hides all that follows, in a browser too.
    fn skip_past(&mut self, end: &str) {
        let at = self
            .rest
            .find(end)
            .map_or(self.rest.len(), |at| at + end.len());
        self.skip(at);
    }

    /// The text up to the next `<` that starts a tag.
    fn text(&mut self) -> Token<'a> {
        let mut from = 1;
        let end = loop {
            match self.rest.get(from..).and_then(|rest| rest.find('<')) {
                None => break self.rest.len(),
                Some(at) if is_tag(self.rest.get(from + at..).unwrap_or_default()) => {
                    break from + at;
                }
                Some(at) => from += at + 1,
            }
        };
        let words = self.rest.get(..end).unwrap_or_default();
        self.skip(end);
        Token::Text(words)
    }

    /// A tag, from its `<`. `None` for an unfinished one, which a browser drops.
    fn tag(&mut self) -> Option<Token<'a>> {
        let closing = self.rest.starts_with("</");
        self.skip(if closing { 2 } else { 1 });
        let name_end = self
            .rest
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        let name_end = name_end.unwrap_or(self.rest.len());
        // No element has a longer name; the length keeps hostile names cheap.
        let name: String = self
            .rest
            .chars()
            .take(name_end.min(24))
            .collect::<String>()
            .to_ascii_lowercase();
        self.skip(name_end);
        let mut marks = Marks::default();
        let closed = self.attributes(&mut marks);
        if !closed {
            self.rest = "";
            return None;
        }
        if closing {
            return Some(Token::Close { name });
        }
        if is_raw(&name) {
            self.skip_raw(&name);
            return Some(Token::Open {
                name,
                hidden: true,
                empty: true,
            });
        }
        let empty = is_void(&name);
        Some(Token::Open {
            hidden: marks.hidden || is_never_shown(&name),
            name,
            empty,
        })
    }

    /// Attributes up to and with `>`. False when the text ends before.
    fn attributes(&mut self, marks: &mut Marks) -> bool {
        loop {
            let start = self
                .rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            self.rest = start;
            if start.is_empty() {
                return false;
            }
            if start.starts_with('>') {
                self.skip(1);
                return true;
            }
            let name_end = start
                .char_indices()
                .skip(1)
                .find(|(_, c)| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
                .map_or(start.len(), |(at, _)| at);
            let name = start.get(..name_end).unwrap_or_default();
            self.skip(name_end);
            let after = self
                .rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace());
            let value = match after.strip_prefix('=') {
                Some(value) => {
                    self.rest = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
                    self.value()
                }
                None => "",
            };
            marks.note(name, value);
        }
    }

    fn value(&mut self) -> &'a str {
        let rest = self.rest;
        for quote in ['"', '\''] {
            if let Some(inner) = rest.strip_prefix(quote) {
                let end = inner.find(quote).unwrap_or(inner.len());
                self.skip(end + 2);
                return inner.get(..end).unwrap_or_default();
            }
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '>')
            .unwrap_or(rest.len());
        self.skip(end);
        rest.get(..end).unwrap_or_default()
    }

    /// Skips content that is not markup, with its end tag.
    fn skip_raw(&mut self, name: &str) {
        while let Some(at) = self.rest.find("</") {
            self.skip(at + 2);
            let found = self
                .rest
                .get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name));
            let after = self
                .rest
                .get(name.len()..)
                .and_then(|rest| rest.chars().next());
            if found && after.is_none_or(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>')) {
                self.skip_past(">");
                return;
            }
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !is_tag(self.rest) {
                return Some(self.text());
            }
            if let Some(comment) = self.rest.strip_prefix("<!--") {
                let closed_at_once = [">", "->"].into_iter().find(|end| comment.starts_with(end));
                self.rest = comment;
                match closed_at_once {
                    Some(end) => self.skip(end.len()),
                    None => self.skip_past("-->"),
                }
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.skip_past(">");
            } else if let Some(token) = self.tag() {
                return Some(token);
            }
        }
    }
}

/// What the attributes of a tag say about its being shown.
#[derive(Default)]
struct Marks {
    hidden: bool,
}

impl Marks {
    fn note(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("hidden") {
            self.hidden = true;
        } else if name.eq_ignore_ascii_case("aria-hidden") {
            self.hidden |= value.trim().eq_ignore_ascii_case("true");
        } else if name.eq_ignore_ascii_case("style") {
            self.hidden |= hides(value);
        }
    }
}

/// Whether an inline style keeps text from a reader's eyes.
fn hides(style: &str) -> bool {
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

/// Whether `<` starts a tag or comment here, as in the HTML standard.
fn is_tag(text: &str) -> bool {
    let mut chars = text.chars();
    if chars.next() != Some('<') {
        return false;
    }
    match chars.next() {
        Some('!' | '?') => true,
        Some('/') => chars.next().is_some_and(|c| c.is_ascii_alphabetic()),
        Some(c) => c.is_ascii_alphabetic(),
        None => false,
    }
}

/// Elements whose content is not markup and not shown in a posting.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "textarea" | "title"
    )
}

/// Elements whose content is markup that is never shown.
fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "template" | "head" | "object" | "svg" | "math" | "select" | "datalist" | "dialog"
    )
}

fn is_void(name: &str) -> bool {
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
