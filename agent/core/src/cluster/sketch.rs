//! Sketches of texts: enough of a text to tell how much of it stands in another.
//!
//! A text is the set of its pairs of words: longer runs would take one reworded
//! sentence for a new one. Of the hashes of those, the
//! smallest are kept (a bottom-k sketch: Broder, "On the resemblance and
//! containment of documents", 1997), so that any two sketches sample the same
//! pairs and both likeness and containment can be estimated, with any weights.
#![deny(clippy::indexing_slicing)]

use std::{cmp::Ordering, collections::BTreeSet};

/// Words to a run: pairs.
const RUN: usize = 2;

/// Most marks kept of a text: an error of about 0.04 of a likeness.
const MARKS: usize = 192;

/// Most names kept of a text.
const NAMES: usize = 96;

/// Fewest marks that say something about a text.
const TELLING: usize = 8;

/// What is kept of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes of runs of words, the smallest ones, in rising order.
    marks: Vec<u32>,
    /// Hashes of words that are written the same in every language: names,
    /// products, numbers. In rising order.
    names: Vec<u32>,
}

/// How much two texts have in common, each number 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Overlap {
    /// What both have, of what either has.
    pub(super) likeness: f64,
    /// What both have, of what the text with less has.
    pub(super) contained: f64,
}

impl Sketch {
    /// The sketch of `text`.
    pub fn of(text: &str) -> Self {
        let mut marks: Vec<u32> = Vec::new();
        let mut names: BTreeSet<u32> = BTreeSet::new();
        let mut run = [0_u64; RUN];
        let mut seen = 0_usize;
        let mut begins = true;
        for word in Words(text) {
            let hash = hash_word(word.text);
            if !begins && is_name(word.text) && names.len() < NAMES {
                names.insert(short(hash));
            }
            begins = word.ends_sentence;
            run.rotate_left(1);
            if let Some(last) = run.last_mut() {
                *last = hash;
            }
            seen += 1;
            if seen >= RUN {
                let all = run
                    .iter()
                    .fold(0, |sum: u64, hash| mix(sum.rotate_left(21) ^ hash));
                marks.push(short(all));
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks.truncate(MARKS);
        Self {
            marks,
            names: names.into_iter().collect(),
        }
    }

    /// The marks and the names as bytes to keep.
    pub fn to_bytes(&self) -> (Vec<u8>, Vec<u8>) {
        let bytes = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        (bytes(&self.marks), bytes(&self.names))
    }

    /// The sketch that was kept as these bytes.
    pub fn from_bytes(marks: &[u8], names: &[u8]) -> Self {
        let numbers = |bytes: &[u8]| {
            bytes
                .chunks_exact(4)
                .filter_map(|four| four.try_into().ok().map(u32::from_le_bytes))
                .collect()
        };
        Self {
            marks: numbers(marks),
            names: numbers(names),
        }
    }

    pub(super) fn marks(&self) -> &[u32] {
        &self.marks
    }

    pub(super) fn names(&self) -> &[u32] {
        &self.names
    }

    /// Whether there is text enough to compare.
    pub(super) fn tells(&self) -> bool {
        self.marks.len() >= TELLING
    }

    /// What the texts have in common, each mark counted with its `weight`; `None`
    /// when one has too little text to tell.
    pub(super) fn overlap(&self, other: &Self, weight: impl Fn(u32) -> f64) -> Option<Overlap> {
        if !self.tells() || !other.tells() {
            return None;
        }
        // Above the last mark of a full sketch nothing is known of its text.
        let limit = |sketch: &Self| match sketch.marks.last() {
            Some(last) if sketch.marks.len() == MARKS => *last,
            _ => u32::MAX,
        };
        let cut = limit(self).min(limit(other));
        let (mut shared, mut mine, mut theirs) = (0.0, 0.0, 0.0);
        let (mut a, mut b) = (self.marks.as_slice(), other.marks.as_slice());
        loop {
            let (x, y) = (a.first().copied(), b.first().copied());
            let next = match (x, y) {
                (Some(x), Some(y)) => x.min(y),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => break,
            };
            if next > cut {
                break;
            }
            let sum = match (x == Some(next), y == Some(next)) {
                (true, true) => &mut shared,
                (true, false) => &mut mine,
                (false, _) => &mut theirs,
            };
            *sum += weight(next);
            if x == Some(next) {
                a = a.get(1..).unwrap_or_default();
            }
            if y == Some(next) {
                b = b.get(1..).unwrap_or_default();
            }
        }
        let smaller = shared + f64::min(mine, theirs);
        (smaller > 0.0).then(|| Overlap {
            likeness: shared / (shared + mine + theirs),
            contained: shared / smaller,
        })
    }

    /// Of the names in the text with fewer, those that are not `usual`, how many the
    /// other has: the share, and their number. For texts in two languages.
    pub(super) fn names_shared(&self, other: &Self, usual: impl Fn(u32) -> bool) -> (f64, usize) {
        let telling = |sketch: &Self| {
            let names = sketch.names.iter().copied();
            names.filter(|name| !usual(*name)).collect::<Vec<_>>()
        };
        let (mine, theirs) = (telling(self), telling(other));
        let shared = mine.iter().filter(|name| theirs.contains(name)).count();
        let fewer = mine.len().min(theirs.len()).max(1);
        (shared as f64 / fewer as f64, shared)
    }

    /// Whether the text names `words`, one after the other or apart.
    pub(super) fn mentions(&self, words: &[String]) -> bool {
        !words.is_empty()
            && words.iter().all(|word| {
                let hash = short(hash_word(word));
                self.names.binary_search(&hash).is_ok()
            })
    }
}

/// A hash of `parts`, the same in every build.
pub(super) fn hash_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    parts
        .into_iter()
        .fold(0x9e37_79b9_7f4a_7c15, |sum: u64, part| {
            mix(sum.rotate_left(17) ^ hash_word(part))
        })
}

/// FNV-1a over the letters of a word in lower case.
fn hash_word(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    };
    if word.is_ascii() {
        word.bytes()
            .for_each(|byte| feed(byte.to_ascii_lowercase()));
    } else {
        let mut buffer = [0; 4];
        word.chars()
            .flat_map(char::to_lowercase)
            .for_each(|c| c.encode_utf8(&mut buffer).bytes().for_each(&mut feed));
    }
    mix(hash)
}

/// The finisher of SplitMix64 (Steele, Lea, Flood, 2014): spreads a hash evenly.
const fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

const fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Whether a word inside a sentence looks the same in every language.
fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next();
    first.is_some_and(char::is_uppercase) && chars.next().is_some()
        || (word.chars().any(|c| c.is_ascii_digit()) && word.len() >= 2)
}

/// A word of a text.
struct Word<'a> {
    text: &'a str,
    /// Whether the next one begins a sentence or a line.
    ends_sentence: bool,
}

/// The words of a text; a letter of a script without spaces is a word.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let start = self.0.find(char::is_alphanumeric)?;
        let from = self.0.get(start..)?;
        let mut end = from.len();
        for (at, c) in from.char_indices() {
            if is_ideograph(c) {
                end = if at == 0 { c.len_utf8() } else { at };
                break;
            }
            if !(c.is_alphanumeric() || matches!(c, '+' | '#')) {
                end = at;
                break;
            }
        }
        let (text, rest) = from.split_at_checked(end)?;
        self.0 = rest;
        let ends_sentence = rest
            .chars()
            .take_while(|c| !c.is_alphanumeric())
            .any(|c| matches!(c, '.' | '!' | '?' | ':' | '\n' | '•' | '–'));
        Some(Word {
            text,
            ends_sentence,
        })
    }
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// The smallest marks of both that neither's employer repeats, for finding
/// candidates; see [`super::keys`].
pub(super) fn rarest(sketch: &Sketch, spread: impl Fn(u32) -> u32, count: usize) -> Vec<u32> {
    let mut marks: Vec<(u32, u32)> = sketch
        .marks
        .iter()
        .map(|mark| (spread(*mark).max(1), *mark))
        .collect();
    marks.sort_by(|a, b| match a.0.cmp(&b.0) {
        Ordering::Equal => a.1.cmp(&b.1),
        other => other,
    });
    marks
        .into_iter()
        .take(count)
        .map(|(_, mark)| mark)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text of `count` words, all different from those of another `seed`.
    fn text(seed: usize, count: usize) -> String {
        (0..count).map(|n| format!("w{seed}x{n} ")).collect()
    }

    #[test]
    fn likeness_and_containment_are_near_the_true_ones() {
        let check = |one: &str, other: &str, likeness: f64, contained: f64| {
            let found = Sketch::of(one)
                .overlap(&Sketch::of(other), |_| 1.0)
                .unwrap();
            assert!(
                (found.likeness - likeness).abs() < 0.08,
                "{found:?} {likeness}"
            );
            assert!(
                (found.contained - contained).abs() < 0.12,
                "{found:?} {contained}"
            );
        };
        let (a, b, c) = (text(1, 600), text(2, 600), text(3, 300));
        check(&a, &a, 1.0, 1.0);
        check(&a, &b, 0.0, 0.0);
        check(&format!("{a}{b}"), &format!("{a}{c}"), 0.4, 0.67);
        check(&a, &format!("{a}{b}"), 0.5, 1.0);
        check(
            "one two three four five six seven eight nine ten",
            "One two, three! Four five six seven eight nine ten",
            1.0,
            1.0,
        );
    }

    #[test]
    fn weights_take_away_what_everyone_says() {
        let (common, a, b) = (text(9, 300), text(1, 40), text(2, 40));
        let shared = Sketch::of(&common);
        let (one, other) = (
            Sketch::of(&format!("{common}{a}")),
            Sketch::of(&format!("{common}{b}")),
        );
        let plain = one.overlap(&other, |_| 1.0).unwrap();
        let weighed = one.overlap(&other, |mark| {
            if shared.marks().binary_search(&mark).is_ok() {
                0.02
            } else {
                1.0
            }
        });
        assert!(plain.likeness > 0.6, "{plain:?}");
        assert!(weighed.unwrap().likeness < 0.2, "{weighed:?}");
    }

    #[test]
    fn a_sketch_is_read_back_and_short_texts_tell_nothing() {
        let sketch =
            Sketch::of("We use Rust and PostgreSQL in Berlin. Our 40 people like Kafka too.");
        let (marks, names) = sketch.to_bytes();
        assert_eq!(Sketch::from_bytes(&marks, &names), sketch);
        assert!(
            sketch.mentions(&["postgresql".to_owned()]) && !sketch.mentions(&["our".to_owned()])
        );
        assert_eq!(Sketch::of("too short").overlap(&sketch, |_| 1.0), None);
        assert!(Sketch::of("日本語の求人票も読めること。東京で働く人を募集します。").tells());
    }
}
