//! Words of one family: "cannula" and "cannulation", "wire" and "wiring".
#![deny(clippy::indexing_slicing)]

use super::{ground::Line, reading::Reading, title::is_role, token::root};

/// Letters that two words of one family share at least.
const LEAST: usize = 6;

/// Whether two words are of one family: "accounting" and "accounts".
pub(super) fn are_kin(one: &str, other: &str) -> bool {
    if root(one) == root(other) || is_form(one, other) || is_form(other, one) {
        return true;
    }
    let shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let shortest = one.chars().count().min(other.chars().count());
    shared >= LEAST && shared + 3 >= shortest && shared * 10 >= shortest * 7
}

/// Whether a verb is a form of a short one: "wiring" of "wire", "modelled" of "model".
fn is_form(form: &str, base: &str) -> bool {
    let Some(stem) = form.strip_suffix("ing").or_else(|| form.strip_suffix("ed")) else {
        return false;
    };
    let base = base.strip_suffix('s').unwrap_or(base);
    let doubled = stem
        .chars()
        .next_back()
        .is_some_and(|last| stem.strip_suffix(last) == Some(base) && base.ends_with(last));
    // "caring" is of "care" and not of "cars".
    let whole = base.len() > 3 && base == stem;
    let silent = base.len() > 3 && base.strip_suffix('e') == Some(stem);
    whole || silent || base.len() > 2 && doubled
}

impl Reading<'_> {
    /// Whether a line has a word of the family of that at a token. Who does a work is not
    /// told by what is done.
    pub(super) fn is_kin_in(&self, at: usize, line: &Line) -> bool {
        let word = self.word(at);
        !is_role(word)
            && line
                .words
                .iter()
                .any(|other| !is_role(other) && are_near(word, other))
    }
}

/// Of one family, and one of the words is the beginning of the other or a form of it.
fn are_near(one: &str, other: &str) -> bool {
    let (short, long) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    let bare = short.strip_suffix('s').unwrap_or(short);
    is_form(long, short)
        || is_form(short, long)
        || (bare.chars().count() >= LEAST && long.starts_with(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_words_are_told_apart() {
        for (one, other) in [
            ("glazing", "glaze"),
            ("labelled", "labels"),
            ("transfusion", "transfusions"),
            ("accounting", "accounts"),
        ] {
            assert!(are_kin(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("caring", "cars"),
            ("insulin", "insulation"),
            ("cooling", "refrigeration"),
        ] {
            assert!(!are_kin(one, other), "{one} {other}");
        }
    }
}
