//! `green FILE.csv`: spans of skills against the GREEN corpus.
//!
//! A line is a sentence's number, a word, its part of speech and its tag. The agent
//! marks skills and knowledge, which the corpus both calls Skill; what it does not
//! try is listed with its count.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use agent_core::skill::{self, tagger::Column};
use anyhow::{Result, ensure};
use serde_json::json;

use crate::cases;
use crate::laid::Laid;
use crate::spans::Counts;

/// The type that is tried.
const TRIED: &str = "Skill";

/// Which file.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Labelled words: sentence_id,word,pos,tag
    file: PathBuf,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
}

/// Words of a sentence with their tags.
type Sentence = Vec<(String, String)>;

/// Reads each sentence by itself, for neighbours come from different postings.
pub(crate) fn run(args: &Args) -> Result<()> {
    let sentences = read(&args.file)?;
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    let mut counts = Counts::default();
    for sentence in &sentences {
        let gold = spans(sentence);
        for (name, _) in &gold {
            *types.entry(name.clone()).or_default() += 1;
        }
        let gold: Vec<Range<usize>> = gold
            .into_iter()
            .filter(|(name, _)| name == TRIED)
            .map(|(_, span)| span)
            .collect();
        let mut laid = Laid::default();
        laid.add(sentence.iter().map(|(word, _)| word.as_str()));
        let found = laid.spans(&skill::mentions(&laid.text), &Column::ALL);
        counts.add(&gold, &found.concat());
    }
    println!("{:14} {:>17}  {:>17}", "type", "overlap p r f1", "strict");
    println!("{TRIED:14} {}  {}", counts.overlap(), counts.strict());
    types.remove(TRIED);
    let untried: Vec<String> = types
        .iter()
        .map(|(name, count)| format!("{name} ({count})"))
        .collect();
    println!("not tried: {}", untried.join(", "));
    if args.json {
        let summary = json!({
            "sentences": sentences.len(),
            "skill": { "strict": counts.strict().json(), "overlap": counts.overlap().json() },
            "not_tried": types,
        });
        println!("{summary}");
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Sentence>> {
    let mut sentences: BTreeMap<u64, Sentence> = BTreeMap::new();
    for line in cases::text(path)?.lines() {
        let cells = cases::cells(line);
        if let [number, word, _, tag] = cells.as_slice()
            && let Ok(number) = number.parse()
        {
            let sentence = sentences.entry(number).or_default();
            sentence.push((word.clone(), tag.clone()));
        }
    }
    ensure!(
        !sentences.is_empty(),
        "{} holds no lines of sentence_id,word,pos,tag",
        path.display()
    );
    Ok(sentences.into_values().collect())
}

/// The labelled spans with their types.
fn spans(sentence: &Sentence) -> Vec<(String, Range<usize>)> {
    let mut spans: Vec<(String, Range<usize>)> = Vec::new();
    for (at, (_, tag)) in sentence.iter().enumerate() {
        let Some((place, name)) = tag.split_once('-') else {
            continue;
        };
        match spans.last_mut() {
            Some((open, span)) if place == "I" && span.end == at && open == name => {
                span.end = at + 1;
            }
            _ => spans.push((name.to_owned(), at..at + 1)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_their_types() {
        let sentence = |tags: &str| -> Sentence {
            tags.split(' ')
                .map(|tag| ("x".to_owned(), tag.to_owned()))
                .collect()
        };
        for (tags, expected) in [
            ("O O", vec![]),
            (
                "B-Skill I-Skill O B-Domain",
                vec![("Skill", 0..2), ("Domain", 3..4)],
            ),
            ("B-Skill B-Skill", vec![("Skill", 0..1), ("Skill", 1..2)]),
            ("B-Skill I-Domain", vec![("Skill", 0..1), ("Domain", 1..2)]),
            ("I-Skill I-Skill", vec![("Skill", 0..2)]),
        ] {
            let found = spans(&sentence(tags));
            let found: Vec<_> = found
                .iter()
                .map(|(name, at)| (name.as_str(), at.clone()))
                .collect();
            assert_eq!(found, expected, "{tags}");
        }
    }
}
