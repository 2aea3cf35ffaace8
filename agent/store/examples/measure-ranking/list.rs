//! Pages of the list, from the first one on and from anywhere.

use std::{path::Path, time::Instant};

use agent_store::{JobFilter, PageKey, Store};
use serde_json::{Value, json};

use crate::{Outcome, made_up::Dice, peak_memory};

pub(crate) async fn measure(file: &Path, pages: usize) -> Outcome<Value> {
    let store = Store::open(file)?;
    let mut dice = Dice::new(21);
    let (mut first, mut later) = (Vec::new(), Vec::new());
    let mut listed = 0;
    for n in 0..pages {
        // Every other page is the one a person sees first.
        let after = (n % 2 == 1).then(|| place(&mut dice)).flatten();
        let filter = JobFilter {
            limit: 20,
            after,
            ..JobFilter::default()
        };
        let start = Instant::now();
        let list = store.read(move |reader| reader.list_jobs(&filter)).await?;
        let took = start.elapsed().as_secs_f64();
        if list.rows.is_empty() {
            return Err("an empty page".into());
        }
        listed = list.total;
        if after.is_some() {
            later.push(took);
        } else {
            first.push(took);
        }
    }
    Ok(json!({
        "listed": listed,
        "first_page_seconds": first,
        "later_page_seconds": later,
        "peak": peak_memory(),
    }))
}

/// A place somewhere in the list, as a page token names it.
fn place(dice: &mut Dice) -> Option<PageKey> {
    let loss = dice.number(9_000) as f64 / 100.0;
    let id: String = (0..32)
        .map(|_| char::from_digit(dice.number(16) as u32, 16).unwrap_or('0'))
        .collect();
    format!("{}{:016x}{id}", dice.number(2), loss.to_bits())
        .parse()
        .ok()
}
