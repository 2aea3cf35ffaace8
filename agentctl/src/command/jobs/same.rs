//! The postings of one opening, as screens name them.

use agent_api::v1::{AlsoAt, JobDetail, JobRow, SameOpening};

use crate::moment::Clock;
use crate::screen::{BOLD, DIM, Screen, Span};

/// Most other postings that a row of a list names.
const NAMED: usize = 3;

/// "also at boards.example, Corvin (agency) and 2 more"; nothing for a posting
/// that is alone.
pub(super) fn also_at(job: &JobRow) -> Option<String> {
    let more = job.also_at.len().saturating_sub(NAMED);
    let named: Vec<String> = job
        .also_at
        .iter()
        .take(NAMED)
        .map(|also| place_of(also, &job.company))
        .collect();
    if named.is_empty() {
        return None;
    }
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("also at {}{more}", named.join(", ")))
}

fn place_of(also: &AlsoAt, company: &str) -> String {
    let closed = if also.closed { ", closed" } else { "" };
    if also.agency {
        format!("{} (agency{closed})", also.company)
    } else if also.company == company {
        match closed {
            "" => also.board.clone(),
            _ => format!("{} (closed)", also.board),
        }
    } else {
        format!("{} as {}", also.board, also.company)
    }
}

/// The other postings of the opening, with why they are.
pub(in crate::command) fn list(mates: &[SameOpening], screen: &mut Screen) {
    if mates.is_empty() {
        return;
    }
    screen.heading("The same opening");
    for mate in mates {
        let job = mate.job.clone().unwrap_or_default();
        let mut name = format!(" at {} on {}", job.company, mate.board);
        if mate.agency {
            name.push_str(", an agency");
        }
        if job.state == "closed" {
            name.push_str(", closed");
        }
        screen.line([
            Span::new(&job.title, BOLD),
            name.into(),
            Span::new(format!("  {}", job.short_id), DIM),
        ]);
        let why = match mate.why.as_str() {
            "" => "through another posting of this opening".to_owned(),
            why if mate.similarity < 1.0 => {
                format!("{why} ({:.0} % alike)", mate.similarity * 100.0)
            }
            why => why.to_owned(),
        };
        screen.paragraph(6, &why);
        for line in &mate.because {
            screen.paragraph(8, line);
        }
    }
}

/// What is one opening after the person said so.
pub(super) fn opening(detail: &JobDetail, screen: &mut Screen, _: &Clock) {
    let row = detail.row.clone().unwrap_or_default();
    screen.line([
        Span::new(&row.title, BOLD),
        format!(" at {}", row.company).into(),
        Span::new(format!("  {}", row.short_id), DIM),
    ]);
    if detail.same_opening.is_empty() {
        screen.line(["It is an opening of its own now, and stays one.".into()]);
        screen.next(&format!("agentctl jobs show {}", row.short_id));
    } else {
        list(&detail.same_opening, screen);
        screen.next(&format!("agentctl jobs split {}", row.short_id));
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::tests::row;
    use super::*;
    use crate::command::testing::drawn;

    fn also(company: &str, board: &str) -> AlsoAt {
        AlsoAt {
            company: company.to_owned(),
            board: board.to_owned(),
            ..AlsoAt::default()
        }
    }

    #[test]
    fn a_row_names_where_else_the_opening_is() {
        let own = row().company;
        let agency = AlsoAt {
            agency: true,
            ..also("Corvin Recruitment", "pinboard.example")
        };
        let closed = AlsoAt {
            closed: true,
            ..also(&own, "old.example")
        };
        let check = |also_at: &[AlsoAt], expected: Option<&str>| {
            let job = JobRow {
                also_at: also_at.to_vec(),
                ..row()
            };
            assert_eq!(super::also_at(&job).as_deref(), expected);
        };
        let there = also(&own, "jobwell.example");
        check(&[], None);
        check(
            std::slice::from_ref(&there),
            Some("also at jobwell.example"),
        );
        check(
            &[there.clone(), agency, closed, there.clone(), there],
            Some(
                "also at jobwell.example, Corvin Recruitment (agency), old.example (closed) and 2 more",
            ),
        );
        check(
            &[also("Kranich Labs", "jobwell.example")],
            Some("also at jobwell.example as Kranich Labs"),
        );
    }

    #[test]
    fn p7_the_postings_of_an_opening_say_why_they_are_one() {
        let detail = JobDetail {
            row: Some(row()),
            same_opening: vec![
                SameOpening {
                    job: Some(row()),
                    board: "pinboard.example".to_owned(),
                    agency: true,
                    rule: "agency".to_owned(),
                    why: "an agency's copy".to_owned(),
                    similarity: 0.874,
                    because: vec!["the same place\u{1b}[8m".to_owned()],
                },
                SameOpening {
                    job: Some(JobRow {
                        state: "closed".to_owned(),
                        ..row()
                    }),
                    board: "old.example".to_owned(),
                    ..SameOpening::default()
                },
            ],
            ..JobDetail::default()
        };
        insta::assert_snapshot!(drawn(&detail, opening));
        let alone = JobDetail {
            row: Some(row()),
            ..JobDetail::default()
        };
        insta::assert_snapshot!("alone", drawn(&alone, opening));
    }
}
