//! A plain client of the practice employer, for `cargo xtask demo` and `bench`.
//!
//! `round DIR N` turns the boards to a round. `corpus` prints what the boards
//! hold, with each posting's profession. `fetch DIR` asks for the same bytes as
//! a sync, by the same TLS client, parses them and counts their words: the
//! baseline a sync and a ranking are measured beside. `idle` only waits: the
//! memory of a process that does nothing.

// Its standard output is its interface.
#![allow(clippy::print_stdout)]

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use practice::{CONTROL_HOST, Portal, Ready};
use reqwest::{Certificate, Client};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["round", dir, number] => block_on(round(Path::new(dir), number)),
        ["corpus"] => {
            println!("{}", serde_json::to_string(&practice::summaries()?)?);
            Ok(())
        }
        ["fetch", dir] => block_on(fetch(Path::new(dir))),
        ["idle"] => {
            println!("idle");
            std::io::stdin().read_to_end(&mut Vec::new())?;
            Ok(())
        }
        _ => Err("usage: practice_client round DIR N | corpus | fetch DIR | idle".into()),
    }
}

fn block_on(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

async fn round(dir: &Path, number: &str) -> Outcome {
    let url = format!("https://{CONTROL_HOST}/round/{number}");
    client(&ready(dir)?, &[CONTROL_HOST])?
        .post(url)
        .send()
        .await?
        .error_for_status()?;
    Ok(())
}

async fn fetch(dir: &Path) -> Outcome {
    let ready = ready(dir)?;
    let client = client(&ready, &["boards-api.greenhouse.io", "api.lever.co"])?;
    let start = Instant::now();
    let mut answers = Vec::new();
    let mut bytes = 0;
    for board in &ready.boards {
        let key = board
            .url
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let url = match board.portal {
            Portal::Greenhouse => {
                format!("https://boards-api.greenhouse.io/v1/boards/{key}/jobs?content=true")
            }
            Portal::Lever => format!("https://api.lever.co/v0/postings/{key}?mode=json"),
        };
        let body = client
            .get(url)
            .send()
            .await?
            .error_for_status()?
            .bytes()
            .await?;
        bytes += body.len();
        answers.push(serde_json::from_slice::<serde_json::Value>(&body)?);
    }
    let fetched = start.elapsed();
    let start = Instant::now();
    let mut words = HashMap::new();
    for answer in &answers {
        count(answer, &mut words);
    }
    let counted = start.elapsed();
    let postings: usize = answers.iter().filter_map(postings).map(Vec::len).sum();
    let report = serde_json::json!({
        "bytes": bytes,
        "postings": postings,
        "fetch_seconds": fetched.as_secs_f64(),
        "words": words.len(),
        "words_seconds": counted.as_secs_f64(),
    });
    println!("{report}");
    Ok(())
}

fn postings(answer: &serde_json::Value) -> Option<&Vec<serde_json::Value>> {
    answer.as_array().or_else(|| answer["jobs"].as_array())
}

/// Counts each word of every text, as the plainest thing one can do with them.
fn count(value: &serde_json::Value, words: &mut HashMap<String, usize>) {
    match value {
        serde_json::Value::String(text) => {
            for word in text
                .split(|char: char| !char.is_alphanumeric())
                .filter(|word| !word.is_empty())
            {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| count(item, words)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| count(field, words)),
        _ => {}
    }
}

fn ready(dir: &Path) -> Result<Ready, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(dir.join("ready.json"))?)?)
}

/// A client that trusts the practice authority alone and knows only `hosts`.
fn client(ready: &Ready, hosts: &[&str]) -> Result<Client, Box<dyn Error>> {
    // Fails only where a provider is there already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = fs::read(
        ready
            .ca
            .as_ref()
            .ok_or("the practice employer was given no directory")?,
    )?;
    let mut client = Client::builder()
        .no_proxy()
        .tls_certs_only(Certificate::from_pem_bundle(&ca)?);
    for host in hosts {
        client = client.resolve(host, ready.address);
    }
    Ok(client.build()?)
}
