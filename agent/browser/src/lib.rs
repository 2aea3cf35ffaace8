//! Reading, filling and releasing a form in a real browser, behind the gate.
//!
//! A [`Session`] goes one way: it loads the form, fills it with the gate shut,
//! and, given a [`Permit`], lets out exactly the signed requests, once. What
//! leaves passes two layers ([`gate`]): interception inside the browser, and a
//! loopback proxy below it that counts application bytes.
#![deny(missing_docs)]

mod chromium;
pub mod devtools;
mod form;
pub mod gate;
mod session;

pub use chromium::{Chromium, ChromiumOptions, Mode, Waits, end_leftovers};
pub use session::{Browser, BrowserError, Evidence, Filled, Outcome, Page, Permit, Session, Visit};
