//! Tables that fit the terminal.

use super::{DIM, Screen, Span};
use crate::text;

/// Spaces between the columns of a table.
const GUTTER: usize = 2;

/// What a column does when the table is wider than the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// Keeps its width, aligned left.
    Left,
    /// Keeps its width, aligned right.
    Right,
    /// Gives way, the widest first.
    Cut,
    /// Gives way too, but may stay twice as wide as the others.
    Main,
}

impl Column {
    fn gives_way(self) -> bool {
        match self {
            Self::Cut | Self::Main => true,
            Self::Left | Self::Right => false,
        }
    }
}

/// Rows under a heading, aligned by terminal columns.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<(&'static str, Column)>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    cells: Vec<Span>,
    note: Option<Span>,
}

/// Columns a note under a row is indented by.
const NOTE_INDENT: usize = 4;

impl Table {
    /// Starts a table with these headings.
    pub(crate) fn new(columns: impl IntoIterator<Item = (&'static str, Column)>) -> Self {
        Self {
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Span>) {
        self.rows.push(Row {
            cells: cells.into_iter().collect(),
            note: None,
        });
    }

    /// Adds a row with a line of its own below it; an empty note is left out.
    pub(crate) fn row_with_note(&mut self, cells: impl IntoIterator<Item = Span>, note: &str) {
        let note = Span::new(note, DIM);
        self.rows.push(Row {
            cells: cells.into_iter().collect(),
            note: (!note.text.is_empty()).then_some(note),
        });
    }

    pub(super) fn draw(&self, screen: &mut Screen) {
        let empty = |index: usize| {
            self.rows
                .iter()
                .all(|row| row.cells.get(index).is_none_or(|cell| cell.text.is_empty()))
        };
        // A column with nothing to say takes no room.
        let shown: Vec<usize> = (0..self.columns.len())
            .filter(|&index| !empty(index))
            .collect();
        let widths = self.widths(&shown, screen.width);
        let heading = Row {
            cells: self
                .columns
                .iter()
                .map(|(name, _)| Span::new(name, DIM))
                .collect(),
            note: None,
        };
        for row in std::iter::once(&heading).chain(&self.rows) {
            let mut line = String::new();
            for (place, &index) in shown.iter().enumerate() {
                let width = widths.get(place).copied().unwrap_or(0);
                let Some(cell) = row.cells.get(index) else {
                    continue;
                };
                let cell = Span {
                    text: text::truncate(&cell.text, width),
                    style: cell.style,
                };
                let padding = " ".repeat(width - text::width(&cell.text));
                if place > 0 {
                    line.push_str(&" ".repeat(GUTTER));
                }
                if self.kind(index) == Column::Right {
                    line.push_str(&padding);
                    cell.draw(&mut line);
                } else {
                    cell.draw(&mut line);
                    line.push_str(&padding);
                }
            }
            screen.text.push_str(line.trim_end());
            screen.text.push('\n');
            if let Some(note) = &row.note {
                screen.cut_line([" ".repeat(NOTE_INDENT).into(), note.clone()]);
            }
        }
    }

    fn kind(&self, index: usize) -> Column {
        self.columns
            .get(index)
            .map_or(Column::Left, |(_, kind)| *kind)
    }

    /// Widths of the shown columns; those that may be cut give way to the terminal's width.
    fn widths(&self, shown: &[usize], available: Option<usize>) -> Vec<usize> {
        let mut widths: Vec<usize> = shown
            .iter()
            .map(|&index| {
                let heading = self
                    .columns
                    .get(index)
                    .map_or(0, |(name, _)| text::width(name));
                let cells = self.rows.iter().filter_map(|row| row.cells.get(index));
                cells
                    .map(|cell| text::width(&cell.text))
                    .fold(heading, usize::max)
            })
            .collect();
        let Some(available) = available else {
            return widths;
        };
        let gutters = GUTTER * shown.len().saturating_sub(1);
        // In a terminal too narrow even for that, all columns give way.
        for (all, least) in [(false, MIN_CUT), (true, 1)] {
            loop {
                let used = widths.iter().sum::<usize>() + gutters;
                let widest = shown
                    .iter()
                    .zip(&mut widths)
                    .map(|(index, width)| (self.kind(*index), width))
                    .filter(|(kind, width)| (all || kind.gives_way()) && **width > least)
                    .max_by_key(|(kind, width)| **width / if *kind == Column::Main { 2 } else { 1 })
                    .map(|(_, width)| width);
                match widest {
                    Some(width) if used > available => *width -= 1,
                    _ => break,
                }
            }
        }
        widths
    }
}

/// Narrowest a column is cut to: a few letters and the ellipsis.
const MIN_CUT: usize = 8;

#[cfg(test)]
mod tests {
    use super::super::tests::plain;
    use super::*;

    fn table() -> Table {
        let mut table = Table::new([
            ("#", Column::Right),
            ("title", Column::Cut),
            ("place", Column::Cut),
            ("note", Column::Left),
        ]);
        table.row([
            "1".into(),
            "Backend engineer, payments and ledgers".into(),
            "東京".into(),
            "".into(),
        ]);
        table.row([
            "12".into(),
            "Nurse".into(),
            "Zürich\u{1b}[31m".into(),
            "".into(),
        ]);
        table
    }

    #[test]
    fn columns_align_by_display_width_and_empty_ones_vanish() {
        let mut screen = Screen::new(None);
        screen.table(&table());
        insta::assert_snapshot!(plain(screen), @r"
         #  title                                   place
         1  Backend engineer, payments and ledgers  東京
        12  Nurse                                   Zürich[31m
        ");
    }

    #[test]
    fn a_table_never_exceeds_the_terminal() {
        for width in 10..60 {
            let mut screen = Screen::new(Some(width));
            screen.table(&table());
            let text = plain(screen);
            assert!(
                text.lines().all(|line| text::width(line) <= width),
                "{width}:\n{text}"
            );
        }
        let mut screen = Screen::new(Some(30));
        screen.table(&table());
        let text = plain(screen);
        insta::assert_snapshot!(text, @r"
         #  title           place
         1  Backend engin…  東京
        12  Nurse           Zürich[31m
        ");
    }
}
