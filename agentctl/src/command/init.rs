//! `agentctl init CV`: reads a CV into the profile.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use agent_api::MAX_CV_BYTES;
use agent_api::v1::{ImportRequest, ImportResponse, KeyStatusRequest};
use serde::Serialize;

use super::key::make::{self, Made, Protect};
use super::{next, start};
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{BOLD, DIM, Screen, Span, WARN};
use crate::session::Place;
use crate::text::count;

/// Read your CV into the profile.
///
/// Markdown, plain text, PDF, Word and JSON Resume are understood. Nothing leaves
/// this machine. Reading a newer CV replaces the profile; your preferences stay.
/// The first time, the key is made too with which you approve what is sent.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl init cv.pdf\n  agentctl init cv.pdf --passphrase\n  agentctl init cv.docx\n\n\
    Starts the daemon when it is not running."
)]
pub(crate) struct Args {
    /// Your CV; - reads standard input
    #[arg(value_name = "CV", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    #[command(flatten)]
    protect: Protect,
}

/// What came of it, for programs.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    imported: ImportResponse,
    /// How the approval key stands.
    key: Made,
}

/// Reads the file, then sends it.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let (file_name, content) = read(&args.file)?;
    let session = start::ensure(place, output).await?.session;
    let request = ImportRequest { file_name, content };
    let imported = session.profile().import(request).await?.into_inner();
    let mut status = session.status.clone();
    status.has_profile = true;
    let next = next::step(&status);
    let key = make::ensure(&place.home, &args.protect, output)?;
    // The daemon trusts the first key it sees, so it is to see this one now.
    if let Err(status) = session.keys().status(KeyStatusRequest {}).await {
        output.note(&format!(
            "The daemon has not read the key: {}",
            status.message()
        ));
    }
    output.show(&Answer { imported, key }, |answer, screen, _| {
        draw(&answer.imported, screen);
        key.draw(&place.home, screen);
        screen.next(next);
    })
}

/// Reads a CV, refusing early what the daemon would refuse anyway.
pub(super) fn read(file: &Path) -> Result<(String, Vec<u8>), Failure> {
    if file == Path::new("-") {
        let content = read_limited(io::stdin().lock(), Path::new("standard input"))?;
        return Ok(("stdin".to_owned(), content));
    }
    if file.is_dir() {
        return Err(unreadable(format!("{} is a directory", file.display()))
            .hint("give the file of your CV, such as: agentctl init cv.pdf"));
    }
    let opened = File::open(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable(format!("there is no file {}", file.display()))
            .hint("give the file of your CV (Markdown, plain text, PDF, Word or JSON Resume)"),
        _ => Failure::file("open", file, &error).reason(agent_api::reason::UNREADABLE_FILE),
    })?;
    let content = read_limited(opened, file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok((name.into_owned(), content))
}

fn read_limited(from: impl Read, name: &Path) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    from.take(MAX_CV_BYTES + 1)
        .read_to_end(&mut content)
        .map_err(|error| {
            Failure::file("read", name, &error).reason(agent_api::reason::UNREADABLE_FILE)
        })?;
    let name = name.display();
    match content.len() as u64 {
        0 => {
            Err(unreadable(format!("{name} is empty"))
                .hint("save your CV first, or give another file"))
        }
        size if size > MAX_CV_BYTES => {
            let limit = MAX_CV_BYTES / (1024 * 1024);
            Err(unreadable(format!("{name} is larger than {limit} MiB"))
                .hint("give a CV without large pictures, or as text"))
        }
        _ => Ok(content),
    }
}

fn unreadable(message: String) -> Failure {
    Failure::refused(message).reason(agent_api::reason::UNREADABLE_CV)
}

pub(super) fn draw(imported: &ImportResponse, screen: &mut Screen) {
    let name = match imported.name.as_str() {
        "" => "a CV without a name",
        name => name,
    };
    screen.line([
        "Read ".into(),
        Span::new(name, BOLD),
        format!(" ({}, revision {})", imported.format, imported.revision).into(),
    ]);
    screen.field("headline", &imported.headline);
    screen.field(
        "experience",
        format!(
            "{}, {:.1} years",
            count(imported.positions, "position"),
            imported.years
        ),
    );
    screen.field(
        "education",
        count(imported.education, "entry").replace("entrys", "entries"),
    );
    screen.field("skills", format!("{} recognised", imported.skills.len()));
    screen.paragraph(2, &imported.skills.join(", "));
    draw_questions(&imported.questions, screen);
}

/// What is uncertain in a CV, and what to do about it.
pub(super) fn draw_questions(questions: &[String], screen: &mut Screen) {
    if questions.is_empty() {
        return;
    }
    screen.heading("To check");
    for question in questions {
        screen.hanging([Span::new("? ", WARN)], question);
    }
    screen.line([Span::new(
        "Where that matters, say it more plainly in the CV and read it again.",
        DIM,
    )]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn what_was_read_is_shown_with_open_questions_and_the_next_step() {
        let imported = ImportResponse {
            name: "Ada Example".to_owned(),
            headline: "Backend engineer".to_owned(),
            format: "markdown".to_owned(),
            positions: 3,
            education: 1,
            skills: ["Rust", "PostgreSQL", "gRPC"].map(str::to_owned).to_vec(),
            years: 7.25,
            questions: vec!["the end of the position at line 14 cannot be read".to_owned()],
            revision: 1,
        };
        insta::assert_snapshot!(drawn(&imported, |imported, screen, _| draw(
            imported, screen
        )));
    }

    #[test]
    fn bad_files_are_refused_before_anything_is_sent() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("empty.md"), "").unwrap();
        let large = File::create(path("large.pdf")).unwrap();
        large.set_len(MAX_CV_BYTES + 1).unwrap();
        for (name, expected) in [
            ("none.md", "there is no file"),
            ("empty.md", "is empty"),
            ("large.pdf", "is larger than 8 MiB"),
            (".", "is a directory"),
        ] {
            let failure = read(&path(name)).unwrap_err();
            let message = failure.json()["error"].as_str().unwrap().to_owned();
            assert!(message.contains(expected), "{message}");
            assert_eq!(failure.kind().code(), 1);
        }
        let full = File::create(path("full.pdf")).unwrap();
        full.set_len(MAX_CV_BYTES).unwrap();
        assert_eq!(read(&path("full.pdf")).unwrap().0, "full.pdf");
    }
}
