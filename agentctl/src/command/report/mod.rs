//! `agentctl report`: what openings ask for, what is missing, and what to learn.

mod content;
mod draw;
mod file;

use std::path::PathBuf;

use agent_api::v1::{ListReportsRequest, MakeReportRequest, ReportDocument, ShowReportRequest};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::error::Failure;
use crate::output::{Format as As, Output};
use crate::session::{Place, Session};

/// What can be done with reports.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// See which skills you lack, and which openings each would bring within reach
    ///
    /// What a skill unlocks is counted by judging the openings again with it in your
    /// profile. No model and no network is needed.
    #[command(
        name = "skill-gap",
        after_help = "Examples:\n  agentctl report skill-gap\n  \
        agentctl report skill-gap --score 70 --where 'remote'\n  \
        agentctl report skill-gap --open\n  \
        agentctl report skill-gap --format md --out gap.md"
    )]
    SkillGap(Making),
    /// See in which order to learn them, with hours, free courses and projects
    #[command(
        name = "learning-path",
        after_help = "Examples:\n  agentctl report learning-path\n  \
        agentctl report learning-path --limit 3\n  \
        agentctl report learning-path --format html --out path.html\n\n\
        Hours and courses are from a catalogue that is part of the program; of a skill it\n\
        lacks nothing is made up."
    )]
    LearningPath(Making),
    /// List the reports that were made
    #[command(after_help = "Examples:\n  agentctl report list\n  agentctl --json report list")]
    List,
    /// Show a report as it was
    #[command(
        after_help = "Examples:\n  agentctl report show\n  agentctl report show 3 --open\n  \
        agentctl report show 3 --format html --out gap.html"
    )]
    Show {
        /// Its number in the list; the newest, unless you give one
        number: Option<i64>,
        #[command(flatten)]
        handing: Handing,
    },
}

/// How a report is made and handed over.
#[derive(Debug, Args)]
pub(crate) struct Making {
    /// The score from which an opening is within reach; 75 unless you give another
    #[arg(long, value_name = "SCORE")]
    score: Option<f64>,
    /// Only openings this filter fits; see agentctl jobs list --help
    #[arg(
        long = "where",
        value_name = "FILTER",
        default_value = "",
        hide_default_value = true
    )]
    narrow: String,
    /// At most this many skills
    #[arg(long, short, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=40))]
    limit: Option<u32>,
    #[command(flatten)]
    handing: Handing,
}

/// How a report is handed over.
#[derive(Debug, Args)]
pub(crate) struct Handing {
    /// As a table, Markdown, HTML or JSON; by the name of --out unless you say
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Format>,
    /// Write it into this file, in place of one that is there
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Open it in your browser
    #[arg(long)]
    open: bool,
}

/// A form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For the terminal
    Table,
    /// Markdown
    Md,
    /// One file of HTML that needs nothing beside it
    Html,
    /// For programs
    Json,
}

impl Format {
    /// The form the daemon hands over: what is drawn here is drawn from JSON.
    const fn asked(self) -> &'static str {
        match self {
            Self::Table | Self::Json => "json",
            Self::Md => "md",
            Self::Html => "html",
        }
    }
}

impl Handing {
    /// The form that is wanted: a browser wants HTML, a file what its name says.
    fn format(&self, output: &Output) -> Result<Format, Failure> {
        if self.open {
            return match self.format {
                None | Some(Format::Html) => Ok(Format::Html),
                Some(Format::Table | Format::Md | Format::Json) => {
                    Err(Failure::refused("a browser shows a report as HTML")
                        .reason("format")
                        .hint("leave --format away with --open"))
                }
            };
        }
        if let Some(format) = self.format {
            return Ok(format);
        }
        let ending = self.out.as_ref().and_then(|file| file.extension());
        Ok(match ending.and_then(|ending| ending.to_str()) {
            Some("html" | "htm") => Format::Html,
            Some("md" | "markdown") => Format::Md,
            Some("json") => Format::Json,
            Some(_) | None if output.format == As::Json => Format::Json,
            Some(_) | None => Format::Table,
        })
    }
}

/// Runs a command on reports.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let (kind, making) = match command {
        Command::SkillGap(making) => ("skill-gap", making),
        Command::LearningPath(making) => ("learning-path", making),
        Command::List => {
            let session = Session::open(place, output).await?;
            let list = session.reports().list(ListReportsRequest {}).await?;
            return output.show(&list.into_inner(), draw::list);
        }
        Command::Show { number, handing } => {
            let format = handing.format(output)?;
            let request = ShowReportRequest {
                id: number.unwrap_or_default(),
                format: format.asked().to_owned(),
            };
            let session = Session::open(place, output).await?;
            let found = session.reports().show(request).await?.into_inner();
            return hand_over(&found, format, &handing, (place, output));
        }
    };
    let format = making.handing.format(output)?;
    let request = MakeReportRequest {
        kind: kind.to_owned(),
        score: making.score.unwrap_or_default(),
        r#where: making.narrow,
        limit: making.limit.unwrap_or_default(),
        format: format.asked().to_owned(),
    };
    let session = Session::open(place, output).await?;
    let made = session.reports().make(request).await?.into_inner();
    hand_over(&made, format, &making.handing, (place, output))
}

fn hand_over(
    document: &ReportDocument,
    format: Format,
    handing: &Handing,
    (place, output): (&Place, &mut Output),
) -> Result<(), Failure> {
    let text = match format {
        Format::Table => {
            let report = content::read(&document.content)?;
            let mut screen = output.screen();
            draw::report(&report, &mut screen);
            if handing.out.is_none() {
                return output.print(screen);
            }
            anstream::adapter::strip_str(&screen.into_text()).to_string()
        }
        Format::Json if handing.out.is_none() => return output.json_line(&document.content),
        Format::Json | Format::Md | Format::Html => document.content.clone(),
    };
    if handing.out.is_none() && !handing.open {
        return output.raw(text.as_bytes());
    }
    let file = match &handing.out {
        Some(file) => file.clone(),
        None => file::kept(&place.home, document)?,
    };
    file::write(&file, &text)?;
    if handing.open {
        file::open(&file)?;
    }
    let told = json!({ "id": document.id, "file": file, "said": document.said });
    output.show(&told, |_, screen, _| {
        screen.paragraph(0, &document.said);
        screen.line([format!("Written to {}", file.display()).into()]);
    })
}
