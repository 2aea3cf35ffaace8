//! `agentctl jobs add`: a posting by its address, or from a page.

use std::io::{self, Read};
use std::path::Path;

use agent_api::v1::{AddJobRequest, AddedJobs};

use super::draw;
use crate::error::Failure;
use crate::output::{self, Format, Output};
use crate::rows::{self, List};
use crate::screen::{BOLD, DIM, Screen, Span, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// Add an opening by hand: a page you saved, an address, or pasted text.
///
/// Some sites forbid programs to read them. Open the opening in your browser, save
/// the page, and add the file; nothing is fetched then. Openings added by hand are
/// ranked like others, and no sync closes them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl jobs add saved-page.html\n  \
    agentctl jobs add https://boards.greenhouse.io/example/jobs/4011\n  \
    wl-paste | agentctl jobs add - --title Baker --company \"Example GmbH\"")]
pub(crate) struct Args {
    /// A saved page, an address, or - for standard input
    #[arg(value_name = "FILE|URL|-", value_hint = clap::ValueHint::FilePath)]
    what: String,
    /// Where the page was
    #[arg(long, value_name = "ADDRESS")]
    url: Option<String>,
    /// Title, when the page does not tell it well
    #[arg(long)]
    title: Option<String>,
    /// Employer's name, when the page does not tell it well
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
}

/// Largest page that is sent, in bytes.
const MAX_PAGE: u64 = 8 * 1024 * 1024;

/// Adds it, and asks on a terminal for what the page did not tell.
pub(super) async fn run(
    args: Args,
    session: &Session,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut request = request(&args)?;
    let mut added = session.jobs().add(request.clone()).await?.into_inner();
    let can_ask = output.format == Format::Text && output::is_conversation();
    if can_ask && added.jobs.len() == 1 && ask(&added, &mut request, output)? {
        let corrected = session.jobs().add(request).await?.into_inner();
        added = AddedJobs {
            new: added.new,
            ..corrected
        };
    }
    let ids = added.jobs.iter().map(|job| job.id.as_str());
    rows::keep(List::Jobs, &place.home, 0, ids);
    rows::keep_rest(&place.home, None);
    output.show(&added, |added, screen, _| draw_added(added, screen))
}

fn request(args: &Args) -> Result<AddJobRequest, Failure> {
    let (page, address) = if args.what == "-" {
        (read(io::stdin().lock(), "standard input")?, None)
    } else if is_address(&args.what) {
        (Vec::new(), Some(args.what.clone()))
    } else {
        (read_file(Path::new(&args.what))?, None)
    };
    Ok(AddJobRequest {
        url: address.or_else(|| args.url.clone()).unwrap_or_default(),
        page,
        title: args.title.clone().unwrap_or_default(),
        company: args.company.clone().unwrap_or_default(),
    })
}

/// Whether what was typed is an address: it says so, or no file is called like
/// that and its first part is a host's name.
fn is_address(typed: &str) -> bool {
    if typed.starts_with("http://") || typed.starts_with("https://") {
        return true;
    }
    let host = typed.split('/').next().unwrap_or_default();
    let named = typed.contains('/') && host.contains('.') && !host.starts_with('.');
    named && !Path::new(typed).exists()
}

fn read_file(file: &Path) -> Result<Vec<u8>, Failure> {
    if file.is_dir() {
        return Err(unreadable(format!("{} is a directory", file.display())));
    }
    let opened = std::fs::File::open(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable(format!("there is no file {}", file.display()))
            .hint("give a page you saved, an address with https://, or - for pasted text"),
        _ => Failure::file("open", file, &error).reason(agent_api::reason::UNREADABLE_FILE),
    })?;
    read(opened, &file.display().to_string())
}

fn read(from: impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    from.take(MAX_PAGE + 1)
        .read_to_end(&mut page)
        .map_err(|error| unreadable(format!("cannot read {name}: {error}")))?;
    match page.len() as u64 {
        0 => Err(unreadable(format!("{name} is empty"))),
        size if size > MAX_PAGE => {
            let limit = MAX_PAGE / (1024 * 1024);
            Err(unreadable(format!("{name} is larger than {limit} MiB"))
                .hint("save the page as HTML only, without its pictures"))
        }
        _ => Ok(page),
    }
}

fn unreadable(message: String) -> Failure {
    Failure::refused(message).reason(agent_api::reason::UNREADABLE_FILE)
}

/// Asks for a title and an employer that the page did not tell for sure. Says
/// whether anything was typed.
fn ask(
    added: &AddedJobs,
    request: &mut AddJobRequest,
    output: &mut Output,
) -> Result<bool, Failure> {
    let Some(job) = added.jobs.first() else {
        return Ok(false);
    };
    let mut typed = false;
    for (what, found, into) in [
        ("title", &job.title, &mut request.title),
        ("company", &job.company, &mut request.company),
    ] {
        if !added.uncertain.iter().any(|uncertain| uncertain == what) {
            continue;
        }
        let prompt = format!("{what} [{found}]: ");
        let answer = output.ask(output.screen(), &prompt)?.unwrap_or_default();
        if !answer.trim().is_empty() {
            answer.trim().clone_into(into);
            typed = true;
        }
    }
    Ok(typed)
}

fn draw_added(added: &AddedJobs, screen: &mut Screen) {
    let from = match added.read_from.as_str() {
        "plugin" => "from its portal",
        "markup" => "from the data on the page",
        _ => "from the text of the page",
    };
    let heading = match (added.new, added.jobs.len()) {
        (0, 1) => "Known already, read again ".to_owned(),
        (_, 1) => "Added ".to_owned(),
        (new, _) => format!("Added {} ", count(new, "opening")),
    };
    screen.line([Span::new(heading, BOLD), from.into()]);
    for (job, row) in added.jobs.iter().zip(1..) {
        let more = [job.company.clone(), draw::place_of(job), job.pay.clone()];
        let more: Vec<String> = more.into_iter().filter(|part| !part.is_empty()).collect();
        let score = job.score.map(|score| format!("score {score:.0}"));
        screen.line([
            format!("  {row} ").into(),
            Span::new(&job.title, BOLD),
            format!("  {}  ", more.join(" · ")).into(),
            score.unwrap_or_default().into(),
            Span::new(format!("  {}", job.short_id), DIM),
        ]);
    }
    let missing: Vec<&str> = added
        .uncertain
        .iter()
        .filter_map(|what| match what.as_str() {
            "title" => Some("the title is a guess; if it is wrong: --title TITLE"),
            "company" => Some("the employer is a guess or not known: --company NAME"),
            "url" => Some("where the posting is, the page does not say: --url ADDRESS"),
            "description" => Some("the page has no description"),
            _ => None,
        })
        .collect();
    for what in missing {
        screen.hanging([Span::new("? ", WARN)], what);
    }
    screen.next("agentctl explain 1");
}

#[cfg(test)]
mod tests {
    use agent_api::v1::JobRow;

    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn what_is_a_file_and_what_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.html");
        std::fs::write(&file, "x").unwrap();
        for (typed, expected) in [
            ("https://jobs.lever.co/acme/1", true),
            ("jobs.lever.co/acme/1", true),
            ("page.html", false),
            ("./pages/page.html", false),
            ("../page.html", false),
            ("pages/page.html", false),
            (file.to_str().unwrap(), false),
        ] {
            assert_eq!(is_address(typed), expected, "{typed}");
        }
    }

    #[test]
    fn bad_files_are_refused_before_anything_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("empty.html"), "").unwrap();
        let large = std::fs::File::create(path("large.html")).unwrap();
        large.set_len(MAX_PAGE + 1).unwrap();
        for (name, expected) in [
            ("none.html", "there is no file"),
            ("empty.html", "is empty"),
            ("large.html", "is larger than 8 MiB"),
            (".", "is a directory"),
        ] {
            let failure = read_file(&path(name)).unwrap_err();
            let message = failure.json()["error"].as_str().unwrap().to_owned();
            assert!(message.contains(expected), "{message}");
        }
        std::fs::write(path("fine.html"), "<p>x").unwrap();
        assert_eq!(read_file(&path("fine.html")).unwrap(), b"<p>x");
    }

    #[test]
    fn an_added_opening_says_what_was_guessed() {
        let added = AddedJobs {
            jobs: vec![JobRow {
                id: "ab12cd34".to_owned(),
                short_id: "ab12".to_owned(),
                title: "Baker\u{1b}[2J".to_owned(),
                company: String::new(),
                places: "Porto".to_owned(),
                ..JobRow::default()
            }],
            read_from: "text".to_owned(),
            uncertain: ["title", "company", "url"].map(str::to_owned).to_vec(),
            new: 1,
        };
        insta::assert_snapshot!(drawn(&added, |added, screen, _| draw_added(added, screen)));
    }
}
