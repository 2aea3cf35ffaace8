//! What the person said of jobs, and what it does to their order.

mod apply;
mod marks;
mod near;
mod rules;
mod traits;

pub use apply::Applied;
pub use marks::{FeedbackEntry, JobMark, Mark, Said};
pub use near::NearMarked;
pub use rules::{RuleId, RulePreview, StoredRule};

/// The condition that the job of the table called `name` is hidden: by an
/// accepted rule, or by the person, who hides an opening with all its postings.
pub(crate) fn hidden(name: &str) -> String {
    format!(
        "(EXISTS (SELECT 1 FROM rule_hides hr WHERE hr.job = {name}.number) OR {})",
        hidden_by_person(name)
    )
}

/// The condition that the person hid the job of the table called `name`, or
/// another posting of its opening.
fn hidden_by_person(name: &str) -> String {
    format!(
        "(EXISTS (SELECT 1 FROM job_marks hm WHERE hm.job = {name}.number AND hm.mark = 'hide')
          OR EXISTS (SELECT 1 FROM cluster_members hme
                     JOIN cluster_members hmate ON hmate.cluster = hme.cluster
                     JOIN job_marks hmm ON hmm.job = hmate.job AND hmm.mark = 'hide'
                     WHERE hme.job = {name}.number))"
    )
}

/// The hidden jobs, as a query of their numbers.
pub(crate) const HIDDEN_JOBS: &str = "SELECT job FROM rule_hides
    UNION SELECT job FROM job_marks WHERE mark = 'hide'
    UNION SELECT hme.job FROM job_marks hmm
        JOIN cluster_members hmate ON hmate.job = hmm.job
        JOIN cluster_members hme ON hme.cluster = hmate.cluster
        WHERE hmm.mark = 'hide'";
