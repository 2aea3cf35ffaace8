//! Names as they are looked up: folded to plain words, then to a number.
#![deny(clippy::indexing_slicing)]

use crate::skill::tagger::{plain, stem};

/// Bits of the number a name is looked up by. Of a hundred thousand names and ten
/// million questions, one in ten thousand sets has a wrong answer.
pub(super) const BITS: u32 = 48;

/// Words that titles have or leave out without another meaning.
const SMALL: [&str; 14] = [
    "of", "the", "and", "for", "in", "a", "an", "to", "at", "on", "with", "or", "de", "der",
];

/// The words of a name: lower case, without plural endings, punctuation between
/// them and what stands in brackets behind. `+`, `#` and a dot inside stay.
pub fn folded(name: &str) -> String {
    let bare = name.split(" (").next().unwrap_or(name);
    let mut folded = String::with_capacity(bare.len());
    for piece in bare.split(is_between) {
        let plain = plain(piece);
        if !plain.contains(char::is_alphanumeric) {
            continue;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(stem(&plain));
    }
    folded
}

/// As [`folded`], for a title: without small words.
pub fn folded_title(title: &str) -> String {
    let folded = folded(title);
    let words = folded.split(' ').filter(|word| !SMALL.contains(word));
    words.collect::<Vec<_>>().join(" ")
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '–' | '—' | '/' | ',' | ';' | ':' | '_' | '&' | '|' | '"'
        )
}

/// The number of a folded name: FNV-1a of 64 bits, mixed as SplitMix64 does.
pub fn key(folded: &str) -> u64 {
    let fnv = folded
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
    let mixed = (fnv ^ fnv >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ mixed >> 31) >> (u64::BITS - BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_folds_to_its_plain_words() {
        let check = |name: &str, expected: &str| assert_eq!(folded(name), expected, "{name}");
        check("Gas chromatography", "gas chromatography");
        check("  Data-mining   Methods ", "data mining method");
        check("Java (computer programming)", "java");
        check("C++ / C#, .NET", "c++ c# .net");
        check("R&D \"budgets\"", "r d budget");
        check("(…)", "");
        check("", "");
        assert_eq!(folded_title("Director of the Nursing"), "director nursing");
        assert_eq!(folded_title("IT managers"), "it manager");
    }

    #[test]
    fn a_number_fits_its_bits_and_tells_names_apart() {
        let numbers = ["", "a", "b", "ab", "ba", "a b"].map(key);
        let unique: std::collections::HashSet<u64> = numbers.into_iter().collect();
        assert_eq!(unique.len(), numbers.len());
        assert!(numbers.iter().all(|number| number >> BITS == 0));
    }
}
