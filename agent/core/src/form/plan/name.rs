//! The parts of a name, where they can be told without guessing.

/// Given and family name of a full name of two Latin words; `None` when it
/// could be split in more than one way.
///
/// A word set all in capitals is the family name ("DUPONT Marie"); else the
/// given name stands first.
pub(super) fn parts(name: &str) -> Option<(&str, &str)> {
    let mut words = name.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    if words.next().is_some() || !is_word(first) || !is_word(second) {
        return None;
    }
    match (is_capitals(first), is_capitals(second)) {
        (true, false) => Some((second, first)),
        _ => Some((first, second)),
    }
}

/// A likely split of any name, for the person to confirm.
pub(super) fn likely(name: &str) -> Option<(&str, &str)> {
    let latin = name.chars().all(|c| !c.is_alphabetic() || is_latin(c));
    parts(name).or_else(|| name.trim().split_once(' ').filter(|_| latin))
}

fn is_word(word: &str) -> bool {
    word.chars().count() > 1
        && word
            .chars()
            .all(|c| is_latin(c) || matches!(c, '-' | '\'' | '’'))
}

fn is_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Letters of the Latin blocks of Unicode.
fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, 'A'..='ɏ' | 'Ḁ'..='ỿ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_only_where_it_is_plain() {
        for (name, expected) in [
            ("Ada Lovelace", Some(("Ada", "Lovelace"))),
            ("Anna-Lena Müller", Some(("Anna-Lena", "Müller"))),
            ("Seán O’Neill", Some(("Seán", "O’Neill"))),
            ("DUPONT Marie", Some(("Marie", "DUPONT"))),
            ("ADA LOVELACE", Some(("ADA", "LOVELACE"))),
            ("María del Carmen García", None),
            ("Dr. Ada Bell", None),
            ("J. Doe", None),
            ("Madonna", None),
            ("山田 太郎", None),
            ("محمد علي", None),
            ("Ada 🙂", None),
            ("", None),
        ] {
            assert_eq!(parts(name), expected, "{name}");
        }
        assert_eq!(likely("Ada B. Bell"), Some(("Ada", "B. Bell")));
        assert_eq!(likely("山田 太郎"), None);
    }
}
