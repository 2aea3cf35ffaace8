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
mod goals;
mod ingest;
mod intents;
mod ledgers;
mod letters;
mod listing;
mod manners;
mod matching;
mod migrations;
mod model_calls;
mod narrowing;
mod notices;
mod person;
mod races;
mod ranking;
mod reports;
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
