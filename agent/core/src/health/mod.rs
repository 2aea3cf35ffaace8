//! Whether a board still reads as it used to: what one run found, what its last
//! runs lead one to expect, and how far the two are apart.
//!
//! Portals change without a word, and a reader of pages then finds nothing, or
//! everything but one fact. That is no error of any step; only the comparison
//! with earlier runs shows it. Nothing here decides what to do about it.
#![deny(clippy::indexing_slicing)]

mod baseline;
mod field;
mod judge;
mod reading;

pub use baseline::{Band, Baseline, MAX_READINGS};
pub use field::Field;
pub use judge::{Alarm, confirms, judge};
pub use reading::Reading;

#[cfg(test)]
mod tests;
