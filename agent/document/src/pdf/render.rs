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
