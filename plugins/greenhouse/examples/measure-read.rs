//! Reads a board natively, again and again, and prints how long each time took:
//! what `cargo xtask bench portals` holds the sandbox against.
//!
//! `measure-read FILE TOKEN RUNS`

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, token, runs] = args.as_slice() else {
        return Err("say FILE TOKEN RUNS".into());
    };
    let body = std::fs::read(file)?;
    let mut seconds = Vec::new();
    let mut postings = 0;
    for _ in 0..runs.parse::<usize>()? {
        let start = Instant::now();
        let page = greenhouse::read::page(black_box(&body), token, None)
            .map_err(|error| format!("the board cannot be read: {error:?}"))?;
        seconds.push(start.elapsed().as_secs_f64());
        postings = black_box(page).postings.len();
    }
    let said = serde_json::json!({ "postings": postings, "discover": seconds });
    println!("{said}");
    Ok(())
}
