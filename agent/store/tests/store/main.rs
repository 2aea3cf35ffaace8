//! The store against real files, a module per topic.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy knows test functions, not the functions they share"
)]

mod answers;
mod applications;
mod applying;
mod closing;
mod clusters;
mod concurrency;
mod cvs;
mod damage;
mod documents;
mod feedback;
mod ingest;
mod intents;
mod ledgers;
mod letters;
mod listing;
mod manners;
mod matching;
mod migrations;
mod narrowing;
mod person;
mod races;
mod ranking;
mod runs;
mod schema;
mod search;
mod source_health;
mod stages;
mod submissions;
mod support;
mod tampering;
mod upper;
mod volume;
