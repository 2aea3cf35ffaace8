//! Rust files as the rules read them: code without comments, text and tests.

use std::fs;
use std::path::Path;

use crate::root;

/// One file of a crate's `src`.
pub(crate) struct Source {
    /// Path from the repository's folder, with forward slashes.
    pub(crate) path: String,
    /// The file as it is.
    pub(crate) text: String,
    /// How many lines it has without its test modules.
    pub(crate) lines: usize,
    /// The same lines with comments, contents of literals and test modules blanked out.
    pub(crate) code: String,
    /// String literals outside test modules, each with its line number from 1.
    pub(crate) literals: Vec<(usize, String)>,
}

impl Source {
    /// Reads a file's text; `path` decides which rules look at it.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let (code, literals) = split(text);
        let (code, test_lines) = without_tests(&code);
        let lines: Vec<&str> = code.lines().collect();
        // A literal leaves its quotes behind; where a test module was blanked, they are gone too.
        let kept = |line: usize| lines.get(line - 1).is_some_and(|line| line.contains('"'));
        let literals = literals
            .into_iter()
            .filter(|(line, _)| kept(*line))
            .collect();
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            lines: text.lines().count() - test_lines,
            code,
            literals,
        }
    }

    /// Numbers from 1 of the lines whose code contains `pattern`.
    pub(crate) fn lines_with(&self, pattern: &regex::Regex) -> Vec<usize> {
        let lines = self.code.lines().enumerate();
        lines
            .filter(|(_, line)| pattern.is_match(line))
            .map(|(at, _)| at + 1)
            .collect()
    }
}

/// Every Rust file under the `src` folders of `rooms`, test files left out.
pub(crate) fn sources(rooms: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for room in rooms {
        let src = root().join(room).join("src");
        assert!(
            src.is_dir(),
            "{room}/src is gone: mend the list in tests/tidy"
        );
        collect(&src, &format!("{room}/src"), &mut found);
    }
    found
}

fn collect(folder: &Path, shown: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        let shown = format!("{shown}/{name}");
        if name == "tests" || name == "tests.rs" {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &shown, found);
        } else if name.ends_with(".rs") {
            found.push(Source::new(
                &shown,
                &fs::read_to_string(entry.path()).unwrap(),
            ));
        }
    }
}

/// Code with comments and contents of literals blanked, and the string literals.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let (mut index, mut line) = (0, 1);
    while index < chars.len() {
        let end = match (at(index), at(index + 1)) {
            ('/', '/') => (index..chars.len())
                .find(|&i| at(i) == '\n')
                .unwrap_or(chars.len()),
            ('/', '*') => end_of_comment(&chars, index),
            ('"', _) => end_of_string(&chars, index),
            ('r', '"' | '#')
                if !at(index.wrapping_sub(1)).is_alphanumeric()
                    || at(index.wrapping_sub(1)) == 'b' =>
            {
                end_of_raw(&chars, index)
            }
            ('\'', '\\') => (index + 3..chars.len())
                .find(|&i| at(i) == '\'')
                .map_or(chars.len(), |i| i + 1),
            ('\'', _) if at(index + 2) == '\'' => index + 3,
            _ => index,
        };
        if end == index {
            code.push(at(index));
            line += usize::from(at(index) == '\n');
            index += 1;
            continue;
        }
        let piece: String = chars[index..end].iter().collect();
        let string = matches!(at(index), '"' | 'r');
        if string {
            literals.push((line, piece.trim_matches(['r', '#', '"']).to_owned()));
        }
        for (offset, char) in piece.char_indices() {
            let edge = string && (offset == 0 || offset + 1 == piece.len());
            code.push(if char == '\n' {
                '\n'
            } else if edge {
                '"'
            } else {
                ' '
            });
        }
        line += piece.matches('\n').count();
        index = end;
    }
    (code, literals)
}

fn end_of_comment(chars: &[char], start: usize) -> usize {
    let (mut depth, mut index) = (0, start);
    while index < chars.len() {
        match (chars[index], chars.get(index + 1)) {
            ('/', Some('*')) => (depth, index) = (depth + 1, index + 2),
            ('*', Some('/')) => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
        if depth == 0 {
            break;
        }
    }
    index.min(chars.len())
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut index = start + 1;
    while index < chars.len() && chars[index] != '"' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    (index + 1).min(chars.len())
}

/// The end of a raw string at `start`, or `start` itself when it is a raw name (`r#type`).
fn end_of_raw(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..]
        .iter()
        .take_while(|char| **char == '#')
        .count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return start;
    }
    let closes = |index: usize| {
        chars[index] == '"'
            && chars
                .get(index + 1..index + 1 + hashes)
                .is_some_and(|tail| tail.iter().all(|char| *char == '#'))
    };
    (open + 1..chars.len())
        .find(|&index| closes(index))
        .map_or(chars.len(), |index| index + 1 + hashes)
}

/// Blanks what stands under `#[cfg(test)]`, a braced item or one that ends with a semicolon,
/// and says how many lines that were.
fn without_tests(code: &str) -> (String, usize) {
    let mut code: Vec<char> = code.chars().collect();
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let (mut start, mut lines) = (0, 0);
    while let Some(offset) = code[start..]
        .windows(mark.len())
        .position(|window| window == mark)
    {
        let from = start + offset;
        let mut depth = 0_i32;
        let mut end = from + mark.len();
        while end < code.len() {
            match code[end] {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            end += 1;
            if depth == 0 && matches!(code[end - 1], '}' | ';') {
                break;
            }
        }
        lines += 1 + code[from..end].iter().filter(|char| **char == '\n').count();
        for char in code[from..end].iter_mut().filter(|char| **char != '\n') {
            *char = ' ';
        }
        start = end;
    }
    (code.into_iter().collect(), lines)
}

#[test]
fn comments_text_and_tests_are_not_code() {
    let text = r##"
//! unsafe in words
fn a<'x>(c: &'x str) -> char { let _ = "unsafe \" text"; '"' }
/* unsafe /* nested */ */ const RAW: &str = r#"unsafe "raw" text"#;
#[cfg(test)]
mod tests { fn b() { unsafe { let _ = "in a test"; } } }
fn c() { let r#type = 1; }
#[cfg(test)]
mod more;
unsafe fn d() {}
"##;
    let source = Source::new("a.rs", text);
    let hits = source.lines_with(&regex::Regex::new("unsafe").unwrap());
    assert_eq!(hits, [10], "{}", source.code);
    assert_eq!(source.code.lines().count(), text.lines().count());
    assert_eq!(source.lines, text.lines().count() - 4);
    let literals: Vec<_> = source
        .literals
        .iter()
        .map(|(line, text)| (*line, text.as_str()))
        .collect();
    assert_eq!(
        literals,
        [(3, r#"unsafe \" text"#), (4, r#"unsafe "raw" text"#)]
    );
}
