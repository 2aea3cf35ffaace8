//! The screens of jobs.

use agent_api::v1::{JobDetail, JobRow, ListJobsResponse, SearchHit, SearchJobsResponse};

use crate::moment::Clock;
use crate::screen::{BAD, BOLD, Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::text;

/// Lines of a description shown on a terminal.
const DESCRIPTION_LINES: usize = 60;

/// The place of work in words: "Berlin, hybrid".
pub(in crate::command) fn place_of(job: &JobRow) -> String {
    let parts = [job.places.as_str(), job.workplace.as_str()];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|part| !part.is_empty() && *part != "unknown")
        .collect();
    parts.join(", ")
}

/// What stands against a job, in a word; nothing for a job that passes.
pub(in crate::command) fn verdict(job: &JobRow) -> Span {
    match (job.state.as_str(), job.outcome.as_str()) {
        ("closed", _) => Span::new("closed", DIM),
        (_, "fail") => Span::new("breaks a limit", BAD),
        (_, "ask") => Span::new("to check", WARN),
        _ => Span::from(""),
    }
}

fn score(job: &JobRow) -> Span {
    match job.score {
        Some(score) if score >= 70.0 => Span::new(format!("{score:.0}"), GOOD),
        Some(score) => format!("{score:.0}").into(),
        None => Span::new("–", DIM),
    }
}

pub(super) fn table() -> Table {
    Table::new([
        ("#", Column::Right),
        ("score", Column::Right),
        ("title", Column::Main),
        ("company", Column::Cut),
        ("place", Column::Cut),
        ("pay", Column::Below),
        ("", Column::Left),
        ("id", Column::Left),
    ])
}

pub(super) fn cells(row: usize, job: &JobRow) -> [Span; 8] {
    [
        row.to_string().into(),
        score(job),
        Span::new(&job.title, BOLD),
        employer(job),
        place_of(job).into(),
        (&job.pay).into(),
        verdict(job),
        Span::new(&job.short_id, DIM),
    ]
}

/// The employer, marked where the person watches it.
fn employer(job: &JobRow) -> Span {
    match job.watched {
        true => Span::new(format!("★ {}", job.company), BOLD),
        false => (&job.company).into(),
    }
}

/// What a page of the list does not say of itself.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Rows on the pages before.
    pub(super) before: usize,
    /// Open jobs that are left out because they break a limit.
    pub(super) broken: u32,
    /// Open jobs that are left out because the person or a rule hides them.
    pub(super) hidden: u32,
    /// Next command when there is nothing to explain.
    pub(super) next: &'static str,
}

pub(super) fn list(list: &ListJobsResponse, around: &Around, screen: &mut Screen) {
    let left_out = [
        (around.broken, "break one of your limits", "--all"),
        (around.hidden, "are hidden", "--hidden"),
    ];
    let left_out: Vec<String> = left_out
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, why, option)| format!("{number} more {why}: agentctl jobs list {option}"))
        .collect();
    if !list.narrowed.is_empty() {
        screen.line([Span::new(format!("Only: {}", list.narrowed), DIM)]);
    }
    if list.jobs.is_empty() {
        screen.line(["No opening to show.".into()]);
        if left_out.is_empty() && list.narrowed.is_empty() {
            screen.next(around.next);
        }
        for line in left_out {
            screen.line([line.into()]);
        }
        return;
    }
    let first = around.before + 1;
    let last = around.before + list.jobs.len();
    let mut table = table();
    for (job, row) in list.jobs.iter().zip(first..) {
        let also = super::same::also_at(job);
        let notes = [Some(below(&job.reason)), also.map(|also| below(&also))];
        table.row_with_notes(cells(row, job), notes.into_iter().flatten());
    }
    screen.table(&table);
    screen.blank();
    let shown = match list.jobs.len() as u64 == u64::from(list.total) {
        true => text::count(list.total, "opening"),
        false => format!("{first}–{last} of {}", text::count(list.total, "opening")),
    };
    screen.line([match list.next_page_token.is_empty() {
        true => format!("{shown}.").into(),
        false => format!("{shown}; the next ones: agentctl jobs list --more").into(),
    }]);
    for line in left_out {
        screen.line([line.into()]);
    }
    // Without a score there is nothing to explain.
    if list.jobs.iter().all(|job| job.score.is_none()) {
        screen.next(around.next);
    } else {
        screen.next(&format!(
            "agentctl explain {first}   (why row {first} is where it is)"
        ));
    }
}

pub(super) fn below(text: &str) -> Note {
    Note::Cut(Span::new(text, DIM))
}

pub(super) fn found(found: &SearchJobsResponse, next: &str, screen: &mut Screen) {
    if !found.narrowed.is_empty() {
        screen.line([Span::new(format!("Only: {}", found.narrowed), DIM)]);
    }
    if !found.note.is_empty() {
        screen.line([Span::new(&found.note, WARN)]);
    }
    hits(&found.hits, next, screen);
}

/// Draws what a search found.
pub(in crate::command) fn hits(hits: &[SearchHit], next: &str, screen: &mut Screen) {
    if hits.is_empty() {
        screen.line([
            "Nothing was found. Other words, or --closed for past openings, may find more.".into(),
        ]);
        screen.next(next);
        return;
    }
    let mut table = table();
    for (hit, row) in hits.iter().zip(1..) {
        if let Some(job) = &hit.job {
            let how = match hit.matched_by.as_str() {
                "filter" => job.reason.clone(),
                by => format!("by {by}: {}", hit.snippet),
            };
            table.row_with_notes(cells(row, job), [below(&how)]);
        }
    }
    screen.table(&table);
    screen.next("agentctl jobs show 1");
}

pub(super) fn detail(detail: &JobDetail, screen: &mut Screen, clock: &Clock) {
    let row = detail.row.clone().unwrap_or_default();
    screen.line([
        Span::new(&row.title, BOLD),
        format!(" at {}", row.company).into(),
    ]);
    screen.field("score", score(&row));
    screen.field("state", verdict(&row));
    screen.field("place", place_of(&row));
    screen.field("pay", &row.pay);
    screen.field("employment", &detail.employment);
    screen.field("department", &detail.department);
    screen.field("level", &detail.level);
    screen.field("language", &detail.language);
    screen.field("posted", &row.posted);
    screen.field("closes", &detail.closes);
    screen.field("first seen", clock.time(row.first_seen.as_ref()));
    screen.field("last seen", clock.time(detail.last_seen.as_ref()));
    screen.field("closed", clock.time(detail.closed_at.as_ref()));
    let history = [
        (detail.versions, 1, "version"),
        (detail.reposts, 0, "repost"),
    ]
    .into_iter()
    .filter(|(number, usual, _)| number > usual)
    .map(|(number, _, noun)| text::count(number, noun));
    screen.field("history", history.collect::<Vec<_>>().join(", "));
    screen.field("page", &row.url);
    if detail.apply_url != row.url {
        screen.field("apply", &detail.apply_url);
    }
    screen.field("board", &detail.source_url);
    screen.field("id", &row.id);
    super::same::list(&detail.same_opening, screen);
    if !detail.skills.is_empty() {
        screen.heading("Skills it names");
        screen.paragraph(0, &detail.skills.join(", "));
    }
    screen.heading("Description");
    let lines: Vec<&str> = detail.description.lines().collect();
    let room = match screen.is_terminal() {
        true => DESCRIPTION_LINES,
        false => lines.len(),
    };
    for line in lines.iter().take(room) {
        match line.trim() {
            "" => screen.blank(),
            line => match line.strip_prefix("- ") {
                Some(item) => screen.hanging(["- ".into()], item),
                None => screen.paragraph(0, line),
            },
        }
    }
    if let Some(more @ 1..) = lines.len().checked_sub(room) {
        screen.line([Span::new(
            format!(
                "… {more} more lines: agentctl jobs show {} | less",
                row.short_id
            ),
            DIM,
        )]);
    }
}

#[cfg(test)]
pub(in crate::command) mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    pub(in crate::command) fn row() -> JobRow {
        JobRow {
            id: "ab12cd34ef567890".to_owned(),
            short_id: "ab12".to_owned(),
            title: "Senior Backend Engineer, Payments and Ledgers (Rust)".to_owned(),
            company: "Kranich Systeme GmbH".to_owned(),
            places: "Berlin · Zürich".to_owned(),
            workplace: "hybrid".to_owned(),
            pay: "80,000–95,000 EUR/year".to_owned(),
            score: Some(87.4),
            outcome: "pass".to_owned(),
            state: "open".to_owned(),
            posted: "2026-02-20".to_owned(),
            first_seen: at("2026-02-21T07:30:00Z"),
            reason: "names 8 of your skills: Rust, PostgreSQL, gRPC".to_owned(),
            url: "https://boards.greenhouse.io/kranich/jobs/77".to_owned(),
            also_at: Vec::new(),
            watched: false,
        }
    }

    #[test]
    fn jobs_are_numbered_with_score_and_strongest_reason() {
        let listed = ListJobsResponse {
            jobs: vec![
                row(),
                JobRow {
                    watched: true,
                    title: "看護師 \u{1b}]8;;https://evil.example\u{7}Nurse".to_owned(),
                    short_id: "77aa0".to_owned(),
                    score: Some(41.0),
                    outcome: "ask".to_owned(),
                    workplace: "unknown".to_owned(),
                    pay: String::new(),
                    reason: "one line\nand another".to_owned(),
                    ..row()
                },
                JobRow {
                    score: None,
                    state: "closed".to_owned(),
                    ..row()
                },
                JobRow {
                    outcome: "fail".to_owned(),
                    ..row()
                },
            ],
            next_page_token: "eyJhIjo0fQ".to_owned(),
            total: 180,
            folded: 4,
            hidden: 3,
            narrowed: "score more than 40 and remote".to_owned(),
        };
        let around = Around {
            before: 20,
            broken: 22,
            hidden: 3,
            next: "agentctl sync",
        };
        let text = drawn(&listed, |listed, screen, _| list(listed, &around, screen));
        assert!(text.lines().all(|line| text::width(line) <= 100), "{text}");
        insta::assert_snapshot!(text);
        let whole = ListJobsResponse {
            jobs: vec![row()],
            total: 1,
            ..ListJobsResponse::default()
        };
        let around = Around {
            next: "agentctl sync",
            ..Around::default()
        };
        for (name, listed) in [
            ("one_job", &whole),
            ("no_jobs", &ListJobsResponse::default()),
        ] {
            insta::assert_snapshot!(
                name,
                drawn(listed, |listed, screen, _| list(listed, &around, screen))
            );
        }
    }

    #[test]
    fn hits_say_how_they_matched() {
        let hits = SearchJobsResponse {
            hits: vec![SearchHit {
                job: Some(row()),
                relevance: 0.03,
                matched_by: "words and meaning".to_owned(),
                snippet: "you keep our ledgers balanced".to_owned(),
            }],
            narrowed: "posted less than 7 days ago".to_owned(),
            note: "searched with the built-in vectors: no model server answers".to_owned(),
        };
        let searched = |found: &SearchJobsResponse| {
            drawn(found, |found, screen, _| {
                super::found(found, "agentctl sync", screen);
            })
        };
        insta::assert_snapshot!(searched(&hits));
        insta::assert_snapshot!("nothing_found", searched(&SearchJobsResponse::default()));
    }

    #[test]
    fn a_job_is_shown_in_full() {
        let full = JobDetail {
            row: Some(row()),
            description: format!(
                "We keep money moving.\n\nYou will\n- write Rust {}\n",
                "and more Rust ".repeat(10)
            ),
            apply_url: "https://boards.greenhouse.io/kranich/jobs/77#app".to_owned(),
            employment: "full-time".to_owned(),
            level: "senior".to_owned(),
            language: "en".to_owned(),
            source_url: "https://boards.greenhouse.io/kranich".to_owned(),
            skills: ["Rust", "PostgreSQL"].map(str::to_owned).to_vec(),
            last_seen: at("2026-03-02T07:30:00Z"),
            versions: 2,
            ..JobDetail::default()
        };
        insta::assert_snapshot!(drawn(&full, detail));
    }
}
