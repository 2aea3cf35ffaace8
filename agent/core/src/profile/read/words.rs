//! Words that tell titles, employers, schools and degrees apart.
#![deny(clippy::indexing_slicing)]

mod degrees;
mod organisations;
mod titles;

/// Endings of names of firms that may follow a comma.
const FIRM_ENDINGS: &[&str] = &[
    "inc", "inc.", "ltd", "ltd.", "llc", "gmbh", "ag", "plc", "co", "co.", "s.a.", "sa",
];
/// Whether `text` holds a word of a title.
pub(super) fn is_title(text: &str) -> bool {
    holds(text, titles::STEMS, titles::WORDS)
}

/// Whether `text` holds a word of an employer's or school's name.
pub(super) fn is_organisation(text: &str) -> bool {
    holds(text, organisations::STEMS, organisations::WORDS)
}

/// Whether `text` holds a word of a degree.
pub(super) fn is_degree(text: &str) -> bool {
    let bare = text.to_lowercase().replace('.', "");
    holds(&bare, degrees::STEMS, degrees::WORDS)
}

/// Whether `text` is a place and nothing else, or says where work was done.
pub(super) fn is_place(text: &str) -> bool {
    // "Brambleworks (Cardiff)" and "Fiddlehead Foods, Dublin" are no places.
    if let Some((name, _)) = text.split_once(" (") {
        return is_place(name);
    }
    if let Some((name, rest)) = text.split_once(", ")
        && rest.len() > 2
        && !is_place(name)
    {
        return false;
    }
    holds_place(text)
}

/// Whether `text` is an address, a place, or says where work was done.
pub(super) fn holds_place(text: &str) -> bool {
    let lower = text.trim_matches(['(', ')', ' ']).to_lowercase();
    if matches!(
        lower.as_str(),
        "remote" | "hybrid" | "on-site" | "onsite" | "homeoffice" | "home office" | "télétravail"
    ) {
        return true;
    }
    if lower.is_empty()
        || text.split(' ').count() > 5
        || is_title(text)
        || is_organisation(text)
        || is_degree(text)
    {
        return false;
    }
    let places = crate::normal::place::of_text(text);
    !places.is_empty()
        && places
            .iter()
            .all(|place| place.city.is_some() || place.country.is_some())
}

/// An employer's name without the place behind it: "Acme GmbH, Berlin", but
/// not the ending of "Acme, Inc.".
pub(super) fn without_place(name: &str) -> String {
    // "Acme (Berlin)"
    if let Some((first, inner)) = name
        .trim()
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once(" ("))
        && is_place(inner)
    {
        return first.trim().to_owned();
    }
    let Some((first, rest)) = name.split_once(", ") else {
        return name.trim().to_owned();
    };
    let next = rest.split([',', ' ']).next().unwrap_or_default();
    if FIRM_ENDINGS.contains(&next.to_lowercase().as_str()) {
        format!("{first}, {next}")
    } else {
        first.trim().to_owned()
    }
}

fn holds(text: &str, stems: &[&str], words: &[&str]) -> bool {
    let text = text.to_lowercase();
    let word = |word: &str| words.contains(&word.trim_matches('.'));
    stems.iter().any(|stem| text.contains(stem))
        || text
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
            .any(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_organisations_are_told_apart() {
        for (text, title, organisation) in [
            ("Senior Backend Engineer", true, false),
            ("Acme GmbH", false, true),
            ("Grundschullehrerin", true, false),
            ("Kantonsspital", false, false),
            ("Universitätsklinikum Köln", false, true),
            ("Infirmière diplômée d'État", true, false),
            ("CTO", true, false),
            ("Tactor", false, false),
        ] {
            assert_eq!(
                (is_title(text), is_organisation(text)),
                (title, organisation),
                "{text}"
            );
        }
        for (text, expected) in [
            ("B.Sc. Informatik", true),
            ("PhD", true),
            ("Physics", false),
            ("2. Staatsexamen", true),
        ] {
            assert_eq!(is_degree(text), expected, "{text}");
        }
    }

    #[test]
    fn no_stem_stands_inside_another() {
        for stems in [titles::STEMS, organisations::STEMS, degrees::STEMS] {
            for stem in stems {
                let held = stems.iter().filter(|other| other.contains(stem)).count();
                assert_eq!(held, 1, "{stem}");
            }
        }
    }

    #[test]
    fn a_place_behind_an_employer_is_cut() {
        for (name, expected) in [
            ("Acme GmbH, Berlin", "Acme GmbH"),
            ("Acme, Inc., Boston", "Acme, Inc."),
            ("Acme", "Acme"),
        ] {
            assert_eq!(without_place(name), expected);
        }
    }
}
