//! The open word lists a tagger is given: ESCO, mined skill phrases, computer
//! languages, and the project's own lexicon.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use agent_core::skill::tagger::{KINDS, LONGEST, Lists, Table, WordFacts, hash, mix, plain, stem};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::vectors::{Clusters, Vectors};
use crate::cases::{cells, text};

/// Kinds of phrases, as bits.
mod kind {
    pub(super) const ESCO_KNOWLEDGE: u8 = 1;
    pub(super) const ESCO_SKILL: u8 = 2;
    pub(super) const ESCO_OTHER: u8 = 4;
    pub(super) const MINED: u8 = 8;
    pub(super) const TECHNOLOGY: u8 = 16;
}

/// Where the lists are.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    /// ESCO's preferred labels, and then its alternative ones.
    pub(crate) esco: &'a [PathBuf],
    /// Mined phrases: a JSON list of them.
    pub(crate) phrases: &'a Path,
    /// Computer languages: a JSON list of objects with `name` and `aliases`.
    pub(crate) languages: &'a Path,
    /// The project's lexicon of skills.
    pub(crate) lexicon: &'a Path,
    /// Folder of the built-in vectors.
    pub(crate) vectors: &'a Path,
}

/// Rows of both tables, by rising key.
#[derive(Debug)]
pub(crate) struct Built {
    /// Kinds by phrase.
    pub(crate) phrases: Vec<(u32, u8)>,
    /// Facts by word.
    pub(crate) words: Vec<(u32, WordFacts)>,
}

impl Built {
    /// The tables as the tagger has them.
    pub(crate) fn lists(&self) -> Lists {
        Lists {
            phrases: Table::new(&self.phrases),
            words: Table::new(&self.words),
        }
    }
}

/// Numbers of clusters, coarse to fine. The first two are stored in a byte.
const CLUSTERS: [usize; 3] = [64, 255, 1024];
const ROUNDS: usize = 6;

/// Builds both tables.
pub(crate) fn build(sources: &Sources<'_>) -> Result<Built> {
    let mut phrases: BTreeMap<u32, u8> = BTreeMap::new();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (phrase, kinds) in list(sources)? {
        let words = stems(&phrase);
        if words.is_empty() || words.len() > LONGEST {
            continue;
        }
        // Of single letters only names of technologies mean something (R, C).
        let telling = words.len() > 1 || kinds == kind::TECHNOLOGY || words[0].len() > 1;
        if telling {
            let key = words
                .iter()
                .fold(0, |key, word| mix(key, hash(word.as_bytes())));
            *phrases.entry(key).or_default() |= kinds;
        }
        for (i, word) in words.iter().enumerate() {
            let count = counts.entry(word.clone()).or_default();
            count.add(kinds, i + 1 == words.len());
        }
    }
    let vectors = Vectors::read(sources.vectors)?;
    let mut words = clustered(&vectors, &counts);
    let totals = counts.values().fold([0; KINDS], |mut totals, count| {
        totals
            .iter_mut()
            .zip(count.any)
            .for_each(|(total, any)| *total += any);
        totals
    });
    for (word, count) in &counts {
        words.entry(hash(word.as_bytes())).or_default().habit = count.habit(totals);
    }
    Ok(Built {
        phrases: phrases.into_iter().collect(),
        words: words.into_iter().collect(),
    })
}

fn list(sources: &Sources<'_>) -> Result<Vec<(String, u8)>> {
    let mut list = esco(sources.esco)?;
    for phrase in json(sources.phrases)? {
        let phrase = phrase.as_str().map(str::to_owned);
        list.extend(phrase.map(|phrase| (phrase, kind::MINED)));
    }
    for language in json(sources.languages)? {
        let aliases = language["aliases"].as_array().into_iter().flatten();
        for name in aliases.chain([&language["name"]]) {
            let name = name.as_str().map(str::to_owned);
            list.extend(name.map(|name| (name, kind::TECHNOLOGY)));
        }
    }
    let lexicon = text(sources.lexicon)?;
    for line in lexicon.lines().filter(|line| !line.starts_with(['#', '['])) {
        for name in line.split(" > ").next().unwrap_or_default().split('|') {
            let name = name.trim().trim_start_matches(['=', '?']);
            list.push((name.to_owned(), kind::TECHNOLOGY));
        }
    }
    Ok(list)
}

/// Preferred labels with the kind their codes tell, and the alternative labels
/// of each: files with three and with two columns.
fn esco(files: &[PathBuf]) -> Result<Vec<(String, u8)>> {
    let mut list = Vec::new();
    let mut kinds = BTreeMap::new();
    let mut others = Vec::new();
    for file in files {
        for line in text(file)?.lines().skip(1) {
            match &cells(line)[..] {
                [id, label, codes] => {
                    let codes = codes.split('|');
                    let kind = codes.fold(0, |kinds, code| kinds | esco_kind(code));
                    kinds.insert(id.clone(), kind);
                    list.push((label.clone(), kind));
                }
                [id, label] => others.push((id.clone(), label.clone())),
                _ => {}
            }
        }
    }
    ensure!(
        !list.is_empty(),
        "no file of --esco has the columns esco_uuid,preferred_label,hierarchy_codes"
    );
    let others = others.into_iter();
    list.extend(others.filter_map(|(id, label)| Some((label, *kinds.get(&id)?))));
    Ok(list)
}

fn json(path: &Path) -> Result<Vec<Value>> {
    serde_json::from_str(&text(path)?)
        .with_context(|| format!("{} holds no JSON list", path.display()))
}

fn esco_kind(code: &str) -> u8 {
    match code.bytes().next() {
        Some(b'K') => kind::ESCO_KNOWLEDGE,
        Some(b'S') | None => kind::ESCO_SKILL,
        Some(_) => kind::ESCO_OTHER,
    }
}

/// Stems of a phrase's words, without what stands in brackets.
fn stems(phrase: &str) -> Vec<String> {
    let bare = phrase
        .split(" (")
        .next()
        .unwrap_or(phrase)
        .replace(',', " ");
    bare.split_whitespace()
        .map(|token| stem(&plain(token)).to_owned())
        .collect()
}

fn clustered(vectors: &Vectors, counts: &BTreeMap<String, Count>) -> BTreeMap<u32, WordFacts> {
    let whole = vectors.words();
    let points: Vec<Vec<f32>> = whole.iter().filter_map(|word| vectors.of(word)).collect();
    let clusters = CLUSTERS.map(|count| Clusters::of(&points, count, ROUNDS));
    let mut facts: BTreeMap<u32, WordFacts> = BTreeMap::new();
    let common = counts
        .iter()
        .filter(|(_, count)| count.any.iter().sum::<u32>() >= 2);
    for word in whole
        .into_iter()
        .chain(common.map(|(word, _)| word.as_str()))
    {
        let entry = facts.entry(hash(stem(word).as_bytes())).or_default();
        if entry.clusters == [0; 3]
            && let Some(vector) = vectors.of(stem(word))
        {
            for (number, clusters) in entry.clusters.iter_mut().zip(&clusters) {
                *number = clusters.nearest(&vector) as u16 + 1;
            }
        }
    }
    facts
}

/// How often a word stands in phrases of each kind.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    any: [u32; KINDS],
    last: [u32; KINDS],
}

impl Count {
    fn add(&mut self, kinds: u8, last: bool) {
        for kind in (0..KINDS).filter(|kind| kinds >> kind & 1 == 1) {
            self.any[kind] += 1;
            self.last[kind] += u32::from(last);
        }
    }

    /// Steps of three scales in one number: how often it is listed at all, what
    /// share of its rate is knowledge rather than skill, and what
    /// share of its knowledge phrases it ends.
    fn habit(&self, totals: [u32; KINDS]) -> u8 {
        let [knowledge, skill, _, mined, _] =
            std::array::from_fn(|kind| f64::from(self.any[kind]) / f64::from(totals[kind].max(1)));
        let size = match self.any.iter().sum::<u32>() {
            0..=1 => 0,
            2..=5 => 1,
            6..=30 => 2,
            _ => 3,
        };
        let (for_it, against) = (knowledge + mined + 1e-9, skill + 2e-9);
        let share = (for_it / (for_it + against) * 5.99) as u8;
        let listed = self.any[0] + self.any[3];
        let ends = match listed {
            0 => 0,
            _ => 1 + (f64::from(self.last[0] + self.last[3]) / f64::from(listed) * 2.99) as u8,
        };
        1 + size + 4 * share + 24 * ends
    }
}
