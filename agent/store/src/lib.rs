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
mod cvs;
mod documents;
mod egress;
mod enrich;
mod error;
mod events;
mod feedback;
mod goals;
mod health;
mod job_analyses;
mod jobs;
mod learned;
mod learning;
mod letters;
mod manners;
mod matches;
mod migrate;
mod model_calls;
mod narrow;
mod notices;
mod person;
mod plugins;
mod prefix;
mod questions;
mod reader;
mod refusal;
mod reports;
mod rereadings;
mod runs;
mod search;
mod searches;
mod settings;
mod similar;
mod source_health;
mod sources;
mod store;
mod submissions;
mod upper;
mod value;
mod vec_extension;
mod vectors;

pub use answers::{Answer, AnswerId, NewAnswer};
pub use applications::{
    Application, ApplicationFilter, ApplicationKey, ApplicationList, Created, NewApplication,
    QUEUE_LIFE, Step, stages,
};
pub use clusters::{AlsoAt, ClusterMate, Clustered, KnownPrints, NewPrint, ToCluster};
pub use cvs::{ApplicationCv, FilledCv, NewVariant, Variant};
pub use documents::{Document, DocumentKind, NewDocument};
pub use egress::{EgressEntry, EgressTotal, NewEgress};
pub use enrich::{Enrichment, ToEnrich};
pub use error::StoreError;
pub use events::{Event, EventId, NewEvent, kind};
pub use feedback::{
    Applied, FeedbackEntry, JobMark, Mark, NearMarked, RuleId, RulePreview, Said, StoredRule,
};
pub use goals::{DraftTry, Goal, GoalState, GoalStep, GoalStepState, NewGoal, StepEnd};
pub use job_analyses::JobAnalysis;
pub use jobs::{
    DetailEnd, Detailed, Ingested, JobCounts, JobFilter, JobList, JobPage, JobRow, JobVersion,
    KeptDetail, PageKey, RankPosition, SeenJob, StoredJob, WantedDetail,
};
pub use learned::{DirectoryCheck, LearnedBoard, Proposal, UnreadLinks};
pub use learning::{Learning, LearningState};
pub use letters::{Letter, NewLetter};
pub use matches::{Basis, Briefed, Judged, JudgedAnew, Match, Queued, RankKey, Unexplained};
pub use model_calls::{
    About, AnswerKey, CallOutcome, ModelCall, ModelTier, NewModelCall, UsageRow,
};
pub use narrow::Narrow;
pub use notices::{NewNotice, Notice, Sending, SendingEnd, SendingState};
pub use person::{StoredPreferences, StoredProfile};
pub use plugins::PluginRow;
pub use prefix::Found;
pub use questions::{GivenAnswer, PendingQuestion, QuestionAnswer};
pub use reader::{Reader, WriteTx};
pub use refusal::Refusal;
pub use reports::{NewReport, ReportFacts, ReportId, ReportJob, ReportScope, StoredReport};
pub use runs::{NewRun, Progress, Run, RunId, RunSource, SourceEnd, StepState};
pub use search::{MatchedBy, QueryVector, SearchHit, SearchQuery};
pub use searches::{NewSearch, SavedSearch, SearchOptions};
pub use settings::Schedule;
pub use similar::SimilarJob;
pub use source_health::{ReadingState, SourceReading};
pub use sources::{NewSource, SourceRow};
pub use store::{Store, StoreOptions};
pub use submissions::{
    ApprovalId, ApprovalState, Intent, IntentEnd, IntentOutcome, NewApproval, NewIntent,
    NewManifest, NewReceipt, Receipt, StoredApproval, StoredManifest, SubmissionProof,
};
pub use upper::{Embedded, Filled, Role, Sample, ToEmbed, UpperSpace};
pub use vectors::VectorSpace;
