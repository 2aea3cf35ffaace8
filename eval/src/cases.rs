//! Labelled files: found by path, read whole, named when something is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The text of a file, which must be UTF-8 but for single broken characters.
pub(crate) fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Files below `folder` with one of these extensions, in the order of their paths.
pub(crate) fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if extension.is_some_and(|extension| extensions.contains(&extension)) {
                found.push(path);
            }
        }
    }
    ensure!(
        !found.is_empty(),
        "{} holds no file that ends in {}",
        folder.display(),
        extensions.join(", ")
    );
    found.sort();
    Ok(found)
}

/// The cells of a line of comma-separated values, of which none holds a line end.
pub(crate) fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match (c, cells.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => cells.push(String::new()),
            (c, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    cells
}

/// The records of comma-separated values, whose cells may hold line ends and, doubled,
/// quotation marks (RFC 4180).
pub(crate) fn records(text: &str) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let doubled = c == '"' && quoted && letters.next_if_eq(&'"').is_some();
        match (c, cells.last_mut()) {
            ('"', Some(last)) if doubled => last.push('"'),
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => cells.push(String::new()),
            ('\n', _) if !quoted => {
                records.push(std::mem::replace(&mut cells, vec![String::new()]));
            }
            ('\r', _) if !quoted => {}
            (c, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    if cells.iter().any(|cell| !cell.is_empty()) {
        records.push(cells);
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_hold_commas_quotation_marks_and_line_ends() {
        let expected = [
            vec!["a", "b, c", "say \"x\""],
            vec!["two\nlines", "", ""],
            vec!["last"],
        ];
        let text = "a,\"b, c\",\"say \"\"x\"\"\"\r\n\"two\nlines\",\"\",\nlast";
        assert_eq!(records(text), expected);
        assert_eq!(records(""), Vec::<Vec<String>>::new());
    }
}
