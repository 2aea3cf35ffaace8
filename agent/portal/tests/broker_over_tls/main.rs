//! The broker against a real TLS server on loopback, honest and hostile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod limits;
mod redirects;
mod rules;
mod site;
mod turns;
