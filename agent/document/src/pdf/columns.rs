//! The columns of a page, and which of them carries on the text.
//!
//! A gap that runs down the page parts two columns, or it parts the dates of a
//! list from what they are dates of. The rows tell: cells of one list stand on
//! common base lines, columns have lines of their own.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::fragments::Fragment;

/// The narrowest gap between columns, in points.
const GUTTER: f64 = 9.0;
/// The fewest rows that make columns.
const FEWEST_ROWS: usize = 5;
/// The most rows of a page that are looked at for columns; the time grows with
/// their third power.
const MOST_ROWS: usize = 220;
/// How deep columns are looked for inside columns.
const DEPTH: u8 = 3;

/// Rows that are read one after the other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) rows: Vec<Row>,
    /// It stands beside the text and is read after it.
    pub(super) aside: bool,
}

/// Fragments on one base line, from left to right; never empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) y: f64,
    pub(super) cells: Vec<Fragment>,
}

/// The parts of a page in reading order.
pub(super) fn parts(fragments: Vec<Fragment>) -> Vec<Part> {
    let mut parts = Vec::new();
    read(rows(fragments), DEPTH, false, &mut parts);
    parts
}

fn rows(mut fragments: Vec<Fragment>) -> Vec<Row> {
    fragments.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Row> = Vec::new();
    for fragment in fragments {
        match rows.last_mut() {
            Some(row) if fragment.y - row.y <= 0.35 * fragment.size => row.cells.push(fragment),
            _ => rows.push(Row {
                y: fragment.y,
                cells: vec![fragment],
            }),
        }
    }
    for row in &mut rows {
        row.cells.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

fn read(rows: Vec<Row>, depth: u8, aside: bool, parts: &mut Vec<Part>) {
    let found = (depth > 0).then(|| columns(&rows)).flatten();
    let Some((block, at)) = found else {
        if !rows.is_empty() {
            parts.push(Part { rows, aside });
        }
        return;
    };
    let (whole, below) = (rows.len(), rows.len() - block.end);
    let mut rows = rows;
    let after = rows.split_off(block.end);
    let inside = rows.split_off(block.start);
    read(rows, depth - 1, aside, parts);
    let letters = |rows: &[Row]| -> usize {
        let cells = rows.iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.text.len()).sum()
    };
    let tall = inside.len() * 2 > whole;
    let (left, right) = sides(inside, at);
    // A side column down the page is read at the end: what it holds must not
    // stand in the middle of the text that goes on over the next page.
    let beside = tall && below <= 3 && !aside;
    if !beside {
        read(left, depth - 1, aside, parts);
        read(right, depth - 1, aside, parts);
        read(after, depth - 1, aside, parts);
        return;
    }
    let (text, side) = if letters(&left) >= letters(&right) {
        (left, right)
    } else {
        (right, left)
    };
    read(text, depth - 1, false, parts);
    read(after, depth - 1, false, parts);
    read(side, depth - 1, true, parts);
}

/// The rows left and right of `at`.
fn sides(rows: Vec<Row>, at: f64) -> (Vec<Row>, Vec<Row>) {
    let cells = rows.into_iter().flat_map(|row| row.cells);
    let (left, right) = cells.partition(|cell| cell.left < at);
    (self::rows(left), self::rows(right))
}

/// The largest run of rows that are columns, and where they part.
fn columns(rows: &[Row]) -> Option<(Range<usize>, f64)> {
    if !may_have_columns(rows) {
        return None;
    }
    let most = rows.len().min(MOST_ROWS);
    for length in (FEWEST_ROWS..=most).rev() {
        for start in 0..=rows.len() - length {
            let block = start..start + length;
            let Some(inside) = rows.get(block.clone()) else {
                continue;
            };
            let ends_empty = |row: Option<&Row>| row.is_none_or(|row| row.cells.is_empty());
            if ends_empty(inside.first()) || ends_empty(inside.last()) {
                continue;
            }
            if let Some(at) = gutter(inside) {
                return Some((block, at));
            }
        }
    }
    None
}

/// Whether some cells begin well inside the page and some end well before its
/// edge: without both there is nothing to look for.
fn may_have_columns(rows: &[Row]) -> bool {
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let left = cells().map(|cell| cell.left).fold(f64::INFINITY, f64::min);
    let right = cells().map(|cell| cell.right).fold(0.0, f64::max);
    let quarter = (right - left) / 4.0;
    let inside = cells().filter(|cell| cell.left > left + quarter).count();
    let short = cells().filter(|cell| cell.right < right - quarter).count();
    inside >= 4 && short >= 4
}

/// Where the widest gap parts `rows` into columns.
fn gutter(rows: &[Row]) -> Option<f64> {
    let mut spans: Vec<(f64, f64)> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| (cell.left, cell.right))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gaps = Vec::new();
    let mut reached = f64::INFINITY;
    for (left, right) in spans {
        if left - reached >= GUTTER {
            gaps.push((left - reached, (left + reached) / 2.0));
        }
        reached = if reached.is_infinite() {
            right
        } else {
            reached.max(right)
        };
    }
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    gaps.into_iter()
        .map(|(_, at)| at)
        .find(|at| are_columns(rows, *at))
}

/// Whether what stands left and right of `at` has lines of its own.
fn are_columns(rows: &[Row], at: f64) -> bool {
    let (mut left, mut right, mut both, mut dated) = (0_usize, 0_usize, 0_usize, [0_usize; 2]);
    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    let usual = usual_size(rows);
    for (number, row) in rows.iter().enumerate() {
        // A heading stands alone in its row, in a list as well as in a column.
        let heading = row.cells.iter().all(|cell| cell.size > usual * 1.06);
        if heading && row.cells.len() == 1 {
            continue;
        }
        let on = |side: bool| {
            row.cells
                .iter()
                .filter(move |cell| (cell.left < at) == side)
        };
        let (has_left, has_right) = (on(true).next().is_some(), on(false).next().is_some());
        left += usize::from(has_left);
        right += usize::from(has_right);
        both += usize::from(has_left && has_right);
        for (side, count) in [true, false].into_iter().zip(&mut dated) {
            *count += usize::from(on(side).any(|cell| has_year(&cell.text)));
        }
        if has_left {
            lefts.push(number);
        }
        if has_right {
            rights.push(number);
        }
    }
    let fewer = left.min(right);
    if fewer < 4 {
        return false;
    }
    // Both must be there over most of the height.
    let spread = |rows: &[usize]| match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    };
    if spread(&lefts).min(spread(&rights)) * 5 < rows.len() * 2 {
        return false;
    }
    let dates = if left <= right {
        dated.first()
    } else {
        dated.last()
    };
    // The dates of a list beside what they are dates of.
    if dates.is_some_and(|dates| dates * 5 >= fewer * 2) {
        return false;
    }
    (fewer - both) * 4 >= fewer
}

/// The size of most rows.
fn usual_size(rows: &[Row]) -> f64 {
    let mut sizes: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.cells.first())
        .map(|cell| cell.size)
        .collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// Whether `text` holds a year of the last or this century.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, left: f64, y: f64) -> Fragment {
        Fragment {
            left,
            right: left + 5.0 * text.chars().count() as f64,
            y,
            size: 10.0,
            text: text.to_owned(),
        }
    }

    fn read(fragments: Vec<Fragment>) -> Vec<(bool, String)> {
        parts(fragments)
            .into_iter()
            .map(|part| {
                let cells = part.rows.iter().flat_map(|row| &row.cells);
                let text: Vec<_> = cells.map(|cell| cell.text.as_str()).collect();
                (part.aside, text.join(" "))
            })
            .collect()
    }

    #[test]
    fn a_side_column_is_read_after_the_text_and_dates_stay_in_their_row() {
        let mut side = vec![at("Name on top of the whole page", 0.0, 5.0)];
        for row in 0..8_u8 {
            side.push(at("side", 0.0, 30.0 + 17.0 * f64::from(row)));
            side.push(at("much longer text", 150.0, 33.0 + 12.0 * f64::from(row)));
        }
        let got = read(side);
        assert_eq!(got.len(), 3, "{got:?}");
        assert!(got[0].1.starts_with("Name") && !got[0].0);
        assert!(got[1].1.starts_with("much") && !got[1].0);
        assert!(got[2].1.starts_with("side side") && got[2].0);

        let mut list = Vec::new();
        for row in 0..8_u8 {
            let y = 12.0 * f64::from(row);
            list.push(at("Engineer, Acme", 0.0, y));
            if row % 2 == 0 {
                list.push(at("2019 - 2020", 300.0, y));
            }
        }
        let got = read(list);
        assert_eq!(got.len(), 1, "{got:?}");
        assert!(got[0].1.starts_with("Engineer, Acme 2019 - 2020 Engineer"));
    }
}
