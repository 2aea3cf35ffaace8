//! What a plugin can do to us: every test runs real components in real worker
//! processes, made by `cargo xtask plugins`, or written by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

mod brokered;
mod conformance;
mod forms;
mod honest;
mod recorded;
mod refused;
// Both test programs need the same server; each uses a part of it.
#[allow(dead_code)]
#[path = "../broker_over_tls/site.rs"]
mod site;
// So do both with these.
#[allow(dead_code)]
#[path = "../support/mod.rs"]
mod support;
mod worker;
