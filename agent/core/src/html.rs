//! HTML of a posting to plain text.
//!
//! Reads the tokens of the HTML standard and builds no tree: deep nesting costs
//! nothing. (Parsers that build one compare each attribute of a tag with all
//! earlier ones, which a hostile posting can turn into minutes.)
#![deny(clippy::indexing_slicing)]

mod element;
mod mend;

use std::borrow::Cow;

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use crate::text;

/// Longest markup that is read, in bytes; the rest is dropped. The longest
/// honest postings stay under a fifth of it.
const MAX_BYTES: usize = 1 << 20;

/// How often markup that was escaped as a whole is unescaped and read again.
const MAX_UNESCAPES: usize = 2;

/// Plain text of `html`: paragraphs and list items on lines of their own, no
/// markup, no scripts, no control characters.
///
/// List items start with `- `, cells of a table are parted by ` | `, links
/// leave their words. Elements marked hidden leave nothing. Markup that was
/// escaped as a whole (`&lt;p&gt;…`) is unescaped first, also when that was
/// done twice. Never fails: what is broken is read as a browser would roughly.
pub fn to_text(html: &str) -> String {
    let mut html = Cow::Borrowed(head(html));
    for _ in 0..MAX_UNESCAPES {
        if !is_escaped_markup(&html) {
            break;
        }
        html = Cow::Owned(head(&htmlize::unescape(html.as_ref())).to_owned());
    }
    let html = mend::mend(&html);
    let mut page = Page {
        unended: element::unended(&html),
        ..Page::default()
    };
    for token in Tokenizer::new(html.as_ref()) {
        match token {
            Ok(token) => page.read(&token),
            // Reading from memory cannot fail.
            Err(never) => match never {},
        }
    }
    text::block(&page.out)
}

/// The part of `html` that is read.
fn head(html: &str) -> &str {
    html.get(..html.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default()
}

/// Whether the text begins with an escaped tag, so that what looks like text is
/// markup escaped once more.
fn is_escaped_markup(html: &str) -> bool {
    let start = html.trim_start();
    let start = start
        .strip_prefix("&amp;")
        .map_or_else(|| start.strip_prefix('&'), Some);
    let Some(rest) = start.and_then(|rest| {
        rest.strip_prefix("lt;")
            .or_else(|| rest.strip_prefix("LT;"))
    }) else {
        return false;
    };
    let name: String = rest
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    rest.starts_with("!--") || element::is_known(&name.to_ascii_lowercase())
}

/// The text as far as read.
#[derive(Default)]
struct Page {
    out: String,
    /// Names of open elements from the outermost hidden one inwards, as a count
    /// of elements of the same name: enough to find its end.
    hidden: Option<(String, usize)>,
    /// Elements of raw text that are opened and never closed.
    unended: Vec<&'static str>,
    /// How many `pre` elements are open.
    preformatted: usize,
    /// Nothing but white space was written since the last list mark.
    after_mark: bool,
    /// Something other than white space was written since the last line end.
    in_line: bool,
}

impl Page {
    fn read(&mut self, token: &Token) {
        match token {
            Token::String(words) if self.hidden.is_none() => self.write(&word(words)),
            Token::StartTag(tag) => self.open(&word(&tag.name), is_hidden(tag)),
            Token::EndTag(tag) => self.close(&word(&tag.name)),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn write(&mut self, words: &str) {
        for c in words.chars() {
            let c = match c {
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
                    if self.preformatted == 0 =>
                {
                    ' '
                }
                c => c,
            };
            self.after_mark &= c.is_whitespace();
            self.in_line |= !c.is_whitespace();
            self.out.push(c);
        }
    }

    fn open(&mut self, name: &str, hidden: bool) {
        let empty = element::is_void(name);
        if let Some((hider, depth)) = &mut self.hidden {
            if hider == name && !empty {
                *depth += 1;
            }
            return;
        }
        if hidden && !empty {
            self.hidden = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" if !self.after_mark => {
                self.out.push('\n');
                self.in_line = false;
            }
            "li" => {
                self.break_line();
                if !self.after_mark {
                    self.out.push_str("- ");
                }
                self.after_mark = true;
            }
            "td" | "th" if self.in_line => self.out.push_str(" | "),
            "pre" => {
                self.preformatted += 1;
                self.break_paragraph();
            }
            name if element::is_paragraph(name) => self.break_paragraph(),
            name if element::is_block(name) => self.break_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        // An unended script must not swallow the rest of a posting: the paragraph
        // it stands in ends it.
        if self.hidden.as_ref().is_some_and(|(hider, _)| {
            self.unended.contains(&hider.as_str()) && element::is_paragraph(name)
        }) {
            self.hidden = None;
        }
        if let Some((hider, depth)) = &mut self.hidden {
            if hider == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        if name == "pre" {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
        if element::is_paragraph(name) {
            self.break_paragraph();
        } else if element::is_block(name) {
            self.break_line();
        }
    }

    /// A paragraph inside a list item must not part the item from its mark.
    fn break_line(&mut self) {
        if !self.after_mark && self.in_line {
            self.out.push('\n');
            self.in_line = false;
        }
    }

    fn break_paragraph(&mut self) {
        if !self.after_mark {
            self.out.push_str("\n\n");
            self.in_line = false;
        }
    }
}

fn word(bytes: &HtmlString) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Whether what stands in the element is kept from a reader's eyes.
fn is_hidden(tag: &StartTag<()>) -> bool {
    let name = word(&tag.name);
    let stated = |attribute: &str| {
        tag.attributes
            .get(attribute.as_bytes())
            .map(|value| word(value))
    };
    element::is_raw(&name)
        || element::is_never_shown(&name)
        || stated("hidden").is_some()
        || stated("aria-hidden").is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
        || stated("style").is_some_and(|style| element::hides(&style))
}

#[cfg(test)]
mod tests;
