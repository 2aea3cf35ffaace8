//! `skills FILE.conll...`: spans of skills and knowledge against labelled sentences.
//!
//! A line of a file is a token, its skill tag and its knowledge tag. Sentences that
//! follow each other are laid out as postings of about 5 kB, and read as the agent
//! reads one.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Instant;

use agent_core::skill::{
    self,
    tagger::{Column, spans},
};
use anyhow::Result;
use serde_json::json;

use crate::conll::{self, Sentence};
use crate::laid::Laid;
use crate::spans::Counts;

/// Bytes of a posting.
const POSTING: usize = 5_000;

/// How often each posting is read to time it.
const ROUNDS: usize = 5;

/// Which files.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Labelled sentences: a token, its skill tag and its knowledge tag a line
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

/// A file's postings and what is labelled in their sentences.
struct Postings {
    laid: Laid,
    gold: Vec<[Vec<Range<usize>>; 2]>,
}

/// Reads every posting, counts and times.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut all = [Counts::default(); 2];
    let mut times = Vec::new();
    println!(
        "{:28} {:9} {:>17}  {:>17}  {:>17}  {:>5} {:>5}",
        "file", "column", "overlap p r f1", "one to one", "strict", "gold", "found"
    );
    for path in &args.files {
        let mut counts = [Counts::default(); 2];
        for posting in postings(&conll::read(path)?) {
            count(&posting, &mut counts);
            times.extend(timed(&posting.laid.text));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        show(&name, &counts);
        for (all, counts) in all.iter_mut().zip(&counts) {
            all.merge(counts);
        }
    }
    show("all", &all);
    times.sort_unstable_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let least = times.first().copied().unwrap_or_default();
    println!("\nmatcher and tagger: {median:.3} ms for 5 kB (median), {least:.3} ms at best");
    if args.json {
        let summary = |counts: &Counts| json!({ "strict": counts.strict().json(), "overlap": counts.overlap().json() });
        let [skill, knowledge] = &all;
        let summary = json!({
            "files": args.files.len(),
            "knowledge": summary(knowledge),
            "skill": summary(skill),
            "both": summary(&both(&all)),
            "ms_per_posting": (median * 1e3).round() / 1e3,
        });
        println!("{summary}");
    }
    Ok(())
}

fn postings(sentences: &[Sentence]) -> Vec<Postings> {
    let mut postings: Vec<Postings> = Vec::new();
    for sentence in sentences {
        let open = postings.pop_if(|posting| posting.laid.text.len() < POSTING);
        let mut posting = open.unwrap_or_else(|| Postings {
            laid: Laid::default(),
            gold: Vec::new(),
        });
        posting.laid.add(sentence.tokens.iter().map(String::as_str));
        posting
            .gold
            .push(sentence.tags.each_ref().map(|tags| spans(tags)));
        postings.push(posting);
    }
    postings
}

fn count(posting: &Postings, counts: &mut [Counts; 2]) {
    let mentions = skill::mentions(&posting.laid.text);
    for (at, (column, counts)) in Column::ALL.into_iter().zip(counts).enumerate() {
        let found = posting.laid.spans(&mentions, &[column]);
        for (gold, found) in posting.gold.iter().zip(&found) {
            counts.add(&gold[at], found);
        }
    }
}

/// Milliseconds for 5 kB, a value for each round.
fn timed(text: &str) -> impl Iterator<Item = f64> {
    let per_posting = POSTING as f64 / text.len().max(1) as f64;
    (0..ROUNDS).map(move |_| {
        let start = Instant::now();
        std::hint::black_box(skill::mentions(text));
        start.elapsed().as_secs_f64() * 1e3 * per_posting
    })
}

/// Spans of both columns, each against those of its own.
fn both(columns: &[Counts; 2]) -> Counts {
    let mut both = Counts::default();
    columns.iter().for_each(|counts| both.merge(counts));
    both
}

fn show(name: &str, counts: &[Counts; 2]) {
    let [skill, knowledge] = counts;
    for (column, counts) in [
        ("skill", skill),
        ("knowledge", knowledge),
        ("both", &both(counts)),
    ] {
        println!(
            "{name:28} {column:9} {}  {}  {}  {:>5} {:>5}",
            counts.overlap(),
            counts.one_to_one(),
            counts.strict(),
            counts.gold,
            counts.predicted
        );
    }
}
