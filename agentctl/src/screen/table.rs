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
    /// Goes to a line below its row when the table is wider than the terminal.
    Below,
}

impl Column {
    fn gives_way(self) -> bool {
        match self {
            Self::Cut | Self::Main => true,
            Self::Left | Self::Right | Self::Below => false,
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
    notes: Vec<Note>,
}

/// A text below a row.
#[derive(Debug)]
pub(crate) enum Note {
    /// One line, cut where the terminal ends.
    Cut(Span),
    /// All of it, on as many lines as it needs.
    Whole(Span),
}

impl Note {
    fn text(&self) -> &str {
        match self {
            Self::Cut(span) | Self::Whole(span) => &span.text,
        }
    }
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
        self.row_with_notes(cells, []);
    }

    /// Adds a row with texts below it; empty ones are left out.
    pub(crate) fn row_with_notes(
        &mut self,
        cells: impl IntoIterator<Item = Span>,
        notes: impl IntoIterator<Item = Note>,
    ) {
        let notes = notes.into_iter().filter(|note| !note.text().is_empty());
        self.rows.push(Row {
            cells: cells.into_iter().collect(),
            notes: notes.collect(),
        });
    }

    pub(super) fn draw(&self, screen: &mut Screen) {
        let empty = |index: usize| {
            self.rows
                .iter()
                .all(|row| row.cells.get(index).is_none_or(|cell| cell.text.is_empty()))
        };
        // A column with nothing to say takes no room.
        let mut shown: Vec<usize> = (0..self.columns.len())
            .filter(|&index| !empty(index))
            .collect();
        let mut below = Vec::new();
        if screen
            .width
            .is_some_and(|width| total(&self.natural_widths(&shown)) > width)
        {
            (below, shown) = shown
                .into_iter()
                .partition(|&index| self.kind(index) == Column::Below);
        }
        let widths = self.widths(&shown, screen.width);
        let heading: Vec<Span> = self
            .columns
            .iter()
            .map(|(name, _)| Span::new(name, DIM))
            .collect();
        self.draw_cells(&heading, &shown, &widths, screen);
        for row in &self.rows {
            self.draw_cells(&row.cells, &shown, &widths, screen);
            draw_notes(row, &below, screen);
        }
    }

    fn draw_cells(&self, cells: &[Span], shown: &[usize], widths: &[usize], screen: &mut Screen) {
        let mut line = String::new();
        for (place, (&index, &width)) in shown.iter().zip(widths).enumerate() {
            let Some(cell) = cells.get(index) else {
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
    }

    fn kind(&self, index: usize) -> Column {
        self.columns
            .get(index)
            .map_or(Column::Left, |(_, kind)| *kind)
    }

    /// Widths at which nothing is cut.
    fn natural_widths(&self, shown: &[usize]) -> Vec<usize> {
        shown
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
            .collect()
    }

    /// Widths of the shown columns; those that may be cut give way to the terminal's width.
    fn widths(&self, shown: &[usize], available: Option<usize>) -> Vec<usize> {
        let mut widths = self.natural_widths(shown);
        let Some(available) = available else {
            return widths;
        };
        // In a terminal too narrow even for that, all columns give way.
        for (all, least) in [(false, MIN_CUT), (true, 1)] {
            loop {
                let used = total(&widths);
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

/// Width of a line with cells of these widths.
fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GUTTER * widths.len().saturating_sub(1)
}

/// Draws the cells that found no room in the row, then its notes.
fn draw_notes(row: &Row, below: &[usize], screen: &mut Screen) {
    let margin = " ".repeat(NOTE_INDENT);
    let mut line: Vec<&str> = below
        .iter()
        .filter_map(|&index| row.cells.get(index))
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let mut notes = row.notes.iter().peekable();
    // Of one line are what moved down and a note that may be cut.
    if let Some(Note::Cut(span)) = notes.next_if(|note| matches!(note, Note::Cut(_))) {
        line.push(&span.text);
    }
    if !line.is_empty() {
        screen.cut_line([margin.as_str().into(), Span::new(line.join(" · "), DIM)]);
    }
    for note in notes {
        match note {
            Note::Cut(span) => screen.cut_line([margin.as_str().into(), span.clone()]),
            Note::Whole(span) => screen.hanging([margin.as_str().into()], span.clone()),
        }
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
    fn what_finds_no_room_goes_below_before_anything_is_cut() {
        let mut table = Table::new([
            ("#", Column::Right),
            ("title", Column::Main),
            ("pay", Column::Below),
        ]);
        let note = || Note::Cut("8 of 9 skills".into());
        table.row_with_notes(
            ["1".into(), "Backend engineer".into(), "80000 EUR".into()],
            [note(), Note::Whole("all of this is shown".into())],
        );
        table.row_with_notes(["2".into(), "Nurse".into(), "".into()], [note()]);
        let drawn = |width| {
            let mut screen = Screen::new(Some(width));
            screen.table(&table);
            plain(screen)
        };
        insta::assert_snapshot!(drawn(40), @r"
        #  title             pay
        1  Backend engineer  80000 EUR
            8 of 9 skills
            all of this is shown
        2  Nurse
            8 of 9 skills
        ");
        insta::assert_snapshot!(drawn(20), @r"
        #  title
        1  Backend engineer
            80000 EUR · 8 o…
            all of this is
            shown
        2  Nurse
            8 of 9 skills
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
