//! What the tagger has read before: phrases by kind, and facts of single words.
//! Both are kept as hashes, never as text.
#![deny(clippy::indexing_slicing)]

use super::word::{Word, mix};

/// How many kinds of phrases are told apart.
pub const KINDS: usize = 5;
/// Most words of a phrase.
pub const LONGEST: usize = 6;

/// Facts of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordFacts {
    /// Groups of words with like vectors, coarse to fine; 0 is none.
    pub clusters: [u16; 3],
    /// How it stands in listed phrases (how often, of which kind, last or not),
    /// as a code; 0 is never.
    pub habit: u8,
}

impl WordFacts {
    pub(super) const NONE: Self = Self {
        clusters: [0; 3],
        habit: 0,
    };
}

/// The lists of a model.
#[derive(Debug, Clone)]
pub struct Lists {
    /// A bit set of kinds by phrase: the stems of its words, mixed from the left.
    pub phrases: Table<u8>,
    /// Facts by the stem of a word.
    pub words: Table<WordFacts>,
}

/// A hash table by keys that are hashes already. A missing key has the default.
#[derive(Debug, Clone)]
pub struct Table<V> {
    /// 0 marks an empty place.
    keys: Vec<u32>,
    values: Vec<V>,
    shift: u32,
}

impl<V: Copy + Default> Table<V> {
    /// A table of pairs; the last of equal keys stays.
    pub fn new(pairs: &[(u32, V)]) -> Self {
        // At most two thirds full, so that a search ends soon.
        let size = (pairs.len() * 3 / 2 + 2).next_power_of_two();
        let mut table = Self {
            keys: vec![0; size],
            values: vec![V::default(); size],
            shift: u32::BITS - size.trailing_zeros(),
        };
        for &(key, value) in pairs {
            let place = table.place(key);
            if let (Some(k), Some(v)) = (table.keys.get_mut(place), table.values.get_mut(place)) {
                (*k, *v) = (key.max(1), value);
            }
        }
        table
    }

    /// The value of a key.
    pub fn get(&self, key: u32) -> V {
        self.values
            .get(self.place(key))
            .copied()
            .unwrap_or_default()
    }

    /// Where the key is, or the empty place where it would be.
    fn place(&self, key: u32) -> usize {
        let key = key.max(1);
        let mut place = (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize;
        while let Some(&found) = self.keys.get(place) {
            if found == 0 || found == key {
                break;
            }
            place = (place + 1) & (self.keys.len() - 1);
        }
        place
    }
}

/// Marks the longest phrase of each kind, from the left.
pub(super) fn mark(words: &mut [Word], lists: &Lists) {
    let mut taken = [0; KINDS];
    for start in 0..words.len() {
        let longest = longest_at(words.iter().skip(start), lists);
        for (kind, (&length, taken)) in longest.iter().zip(&mut taken).enumerate() {
            if length == 0 || start < *taken {
                continue;
            }
            *taken = start + usize::from(length);
            let phrase = words.iter_mut().skip(start).take(usize::from(length));
            for (place, word) in phrase.enumerate() {
                let code = match (length, place) {
                    (1, _) => 3,
                    (_, 0) => 1,
                    _ => 2,
                };
                word.marks |= code << (2 * kind);
                word.run = word.run.max(length);
            }
        }
    }
}

fn longest_at<'a>(words: impl Iterator<Item = &'a Word>, lists: &Lists) -> [u8; KINDS] {
    let mut longest = [0; KINDS];
    let mut key = 0;
    // A word of no phrase has no habit: no phrase goes past it.
    let listed = words.take(LONGEST).take_while(|word| word.facts.habit != 0);
    for (length, word) in (1..).zip(listed) {
        key = mix(key, word.stem);
        let kinds = lists.phrases.get(key);
        if kinds != 0 {
            for (kind, longest) in longest.iter_mut().enumerate() {
                if kinds >> kind & 1 == 1 {
                    *longest = length;
                }
            }
        }
    }
    longest
}
