//! `agentctl answer`: what only the person can answer.

mod ask;
mod question;
pub(super) mod typed;

pub(super) use ask::{keep, text};

use std::path::PathBuf;

use agent_api::v1::{
    ApplicationRow, GiveRequest, GivenAnswer, ListApplicationsRequest, PendingQuestion,
    PendingRequest, PendingResponse,
};

use super::{applications, follow};
use crate::error::{Failure, Kind};
use crate::output::{self, Format, Output};
use crate::rows;
use crate::screen::{BOLD, Screen, Span};
use crate::session::{Place, Session};

/// Answer what a form asks and only you know.
///
/// The form is then filled anew and waits for your review; nothing is sent.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl answer\n  agentctl answer ab12 --editor\n  \
    agentctl --json answer ab12   (the questions, for programs)\n  \
    agentctl answer ab12 --set 1=No --set 2=\"Three months\" --keep\n\n\
    A choice is named by its text or its number, several by giving --set again; a single box\n\
    takes yes or no; an empty value leaves an optional question empty."
)]
pub(crate) struct Args {
    /// Unique beginning of its id, or its row in the last list; all in turn when left out
    application: Option<String>,
    /// Answer a question by its number, without being asked
    #[arg(long, value_name = "NUMBER=VALUE", requires = "application")]
    set: Vec<String>,
    /// The same, with the text of a file as the answer
    #[arg(long, value_name = "NUMBER=FILE", requires = "application")]
    set_file: Vec<String>,
    /// Keep these answers for other forms
    #[arg(long, conflicts_with = "no_keep")]
    keep: bool,
    /// Use these answers for this form only
    #[arg(long)]
    no_keep: bool,
    /// Write long answers in your editor (VISUAL or EDITOR)
    #[arg(long, conflicts_with_all = ["set", "set_file"])]
    editor: bool,
}

/// Asks, or takes the answers of the command line.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let typed = args.application.as_deref();
    let id = typed
        .map(|typed| rows::resolve(rows::latest(&place.home), &place.home, typed))
        .transpose()?;
    let session = Session::open(place, output).await?;
    let ids = match id {
        Some(id) => vec![id],
        None => waiting(&session).await?,
    };
    if ids.is_empty() {
        return output.show(&Vec::<PendingResponse>::new(), |_, screen, _| {
            screen.line(["No form asks you anything.".into()]);
        });
    }
    let given = !args.set.is_empty() || !args.set_file.is_empty();
    for id in ids {
        let pending = session
            .answers()
            .pending(PendingRequest { id })
            .await?
            .into_inner();
        if given {
            let answers = typed::given(&args.set, &args.set_file, &pending.questions)?;
            let answers = keep_all(answers, keeps(&args), &pending.questions);
            give(&session, pending, answers, output).await?;
        } else if output.format == Format::Json || !output::is_conversation() {
            output.show(&pending, question::draw_all)?;
        } else {
            let editor = args.editor.then(|| place.home.run_dir());
            converse(&session, pending, editor, output).await?;
        }
    }
    Ok(())
}

/// Whether the command line says to keep the answers.
fn keeps(args: &Args) -> bool {
    args.keep && !args.no_keep
}

/// Marks those that can be kept.
fn keep_all(
    mut answers: Vec<GivenAnswer>,
    keep: bool,
    questions: &[PendingQuestion],
) -> Vec<GivenAnswer> {
    for answer in &mut answers {
        let mut asked = questions.iter();
        let keepable = asked.any(|asked| asked.number == answer.number && asked.keepable);
        answer.keep = keep && keepable && !answer.values.is_empty();
    }
    answers
}

/// Ids of the applications that ask something.
async fn waiting(session: &Session) -> Result<Vec<String>, Failure> {
    let request = ListApplicationsRequest {
        stages: vec!["needs-input".to_owned()],
        ..ListApplicationsRequest::default()
    };
    let list = session.applications().list(request).await?.into_inner();
    Ok(list.applications.into_iter().map(|row| row.id).collect())
}

/// Asks one question after the other, then sends what was answered.
async fn converse(
    session: &Session,
    pending: PendingResponse,
    editor: Option<PathBuf>,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut screen = output.screen();
    question::draw_heading(&pending, &mut screen);
    output.print(screen)?;
    let mut answers = Vec::new();
    for question in &pending.questions {
        match ask::question(question, editor.as_deref(), output)? {
            Some(answer) => answers.push(answer),
            None => break,
        }
    }
    if answers.is_empty() && !pending.questions.is_empty() {
        return Err(Failure::new(Kind::Declined, "Nothing was answered."));
    }
    give(session, pending, answers, output).await
}

async fn give(
    session: &Session,
    pending: PendingResponse,
    answers: Vec<GivenAnswer>,
    output: &mut Output,
) -> Result<(), Failure> {
    let row = pending.row.unwrap_or_default();
    let request = GiveRequest {
        id: row.id,
        answers,
    };
    let steps = session.answers().give(request).await?.into_inner();
    let row = follow::to_end(steps, output).await?;
    match output.format {
        Format::Json => Ok(()),
        Format::Text => {
            let mut screen = output.screen();
            draw_given(&row, &mut screen, &output.clock);
            output.print(screen)
        }
    }
}

fn draw_given(row: &ApplicationRow, screen: &mut Screen, clock: &crate::moment::Clock) {
    screen.blank();
    applications::draw::lines(row, screen, clock);
    screen.line([Span::new("Nothing has been sent.", BOLD)]);
    if !row.next.is_empty() {
        screen.next(&row.next);
    }
}
