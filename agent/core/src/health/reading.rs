//! What one run found on a board.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Field;
use crate::job::Posting;

/// Counts of one run over one board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Postings that could be read.
    pub postings: u32,
    /// Postings that could not.
    pub dropped: u32,
    /// Of those read, how many state each field; a field nobody states is absent.
    pub stated: BTreeMap<Field, u32>,
    /// Postings whose own page was asked for and read.
    pub details: u32,
    /// Postings whose own page could not be read.
    pub details_failed: u32,
}

impl Reading {
    /// Counts a posting that could be read.
    pub fn take(&mut self, posting: &Posting) {
        self.postings = self.postings.saturating_add(1);
        for field in Field::ALL {
            if field.is_stated(posting) {
                let count = self.stated.entry(field).or_default();
                *count = count.saturating_add(1);
            }
        }
    }

    /// Adds the counts of another part of the same run.
    pub fn add(&mut self, part: &Self) {
        self.postings = self.postings.saturating_add(part.postings);
        self.dropped = self.dropped.saturating_add(part.dropped);
        self.details = self.details.saturating_add(part.details);
        self.details_failed = self.details_failed.saturating_add(part.details_failed);
        for (field, more) in &part.stated {
            let count = self.stated.entry(*field).or_default();
            *count = count.saturating_add(*more);
        }
    }

    /// How many of the postings state `field`.
    pub fn stating(&self, field: Field) -> u32 {
        self.stated.get(&field).copied().unwrap_or_default()
    }

    /// Share of the postings that state `field`; 0 of an empty board.
    pub fn share(&self, field: Field) -> f64 {
        share(self.stating(field), self.postings)
    }

    /// Share of what was listed that could not be read.
    pub fn dropped_share(&self) -> f64 {
        share(self.dropped, self.postings.saturating_add(self.dropped))
    }
}

fn share(part: u32, of: u32) -> f64 {
    if of == 0 {
        0.0
    } else {
        f64::from(part) / f64::from(of)
    }
}
