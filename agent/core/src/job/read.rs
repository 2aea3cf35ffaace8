//! From a stated posting to a job.

use super::{Job, Posting};
use crate::ids::SourceId;

/// Normalises `posting` of `source`; `company` is the name configured for the
/// source, used when the posting does not state one.
pub fn read(source: SourceId, company: &str, posting: &Posting) -> Job {
    let _ = (source, company, posting);
    unreachable!("written with the normalisers")
}
