//! `cv DIR`: how much of a CV is read right.
//!
//! Each CV (`NAME.md`, `.txt`, `.pdf`, `.docx` or `.json`) stands beside
//! `NAME.expected.json`, a JSON Resume of what a person reads in it. Every value
//! expected is a field; every entry or item of ours that is not expected is a
//! field that is wrong. Invented is what the text of the file does not hold.

mod compare;
mod expected;
mod fields;
mod invented;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use agent_core::profile::read::{self, Format, Reading};
use agent_document::Kind;
use anyhow::{Context as _, Result, bail};
use serde_json::json;

use self::{expected::Expected, fields::Tally};
use crate::cases;

/// Which CVs.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder with CVs, each beside its NAME.expected.json
    dir: PathBuf,
    /// Name each field that is wrong
    #[arg(long)]
    wrong: bool,
    /// Print the text taken out of PDF and Word files
    #[arg(long)]
    text: bool,
    /// Only files whose name holds this
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

/// What came out over all CVs.
#[derive(Debug, Default)]
struct Scores {
    files: usize,
    by_kind: BTreeMap<&'static str, Tally>,
    by_field: BTreeMap<&'static str, Tally>,
    invented: usize,
}

/// Reads every CV and counts.
pub(crate) fn run(args: &Args) -> Result<()> {
    // A reader of documents that panics says so in its answer.
    std::panic::set_hook(Box::new(|_| {}));
    let scores = score(args)?;
    show(&scores);
    if args.json {
        let rates = |tallies: &BTreeMap<&'static str, Tally>| -> serde_json::Value {
            let rate = |(name, tally): (&&'static str, &Tally)| ((*name).to_owned(), tally.json());
            serde_json::Value::Object(tallies.iter().map(rate).collect())
        };
        let summary = json!({
            "files": scores.files,
            "formats": rates(&scores.by_kind),
            "fields": rates(&scores.by_field),
            "invented": scores.invented,
        });
        println!("{summary}");
    }
    Ok(())
}

fn score(args: &Args) -> Result<Scores> {
    let mut scores = Scores::default();
    for path in cases::files(&args.dir, &["md", "txt", "pdf", "docx", "json"])? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".expected.json")
            || args.only.as_ref().is_some_and(|part| !name.contains(part))
        {
            continue;
        }
        let expected = Expected::beside(&path)?;
        let (text, reading) = read_cv(&path)?;
        if args.text {
            println!("== {name}\n{text}");
        }
        let format = reading.format.name();
        let mut own = Tally::default();
        for mark in fields::marks(&expected, &reading.profile) {
            own.add(&mark);
            scores.by_field.entry(mark.field).or_default().add(&mark);
            scores.by_kind.entry(format).or_default().add(&mark);
            if args.wrong && !mark.right {
                println!("  {name}: {mark}");
            }
        }
        let (right, fields) = (own.right, own.fields);
        println!("{name:<44} {right:>4} of {fields:<4} {}", own.percent());
        for value in invented::values(&reading.profile, &text) {
            println!("  {name}: invented {value}");
            scores.invented += 1;
        }
        scores.files += 1;
    }
    if scores.files == 0 {
        bail!(
            "{} holds no CV beside its expected.json",
            args.dir.display()
        );
    }
    Ok(scores)
}

/// The text of a CV and what the product reads in it.
pub(crate) fn read_cv(path: &Path) -> Result<(String, Reading)> {
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let of_file = || format!("{}", path.display());
    let kind = match Format::sniff(&name, &bytes) {
        Some(Format::Pdf) => Some((Format::Pdf, Kind::Pdf)),
        Some(Format::Docx) => Some((Format::Docx, Kind::Docx)),
        _ => None,
    };
    if let Some((format, kind)) = kind {
        let text = agent_document::text_of(kind, &bytes).with_context(of_file)?;
        let reading = read::from_text(format, &text).with_context(of_file)?;
        return Ok((text, reading));
    }
    let reading = read::from_bytes(&name, &bytes).with_context(of_file)?;
    Ok((String::from_utf8_lossy(&bytes).into_owned(), reading))
}

fn show(scores: &Scores) {
    for (title, tallies) in [("format", &scores.by_kind), ("field", &scores.by_field)] {
        println!("\n{title:<14} {:>6} {:>6} {:>7}", "right", "of", "rate");
        for (name, tally) in tallies {
            let (right, fields) = (tally.right, tally.fields);
            println!("{name:<14} {right:>6} {fields:>6} {:>7}", tally.percent());
        }
    }
    println!(
        "\n{} CVs, {} invented values",
        scores.files, scores.invented
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_layouts_of_other_programs_are_read_right_and_nothing_is_invented() {
        let scores = score(&Args {
            dir: Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cv"),
            wrong: true,
            text: false,
            only: None,
            json: false,
        })
        .unwrap();
        assert!(scores.files >= 20, "{}", scores.files);
        assert_eq!(scores.invented, 0);
        for (format, least) in [
            ("text", 0.92),
            ("markdown", 0.92),
            ("docx", 0.92),
            ("pdf", 0.85),
        ] {
            let tally = &scores.by_kind[format];
            assert!(tally.rate() >= least, "{format}: {}", tally.percent());
        }
    }
}
