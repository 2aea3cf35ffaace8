//! The database of the job-search agent: one SQLite file, the only place that
//! speaks SQL.
//!
//! [`Store`] is the handle. Writes go to one thread that owns the writing
//! connection, one transaction per closure; reads run on a few read-only
//! connections beside it. What can be asked stands on [`Reader`], what can be
//! changed on [`WriteTx`], a file per topic. The store has no clock: callers
//! pass every time in.
#![deny(missing_docs)]

mod answers;
mod applications;
mod clusters;
mod connection;
mod documents;
mod egress;
mod enrich;
mod error;
mod events;
mod health;
mod jobs;
mod learned;
mod manners;
mod matches;
mod migrate;
mod person;
mod plugins;
mod prefix;
mod questions;
mod reader;
mod refusal;
mod runs;
mod search;
mod settings;
mod source_health;
mod sources;
mod store;
mod submissions;
mod value;
mod vec_extension;
mod vectors;

pub use answers::{Answer, AnswerId, NewAnswer};
pub use applications::{
    Application, ApplicationFilter, ApplicationKey, ApplicationList, Created, NewApplication,
    QUEUE_LIFE, Step, stages,
};
pub use clusters::{AlsoAt, ClusterMate, Clustered, NewPrint, ToCluster};
pub use documents::{Document, DocumentKind, NewDocument};
pub use egress::{EgressEntry, EgressTotal, NewEgress};
pub use enrich::{Enrichment, ToEnrich};
pub use error::StoreError;
pub use events::{Event, EventId, NewEvent, kind};
pub use jobs::{
    DetailEnd, Detailed, Ingested, JobCounts, JobFilter, JobList, JobPage, JobRow, JobVersion,
    KeptDetail, PageKey, RankPosition, SeenJob, Standing, StoredJob, WantedDetail,
};
pub use learned::{DirectoryCheck, LearnedBoard, Proposal, UnreadLinks};
pub use matches::{Basis, Match, RankKey, RankedJob, ToRank};
pub use person::{StoredPreferences, StoredProfile};
pub use plugins::PluginRow;
pub use prefix::Found;
pub use questions::{GivenAnswer, PendingQuestion, QuestionAnswer};
pub use reader::{Reader, WriteTx};
pub use refusal::Refusal;
pub use runs::{NewRun, Progress, Run, RunId, RunSource, SourceEnd, StepState};
pub use search::{MatchedBy, QueryVector, SearchHit, SearchQuery};
pub use settings::Schedule;
pub use source_health::{ReadingState, SourceReading};
pub use sources::{NewSource, SourceRow};
pub use store::{Store, StoreOptions};
pub use submissions::{
    ApprovalId, ApprovalState, Intent, IntentEnd, IntentOutcome, NewApproval, NewIntent,
    NewManifest, NewReceipt, Receipt, StoredApproval, StoredManifest, SubmissionProof,
};
pub use vectors::VectorSpace;
