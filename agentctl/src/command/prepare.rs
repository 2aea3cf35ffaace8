//! `agentctl prepare JOB`: fills a form and composes what would be sent.

use agent_api::v1::{AnswerSheet, ApplicationRow, ByHandRequest, ListJobsRequest, PrepareRequest};

use super::{applications, follow};
use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::{Format, Output};
use crate::rows;
use crate::screen::{BAD, BOLD, COMMAND, DIM, Screen, Span, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// Fill the form of an opening; nothing is sent.
///
/// The form is filled in a browser of the daemon's own and then waits for your
/// review. What you alone can answer is asked first.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl prepare 1\n  agentctl prepare 1 3 ab12\n  \
    agentctl prepare 1 --cv backend   (see them with: agentctl profile variants)\n  \
    agentctl prepare --min-score 80 --limit 3   (the best openings)\n  \
    agentctl prepare 1 --by-hand   (the answers as a sheet, to fill any form yourself)\n\n\
    The work goes on in the daemon when this command is interrupted."
)]
pub(crate) struct Args {
    /// Unique beginnings of ids, or rows in the last list
    #[arg(required_unless_present = "min_score", value_name = "JOB")]
    jobs: Vec<String>,
    /// Instead the best openings with at least this score that you did not apply to
    #[arg(long, value_name = "SCORE", conflicts_with_all = ["jobs", "by_hand"],
        value_parser = clap::value_parser!(u32).range(0..=100))]
    min_score: Option<u32>,
    /// At most this many of them
    #[arg(long, value_name = "NUMBER", requires = "min_score", default_value_t = 3,
        value_parser = clap::value_parser!(u32).range(1..=20))]
    limit: u32,
    /// Attach this CV of yours instead of the one that shows most of what is asked
    #[arg(long, value_name = "NAME", conflicts_with = "by_hand")]
    cv: Option<String>,
    /// Print the answers in the form's order instead, for you to use anywhere
    #[arg(long)]
    by_hand: bool,
}

/// Prepares one application after the other, or prints their answer sheets.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let list = rows::latest(&place.home);
    let resolve = |typed: &String| rows::resolve(list, &place.home, typed);
    let ids = args
        .jobs
        .iter()
        .map(resolve)
        .collect::<Result<Vec<_>, _>>()?;
    let session = Session::open(place, output).await?;
    let ids = match args.min_score {
        None => ids,
        Some(least) => best(&session, least, args.limit, output).await?,
    };
    if args.by_hand {
        for id in ids {
            let sheet = session.applications().by_hand(ByHandRequest { id }).await?;
            output.show(sheet.get_ref(), draw_sheet)?;
        }
        return Ok(());
    }
    let mut prepared = Vec::new();
    let mut failed = 0_u64;
    let several = ids.len() > 1;
    for id in ids {
        let request = PrepareRequest {
            id,
            cv: args.cv.clone().unwrap_or_default(),
        };
        match prepare(&session, request, output).await {
            Ok(row) => prepared.push(row),
            // The others may still be prepared; a daemon that is gone prepares none.
            Err(failure) if failure.kind() == Kind::Refused && several => {
                output.fail(&failure);
                failed += 1;
            }
            Err(failure) => return Err(failure),
        }
    }
    if output.format == Format::Text {
        let mut screen = output.screen();
        draw(&prepared, &mut screen, &output.clock);
        output.print(screen)?;
    }
    match failed {
        0 => Ok(()),
        failed => Err(Failure::refused(format!(
            "{} could not be prepared",
            count(failed, "opening")
        ))
        .reason("not-prepared")),
    }
}

/// Ids of the best open openings with at least this score and no application, and
/// says which they are.
async fn best(
    session: &Session,
    least: u32,
    limit: u32,
    output: &Output,
) -> Result<Vec<String>, Failure> {
    let request = ListJobsRequest {
        r#where: format!("score>={least} and not applied"),
        page_size: limit,
        ..ListJobsRequest::default()
    };
    let found = session.jobs().list(request).await?.into_inner();
    if found.jobs.is_empty() {
        return Err(Failure::refused(format!(
            "no open opening that you did not apply to scores {least} or more"
        ))
        .reason("nothing-to-prepare")
        .hint("see the list: agentctl jobs list"));
    }
    for job in &found.jobs {
        let score = job.score.unwrap_or_default();
        output.note(&format!("{score:.0}  {}, {}", job.title, job.company));
    }
    Ok(found.jobs.into_iter().map(|job| job.id).collect())
}

async fn prepare(
    session: &Session,
    request: PrepareRequest,
    output: &mut Output,
) -> Result<ApplicationRow, Failure> {
    let steps = session.applications().prepare(request).await?;
    follow::to_end(steps.into_inner(), output).await
}

fn draw(prepared: &[ApplicationRow], screen: &mut Screen, clock: &Clock) {
    for row in prepared {
        applications::draw::lines(row, screen, clock);
        screen.blank();
    }
    screen.line([Span::new("Nothing has been sent.", BOLD)]);
    let mut next: Vec<&str> = prepared.iter().map(|row| row.next.as_str()).collect();
    next.sort_unstable();
    next.dedup();
    match next.as_slice() {
        [] | [""] => {}
        [one] => screen.next(one),
        _ => screen.next("agentctl   (what waits for you)"),
    }
}

/// Draws the answers in the form's order. Texts stand without bars, so that
/// they can be copied; nothing is signed here.
fn draw_sheet(sheet: &AnswerSheet, screen: &mut Screen, _: &Clock) {
    screen.line([
        Span::new(&sheet.title, BOLD),
        format!(", {}", sheet.employer).into(),
    ]);
    screen.field("form", &sheet.url);
    let open = sheet
        .lines
        .iter()
        .filter(|line| line.value.is_empty() && line.required);
    match open.count() as u64 {
        0 => {}
        open => screen.field(
            "for you",
            Span::new(format!("{} marked ◆ below", count(open, "question")), WARN),
        ),
    }
    screen.heading("Answers, in the form's order");
    for (line, number) in sheet.lines.iter().zip(1..) {
        let mark = match (line.value.is_empty(), line.required) {
            (true, true) => Span::new("◆", BAD),
            _ => Span::from(" "),
        };
        let star = if line.required { " *" } else { "" };
        screen.hanging(
            [mark, format!("{number:>3}  ").into()],
            Span::new(format!("{}{star}", line.label), BOLD),
        );
        if !line.options.is_empty() {
            screen.hanging(
                ["      of: ".into()],
                Span::new(line.options.join(" | "), DIM),
            );
        }
        if line.value.is_empty() {
            let why = match (line.why.as_str(), line.required) {
                ("", true) => "answer this yourself",
                ("", false) => "leave it empty, or answer yourself",
                (why, _) => why,
            };
            screen.hanging(["      ".into()], Span::new(why, WARN));
        } else {
            screen.text_lines(6, &line.value);
            screen.line(["      ".into(), source_mark(&line.source)]);
        }
    }
    if !sheet.files.is_empty() {
        screen.heading("Files to attach");
        for file in &sheet.files {
            screen.line([
                Span::new(format!("{}: ", file.label), DIM),
                (&file.path).into(),
            ]);
        }
    }
    if !sheet.letter.is_empty() {
        screen.heading("Letter");
        screen.text_lines(0, &sheet.letter);
    }
    screen.blank();
    screen.line(["Nothing has been sent. When you have sent it yourself:".into()]);
    screen.line([Span::new(
        "agentctl applications add JOB --sent YYYY-MM-DD",
        COMMAND,
    )]);
}

/// Where the value comes from, in words.
fn source_mark(source: &str) -> Span {
    match source {
        "fact" => Span::new("(from your profile)", DIM),
        "bank" => Span::new("(an answer you gave before)", DIM),
        "drafted" => Span::new("(A MODEL WROTE THIS: read it before you use it)", WARN),
        "person" => Span::new("(your answer for this form)", DIM),
        "page" => Span::new("(filled by the page)", DIM),
        other => Span::new(format!("({other})"), DIM),
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::{SheetFile, SheetLine};

    use super::*;
    use crate::command::applications::draw::tests::row;
    use crate::command::testing::drawn;

    #[test]
    fn p3_the_sheet_marks_what_only_the_person_can_answer() {
        let line = |label: &str, required: bool, value: &str, source: &str| SheetLine {
            label: label.to_owned(),
            required,
            value: value.to_owned(),
            source: source.to_owned(),
            ..SheetLine::default()
        };
        let sheet = AnswerSheet {
            title: "Senior Backend Engineer".to_owned(),
            employer: "Kranich\u{1b}[2J".to_owned(),
            url: "https://boards.greenhouse.io/kranich/jobs/77".to_owned(),
            lines: vec![
                line("First name", true, "Zoë", "fact"),
                line(
                    "Why do you want to work here?",
                    false,
                    "I keep money moving.\n\n  And I like ledgers.",
                    "drafted",
                ),
                SheetLine {
                    options: vec!["Yes".to_owned(), "No".to_owned()],
                    why: "only you know whether you may work there".to_owned(),
                    ..line("Are you authorised to work in Germany?", true, "", "none")
                },
                line("Notice period", true, "Three months", "bank"),
                line("Website", false, "", "none"),
            ],
            files: vec![SheetFile {
                label: "Resume/CV".to_owned(),
                path: "/home/ada/.local/share/agentd/documents/cv.pdf".to_owned(),
            }],
            letter: "Dear Kranich,\n\nhere I am.".to_owned(),
        };
        insta::assert_snapshot!(drawn(&sheet, draw_sheet));
    }

    #[test]
    fn preparing_ends_with_nothing_sent_and_the_next_command() {
        let waiting = row(
            "awaiting-approval",
            "waits for your review",
            "agentctl review",
        );
        let asking = row(
            "needs-input",
            "2 questions only you can answer",
            "agentctl answer ab12",
        );
        insta::assert_snapshot!(drawn(&vec![waiting.clone()], |rows, screen, clock| draw(
            rows, screen, clock
        )));
        let both = drawn(&vec![waiting, asking], |rows, screen, clock| {
            draw(rows, screen, clock);
        });
        assert!(
            both.ends_with("next: agentctl   (what waits for you)\n"),
            "{both}"
        );
    }
}
