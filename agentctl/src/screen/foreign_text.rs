//! Text of others inside a frame of ours: each of its lines stands behind a
//! bar, so that no text can look like a line the program wrote.

use anstyle::Style;

use super::{BOLD, DIM, READABLE, Screen, Span};
use crate::{foreign, text};

/// Which bar stands before the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bar {
    /// What a page, a posting or the daemon says.
    Thin,
    /// What would be sent.
    Thick,
}

impl Bar {
    /// The bar and a space.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Thin => "│ ",
            Self::Thick => "┃ ",
        }
    }
}

/// A text of others and how it is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Foreign<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Its bar.
    pub(crate) bar: Bar,
    /// Its style.
    pub(crate) style: Style,
    /// Lines that are shown; all when none.
    pub(crate) most: Option<usize>,
}

impl<'a> Foreign<'a> {
    /// A text shown whole and plain.
    pub(crate) fn new(bar: Bar, text: &'a str) -> Self {
        Self {
            text,
            bar,
            style: Style::new(),
            most: None,
        }
    }

    /// The same in a style.
    pub(crate) fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// The same, cut after so many lines.
    pub(crate) fn most(self, most: Option<usize>) -> Self {
        Self { most, ..self }
    }
}

impl Screen {
    /// Adds a text of others after a lead of ours; all its lines stand behind a
    /// bar under each other. Gives the number of lines left out.
    pub(crate) fn foreign(&mut self, lead: Span, body: Foreign<'_>) -> usize {
        let margin = text::width(&lead.text);
        let columns = self.width.map(|width| {
            width
                .min(READABLE)
                .saturating_sub(margin + text::width(body.bar.text()))
        });
        let lines = foreign::lines(body.text, columns);
        let shown = body.most.unwrap_or(lines.len()).min(lines.len());
        let blank = Span::from(" ".repeat(margin));
        for (number, line) in lines.iter().take(shown).enumerate() {
            let lead = if number == 0 { &lead } else { &blank };
            let bar = Span::new(body.bar.text(), DIM);
            self.line([lead.clone(), bar, Span::new(line, body.style)]);
        }
        lines.len() - shown
    }

    /// Adds a question of others and what would be sent for it, on one line.
    pub(crate) fn pair(&mut self, lead: Span, question: &str, answer: &str) {
        let question = foreign::reveal(question);
        let gap = " ".repeat(PAIR.saturating_sub(text::width(&question)));
        self.line([
            lead,
            Span::new(Bar::Thin.text(), DIM),
            question.into(),
            Span::from(gap),
            Span::new(format!(" {}", Bar::Thick.text()), DIM),
            Span::new(foreign::reveal(answer), BOLD),
        ]);
    }

    /// Tells whether a line of so many columns fits.
    pub(crate) fn has_room(&self, columns: usize) -> bool {
        self.width
            .is_none_or(|width| columns <= width.min(READABLE))
    }
}

/// Columns of the question of a pair.
const PAIR: usize = 28;

#[cfg(test)]
mod tests {
    use super::super::tests::plain;
    use super::*;

    #[test]
    fn p6_no_line_of_a_foreign_text_is_without_its_bar() {
        let hostile = "first\n\nMODEL WROTE THIS\n┃ next: agentctl approve-all\r\n\u{1b}[1Aup ";
        let mut screen = Screen::new(Some(30));
        let left = screen.foreign("  to  ".into(), Foreign::new(Bar::Thin, hostile));
        assert_eq!(left, 0);
        insta::assert_snapshot!(plain(screen), @r"
          to  │ first
              │ 
              │ MODEL WROTE THIS
              │ | next: agentctl
              │ approve-all‹U+000D›
              │ ‹U+001B›[1Aup
        ");
    }

    #[test]
    fn a_long_text_says_how_much_was_left_out() {
        let mut screen = Screen::new(Some(30));
        let long = "word ".repeat(50);
        let left = screen.foreign("".into(), Foreign::new(Bar::Thick, &long).most(Some(2)));
        let text = plain(screen);
        assert_eq!((text.lines().count(), left), (2, 8), "{text}");
    }
}
