//! Tables of a CV: lists with cells, or columns of a page.
#![deny(clippy::indexing_slicing)]

use super::xml::Element;

/// A cell with this many lines is a column of the page, when its neighbour is one too.
const COLUMN: usize = 6;

/// A table as lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) text: Vec<String>,
    /// Cells that stand beside the text.
    pub(super) aside: Vec<String>,
}

/// The rows of a table as their cells.
pub(super) fn rows(table: &Element) -> Vec<Vec<&Element>> {
    let mut rows = Vec::new();
    collect(table, "tr", &mut rows);
    rows.into_iter()
        .map(|row| {
            let mut cells = Vec::new();
            collect(row, "tc", &mut cells);
            cells
        })
        .collect()
}

/// The elements of this name, also where a form wraps them.
fn collect<'a>(parent: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for inner in parent.elements() {
        match inner.name.as_str() {
            own if own == name => found.push(inner),
            "sdt" | "sdtContent" | "ins" | "customXml" => collect(inner, name, found),
            _ => {}
        }
    }
}

/// Reads rows of cells, each cell a list of lines.
pub(super) fn read(rows: Vec<Vec<Vec<String>>>) -> Read {
    let mut read = Read::default();
    for row in rows {
        let mut cells: Vec<Vec<String>> = row
            .into_iter()
            .map(trimmed)
            .filter(|cell| !cell.is_empty())
            .collect();
        let written = |cell: &Vec<String>| cell.iter().filter(|line| !line.is_empty()).count();
        let tall = cells.iter().filter(|cell| written(cell) >= COLUMN).count();
        match cells.len() {
            0 => {}
            1 => read.text.extend(cells.remove(0)),
            _ if tall > 1 => columns(cells, &mut read),
            _ => beside(cells, &mut read.text),
        }
    }
    read
}

fn trimmed(cell: Vec<String>) -> Vec<String> {
    let start = cell.iter().position(|line| !line.is_empty());
    let end = cell.iter().rposition(|line| !line.is_empty());
    match (start, end) {
        (Some(start), Some(end)) => cell.get(start..=end).unwrap_or_default().to_vec(),
        _ => Vec::new(),
    }
}

/// The column with the most letters is the text; the others stand beside it.
fn columns(cells: Vec<Vec<String>>, read: &mut Read) {
    let letters = |cell: &Vec<String>| cell.iter().map(String::len).sum::<usize>();
    let most = cells.iter().map(letters).max().unwrap_or_default();
    let mut main = true;
    for cell in cells {
        if main && letters(&cell) == most {
            main = false;
            read.text.extend(cell);
        } else {
            read.aside.push(cell.join("\n"));
        }
    }
}

/// Cells of one row side by side, line by line: dates and what they are dates of.
fn beside(cells: Vec<Vec<String>>, text: &mut Vec<String>) {
    let most = cells.iter().map(Vec::len).max().unwrap_or_default();
    // Where every cell but one holds a single line, that line goes in front of
    // the first line of the other.
    for number in 0..most {
        let line: Vec<&str> = cells
            .iter()
            .filter_map(|cell| cell.get(number))
            .map(|line| line.as_str())
            .filter(|line| !line.is_empty())
            .collect();
        text.push(match line.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            several => several
                .iter()
                .map(|line| line.trim_start_matches(['#', '•']).trim())
                .collect::<Vec<_>>()
                .join("\t"),
        });
    }
    text.push(String::new());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn a_row_is_read_across_and_a_page_of_columns_down() {
        let list = read(vec![vec![
            lines("2019 – 2021\nBerlin"),
            lines("##### Engineer\nAcme\n• a"),
        ]]);
        assert_eq!(
            list.text,
            ["2019 – 2021\tEngineer", "Berlin\tAcme", "• a", ""]
        );
        let tall = |word: &str| lines(&[word; 7].join("\n"));
        let page = read(vec![vec![tall("side"), tall("the text")]]);
        assert_eq!(page.text, tall("the text"));
        assert_eq!(page.aside, [tall("side").join("\n")]);
    }
}
