//! The first line of a comment: by custom "Company | Role | Place | REMOTE |
//! Full-time | pay | link", in any order after the company, and some people
//! write a sentence instead.

use portal_sdk::{Pay, text};

use crate::part::{Part, is_place, kind, place_of_work};

/// The longest title, in bytes.
const TITLE: usize = 200;

/// What a first line states.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) company: Option<String>,
    pub(crate) places: Vec<String>,
    pub(crate) workplace: Option<String>,
    pub(crate) employment: Option<String>,
    pub(crate) pay: Option<Pay>,
}

/// What `line` states; none when it has no words.
pub(crate) fn of(line: &str) -> Option<Head> {
    let line = line.trim();
    if !line.chars().any(char::is_alphanumeric) {
        return None;
    }
    let parts = parts(line);
    let mut head = Head::default();
    let [company, rest @ ..] = parts.as_slice() else {
        return None;
    };
    if rest.is_empty() {
        head.company = employer(line);
        head.title = sentence(line);
        return Some(head);
    }
    let (company, aside) = without_aside(company);
    head.company = Some(company.to_owned()).filter(|company| !company.is_empty());
    let mut roles: Vec<&str> = Vec::new();
    // Without a known word for it, the part after the company is the role.
    let named = rest.iter().any(|part| matches!(kind(part), Part::Role));
    let unnamed = rest.first().filter(|_| !named);
    for part in aside.into_iter().chain(rest.iter().copied()) {
        match kind(part) {
            Part::Link | Part::Visa => {}
            Part::Pay => head.pay = head.pay.or_else(|| Some(pay(part))),
            Part::Workplace => {
                head.workplace.get_or_insert_with(|| part.to_owned());
                if let Some(place) = place_of_work(part) {
                    text::add_place(&mut head.places, &place);
                }
            }
            Part::Employment => {
                head.employment.get_or_insert_with(|| part.to_owned());
            }
            Part::Role => roles.push(part),
            Part::Other if unnamed.is_some_and(|unnamed| *unnamed == part) => roles.push(part),
            Part::Other if is_place(part) => text::add_place(&mut head.places, part),
            Part::Other => {}
        }
    }
    head.title = match roles.as_slice() {
        [] => {
            let told = parts
                .iter()
                .filter(|part| !matches!(kind(part), Part::Link));
            let told: Vec<&str> = told.copied().collect();
            sentence(&told.join(" | "))
        }
        roles => text::cut(&roles.join(", "), TITLE).trim().to_owned(),
    };
    Some(head)
}

/// The line taken apart at bars, else at dashes or dots that stand alone.
fn parts(line: &str) -> Vec<&str> {
    let split = |mark: &str| -> Vec<&str> {
        line.split(mark)
            .map(|part| part.trim_matches(|c: char| c.is_whitespace() || c == '|'))
            .filter(|part| !part.is_empty())
            .collect()
    };
    for mark in ["|", " — ", " – ", " • ", " · ", " - "] {
        let found = split(mark);
        // A dash may stand in a sentence, too.
        let of_parts = mark == "|" || (employer(line).is_none() && !line.contains(". "));
        if found.len() > 1 && of_parts {
            return found;
        }
    }
    vec![line]
}

/// "Ebbe (Remote, EU)" as "Ebbe" and what stands in brackets, unless that is a
/// link or a remark on the company.
fn without_aside(company: &str) -> (&str, Option<&str>) {
    let Some((name, rest)) = company.split_once(['(', '[']) else {
        return (company, None);
    };
    let inside = rest.split([')', ']']).next().unwrap_or_default().trim();
    let aside = matches!(kind(inside), Part::Workplace).then_some(inside);
    match name.trim() {
        "" => (company, None),
        name => (name, aside),
    }
}

fn pay(part: &str) -> Pay {
    Pay {
        text: Some(part.to_owned()),
        min: None,
        max: None,
        currency: None,
        period: None,
    }
}

/// The words before "is hiring" and the like.
fn employer(line: &str) -> Option<String> {
    const VERBS: [&str; 8] = [
        " is hiring",
        " is looking",
        " is seeking",
        " are hiring",
        " are looking",
        " seeks ",
        " needs ",
        " is building",
    ];
    let end = VERBS.iter().filter_map(|verb| line.find(verb)).min()?;
    let (name, _) = without_aside(line.get(..end)?.trim());
    let words = name.split_whitespace().count();
    let lower = name.to_lowercase();
    ((1..=5).contains(&words)
        && !["we", "i", "our team", "my team", "who"].contains(&lower.as_str()))
    .then(|| name.to_owned())
}

/// The first sentence, as a title.
fn sentence(line: &str) -> String {
    let end = line.find(". ").map_or(line.len(), |at| at);
    let first = line.get(..end).unwrap_or(line);
    let cut = text::cut(first, TITLE);
    let cut = match cut.rsplit_once(' ') {
        Some((words, _)) if cut.len() < first.len() => words,
        _ => cut,
    };
    cut.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Expected<'a> {
        title: &'a str,
        company: Option<&'a str>,
        places: &'a [&'a str],
        workplace: Option<&'a str>,
        employment: Option<&'a str>,
        pay: Option<&'a str>,
    }

    const NONE: Expected<'_> = Expected {
        title: "",
        company: None,
        places: &[],
        workplace: None,
        employment: None,
        pay: None,
    };

    fn check(line: &str, expected: Expected<'_>) {
        let found = of(line).unwrap();
        assert_eq!(found.title, expected.title, "{line}");
        assert_eq!(found.company.as_deref(), expected.company, "{line}");
        assert_eq!(found.places, expected.places, "{line}");
        assert_eq!(found.workplace.as_deref(), expected.workplace, "{line}");
        assert_eq!(found.employment.as_deref(), expected.employment, "{line}");
        let pay = found.pay.and_then(|pay| pay.text);
        assert_eq!(pay.as_deref(), expected.pay, "{line}");
    }

    #[test]
    fn a_line_of_parts_is_taken_apart() {
        check(
            "Ebbe | Senior Tide Engineer | Husum, Germany | ONSITE | Full-time | €60k - €72k | ebbe.example",
            Expected {
                title: "Senior Tide Engineer",
                company: Some("Ebbe"),
                places: &["Husum, Germany"],
                workplace: Some("ONSITE"),
                employment: Some("Full-time"),
                pay: Some("€60k - €72k"),
            },
        );
        check(
            "Flut | REMOTE (US only) | Cook, Baker | 150-250k+ + equity | https://flut.example/careers",
            Expected {
                title: "Flut | REMOTE (US only) | Cook, Baker | 150-250k+ + equity",
                company: Some("Flut"),
                places: &["Remote (US only)", "Cook, Baker"],
                workplace: Some("REMOTE (US only)"),
                pay: Some("150-250k+ + equity"),
                ..NONE
            },
        );
        check(
            "Deich Labs (YC W31) | Dike Keeper | Ribe, HYBRID | Visa sponsorship",
            Expected {
                title: "Dike Keeper",
                company: Some("Deich Labs"),
                places: &["Ribe"],
                workplace: Some("Ribe, HYBRID"),
                ..NONE
            },
        );
        check(
            "Watt (Remote Europe) — Full-Stack Engineer — Rust / Postgres",
            Expected {
                title: "Full-Stack Engineer",
                company: Some("Watt"),
                places: &["Remote (Europe)"],
                workplace: Some("Remote Europe"),
                ..NONE
            },
        );
        check(
            "Sand | Backend Engineer | Frontend Engineer | Remote or Aarhus",
            Expected {
                title: "Backend Engineer, Frontend Engineer",
                company: Some("Sand"),
                places: &["Aarhus"],
                workplace: Some("Remote or Aarhus"),
                ..NONE
            },
        );
        check(
            "Sand - Multiple Roles - Remote",
            Expected {
                title: "Multiple Roles",
                company: Some("Sand"),
                workplace: Some("Remote"),
                ..NONE
            },
        );
    }

    #[test]
    fn a_sentence_is_a_title_and_may_name_the_employer() {
        check(
            "Ebbe Labs is looking for a cook in Husum. We are few - and fine.",
            Expected {
                title: "Ebbe Labs is looking for a cook in Husum",
                company: Some("Ebbe Labs"),
                ..NONE
            },
        );
        check(
            "We are hiring cooks",
            Expected {
                title: "We are hiring cooks",
                ..NONE
            },
        );
        let long = format!("We hire {}", "cooks ".repeat(60));
        let title = of(&long).unwrap().title;
        assert!(title.len() <= TITLE && title.ends_with("cooks"), "{title}");
    }

    #[test]
    fn a_line_without_words_is_none() {
        for line in ["", " ", "---", "|||"] {
            assert!(of(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_line_that_ends_anywhere_is_read() {
        let line = "Ébbe (Remote İ) | Tide Engineer | Straße, ONSITE | €60k | a.example";
        for (end, _) in line.char_indices() {
            let _ = of(&line[..end]);
        }
    }
}
