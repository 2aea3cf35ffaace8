//! The corpus of postings.

mod close;
mod detail;
mod ingest;
mod list;
mod lookup;
mod row;
mod write;

pub use detail::{DetailEnd, Detailed, KeptDetail, WantedDetail};
pub use ingest::{Ingested, JobPage, SeenJob};
pub use list::{JobFilter, JobList, PageKey};
pub use lookup::{JobCounts, JobVersion, RankPosition, StoredJob};
pub use row::JobRow;

pub(crate) use list::{ListCounts, countable};
pub(crate) use row::{JOB_COLUMNS, JobNumber, ROW_COLUMNS, ROW_TABLES, job, job_row, sightings};
