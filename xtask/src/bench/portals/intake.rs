//! The daemon's own way of taking postings in, over very many of them.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::Value;

use crate::bench::table::{Row, Target};
use crate::bench::{Followed, Plain, memory};

/// Postings between two readings.
const STEP: u64 = 10_000;
/// How many of the last readings must be alike for memory to be flat.
const LAST: usize = 5;

/// What was read off after each so many postings of a stage.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reading {
    stage: &'static str,
    postings: u64,
    /// Since the sync began.
    seconds: f64,
    #[serde(flatten)]
    used: Used,
}

/// What the daemon uses and has used.
#[derive(Debug, Clone, Copy, Serialize)]
struct Used {
    /// Memory, in bytes.
    resident: u64,
    /// Processor time since the sync began, in seconds.
    processor: u64,
}

/// A sync up to its ranking.
#[derive(Debug, Default)]
pub(super) struct Intake {
    pub(super) readings: Vec<Reading>,
    postings: u64,
    /// When the last board was read, and when all were compared and enriched.
    read: f64,
    enriched: f64,
    /// Processor time the daemon took for all of it.
    processor: u64,
}

/// Reads all boards of the practice home, and what it costs meanwhile.
pub(super) fn measured(home: &Followed) -> Result<Intake> {
    let pid = home.agent.pid()?;
    let start = Instant::now();
    let mut intake = Intake::default();
    let mut failed = None;
    let before = memory::processor(pid)?;
    let used = || -> Result<Used> {
        Ok(Used {
            resident: memory::resident(pid)?,
            processor: memory::processor(pid)?.saturating_sub(before),
        })
    };
    home.agent.follow(&["sync"], |step| {
        let seconds = start.elapsed().as_secs_f64();
        if let Err(error) = intake.take(&step, seconds, used) {
            failed.get_or_insert(error);
        }
    })?;
    failed.map_or(Ok(()), Err)?;
    ensure!(intake.enriched > 0.0, "the sync ended without a ranking");
    Ok(intake)
}

impl Intake {
    fn take(
        &mut self,
        step: &Value,
        seconds: f64,
        used: impl FnOnce() -> Result<Used>,
    ) -> Result<()> {
        let (stage, before, now) = match step["stage"].as_str() {
            Some("discover") => {
                self.read = seconds;
                let before = self.postings;
                self.postings += step["report"]["fetched"].as_u64().unwrap_or(0);
                ("read and kept", before, self.postings)
            }
            Some("enrich") => {
                let done = step["done"].as_u64().context("a step without a count")?;
                let last = self.readings.last();
                let before = last.filter(|last| last.stage == "enriched");
                ("enriched", before.map_or(0, |last| last.postings), done)
            }
            Some("rank" | "done") => {
                if self.enriched == 0.0 {
                    self.enriched = seconds;
                    self.processor = used()?.processor;
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        if before / STEP < now / STEP {
            self.readings.push(Reading {
                stage,
                postings: now,
                seconds,
                used: used()?,
            });
        }
        Ok(())
    }

    /// The readings as lines of text.
    pub(super) fn in_words(&self) -> String {
        let mut before = 0.0;
        let mut of = "";
        let mut lines = Vec::new();
        let mut postings = 0;
        for reading in &self.readings {
            if reading.stage != of {
                (before, postings) = if of.is_empty() {
                    (0.0, 0)
                } else {
                    (self.read, 0)
                };
                of = reading.stage;
            }
            let rate = (reading.postings - postings) as f64 / (reading.seconds - before);
            lines.push(format!(
                "{:>7} {:<13}  {:7.1} s  {rate:7.0}/s  {:5} MiB",
                reading.postings,
                reading.stage,
                reading.seconds,
                reading.used.resident >> 20
            ));
            (before, postings) = (reading.seconds, reading.postings);
        }
        lines.join("\n")
    }

    /// The figures, each with what it is held to.
    pub(super) fn rows(&self, plain: &Plain) -> Result<Vec<Row>> {
        let postings = self.postings as f64;
        let each = |seconds: f64| postings / seconds;
        let (most, least) = self
            .last_resident()
            .context("too few postings to compare")?;
        let of_it = [
            ("  read, parsed, kept and indexed", self.read),
            ("  compared, skills and vectors", self.enriched - self.read),
        ];
        let beside = "plain fetch and JSON parse of the same bytes";
        let baseline = plain.postings as f64 / plain.fetch_seconds;
        let rate = |what: String, seconds| Row::rate(what, each(seconds), beside, baseline);
        let all = format!("intake of {} postings, to the last vector", self.postings);
        let mut rows = vec![rate(all, self.enriched).held_to(Target::AtLeast(1_500.0))];
        rows.extend(of_it.map(|(what, seconds)| rate(what.to_owned(), seconds)));
        rows.push(Row::seconds(
            "  processor time of the daemon for it".to_owned(),
            self.processor as f64,
            "the time that passed, on all processors",
            self.enriched,
        ));
        rows.push(
            Row::bytes(
                "how far the daemon's last memory readings of a stage lie apart",
                most - least,
                "the least of them",
                least,
            )
            .held_to(Target::AtMostOrShare(16.0, 0.1)),
        );
        Ok(rows)
    }

    /// Most and least of the last readings, of the stage where they lie farther apart.
    fn last_resident(&self) -> Option<(u64, u64)> {
        let of = |stage: &str| {
            let readings = self
                .readings
                .iter()
                .filter(|reading| reading.stage == stage);
            let last: Vec<u64> = readings.rev().take(LAST).map(|r| r.used.resident).collect();
            Some((*last.iter().max()?, *last.iter().min()?))
        };
        let both = ["read and kept", "enriched"].into_iter().filter_map(of);
        both.max_by_key(|(most, least)| most - least)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reading_is_taken_every_ten_thousand_postings_of_a_stage() {
        let mut intake = Intake::default();
        let mut now = 0;
        let mut step = |step: Value| {
            now += 1;
            let used = Used {
                resident: now << 20,
                processor: now,
            };
            let taken = intake.take(&step, now as f64, || Ok(used));
            taken.unwrap_or_default();
        };
        for _ in 0..30 {
            step(json!({ "stage": "discover", "report": { "fetched": 700 } }));
        }
        for done in 1..30 {
            step(json!({ "stage": "enrich", "done": done * 700 }));
        }
        step(json!({ "stage": "rank" }));
        let readings = intake.readings.iter();
        let found: Vec<_> = readings
            .map(|reading| (reading.stage, reading.postings, reading.used.resident >> 20))
            .collect();
        assert_eq!(
            found,
            [
                ("read and kept", 10_500, 15),
                ("read and kept", 20_300, 29),
                ("enriched", 10_500, 45),
                ("enriched", 20_300, 59),
            ]
        );
        assert_eq!((intake.read, intake.enriched), (30.0, 60.0));
        assert_eq!(intake.last_resident(), Some((59 << 20, 45 << 20)));
        assert!(
            intake.in_words().contains("  700/s"),
            "{}",
            intake.in_words()
        );
    }
}
