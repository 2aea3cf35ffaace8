//! What a plugin can do to us: every test runs real components in real worker
//! processes, made by `cargo xtask plugins`, or written by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

mod bomb;
mod honest;
mod hostile;
mod recorded;
mod refused;
mod support;
mod worker;
