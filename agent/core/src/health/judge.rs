//! Where a run lies outside what is usual, with the figures.

use std::fmt;

use super::{Baseline, Field, Reading};

/// What speaks against a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Alarm {
    /// Fewer postings than the band allows.
    Fewer {
        /// Found now.
        found: u32,
        /// The fewest that are no surprise.
        low: u32,
        /// What is usual.
        usual: u32,
    },
    /// More postings than the band allows.
    More {
        /// Found now.
        found: u32,
        /// The most that are no surprise.
        high: u32,
        /// What is usual.
        usual: u32,
    },
    /// A field that postings used to state is gone, or nearly.
    Vanished {
        /// The field.
        field: Field,
        /// Postings that state it now.
        found: u32,
        /// Of so many.
        of: u32,
        /// Share that is usual.
        usual: f64,
    },
    /// More postings than usual could not be read.
    Dropped {
        /// How many could not.
        dropped: u32,
        /// Of so many.
        of: u32,
        /// Share that is usual, where a baseline says.
        usual: Option<f64>,
    },
    /// Most of the postings' own pages could not be read.
    Details {
        /// How many could not.
        failed: u32,
        /// Of so many.
        of: u32,
    },
}

/// A field is missed only when at least so many postings should have stated it:
/// by chance none of five does once in 150 runs.
const EXPECTED: f64 = 5.0;

/// A field is nearly gone below this part of its usual share.
const REMNANT: f64 = 0.2;

/// Fewer unreadable postings than this are single odd ones.
const DROPPED: u32 = 5;

/// Without a baseline: share of unreadable postings that is never right.
const DROPPED_EVER: f64 = 0.5;

/// With one: this much above the usual share, or three times it.
const DROPPED_MORE: f64 = 0.1;
const DROPPED_TIMES: f64 = 3.0;

/// What speaks against `reading`; nothing when it is as usual. Without a
/// baseline, only what is never right does.
pub fn judge(baseline: Option<&Baseline>, reading: &Reading) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    if let Some(baseline) = baseline {
        alarms.extend(count(baseline, reading));
        let gone = Field::ALL.into_iter();
        alarms.extend(gone.filter_map(|field| vanished(field, baseline, reading)));
    }
    alarms.extend(dropped(baseline, reading));
    alarms.extend(details(reading));
    alarms
}

/// Whether a second run found what the first, which was an alarm, found: the
/// board has changed then, and not the reading of it.
pub fn confirms(first: &Reading, second: &Reading) -> bool {
    let as_usual = Baseline::of(std::slice::from_ref(first));
    let listed = Reading {
        details: 0,
        details_failed: 0,
        ..second.clone()
    };
    as_usual.is_some() && judge(as_usual.as_ref(), &listed).is_empty()
}

fn count(baseline: &Baseline, reading: &Reading) -> Option<Alarm> {
    let (found, band) = (reading.postings, baseline.postings);
    if found < band.low {
        return Some(Alarm::Fewer {
            found,
            low: band.low,
            usual: band.usual,
        });
    }
    (found > band.high).then_some(Alarm::More {
        found,
        high: band.high,
        usual: band.usual,
    })
}

fn vanished(field: Field, baseline: &Baseline, reading: &Reading) -> Option<Alarm> {
    let usual = baseline.share(field);
    let expected = usual * f64::from(reading.postings);
    let found = reading.stating(field);
    (expected >= EXPECTED && f64::from(found) < REMNANT * expected).then_some(Alarm::Vanished {
        field,
        found,
        of: reading.postings,
        usual,
    })
}

fn dropped(baseline: Option<&Baseline>, reading: &Reading) -> Option<Alarm> {
    let usual = baseline.map(|baseline| baseline.dropped);
    let limit = usual.map_or(DROPPED_EVER, |usual| {
        (usual + DROPPED_MORE).max(usual * DROPPED_TIMES)
    });
    (reading.dropped >= DROPPED && reading.dropped_share() > limit).then_some(Alarm::Dropped {
        dropped: reading.dropped,
        of: reading.postings.saturating_add(reading.dropped),
        usual,
    })
}

fn details(reading: &Reading) -> Option<Alarm> {
    let (failed, of) = (
        reading.details_failed,
        reading.details.saturating_add(reading.details_failed),
    );
    (failed >= DROPPED && f64::from(failed) > DROPPED_EVER * f64::from(of))
        .then_some(Alarm::Details { failed, of })
}

impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fewer { found, low, usual } => {
                write!(
                    f,
                    "{found} where there were {usual}, at least {low} are usual"
                )
            }
            Self::More { found, high, usual } => {
                write!(
                    f,
                    "{found} where there were {usual}, at most {high} are usual"
                )
            }
            Self::Vanished {
                field,
                found,
                of,
                usual,
            } => write!(
                f,
                "{found} of {of} postings state the {}, usual are {}",
                field.words(),
                percent(*usual)
            ),
            Self::Dropped { dropped, of, usual } => {
                write!(f, "{dropped} of {of} postings could not be read")?;
                usual.map_or(Ok(()), |usual| write!(f, ", usual are {}", percent(usual)))
            }
            Self::Details { failed, of } => {
                write!(
                    f,
                    "the own pages of {failed} of {of} postings could not be read"
                )
            }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
