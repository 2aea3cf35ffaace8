//! A CV as numbered lines, each with the marks of lists and headings taken off.
#![deny(clippy::indexing_slicing)]

use crate::text;

/// A line of a CV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Number from 1.
    pub(super) number: u32,
    /// What is written, without marks; columns set apart by wide gaps or tabs
    /// are joined with ` | `.
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// What the marks of a line say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    /// Markdown heading of this depth; a line in bold alone has depth 5.
    Heading(u8),
    Bullet,
    Plain,
}

/// The depth of a line that is bold as a whole: below every `#` used for sections.
pub(super) const BOLD: u8 = 5;

/// Which marks stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// None but those of lists.
    Plain,
    /// `#` before headings, as taken from the looks of a PDF or Word document.
    Looks,
    /// Those of Markdown.
    Markdown,
}

/// The lines as shown and quoted: cleaned, one for each line of `raw`.
pub(super) fn shown(raw: &str, marks: Marks) -> String {
    let line = |raw: &str| {
        let clean = text::line(raw);
        match heading(&clean).filter(|_| marks == Marks::Looks) {
            Some((_, text)) => text.to_owned(),
            None => clean,
        }
    };
    let lines: Vec<String> = split(raw).map(line).collect();
    lines.join("\n").trim_end().to_owned()
}

/// Numbers of the lines that say that what follows stands apart.
pub(super) fn breaks(raw: &str) -> Vec<u32> {
    let numbered = (1..).zip(split(raw));
    numbered
        .filter(|(_, line)| *line == "\u{c}")
        .map(|(number, _)| number)
        .collect()
}

/// The lines as read.
pub(super) fn read(raw: &str, marks: Marks) -> Vec<Line> {
    let markdown = marks == Marks::Markdown;
    let mut lines: Vec<Line> = Vec::new();
    for (number, raw) in (1..).zip(split(raw)) {
        let clean = text::line(&columns(raw));
        if markdown
            && let Some(last) = lines.last_mut()
            && last.kind == Kind::Plain
            && let Some(depth) = underline(&clean)
        {
            last.kind = Kind::Heading(depth);
            lines.push(Line {
                number,
                text: String::new(),
                kind: Kind::Blank,
            });
            continue;
        }
        let (kind, text) = classify(&clean, marks);
        lines.push(Line { number, text, kind });
    }
    lines
}

fn split(raw: &str) -> impl Iterator<Item = &str> {
    raw.split('\n').map(|line| line.trim_end_matches('\r'))
}

/// Setext underline: `===` or `---` under a line of text.
fn underline(line: &str) -> Option<u8> {
    let all = |mark| line.len() >= 3 && line.chars().all(|c| c == mark);
    if all('=') {
        Some(1)
    } else if all('-') {
        Some(2)
    } else {
        None
    }
}

/// Marks wide gaps and tabs inside a line as column borders.
fn columns(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let (mut gap, mut tab) = (0, false);
    for c in raw.trim().chars() {
        if c == ' ' || c == '\t' || c == '\u{a0}' {
            gap += 1;
            tab |= c == '\t';
            continue;
        }
        // After a list mark a gap is only its indentation.
        let mark = matches!(out.as_str(), "-" | "*" | "•" | "–" | "·" | "o");
        if gap > 0 {
            out.push_str(if (gap >= 3 || tab) && !mark {
                " | "
            } else {
                " "
            });
        }
        (gap, tab) = (0, false);
        out.push(c);
    }
    out
}

/// Depth and text of a line with marks of a heading.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let depth = u8::try_from(line.len() - text.len()).ok()?;
    ((1..=6).contains(&depth) && text.starts_with(' ')).then(|| (depth, text.trim()))
}

fn classify(line: &str, marks: Marks) -> (Kind, String) {
    let markdown = marks == Marks::Markdown;
    // A row of a table.
    let line = match line.strip_prefix('|') {
        Some(row) if markdown => row.trim_end_matches('|').trim(),
        Some(_) | None => line,
    };
    // Rules and frames carry no words.
    if !line.chars().any(char::is_alphanumeric) {
        return (Kind::Blank, String::new());
    }
    match (marks, heading(line)) {
        (Marks::Markdown, Some((depth, text))) => {
            return (
                Kind::Heading(depth),
                plain(text.trim_end_matches('#').trim()),
            );
        }
        (Marks::Looks, Some((depth, text))) => return (Kind::Heading(depth), text.to_owned()),
        (Marks::Plain, _) | (_, None) => {}
    }
    for mark in [
        "- ", "* ", "• ", "– ", "— ", "· ", "▪ ", "● ", "‣ ", "○ ", "◦ ", "o ", "+ ", "» ", "> ",
    ] {
        if let Some(text) = line.strip_prefix(mark) {
            return (
                Kind::Bullet,
                if markdown {
                    plain(text)
                } else {
                    text.to_owned()
                },
            );
        }
    }
    if let Some(text) = numbered(line).filter(|_| marks != Marks::Plain) {
        return (
            Kind::Bullet,
            if markdown {
                plain(text)
            } else {
                text.to_owned()
            },
        );
    }
    if let Some(text) = line.strip_prefix('•') {
        return (Kind::Bullet, text.trim().to_owned());
    }
    if !markdown {
        return (Kind::Plain, line.to_owned());
    }
    let bold = line.len() > 4
        && ["**", "__"].iter().any(|mark| {
            line.strip_prefix(mark)
                .and_then(|rest| rest.strip_suffix(mark))
                .is_some_and(|inner| !inner.contains(mark))
        });
    (
        if bold {
            Kind::Heading(BOLD)
        } else {
            Kind::Plain
        },
        plain(line),
    )
}

/// What follows the number of an item: "1. ", "2) ".
fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let text = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    // "2. Staatsexamen" is an ordinal of German.
    ((1..=2).contains(&digits) && !text.to_lowercase().contains("staatsexamen")).then_some(text)
}

/// The most bytes of a link's name or address.
const LONGEST_ADDRESS: usize = 500;

/// Inline Markdown as plain text: emphasis and code marks off, links as their
/// text, with the address behind it when the text is not the address.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        // Bounded, so that a page of opening brackets is read in linear time.
        let near = after
            .bytes()
            .take(LONGEST_ADDRESS)
            .position(|byte| byte == b']');
        let link = near.and_then(|end| {
            let (name, tail) = (after.get(..end)?, after.get(end + 1..)?.strip_prefix('(')?);
            let end = tail
                .bytes()
                .take(LONGEST_ADDRESS)
                .position(|byte| byte == b')')?;
            let (address, tail) = (tail.get(..end)?, tail.get(end + 1..)?);
            (!name.contains('[')).then_some((name, address, tail))
        });
        out.push_str(before);
        let Some((name, address, tail)) = link else {
            out.push('[');
            rest = after;
            continue;
        };
        let address = address
            .trim_start_matches("mailto:")
            .trim_start_matches("tel:");
        if address.ends_with(name) || name.contains(address) {
            out.push_str(address);
        } else {
            out.push_str(name);
            out.push(' ');
            out.push_str(address);
        }
        rest = tail;
    }
    out.push_str(rest);
    let out = out.replace("**", "").replace("__", "");
    // Things side by side, each marked as code, are a list.
    let out = out.replace("` `", ", ").replace('`', "");
    let out = out.trim();
    // One pair of marks around the whole, or around a phrase between spaces.
    let mut words = Vec::new();
    for word in out.split(' ') {
        let word = word.trim_start_matches('*');
        let word = if word.contains("://") {
            word
        } else {
            word.trim_start_matches('_')
        };
        let bare = word.trim_end_matches([',', ';', ':', '.']);
        match bare.strip_suffix(['*', '_']) {
            Some(inner) => words.push(format!(
                "{inner}{}",
                word.get(bare.len()..).unwrap_or_default()
            )),
            None => words.push(word.to_owned()),
        }
    }
    words.join(" ").trim_end_matches('\\').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &[(Kind, &str)]) {
        let lines = read(raw, Marks::Markdown);
        let got: Vec<_> = lines
            .iter()
            .map(|line| (line.kind, line.text.as_str()))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn marks_become_kinds() {
        check(
            "# Ada *Bell*\n\nSkills\n------\n- **Rust**, `Go`\n**Acme GmbH**\nEngineer\t2019\n***\n### X ###",
            &[
                (Kind::Heading(1), "Ada Bell"),
                (Kind::Blank, ""),
                (Kind::Heading(2), "Skills"),
                (Kind::Blank, ""),
                (Kind::Bullet, "Rust, Go"),
                (Kind::Heading(BOLD), "Acme GmbH"),
                (Kind::Plain, "Engineer | 2019"),
                (Kind::Blank, ""),
                (Kind::Heading(3), "X"),
            ],
        );
    }

    #[test]
    fn links_keep_their_address() {
        for (text, expected) in [
            (
                "[ada@example.org](mailto:ada@example.org)",
                "ada@example.org",
            ),
            (
                "[Code](https://github.com/ada) [x",
                "Code https://github.com/ada [x",
            ),
            (
                "_in italics_ and *more*, https://a.b/_x",
                "in italics and more, https://a.b/_x",
            ),
            ("`Rust` `Go`", "Rust, Go"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn a_shown_line_keeps_its_number_and_loses_control_characters() {
        let raw = "# a\r\n\r\n\u{1b}[31mb\u{202e}\n\n";
        assert_eq!(shown(raw, Marks::Markdown), "# a\n\nb");
        assert_eq!(shown(raw, Marks::Looks), "a\n\nb");
    }
}
