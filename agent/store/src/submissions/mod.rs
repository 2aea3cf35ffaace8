//! What a person approves, that they did, that it was tried, what came back.

mod approvals;
mod intents;
mod manifests;
mod receipts;

pub use approvals::{ApprovalId, ApprovalState, NewApproval, StoredApproval};
pub use intents::{Intent, IntentEnd, IntentOutcome, NewIntent};
pub use manifests::{NewManifest, StoredManifest};
pub use receipts::{NewReceipt, Receipt, SubmissionProof};
