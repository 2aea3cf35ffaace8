//! Name, headline, address and ways to reach the person, from the top of a CV.
#![deny(clippy::indexing_slicing)]

mod label;
mod reach;

pub(super) use self::reach::link;
use self::{
    label::{Label, label_of, labelled},
    reach::{email, phone},
};
use super::{
    dates,
    lines::{Kind, Line},
    sections::{Section, Topic},
    words,
};
use crate::profile::Profile;

/// Words on top of a CV that are no name.
const TITLES_OF_PAGE: &[&str] = &[
    "curriculum vitae",
    "cv",
    "resume",
    "résumé",
    "lebenslauf",
    "tabellarischer lebenslauf",
    "bewerbung",
    "currículum",
];

/// The most links kept.
const MOST_LINKS: usize = 20;

/// Fills in what the top and the contact section say.
pub(super) fn read(sections: &[Section], profile: &mut Profile) {
    let mut prose = Vec::new();
    for section in sections {
        if !matches!(section.topic, Topic::Top | Topic::Contact) {
            continue;
        }
        for line in section.lines.iter().filter(|line| line.kind != Kind::Blank) {
            of_line(line, section.topic, profile, &mut prose);
        }
    }
    if profile.summary.is_none() && !prose.is_empty() {
        profile.summary = Some(prose.join(" "));
    }
    if profile.email.is_none() {
        // Set in two columns, a contact block may end up anywhere: taken when
        // there is exactly one address in the whole CV.
        let mut all = sections
            .iter()
            .flat_map(|section| &section.lines)
            .flat_map(|line| line.text.split(' '));
        let first = all.find_map(email);
        let other = all
            .filter_map(email)
            .find(|other| Some(other) != first.as_ref());
        profile.email = first.filter(|_| other.is_none());
    }
}

fn of_line(line: &Line, topic: Topic, profile: &mut Profile, prose: &mut Vec<String>) {
    let without_addresses = take_addresses(&line.text, profile);
    let Parts { mut named, phoned } = take_parts(&without_addresses, profile);
    // A line with a way to reach the person: what else stands on it is rather a place than a title.
    let reached = phoned || without_addresses != line.text;
    if let Some(after) = after_title_of_page(&without_addresses) {
        named = Vec::from_iter((!after.is_empty()).then(|| after.to_owned()));
    }
    if topic == Topic::Top && profile.name.is_empty() && name_like(&named) {
        let name = named.remove(0);
        // "Ada Bell, RN": what follows the comma is no part of the name.
        profile.name = name.split(',').next().unwrap_or_default().trim().to_owned();
    }
    let alone = named.len() == 1 && !reached;
    for part in named {
        let long = part.chars().count() > 100 || part.ends_with('.');
        if !long && profile.headline.is_none() && !reached && words::is_title(&part) {
            profile.headline = Some(part);
        } else if !long
            && profile.location.is_none()
            && (reached && !words::is_title(&part) || place_like(&part) || has_post_code(&part))
        {
            profile.location = Some(part);
        } else if alone && topic == Topic::Top && part.split(' ').count() >= 6 {
            prose.push(part);
        }
    }
}

/// Takes mail addresses and links from `text`; the words that are neither.
fn take_addresses(text: &str, profile: &mut Profile) -> String {
    let mut rest = Vec::new();
    for word in text.split(' ') {
        if let Some(found) = email(word) {
            profile.email.get_or_insert(found);
        } else if let Some(found) = link(word) {
            if profile.links.len() < MOST_LINKS && !profile.links.contains(&found) {
                profile.links.push(found);
            }
        } else {
            rest.push(word);
        }
    }
    rest.join(" ")
}

/// What is left of a line when its numbers and labelled values are taken.
struct Parts {
    named: Vec<String>,
    /// A telephone number was among them.
    phoned: bool,
}

fn take_parts(text: &str, profile: &mut Profile) -> Parts {
    let (mut named, mut phoned) = (Vec::new(), false);
    let parts = text
        .split(is_separator)
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .flat_map(|part| part.split(" - "))
        .flat_map(at_labels)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let mut waiting = None;
    for part in parts {
        // A label in a cell of its own: "Telefon | 0221 …".
        let alone = label_of(part.trim_end_matches(':'));
        if waiting.is_none() && alone.is_some() {
            waiting = alone;
            continue;
        }
        let (label, value) = match waiting.take() {
            Some(label) => (Some(label), part),
            None => labelled(part),
        };
        if let Some(found) = phone(value) {
            profile.phone.get_or_insert(found);
            phoned = true;
            continue;
        }
        let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '/' | ':');
        let value = value.trim_matches(edge);
        if !value.chars().any(char::is_alphabetic) {
            continue;
        }
        match label {
            Some(Label::Name) => profile.name = value.to_owned(),
            Some(Label::Location) => {
                profile.location.get_or_insert(value.to_owned());
            }
            Some(Label::Title) => {
                profile.headline.get_or_insert(value.to_owned());
            }
            Some(Label::Private | Label::Reach) => {}
            None => match title_and_place(value) {
                Some((title, place)) => named.extend([title, place]),
                None => named.push(value.to_owned()),
            },
        }
    }
    Parts { named, phoned }
}

/// A part cut before each label inside it: "Phone: … E-mail: …".
fn at_labels(part: &str) -> Vec<&str> {
    let (mut cuts, mut from) = (Vec::new(), 0);
    for (colon, _) in part.match_indices(':').take(8) {
        let before = part.get(from..colon).unwrap_or_default();
        // "Site web :" is one label and not the label "web".
        if label_of(before).is_some() {
            continue;
        }
        let starts = before
            .match_indices(' ')
            .map(|(at, _)| from + at + 1)
            .filter(|at| {
                part.get(*at..colon)
                    .is_some_and(|label| label_of(label).is_some())
            });
        // The longest label: "e-mail address" before "address".
        if let Some(start) = starts.min() {
            cuts.push(part.get(from..start).unwrap_or_default());
            from = start;
        }
    }
    cuts.push(part.get(from..).unwrap_or_default());
    cuts
}

/// What people set between the parts of a line, icons among it.
fn is_separator(c: char) -> bool {
    matches!(c, '|' | '·' | '•' | '⋅' | '◦' | '∙')
        || matches!(c, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}')
        // Pictures of a telephone, a letter, a pin, a house, a globe, a chain.
        || matches!(c, '📞' | '📱' | '📧' | '📨' | '📩' | '📍' | '🏠' | '🌐' | '🔗' | '💼' | '🎂')
        || matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// "Backend engineer, Berlin": a title and a place.
fn title_and_place(text: &str) -> Option<(String, String)> {
    let (title, place) = text.split_once(", ")?;
    (words::is_title(title) && words::is_place(place)).then(|| (title.to_owned(), place.to_owned()))
}

/// "44000 Nantes": a code of four or five digits and a name.
fn has_post_code(part: &str) -> bool {
    let mut words = part
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let code = matches!(word.len(), 4..=5) && word.chars().all(|c| c.is_ascii_digit());
        let name = words
            .peek()
            .is_some_and(|next| next.chars().next().is_some_and(char::is_uppercase));
        if code && name {
            return dates::find(part).is_none();
        }
    }
    false
}

/// What follows "Curriculum vitae" and the like: the name, or nothing.
fn after_title_of_page(text: &str) -> Option<&str> {
    let after = TITLES_OF_PAGE
        .iter()
        .find_map(|title| strip_prefix_ignoring_case(text, title))?;
    Some(after.trim_matches([' ', '|', '–', '-', ':', '·']))
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, tail) = text.split_at_checked(prefix.len())?;
    let ends = tail.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (ends && head.to_lowercase() == prefix).then_some(tail)
}

/// Whether the first of the parts on a line can be a name: one to six words of letters.
fn name_like(parts: &[String]) -> bool {
    let Some(name) = parts.first().and_then(|part| part.split(',').next()) else {
        return false;
    };
    let count = name.split(' ').count();
    (1..=6).contains(&count)
        // Many scripts have no capitals.
        && name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && name
            .chars()
            .all(|c| c.is_alphabetic() || is_picture(c) || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '(' | ')'))
        && !words::is_title(name)
}

/// A small picture, with the marks that join such.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}')
}

/// "Berlin, Germany", or a place the normaliser knows.
fn place_like(part: &str) -> bool {
    let pieces: Vec<&str> = part.split(", ").collect();
    let proper = |piece: &&str| {
        piece.chars().next().is_some_and(char::is_uppercase)
            && piece.split(' ').count() <= 3
            && piece
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
    };
    let pair =
        (2..=3).contains(&pieces.len()) && pieces.iter().all(proper) && !words::is_title(part);
    pair || words::holds_place(part)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{lines, sections},
        *,
    };

    fn check(raw: &str, name: &str, rest: [Option<&str>; 4], links: &[&str]) {
        let mut profile = Profile::default();
        read(
            &sections::split(lines::read(raw, lines::Marks::Markdown)),
            &mut profile,
        );
        assert_eq!(profile.name, name, "{raw}");
        let got = [
            &profile.headline,
            &profile.email,
            &profile.phone,
            &profile.location,
        ];
        assert_eq!(got.map(Option::as_deref), rest, "{raw}");
        assert_eq!(profile.links, links, "{raw}");
    }

    #[test]
    fn the_top_of_a_cv_tells_who_and_where() {
        check(
            "# Ada Bell\nBackend Engineer\nLeeds, UK · +44 113 496 0000 · ada@example.org · github.com/adabell",
            "Ada Bell",
            [
                Some("Backend Engineer"),
                Some("ada@example.org"),
                Some("+44 113 496 0000"),
                Some("Leeds, UK"),
            ],
            &["github.com/adabell"],
        );
        check(
            "# נועה 🦊 Ångström-O’Brien\n\nnoa@example.org · +49 30 5550 0199 · Berlin, Germany",
            "נועה 🦊 Ångström-O’Brien",
            [
                None,
                Some("noa@example.org"),
                Some("+49 30 5550 0199"),
                Some("Berlin, Germany"),
            ],
            &[],
        );
        check(
            "Lebenslauf\n\nName: Ute Brandt\nAnschrift: Lindenweg 3, 50667 Köln\nTelefon: 0221/4710000\nE-Mail: ute@example.de\nGeburtsdatum: 03.04.1985",
            "Ute Brandt",
            [
                None,
                Some("ute@example.de"),
                Some("0221/4710000"),
                Some("Lindenweg 3, 50667 Köln"),
            ],
            &[],
        );
        check(
            "CURRICULUM VITAE – Luc Petit\nLyon, France\nTél. 04 72 00 00 00\nhttps://luc.example.fr/",
            "Luc Petit",
            [None, None, Some("04 72 00 00 00"), Some("Lyon, France")],
            &["https://luc.example.fr/"],
        );
        check(
            "Grace Odei, RN | Staff Nurse\ngrace@example.net (020) 7946 0018",
            "Grace Odei",
            [
                Some("Staff Nurse"),
                Some("grace@example.net"),
                Some("(020) 7946 0018"),
                None,
            ],
            &[],
        );
        check("2019 – 2020\n12345\n@home", "", [None; 4], &[]);
    }

    #[test]
    fn an_address_outside_the_top_is_taken_only_when_it_is_the_only_one() {
        check(
            "Ada Bell\n\n## Experience\nx\n## References\nada@example.org",
            "Ada Bell",
            [None, Some("ada@example.org"), None, None],
            &[],
        );
        check(
            "Ada Bell\n\n## References\na@example.org\nb@example.org",
            "Ada Bell",
            [None; 4],
            &[],
        );
    }
}
