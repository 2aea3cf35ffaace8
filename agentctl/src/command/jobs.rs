//! `agentctl jobs`: the openings, the best first.

use agent_api::v1::{
    JobDetail, JobRow, ListJobsRequest, ListJobsResponse, SearchJobsRequest, SearchJobsResponse,
    ShowJobRequest,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows::{self, List};
use crate::screen::{BAD, BOLD, Column, DIM, GOOD, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text;

/// Lines of a description shown on a terminal.
const DESCRIPTION_LINES: usize = 60;

/// What can be done with jobs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List openings, the best first
    #[command(
        after_help = "Examples:\n  agentctl jobs list\n  agentctl jobs list --limit 50 --all\n  \
        agentctl jobs list --source 2"
    )]
    List {
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Go on where an earlier list ended; it tells the mark
        #[arg(
            long,
            value_name = "MARK",
            default_value = "",
            hide_default_value = true
        )]
        page: String,
        /// Also openings that break one of your limits, after the others
        #[arg(long)]
        all: bool,
        /// Also openings that were closed
        #[arg(long)]
        closed: bool,
        /// Only openings of this source
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
    },
    /// Show an opening in full
    #[command(after_help = "Examples:\n  agentctl jobs show 1\n  agentctl jobs show ab12")]
    Show {
        /// Unique beginning of its id, or its row in the last list
        job: String,
    },
    /// Find openings by words and by meaning
    #[command(after_help = "Examples:\n  agentctl jobs search databases on call\n  \
        agentctl jobs search --limit 5 \"care for older people\"")]
    Search {
        /// What to look for
        #[arg(required = true)]
        words: Vec<String>,
        /// At most this many
        #[arg(long, short, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Also openings that were closed
        #[arg(long)]
        closed: bool,
    },
}

/// Runs a command on jobs.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut jobs = session.jobs();
    match command {
        Command::List {
            limit,
            page,
            all,
            closed,
            source,
        } => {
            let source = source
                .map(|typed| rows::resolve(List::Sources, &place.home, &typed))
                .transpose()?;
            let request = ListJobsRequest {
                page_size: limit,
                page_token: page,
                include_failed: all,
                include_closed: closed,
                source: source.unwrap_or_default(),
            };
            let list = jobs.list(request).await?.into_inner();
            rows::keep(
                List::Jobs,
                &place.home,
                list.jobs.iter().map(|job| job.id.as_str()),
            );
            output.show(&list, draw_list)
        }
        Command::Show { job } => {
            let id = rows::resolve(List::Jobs, &place.home, &job)?;
            let detail = jobs.show(ShowJobRequest { id }).await?.into_inner();
            output.show(&detail, draw_detail)
        }
        Command::Search {
            words,
            limit,
            closed,
        } => {
            let request = SearchJobsRequest {
                query: words.join(" "),
                limit,
                include_closed: closed,
            };
            let found = jobs.search(request).await?.into_inner();
            let ids = found.hits.iter().filter_map(|hit| hit.job.as_ref());
            rows::keep(List::Jobs, &place.home, ids.map(|job| job.id.as_str()));
            output.show(&found, draw_found)
        }
    }
}

/// The place of work in words: "Berlin, hybrid".
pub(super) fn place_of(job: &JobRow) -> String {
    let parts = [job.places.as_str(), job.workplace.as_str()];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|part| !part.is_empty() && *part != "unknown")
        .collect();
    parts.join(", ")
}

/// What stands against a job, in a word; nothing for a job that passes.
pub(super) fn verdict(job: &JobRow) -> Span {
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

fn table() -> Table {
    Table::new([
        ("#", Column::Right),
        ("score", Column::Right),
        ("title", Column::Main),
        ("company", Column::Cut),
        ("place", Column::Cut),
        ("pay", Column::Cut),
        ("", Column::Left),
        ("id", Column::Left),
    ])
}

fn cells(row: usize, job: &JobRow) -> [Span; 8] {
    [
        row.to_string().into(),
        score(job),
        Span::new(&job.title, BOLD),
        (&job.company).into(),
        place_of(job).into(),
        (&job.pay).into(),
        verdict(job),
        Span::new(&job.short_id, DIM),
    ]
}

fn draw_list(list: &ListJobsResponse, screen: &mut Screen, _: &Clock) {
    if list.jobs.is_empty() {
        screen.line(["No opening to show.".into()]);
        screen.next(match list.total {
            0 => "agentctl sync",
            _ => "agentctl jobs list",
        });
        return;
    }
    let mut table = table();
    for (job, row) in list.jobs.iter().zip(1..) {
        table.row_with_note(cells(row, job), &job.reason);
    }
    screen.table(&table);
    screen.blank();
    screen.line([format!(
        "{} of {}",
        list.jobs.len(),
        text::count(list.total, "opening")
    )
    .into()]);
    if !list.next_page_token.is_empty() {
        screen.next(&format!(
            "agentctl jobs list --page {}",
            list.next_page_token
        ));
    } else {
        screen.next("agentctl explain 1   (why the first is where it is)");
    }
}

fn draw_found(found: &SearchJobsResponse, screen: &mut Screen, _: &Clock) {
    if found.hits.is_empty() {
        screen.line([
            "Nothing was found. Other words, or --closed for past openings, may find more.".into(),
        ]);
        return;
    }
    let mut table = table();
    for (hit, row) in found.hits.iter().zip(1..) {
        if let Some(job) = &hit.job {
            table.row_with_note(
                cells(row, job),
                &format!("by {}: {}", hit.matched_by, hit.snippet),
            );
        }
    }
    screen.table(&table);
    screen.next("agentctl jobs show 1");
}

fn draw_detail(detail: &JobDetail, screen: &mut Screen, clock: &Clock) {
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
    if !detail.skills.is_empty() {
        screen.heading("Skills it names");
        screen.paragraph(0, &detail.skills.join(", "));
    }
    screen.heading("Description");
    let lines: Vec<&str> = detail.description.lines().collect();
    for line in lines.iter().take(DESCRIPTION_LINES) {
        match line.trim() {
            "" => screen.blank(),
            line => screen.paragraph(0, line),
        }
    }
    if let Some(more @ 1..) = lines.len().checked_sub(DESCRIPTION_LINES) {
        screen.line([Span::new(
            format!("… {more} more lines on its page, or with --json"),
            DIM,
        )]);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use agent_api::v1::SearchHit;

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
        }
    }

    #[test]
    fn jobs_are_numbered_with_score_and_strongest_reason() {
        let list = ListJobsResponse {
            jobs: vec![
                row(),
                JobRow {
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
        };
        let text = drawn(&list, draw_list);
        assert!(text.lines().all(|line| text::width(line) <= 100), "{text}");
        insta::assert_snapshot!(text);
        insta::assert_snapshot!("no_jobs", drawn(&ListJobsResponse::default(), draw_list));
    }

    #[test]
    fn hits_say_how_they_matched() {
        let found = SearchJobsResponse {
            hits: vec![SearchHit {
                job: Some(row()),
                relevance: 0.03,
                matched_by: "words and meaning".to_owned(),
                snippet: "you keep our ledgers balanced".to_owned(),
            }],
        };
        insta::assert_snapshot!(drawn(&found, draw_found));
        insta::assert_snapshot!(
            "nothing_found",
            drawn(&SearchJobsResponse::default(), draw_found)
        );
    }

    #[test]
    fn a_job_is_shown_in_full() {
        let detail = JobDetail {
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
        insta::assert_snapshot!(drawn(&detail, draw_detail));
    }
}
