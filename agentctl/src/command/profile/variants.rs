//! `agentctl profile import|variants|variant`: the CVs there are.

use std::path::PathBuf;

use agent_api::v1::{
    CvVariant, ImportRequest, ImportVariantRequest, ImportVariantResponse, ListVariantsResponse,
    RemoveVariantRequest,
};
use clap::Subcommand;

use crate::command::{init, next};
use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BOLD, Column, DIM, Note, Screen, Span, Table};
use crate::session::Session;
use crate::text::count;

/// A CV to read.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The CV; - reads standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Keep it beside your main CV under this name, to be attached where it fits
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
}

/// What can be done with a CV beside the main one.
#[derive(Debug, Subcommand)]
pub(crate) enum Variant {
    /// Remove a CV that is kept beside your main one
    #[command(
        after_help = "Examples:\n  agentctl profile variant remove backend\n\n\
        What was sent with it stays provable: its bytes are kept with the receipts."
    )]
    Remove {
        /// Its name
        name: String,
    },
}

/// Reads a CV: in place of the main one, or beside it.
pub(super) async fn import(
    args: Import,
    session: &Session,
    output: &mut Output,
) -> Result<(), Failure> {
    let (file_name, content) = init::read(&args.file)?;
    let Some(name) = args.name else {
        let request = ImportRequest { file_name, content };
        let imported = session.profile().import(request).await?.into_inner();
        let next = next::step(&session.status);
        return output.show(&imported, |imported, screen, _| {
            init::draw(imported, screen);
            screen.next(next);
        });
    };
    let request = ImportVariantRequest {
        name,
        file_name,
        content,
    };
    let kept = session
        .profile()
        .import_variant(request)
        .await?
        .into_inner();
    output.show(&kept, draw_kept)
}

/// Removes one, and shows those that are left.
pub(super) async fn remove(
    command: Variant,
    session: &Session,
    output: &mut Output,
) -> Result<(), Failure> {
    let Variant::Remove { name } = command;
    let request = RemoveVariantRequest { name };
    let left = session
        .profile()
        .remove_variant(request)
        .await?
        .into_inner();
    output.show(&left, draw)
}

fn draw_kept(kept: &ImportVariantResponse, screen: &mut Screen, _: &Clock) {
    let variant = kept.variant.clone().unwrap_or_default();
    screen.line([
        "Kept ".into(),
        Span::new(&variant.name, BOLD),
        format!(
            " ({}, {}) beside your main CV; your profile stays as it is.",
            variant.file_name, kept.format
        )
        .into(),
    ]);
    screen.field("shows", shown(&variant));
    screen.paragraph(2, &variant.skills.join(", "));
    init::draw_questions(&kept.questions, screen);
    screen.next("agentctl profile variants   (all of them; prepare takes the one that fits)");
}

/// All CVs, the main one first.
pub(super) fn draw(all: &ListVariantsResponse, screen: &mut Screen, clock: &Clock) {
    let mut table = Table::new([
        ("name", Column::Left),
        ("file", Column::Main),
        ("read", Column::Left),
        ("", Column::Left),
    ]);
    for variant in &all.variants {
        let cells = [
            Span::new(&variant.name, BOLD),
            (&variant.file_name).into(),
            Span::new(clock.time(variant.imported.as_ref()), DIM),
            shown(variant).into(),
        ];
        let skills = Note::Cut(Span::new(variant.skills.join(", "), DIM));
        table.row_with_notes(cells, [skills]);
    }
    screen.table(&table);
    screen.blank();
    if all.variants.len() > 1 {
        screen.line([
            "prepare attaches the one that shows most of what a job asks; --cv NAME another."
                .into(),
        ]);
    } else {
        screen.next("agentctl profile import FILE --as NAME   (keeps another beside it)");
    }
}

fn shown(variant: &CvVariant) -> String {
    count(variant.skills.len() as u64, "skill")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    fn variant(name: &str, file: &str, skills: &[&str]) -> CvVariant {
        CvVariant {
            name: name.to_owned(),
            file_name: file.to_owned(),
            imported: at("2026-03-01T09:00:00Z"),
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
        }
    }

    #[test]
    fn all_cvs_are_shown_with_their_skills() {
        let all = ListVariantsResponse {
            variants: vec![
                variant("main", "cv.pdf", &["Rust"]),
                variant(
                    "backend",
                    "ada-backend\u{1b}[2J.pdf",
                    &["Rust", "Kafka", "PostgreSQL"],
                ),
            ],
        };
        insta::assert_snapshot!("all", drawn(&all, draw));
        let alone = ListVariantsResponse {
            variants: vec![variant("main", "cv.pdf", &["Rust"])],
        };
        assert!(drawn(&alone, draw).contains("--as NAME"));
    }

    #[test]
    fn a_kept_cv_says_what_it_states_beyond_the_profile() {
        let kept = ImportVariantResponse {
            variant: Some(variant("backend", "backend.pdf", &["Rust", "Kafka"])),
            format: "pdf".to_owned(),
            questions: vec!["It shows skills your profile does not: Kafka.".to_owned()],
        };
        insta::assert_snapshot!("kept", drawn(&kept, draw_kept));
    }
}
