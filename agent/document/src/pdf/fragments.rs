//! Letters that stand together, as words in a row.
#![deny(clippy::indexing_slicing)]

/// A letter, or several where a font joins them.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Left edge, in points.
    pub(super) x: f64,
    /// Base line, in points from the top of the page.
    pub(super) y: f64,
    pub(super) width: f64,
    /// Size of the font, in points.
    pub(super) size: f64,
    pub(super) text: String,
}

/// Words that stand together in one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    pub(super) left: f64,
    pub(super) right: f64,
    /// Base line, in points from the top of the page.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// A mark of a list that is drawn and not written.
pub(super) const MARK: &str = "\u{1}";
/// The widest gap behind such a mark, in points.
const AFTER_MARK: f64 = 25.0;
/// A gap of this many sizes of the font parts two fragments. The widest gap
/// between words of a justified line is about half of it.
const APART: f64 = 1.0;
/// Base lines this near, in sizes of the smaller font, are one row.
const ONE_ROW: f64 = 0.5;

/// The fragments of a page, from top to bottom and left to right.
pub(super) fn of_glyphs(mut glyphs: Vec<Glyph>) -> Vec<Fragment> {
    glyphs.retain(|glyph| glyph.text == MARK || !glyph.text.chars().all(char::is_control));
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let blank = glyphs.iter().filter(|glyph| is_blank(glyph)).count();
    // Some programs write the spaces between words, others only leave gaps.
    let word_gap = if blank * 20 > glyphs.len() {
        0.34
    } else {
        0.16
    };
    let mut fragments = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        let same = row
            .last()
            .is_none_or(|last| glyph.y - last.y <= ONE_ROW * glyph.size.min(last.size));
        if !same {
            cut(std::mem::take(&mut row), word_gap, &mut fragments);
        }
        row.push(glyph);
    }
    cut(row, word_gap, &mut fragments);
    fragments
}

fn is_blank(glyph: &Glyph) -> bool {
    glyph.text.chars().all(char::is_whitespace)
}

/// Cuts one row at its gaps.
fn cut(mut row: Vec<Glyph>, word_gap: f64, fragments: &mut Vec<Fragment>) {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let row = written_marks(row);
    let mut open: Option<Fragment> = None;
    let (mut spaced, mut before) = (false, f64::NEG_INFINITY);
    for glyph in row {
        if is_blank(&glyph) {
            spaced = true;
            continue;
        }
        let words = plain(&glyph.text);
        let Some(last) = &mut open else {
            open = Some(begin(&glyph, words));
            before = glyph.x;
            spaced = false;
            continue;
        };
        // Bold made by printing the same letter twice.
        if glyph.x - before < 0.1 * glyph.size && last.text.ends_with(words.as_str()) {
            continue;
        }
        let size = glyph.size.max(last.size);
        let gap = glyph.x - last.right;
        if gap > APART * size {
            fragments.extend(open.take());
            open = Some(begin(&glyph, words));
        } else {
            if spaced || gap > word_gap * size {
                last.text.push(' ');
            }
            last.text.push_str(&words);
            last.right = last.right.max(glyph.x + glyph.width);
            last.size = size;
        }
        before = glyph.x;
        spaced = false;
    }
    fragments.extend(open);
}

/// Drawn marks before words become written ones; others, such as the points of a
/// scale behind a skill, go.
fn written_marks(row: Vec<Glyph>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(row.len());
    let mut glyphs = row.into_iter().peekable();
    while let Some(glyph) = glyphs.next() {
        if glyph.text != MARK {
            kept.push(glyph);
            continue;
        }
        let alone = kept.last().is_none_or(|last| glyph.x - last.x > 40.0);
        let words = glyphs
            .peek()
            .filter(|next| next.text != MARK && next.x - glyph.x < AFTER_MARK);
        if let Some(words) = words.filter(|_| alone) {
            kept.push(Glyph {
                text: "• ".to_owned(),
                size: words.size,
                y: words.y,
                // Up to the words, so that no gap parts the two.
                width: (words.x - glyph.x).max(0.0),
                ..glyph
            });
        }
    }
    kept
}

fn begin(glyph: &Glyph, text: String) -> Fragment {
    Fragment {
        left: glyph.x,
        right: glyph.x + glyph.width,
        y: glyph.y,
        size: glyph.size,
        text,
    }
}

/// Letters that fonts join, as single letters; marks of lists as one mark.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '\u{fb00}' => "ff".to_owned(),
            '\u{fb01}' => "fi".to_owned(),
            '\u{fb02}' => "fl".to_owned(),
            '\u{fb03}' => "ffi".to_owned(),
            '\u{fb04}' => "ffl".to_owned(),
            // Marks of symbol fonts, and the forms of a bullet.
            '\u{f0b7}' | '\u{f0a7}' | '\u{25e6}' | '\u{25aa}' | '\u{25cf}' | '\u{2219}' => {
                "•".to_owned()
            }
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x: f64, y: f64, step: f64) -> Vec<Glyph> {
        (0..)
            .zip(text.chars())
            .map(|(at, c)| Glyph {
                x: x + f64::from(at) * step,
                y,
                width: 5.0,
                size: 10.0,
                text: c.to_string(),
            })
            .collect()
    }

    #[test]
    fn letters_become_words_and_wide_gaps_part_them() {
        for (glyphs, expected) in [
            (line("Ada Bell", 0.0, 10.0, 5.0), vec!["Ada Bell"]),
            (
                [line("Ada", 0.0, 10.0, 5.0), line("2019", 100.0, 10.2, 5.0)].concat(),
                vec!["Ada", "2019"],
            ),
            // Written without spaces, as TeX does.
            (
                [line("Ada", 0.0, 10.0, 5.0), line("Bell", 18.0, 10.0, 5.0)].concat(),
                vec!["Ada Bell"],
            ),
            // The last letters drawn first.
            (
                [line("Bell", 18.0, 10.0, 5.0), line("Ada", 0.0, 10.0, 5.0)].concat(),
                vec!["Ada Bell"],
            ),
            // Twice for bold.
            (
                [line("Ada", 0.0, 10.0, 5.0), line("Ada", 0.3, 10.0, 5.0)].concat(),
                vec!["Ada"],
            ),
            (
                [line("a", 0.0, 10.0, 5.0), line("b", 0.0, 22.0, 5.0)].concat(),
                vec!["a", "b"],
            ),
        ] {
            let got: Vec<String> = of_glyphs(glyphs).into_iter().map(|one| one.text).collect();
            assert_eq!(got, expected);
        }
    }
}
