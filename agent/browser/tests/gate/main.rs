//! The gate in both layers: TLS clients through its proxy, and a real Chromium
//! behind it, against a TLS server on loopback whose log is the oracle.
//!
//! `AGENT_LONG=1` repeats the browser cases and prints their counts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that cannot be set up must fail loudly"
)]

mod browser;
mod client;
mod order;
mod outlet;
mod p1_releases;
mod p2_healthy;
mod p2_resends;
mod p4_fill;
mod proxy;
mod site;
