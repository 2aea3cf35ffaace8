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

/// Reads every CV and counts.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut by_kind: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut by_field: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let (mut files, mut invented) = (0_usize, Vec::new());
    // A reader of documents that panics says so in its answer.
    std::panic::set_hook(Box::new(|_| {}));
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
        let marks = fields::marks(&expected, &reading.profile);
        let mut own = Tally::default();
        for mark in &marks {
            own.add(mark);
            by_field.entry(mark.field).or_default().add(mark);
            by_kind.entry(format).or_default().add(mark);
            if args.wrong && !mark.right {
                println!("  {name}: {mark}");
            }
        }
        println!("{name:<44} {:>4} of {:<4} {}", own.right, own.fields, own.percent());
        for value in invented::values(&reading.profile, &text) {
            println!("  {name}: invented {value}");
            invented.push(json!({ "file": name, "value": value }));
        }
        files += 1;
    }
    if files == 0 {
        bail!("{} holds no CV beside its expected.json", args.dir.display());
    }
    show(files, invented.len(), &by_kind, &by_field);
    if args.json {
        let rates = |tallies: &BTreeMap<&'static str, Tally>| -> serde_json::Value {
            let rate = |(name, tally): (&&'static str, &Tally)| ((*name).to_owned(), tally.json());
            serde_json::Value::Object(tallies.iter().map(rate).collect())
        };
        let summary = json!({
            "files": files,
            "formats": rates(&by_kind),
            "fields": rates(&by_field),
            "invented": invented.len(),
        });
        println!("{summary}");
    }
    Ok(())
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

fn show(
    files: usize,
    invented: usize,
    by_kind: &BTreeMap<&'static str, Tally>,
    by_field: &BTreeMap<&'static str, Tally>,
) {
    for (title, tallies) in [("format", by_kind), ("field", by_field)] {
        println!("\n{title:<14} {:>6} {:>6} {:>7}", "right", "of", "rate");
        for (name, tally) in tallies {
            println!(
                "{name:<14} {:>6} {:>6} {:>7}",
                tally.right,
                tally.fields,
                tally.percent()
            );
        }
    }
    println!("\n{files} CVs, {invented} invented values");
}
