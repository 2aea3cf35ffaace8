//! Which stages count as what, in the one place where lists of them stand.
//!
//! The state machine is agent-core's; a test holds each list against every
//! stage and event it has.

/// All stages, in the order in which an application goes through them.
pub const ALL: &[&str] = &[
    "proposed",
    "drafting",
    "needs-input",
    "needs-person",
    "awaiting-approval",
    "approved",
    "submitting",
    "refused-by-portal",
    "not-submitted",
    "outcome-unknown",
    "submitted",
    "in-review",
    "interview",
    "offer",
    "accepted",
    "declined",
    "rejected",
    "withdrawn",
    "closed",
    "discarded",
];

/// Those in which the person must do something: the inbox.
pub const WAITING: &[&str] = &[
    "needs-input",
    "needs-person",
    "awaiting-approval",
    "refused-by-portal",
    "outcome-unknown",
];

/// Those of them that close by themselves when the person does nothing.
pub const LAPSING: &[&str] = &["needs-input", "needs-person", "awaiting-approval"];

/// Those of a live application of which surely nothing has arrived.
pub const UNSENT: &[&str] = &[
    "proposed",
    "drafting",
    "needs-input",
    "needs-person",
    "awaiting-approval",
    "approved",
    "refused-by-portal",
    "not-submitted",
];

/// Those that leave the opening to another application.
pub const FREE: &[&str] = &["closed", "discarded"];

/// That a row's stage is not in [`FREE`], as the partial index of the schema says it.
pub(super) const TAKES_OPENING: &str = "stage NOT IN ('closed', 'discarded')";

/// The stage with this name.
pub fn named(name: &str) -> Option<&'static str> {
    ALL.iter().copied().find(|known| *known == name)
}
