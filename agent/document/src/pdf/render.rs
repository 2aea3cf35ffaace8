//! Rows as text, with the marks of headings and gaps.
#![deny(clippy::indexing_slicing)]

use super::columns::{Part, Row};

/// A font this much larger than that of the text makes a heading.
const LARGER: f64 = 1.09;
/// A gap this many times the usual one between lines is an empty line.
const WIDER: f64 = 1.35;
/// The longest heading, in letters.
const LONGEST_HEADING: usize = 80;
/// Headings of more sizes than this are of the last depth.
const DEPTHS: usize = 4;

/// The pages as text: their text first, then what stands beside it.
pub(super) fn text(pages: &[Vec<Part>]) -> String {
    let sizes = Sizes::of(pages);
    let mut out = String::new();
    for (aside, part) in [false, true]
        .into_iter()
        .flat_map(|aside| pages.iter().flatten().map(move |part| (aside, part)))
        .filter(|(aside, part)| part.aside == *aside)
    {
        if aside {
            out.push_str("\u{c}\n");
        }
        write(&part.rows, &sizes, &mut out);
        out.push('\n');
    }
    out
}

/// Sizes of fonts in half points.
struct Sizes {
    /// That of most of the text.
    body: i64,
    /// Larger ones, the largest first.
    headings: Vec<i64>,
}

impl Sizes {
    fn of(pages: &[Vec<Part>]) -> Self {
        let mut letters = std::collections::BTreeMap::<i64, usize>::new();
        let cells = || {
            let rows = pages.iter().flatten().flat_map(|part| &part.rows);
            rows.flat_map(|row| &row.cells)
        };
        for cell in cells() {
            *letters.entry(halves(cell.size)).or_default() += cell.text.len();
        }
        let body = letters
            .iter()
            .max_by_key(|(_, count)| **count)
            .map_or(0, |(size, _)| *size);
        let larger = letters.keys().rev().copied();
        let headings = larger
            .take_while(|size| *size as f64 > body as f64 * LARGER)
            .collect();
        Self { body, headings }
    }

    /// The depth of a heading of this size; none for the size of the text.
    fn depth(&self, size: f64) -> Option<usize> {
        let size = halves(size);
        if size <= self.body {
            return None;
        }
        let at = self.headings.iter().position(|heading| *heading == size)?;
        Some((at + 1).min(DEPTHS))
    }
}

/// Halves of a point, rounded: programs write 10.98 and 11.02 for 11.
fn halves(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

fn write(rows: &[Row], sizes: &Sizes, out: &mut String) {
    let rows = &whole_cells(rows, sizes);
    let usual = usual_step(rows);
    let mut before: Option<&Row> = None;
    for (at, row) in rows.iter().enumerate() {
        let size = row.cells.first().map_or(0.0, |cell| cell.size);
        if let Some(before) = before {
            let step = row.y - before.y;
            let least = usual.max(size * 1.1);
            if step > least * WIDER {
                out.push('\n');
            }
        }
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
        let text = cells.join("\t");
        // A paragraph in larger letters is no heading.
        let next = rows.get(at + 1);
        let runs_on = |other: Option<&Row>| {
            other.is_some_and(|other| {
                let first = other.cells.first();
                first.is_some_and(|cell| halves(cell.size) == halves(size))
                    && (other.y - row.y).abs() < size * 1.9
            })
        };
        let long = |row: Option<&Row>| {
            row.and_then(|row| row.cells.first())
                .is_some_and(|cell| cell.text.chars().count() > 55)
        };
        let paragraph = runs_on(next) && long(Some(row))
            || runs_on(before) && (long(before) || long(Some(row)));
        let short = text.chars().count() <= LONGEST_HEADING;
        if let Some(depth) = sizes.depth(size).filter(|_| short && !paragraph) {
            out.push_str(&"#".repeat(depth));
            out.push(' ');
        }
        out.push_str(&text);
        out.push('\n');
        before = Some(row);
    }
}

/// Rows in which what was wrapped is whole again: a name in large letters, and
/// dates in a narrow cell at the left ("Jan 2020 –" over "Mar 2022").
fn whole_cells(rows: &[Row], sizes: &Sizes) -> Vec<Row> {
    let mut whole: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut row = row.clone();
        if let (Some(above), Some(first)) = (whole.last_mut(), row.cells.first())
            && let several = above.cells.len() > 1
            && let Some(last) = above.cells.first_mut()
            && (last.left - first.left).abs() < 3.0
            && row.y - above.y < 1.7 * last.size
            && halves(last.size) == halves(first.size)
        {
            let name = above_is_alone(sizes, last.size)
                && row.cells.len() == 1
                && last.text.chars().count() + first.text.chars().count() < 40;
            let narrow = last.right.max(first.right) - last.left < 110.0;
            let dates = narrow && runs_on(&last.text, &first.text);
            if name || dates && several {
                last.text.push(' ');
                last.text.push_str(first.text.trim());
                row.cells.remove(0);
            }
        }
        if !row.cells.is_empty() {
            whole.push(row);
        }
    }
    whole
}

/// Whether a font is the largest, that of the name.
fn above_is_alone(sizes: &Sizes, size: f64) -> bool {
    sizes.depth(size) == Some(1)
}

/// Whether a range of dates begins in one line and ends in the next.
fn runs_on(first: &str, next: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '—');
    let next = next.trim().to_lowercase();
    let word = next.split(' ').next().unwrap_or_default();
    let year = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    (first.trim_end().ends_with(dash) && first.len() < 20 && year(first))
        || year(first)
            && (next.starts_with(dash)
                || matches!(word, "to" | "until" | "bis" | "à" | "au" | "hasta" | "a"))
}

/// The step from line to line inside paragraphs: the one in the lower third.
fn usual_step(rows: &[Row]) -> f64 {
    let mut steps: Vec<f64> = rows
        .iter()
        .zip(rows.iter().skip(1))
        .map(|(one, next)| next.y - one.y)
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 3).copied().unwrap_or_default()
}
