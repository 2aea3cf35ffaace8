//! `agentctl documents`: letters to employers.

mod draw;
mod file;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use agent_api::v1::{
    ExportDocumentRequest, GetDocumentRequest, ListDocumentsRequest, MakeDocumentRequest,
};
use clap::{Subcommand, ValueEnum};

use crate::error::Failure;
use crate::output::Output;
use crate::rows;
use crate::session::{Place, Session};

/// Largest posting that is sent, in bytes.
const MAX_POSTING: u64 = 200_000;

/// What can be done with letters.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Make(Make),
    /// List the letters, the newest first
    #[command(
        after_help = "Examples:\n  agentctl documents list\n  agentctl --json documents list"
    )]
    List,
    /// Show a letter, who wrote it, and where each claim stands
    #[command(
        after_help = "Examples:\n  agentctl documents show 3f2a\n  agentctl --json documents show 3f2a"
    )]
    Show {
        /// How its id begins
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Open a letter as PDF in the program you read PDFs with
    #[command(after_help = "Examples:\n  agentctl documents open 3f2a")]
    Open {
        /// How its id begins
        #[arg(value_name = "ID")]
        id: String,
    },
    Export(Export),
}

/// Write a letter to an employer, kept to what your CV states.
///
/// A model writes it where there is one. What it claims is held against your profile and
/// the posting; a letter with an invention is refused and asked for again, twice at most,
/// and then written from the template. The same input gives the same letter.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl documents make 1\n  \
    agentctl documents make 1 --tone warm --emphasise Rust\n  \
    agentctl documents make --text posting.txt --employer \"Example GmbH\"\n  \
    wl-paste | agentctl documents make --text - --no-model\n\n\
    A letter to a job goes along where its form has a field for it; you see it in review first.")]
pub(crate) struct Make {
    /// Unique beginning of an id, or a row in the last list
    #[arg(
        value_name = "JOB",
        required_unless_present = "text",
        conflicts_with = "text"
    )]
    job: Option<String>,
    /// A file with the text of a posting, or - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    text: Option<PathBuf>,
    /// Title of that posting; else its first line
    #[arg(long, requires = "text")]
    title: Option<String>,
    /// Employer of that posting
    #[arg(long, value_name = "NAME", requires = "text")]
    employer: Option<String>,
    /// How the letter speaks
    #[arg(long, value_enum, default_value_t = Tone::Plain)]
    tone: Tone,
    /// A skill of your profile to point out
    #[arg(long, value_name = "SKILL")]
    emphasise: Option<String>,
    /// Write from the template, whatever models there are
    #[arg(long)]
    no_model: bool,
}

/// Save a letter as a file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  agentctl documents export 3f2a\n  \
    agentctl documents export 3f2a --format pdf --out letter.pdf\n\n\
    PDF is printed by Chromium with the network off; Markdown needs no browser.")]
pub(crate) struct Export {
    /// How its id begins
    #[arg(value_name = "ID")]
    id: String,
    /// As what
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
    /// Where to; else beside you, under the employer's name
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
}

/// How a letter speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tone {
    Plain,
    Warm,
    Formal,
}

/// What a letter is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Md,
    Pdf,
}

impl Tone {
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Warm => "warm",
            Self::Formal => "formal",
        }
    }
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Pdf => "pdf",
        }
    }
}

/// Runs a command on letters.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let wanted = match &command {
        Command::Make(make) => Some(request(make, place)?),
        Command::List | Command::Show { .. } | Command::Open { .. } | Command::Export(_) => None,
    };
    let session = Session::open(place, output).await?;
    let mut documents = session.documents();
    match command {
        Command::Make(_) => {
            // The one line of a refusal stays one line where nobody looks on.
            if crate::output::is_interactive() {
                output.note("writing the letter; a model may take a minute or two");
            }
            let made = documents
                .make(wanted.unwrap_or_default())
                .await?
                .into_inner();
            output.show(&made, draw::made)
        }
        Command::List => {
            let list = documents.list(ListDocumentsRequest {}).await?.into_inner();
            output.show(&list, draw::list)
        }
        Command::Show { id } => {
            let found = documents.get(GetDocumentRequest { id }).await?.into_inner();
            output.show(&found, draw::whole)
        }
        Command::Open { id } => {
            let request = ExportDocumentRequest {
                id,
                format: Format::Pdf.name().to_owned(),
            };
            let exported = documents.export(request).await?.into_inner();
            let opened = file::open(&exported)?;
            output.note(&format!("opened {}", opened.display()));
            Ok(())
        }
        Command::Export(export) => {
            let request = ExportDocumentRequest {
                id: export.id,
                format: export.format.name().to_owned(),
            };
            let exported = documents.export(request).await?.into_inner();
            let saved = file::save(export.out.as_deref(), &exported)?;
            output.show(&saved, |saved, screen, _| draw::saved(saved, screen))
        }
    }
}

fn request(make: &Make, place: &Place) -> Result<MakeDocumentRequest, Failure> {
    let job = match &make.job {
        Some(typed) => rows::resolve(rows::latest(&place.home), &place.home, typed)?,
        None => String::new(),
    };
    Ok(MakeDocumentRequest {
        job,
        text: make
            .text
            .as_deref()
            .map(read)
            .transpose()?
            .unwrap_or_default(),
        title: make.title.clone().unwrap_or_default(),
        employer: make.employer.clone().unwrap_or_default(),
        tone: make.tone.name().to_owned(),
        emphasise: make.emphasise.clone().unwrap_or_default(),
        no_model: make.no_model,
    })
}

/// The text of a posting from a file or standard input.
fn read(file: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = match file.as_os_str() == "-" {
        true => io::stdin()
            .lock()
            .take(MAX_POSTING + 1)
            .read_to_end(&mut bytes),
        false => fs::File::open(file)
            .and_then(|opened| opened.take(MAX_POSTING + 1).read_to_end(&mut bytes)),
    };
    read.map_err(|error| Failure::file("read", file, &error))?;
    if bytes.len() as u64 > MAX_POSTING {
        let what = format!("{} has more than {MAX_POSTING} bytes", file.display());
        return Err(Failure::refused(what).hint("give the text of the posting alone"));
    }
    String::from_utf8(bytes).map_err(|_| {
        Failure::refused(format!("{} is not text", file.display()))
            .hint("copy the words of the posting into a text file")
    })
}
