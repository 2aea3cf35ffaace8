//! The store against real files, a module per topic.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy knows test functions, not the functions they share"
)]

mod closing;
mod concurrency;
mod damage;
mod ingest;
mod ledgers;
mod listing;
mod matching;
mod migrations;
mod person;
mod runs;
mod schema;
mod search;
mod support;
mod volume;
