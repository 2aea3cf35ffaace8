//! `agentctl jobs similar`: openings like one.

use agent_api::v1::SimilarJobsResponse;

use super::draw::{below, cells, table};
use crate::screen::{BOLD, Screen, Span};

pub(super) fn draw(found: &SimilarJobsResponse, screen: &mut Screen) {
    let of = found.job.clone().unwrap_or_default();
    if found.similar.is_empty() {
        screen.line([
            "No open opening is like ".into(),
            Span::new(&of.title, BOLD),
            ".".into(),
        ]);
        screen.next("agentctl jobs list");
        return;
    }
    screen.line([
        "Like ".into(),
        Span::new(&of.title, BOLD),
        format!(" at {}:", of.company).into(),
    ]);
    screen.blank();
    let mut table = table();
    for (one, row) in found.similar.iter().zip(1..) {
        if let Some(job) = &one.job {
            let likeness = format!("{:.0} % alike", one.likeness * 100.0);
            let why = [likeness, one.reasons.join("; ")].join(": ");
            table.row_with_notes(cells(row, job), [below(&why)]);
        }
    }
    screen.table(&table);
    screen.next("agentctl explain 1");
}

#[cfg(test)]
mod tests {
    use agent_api::v1::SimilarJob;

    use super::super::draw::tests::row;
    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn jobs_like_a_job_say_in_what() {
        let found = SimilarJobsResponse {
            job: Some(row()),
            similar: vec![SimilarJob {
                job: Some(row()),
                likeness: 0.714,
                reasons: vec![
                    "both ask for Rust, gRPC (2 of 7 skills)".to_owned(),
                    "the titles are 81 % alike".to_owned(),
                ],
            }],
        };
        let none = SimilarJobsResponse {
            job: Some(row()),
            ..SimilarJobsResponse::default()
        };
        let screens =
            [&found, &none].map(|found| drawn(found, |found, screen, _| draw(found, screen)));
        insta::assert_snapshot!(screens.join("\n"));
    }
}
