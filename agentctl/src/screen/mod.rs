//! What a command shows a person: lines, fields and tables, as styled text.
//!
//! Every text that enters is cleaned here, so that no caller can forget it.

mod foreign_text;
mod table;

use anstyle::{AnsiColor, Style};

pub(crate) use foreign_text::{Bar, Foreign};
pub(crate) use table::{Column, Note, Table};

use crate::{foreign, text};

/// Widest a paragraph is set, however wide the terminal.
const READABLE: usize = 100;

/// Style of headings and names.
pub(crate) const BOLD: Style = Style::new().bold();
/// Style of what matters less.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Style of what is well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Style of what asks for attention.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
/// Style of what failed.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// Style of commands to type.
pub(crate) const COMMAND: Style = AnsiColor::Cyan.on_default();

/// A piece of one line in one style.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    text: String,
    style: Style,
}

impl Span {
    /// Cleans a text and gives it a style.
    pub(crate) fn new(text: impl AsRef<str>, style: Style) -> Self {
        Self {
            text: text::clean(text.as_ref()),
            style,
        }
    }

    /// Another text in the same style.
    pub(crate) fn saying(&self, text: &str) -> Self {
        Self::new(text, self.style)
    }

    fn draw(&self, into: &mut String) {
        if self.style.is_plain() || self.text.is_empty() {
            into.push_str(&self.text);
        } else {
            into.push_str(&format!(
                "{}{}{}",
                self.style,
                self.text,
                self.style.render_reset()
            ));
        }
    }
}

impl<T: AsRef<str>> From<T> for Span {
    fn from(text: T) -> Self {
        Self::new(text, Style::new())
    }
}

/// Lines for a terminal of a known width, or for a file.
#[derive(Debug, Default)]
pub(crate) struct Screen {
    text: String,
    width: Option<usize>,
}

impl Screen {
    /// Starts an empty screen; `width` is none when the output is not a terminal.
    pub(crate) fn new(width: Option<usize>) -> Self {
        Self {
            text: String::new(),
            width,
        }
    }

    /// Adds an empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Adds a line of spans, as long as it is.
    pub(crate) fn line(&mut self, spans: impl IntoIterator<Item = Span>) {
        for span in spans {
            span.draw(&mut self.text);
        }
        self.text.push('\n');
    }

    /// Adds a line whose last span is cut where the terminal ends.
    pub(crate) fn cut_line(&mut self, spans: impl IntoIterator<Item = Span>) {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        if let Some(width) = self.width
            && let Some(last) = spans.pop()
        {
            let used: usize = spans.iter().map(|span| text::width(&span.text)).sum();
            let text = text::truncate(&last.text, width.saturating_sub(used));
            spans.push(Span { text, ..last });
        }
        self.line(spans);
    }

    /// Adds a heading after an empty line.
    pub(crate) fn heading(&mut self, heading: &str) {
        if !self.text.is_empty() {
            self.blank();
        }
        self.line([Span::new(heading, BOLD)]);
    }

    /// Adds a name and its value, the values of all fields in one column. Empty values are left out.
    pub(crate) fn field(&mut self, name: &str, value: impl Into<Span>) {
        let value = value.into();
        if !value.text.is_empty() {
            self.line([Span::new(format!("{name:<14}"), DIM), value]);
        }
    }

    /// Adds a text broken between words; in a file it stays one line.
    pub(crate) fn paragraph(&mut self, indent: usize, paragraph: &str) {
        let paragraph = text::clean(paragraph);
        let margin = " ".repeat(indent);
        let lines = match self.width {
            Some(width) => text::wrap(&paragraph, width.min(READABLE).saturating_sub(indent)),
            None => vec![paragraph.trim().to_owned()],
        };
        for line in lines {
            self.text.push_str(&margin);
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Adds a text after its lead; lines it is broken into go on under its beginning.
    pub(crate) fn hanging(&mut self, lead: impl IntoIterator<Item = Span>, body: impl Into<Span>) {
        let body = body.into();
        let mut indent = 0;
        for span in lead {
            indent += text::width(&span.text);
            span.draw(&mut self.text);
        }
        let lines = match self.width {
            Some(width) => text::wrap(&body.text, width.min(READABLE).saturating_sub(indent)),
            None => vec![body.text.trim().to_owned()],
        };
        for (number, text) in lines.into_iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent));
            }
            let style = body.style;
            Span { text, style }.draw(&mut self.text);
        }
        self.text.push('\n');
    }

    /// Adds a longer text as it is, its lines broken only where the terminal ends.
    pub(crate) fn text_lines(&mut self, indent: usize, text: &str) {
        let columns = self
            .width
            .map(|width| width.min(READABLE).saturating_sub(indent));
        for line in foreign::lines(text, columns) {
            self.line([" ".repeat(indent).into(), line.into()]);
        }
    }

    /// Tells whether the screen is a terminal and not a file.
    pub(crate) fn is_terminal(&self) -> bool {
        self.width.is_some()
    }

    /// Adds the next command to type.
    pub(crate) fn next(&mut self, command: &str) {
        self.blank();
        self.line([Span::new("next: ", DIM), Span::new(command, COMMAND)]);
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, table: &Table) {
        table.draw(self);
    }

    /// Cuts the screen into pages of so many lines.
    pub(crate) fn pages(self, lines: usize) -> Vec<Self> {
        let width = self.width;
        let all: Vec<&str> = self.text.split_inclusive('\n').collect();
        let pages = all.chunks(lines.max(1)).map(|page| Self {
            text: page.concat(),
            width,
        });
        pages.collect()
    }

    /// The screen as text with ANSI styles.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn plain(screen: Screen) -> String {
        anstream::adapter::strip_str(&screen.into_text()).to_string()
    }

    #[test]
    fn paragraphs_are_wrapped_only_for_a_terminal() {
        let text = "one two three four five six seven";
        let mut narrow = Screen::new(Some(16));
        narrow.paragraph(2, text);
        assert_eq!(plain(narrow), "  one two three\n  four five six\n  seven\n");
        let mut file = Screen::new(None);
        file.paragraph(2, text);
        assert_eq!(plain(file), format!("  {text}\n"));
    }

    #[test]
    fn a_text_hangs_under_its_beginning() {
        let mut screen = Screen::new(Some(16));
        screen.hanging(["hint: ".into()], Span::new("one two three", BAD));
        screen.hanging(["- ".into()], "");
        assert_eq!(plain(screen), "hint: one two\n      three\n- \n");
    }
}
