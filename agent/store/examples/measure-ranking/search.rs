//! Hybrid search, beside what a scan of the same vectors takes.

use std::{path::Path, time::Instant};

use agent_store::{JobFilter, QueryVector, SearchQuery, Store};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    Outcome,
    made_up::{DIMS, Dice, space},
    peak_memory,
};

/// How often the vectors are scanned.
const SCANS: usize = 9;

const QUERIES: [&str; 10] = [
    "backend engineer rust",
    "nurse night",
    "kubernetes",
    "data scientist berlin",
    "accountant excel",
    "remote frontend react",
    "electrician",
    "visa sponsorship",
    "product manager scrum",
    "terraform engineer harbour",
];

pub(crate) async fn measure(file: &Path, queries: usize) -> Outcome<Value> {
    let store = Store::open(file)?;
    let mut dice = Dice::new(3);
    let (mut seconds, mut hits) = (Vec::new(), 0);
    for n in 0..queries {
        let query = SearchQuery {
            text: QUERIES
                .get(n % QUERIES.len())
                .copied()
                .unwrap_or("")
                .to_owned(),
            vector: Some(QueryVector::new(space(), dice.vector(n % 50))),
            limit: 20,
            include_closed: false,
            include_hidden: false,
            narrow: None,
        };
        let start = Instant::now();
        hits += store.read(move |reader| reader.search(&query)).await?.len();
        seconds.push(start.elapsed().as_secs_f64());
    }
    let filter = JobFilter {
        limit: 1,
        ..JobFilter::default()
    };
    let jobs = store.read(move |reader| reader.list_jobs(&filter)).await?;
    store.close().await;
    let scans = scans(file)?;
    Ok(json!({
        "jobs": jobs.total + jobs.folded,
        "hits": hits,
        "search_seconds": seconds,
        "vec0_seconds": scans.vec0,
        "loop_seconds": scans.plain,
        "vectors": scans.vectors,
        "peak": peak_memory(),
    }))
}

/// Seconds of each scan of all vectors of the jobs' texts.
struct Scans {
    vectors: usize,
    /// By sqlite-vec, in the database.
    vec0: Vec<f64>,
    /// By a loop over numbers in memory.
    plain: Vec<f64>,
}

fn scans(file: &Path) -> Outcome<Scans> {
    // The store registered sqlite-vec with SQLite for the whole process.
    let connection = Connection::open(file)?;
    let stem: String =
        connection.query_row("SELECT stem FROM vector_spaces LIMIT 1", [], |row| {
            row.get(0)
        })?;
    let mut dice = Dice::new(11);
    let mut vec0 = Vec::new();
    let mut scan = connection.prepare(&format!(
        "SELECT rowid, distance FROM {stem}_jobs WHERE embedding MATCH ?1 AND k = 100"
    ))?;
    for topic in 0..SCANS {
        let bytes: Vec<u8> = dice
            .vector(topic)
            .iter()
            .flat_map(|part| part.to_le_bytes())
            .collect();
        let start = Instant::now();
        let found = scan.query_map([bytes], |row| row.get::<_, i64>(0))?.count();
        vec0.push(start.elapsed().as_secs_f64());
        if found != 100 {
            return Err("the scan found too few".into());
        }
    }
    let mut all: Vec<f32> = Vec::new();
    let mut read = connection.prepare(&format!("SELECT embedding FROM {stem}_jobs"))?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(0)?;
        let (parts, _) = bytes.as_chunks::<4>();
        all.extend(parts.iter().map(|part| f32::from_le_bytes(*part)));
    }
    let mut plain = Vec::new();
    for topic in 0..SCANS {
        let query = dice.vector(topic);
        let start = Instant::now();
        let best = all
            .chunks_exact(DIMS)
            .map(|vector| vector.iter().zip(&query).map(|(a, b)| a * b).sum::<f32>())
            .fold(f32::MIN, f32::max);
        plain.push(start.elapsed().as_secs_f64());
        if best <= 0.0 {
            return Err("nothing is near".into());
        }
    }
    Ok(Scans {
        vectors: all.len() / DIMS,
        vec0,
        plain,
    })
}
