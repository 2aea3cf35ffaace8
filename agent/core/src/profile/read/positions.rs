//! Positions held and education, from the entries of their sections.
#![deny(clippy::indexing_slicing)]

mod names;

use self::names::{Named, Words, name};
use super::{
    dates::When,
    entries::{self, Entry},
    lines::{BOLD, Line},
    words,
};
use crate::profile::{Education, Month, Position};

/// Positions of a section; what is uncertain goes to `questions`.
pub(super) fn work(lines: &[Line], questions: &mut Vec<String>) -> Vec<Position> {
    let mut held = Vec::new();
    // The employer of a group: one heading over several titles.
    let mut group: Option<String> = None;
    for entry in entries::split(lines, entries::Of::Work) {
        let grouped = entry.depth.is_none_or(|depth| depth >= BOLD);
        if !grouped {
            group = None;
        }
        let named = name(
            &entry.header,
            &Words {
                first: words::is_title,
                second: words::is_organisation,
            },
        );
        let Named {
            first: title,
            second: employer,
            sure,
        } = named;
        if !grouped && entry.header.len() > 1 && entry.header.first() == employer.as_ref() {
            group = employer.clone();
        }
        let employer = employer.or_else(|| group.clone().filter(|_| grouped));
        let shown = entry.header.join(", ");
        let line = entry.number;
        match (&title, &employer) {
            (None, _) => questions.push(format!("Line {line} names no job title{}: what was it?", beside(&entry.header))),
            (Some(title), Some(employer)) if !sure => questions
                .push(format!("Line {line}: is “{title}” the title and “{employer}” the employer, or the other way round?")),
            (Some(_), _) => {}
        }
        let (start, end) = span(&entry, &shown, questions);
        held.push(Position {
            title: title.unwrap_or_default(),
            employer: employer.map(|employer| words::without_place(&employer)),
            start,
            end,
            highlights: entry.body,
            line: Some(line),
        });
    }
    held
}

/// Education of a section; what is uncertain goes to `questions`.
pub(super) fn education(lines: &[Line], questions: &mut Vec<String>) -> Vec<Education> {
    let mut found = Vec::new();
    for entry in entries::split(lines, entries::Of::Education) {
        let named = name(
            &entry.header,
            &Words {
                first: words::is_degree,
                second: words::is_organisation,
            },
        );
        let (degree, institution) = match (named.first, named.second) {
            (Some(one), None) if words::is_organisation(&one) && !words::is_degree(&one) => {
                (None, Some(one))
            }
            both => both,
        };
        let line = entry.number;
        if institution.is_none() {
            questions.push(format!(
                "Line {line} names no school{}: which was it?",
                beside(&entry.header)
            ));
        }
        let (start, end) = match entry.dates {
            Some(When::Between(start, end)) if start.is_after(end) => {
                questions.push(backwards(line, &entry.header.join(", ")));
                (None, None)
            }
            Some(When::Between(start, end)) => (Some(start), Some(end)),
            Some(When::Since(start)) => (Some(start), None),
            // A single date beside a degree is the day it was earned.
            Some(When::Once(end)) => (None, Some(end)),
            None => (None, None),
        };
        found.push(Education {
            institution: institution
                .map(|name| words::without_place(&name))
                .unwrap_or_default(),
            degree,
            start,
            end,
            line: Some(line),
        });
    }
    found
}

/// What a header does name, for a question about what it does not.
fn beside(header: &[String]) -> String {
    match header {
        [] => String::new(),
        named => format!(" beside “{}”", named.join(", ")),
    }
}

/// The question about dates that contradict each other.
fn backwards(line: u32, shown: &str) -> String {
    format!("Line {line}: “{shown}” ends before it begins: which dates are right?")
}

/// Months of a position; one that lacks them or ends before it starts is asked about.
fn span(entry: &Entry, shown: &str, questions: &mut Vec<String>) -> (Option<Month>, Option<Month>) {
    let line = entry.number;
    match entry.dates {
        Some(When::Between(start, end)) if !start.is_after(end) => (Some(start), Some(end)),
        Some(When::Between(..)) => {
            questions.push(backwards(line, shown));
            (None, None)
        }
        Some(When::Since(start)) => (Some(start), None),
        Some(When::Once(once)) => {
            questions.push(format!(
                "Line {line} gives one date ({}) for “{shown}”: when did it begin, and when did it end?",
                once.year
            ));
            (None, None)
        }
        None => {
            questions.push(format!(
                "Line {line} gives no dates for “{shown}”: when was it?"
            ));
            (None, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    fn shown(month: Option<Month>) -> String {
        month.map_or_else(|| "?".into(), |month| month.to_string())
    }

    fn check(raw: &str, expected: &[&str], asked: usize) {
        let mut questions = Vec::new();
        let held = work(&lines::read(raw, lines::Marks::Markdown), &mut questions);
        let got: Vec<_> = held
            .iter()
            .map(|position| {
                format!(
                    "{} @ {} {}..{} +{}",
                    position.title,
                    position.employer.as_deref().unwrap_or("?"),
                    shown(position.start),
                    shown(position.end),
                    position.highlights.len()
                )
            })
            .collect();
        assert_eq!(got, expected, "{raw}\n{questions:#?}");
        assert_eq!(questions.len(), asked, "{raw}\n{questions:#?}");
    }

    #[test]
    fn titles_and_employers_are_split_in_the_forms_people_write() {
        for (raw, expected) in [
            (
                "Senior Engineer, Acme (2019–2022)\n- a\n- b",
                "Senior Engineer @ Acme 2019..2022 +2",
            ),
            (
                "Acme GmbH — Backend Engineer\nJan 2020 – Present\n- a",
                "Backend Engineer @ Acme GmbH 2020-01..? +1",
            ),
            (
                "### Backend engineer · Acme\n*03/2019 - 12/2021*\n\n- a",
                "Backend engineer @ Acme 2019-03..2021-12 +1",
            ),
            (
                "Backend engineer\nAcme\n2016–2019\n- a",
                "Backend engineer @ Acme 2016..2019 +1",
            ),
            (
                "Acme Labs\nBackend engineer | 2016–2019\n- a",
                "Backend engineer @ Acme Labs 2016..2019 +1",
            ),
            (
                "Backend engineer, 2016–2019\nAcme, Inc., Boston\n- a",
                "Backend engineer @ Acme, Inc. 2016..2019 +1",
            ),
            (
                "2016–2019\tBackend engineer, Acme\n- a",
                "Backend engineer @ Acme 2016..2019 +1",
            ),
            (
                "Backend engineer at Acme, since May 2020",
                "Backend engineer @ Acme 2020-05..? +0",
            ),
            (
                "seit 2020: Lehrerin bei der Gesamtschule Nord",
                "Lehrerin @ Gesamtschule Nord 2020..? +0",
            ),
            (
                "Infirmière chez Clinique du Parc, depuis 2019",
                "Infirmière @ Clinique du Parc 2019..? +0",
            ),
            (
                "**Engineer** (Platform - Core) | Acme | 2019 - 2020",
                "Engineer (Platform - Core) @ Acme 2019..2020 +0",
            ),
            (
                "- 2019–2022: Engineer, Acme",
                "Engineer @ Acme 2019..2022 +0",
            ),
            (
                "Engineer @ Acme [06/2019 – 07/2020]\nwrote it\nall",
                "Engineer @ Acme 2019-06..2020-07 +1",
            ),
        ] {
            check(raw, &[expected], 0);
        }
    }

    #[test]
    fn several_titles_under_one_employer_share_it() {
        check(
            "### Acme GmbH\n**Senior Engineer** | 2020 – present\n- a\n\n**Engineer** | 2018 – 2020\n- b\n\n### Other AG\nTeam Lead, 2016–2018",
            &[
                "Senior Engineer @ Acme GmbH 2020..? +1",
                "Engineer @ Acme GmbH 2018..2020 +1",
                "Team Lead @ Other AG 2016..2018 +0",
            ],
            0,
        );
    }

    #[test]
    fn what_is_uncertain_is_asked_and_not_guessed() {
        check("### Engineer, Acme\n- a", &["Engineer @ Acme ?..? +1"], 1);
        check(
            "### Engineer\nAcme\n\n### Lead, Other AG (2014–2016)",
            &["Engineer @ Acme ?..? +0", "Lead @ Other AG 2014..2016 +0"],
            1,
        );
        check(
            "### Engineer, Acme (2019)\n- a",
            &["Engineer @ Acme ?..? +1"],
            1,
        );
        check(
            "Engineer, Acme (2022–2019)",
            &["Engineer @ Acme ?..? +0"],
            1,
        );
        check("Acme GmbH (2019–2022)", &[" @ Acme GmbH 2019..2022 +0"], 1);
        check(
            "Blue — Green (2019–2022)",
            &["Blue @ Green 2019..2022 +0"],
            1,
        );
    }

    #[test]
    fn education_that_ends_before_it_begins_is_asked_about() {
        for (raw, asked) in [
            ("BSc Physics, University of Leeds, 2015–2012", 1),
            ("BSc Physics, University of Leeds, 2012–2015", 0),
            ("BSc Physics, University of Leeds, 09/2015–2015", 0),
        ] {
            let mut questions = Vec::new();
            let found = education(&lines::read(raw, lines::Marks::Markdown), &mut questions);
            assert_eq!(questions.len(), asked, "{raw}\n{questions:#?}");
            assert_eq!(found[0].end.is_none(), asked == 1, "{raw}");
        }
    }

    #[test]
    fn education_names_school_and_degree() {
        for (raw, expected) in [
            (
                "MSc in Data Science — University of Leeds\n2019-09 - 2020-07\nThesis: x",
                "MSc in Data Science @ University of Leeds ..2020-07",
            ),
            (
                "TU Berlin, B.Sc. Informatik, 2012–2015",
                "B.Sc. Informatik @ TU Berlin ..2015",
            ),
            (
                "- BA English, Keele University, 2014",
                "BA English @ Keele University ..2014",
            ),
            (
                "2008 | Abitur, Goethe-Gymnasium",
                "Abitur @ Goethe-Gymnasium ..2008",
            ),
            (
                "### Universität zu Köln\n1. Staatsexamen Lehramt\n2006 – 2011",
                "1. Staatsexamen Lehramt @ Universität zu Köln ..2011",
            ),
            (
                "BA in English — University of Leeds\n2012-09 - 2015-06",
                "BA in English @ University of Leeds ..2015-06",
            ),
            ("Lycée Voltaire", "? @ Lycée Voltaire ..?"),
        ] {
            let mut questions = Vec::new();
            let found = education(&lines::read(raw, lines::Marks::Markdown), &mut questions);
            let got: Vec<_> = found
                .iter()
                .map(|one| {
                    format!(
                        "{} @ {} ..{}",
                        one.degree.as_deref().unwrap_or("?"),
                        one.institution,
                        shown(one.end)
                    )
                })
                .collect();
            assert_eq!(got, [expected], "{raw}\n{questions:#?}");
            assert!(questions.is_empty(), "{raw}\n{questions:#?}");
        }
    }
}
