//! Events the daemon writes beside those of jobs, which the store writes itself.

use agent_store::NewEvent;
use serde_json::Value;

use crate::clock;

/// A sync began.
pub(crate) const RUN_STARTED: &str = "run.started";
/// A sync went through all its boards and stages.
pub(crate) const RUN_FINISHED: &str = "run.finished";
/// A board could not be read to its end.
pub(crate) const SOURCE_FAILED: &str = "source.failed";
/// A board does not read as it used to; nothing was closed on its word.
pub(crate) const SOURCE_ALARM: &str = "source.alarm";
/// A second run found the same, so that the board is believed.
pub(crate) const SOURCE_CONFIRMED: &str = "source.confirmed";
/// The person said that what a run found is right.
pub(crate) const SOURCE_ACCEPTED: &str = "source.accepted";
/// A board is followed.
pub(crate) const SOURCE_ADDED: &str = "source.added";
/// A board is no longer followed.
pub(crate) const SOURCE_REMOVED: &str = "source.removed";
/// A component was pinned and granted its hosts.
pub(crate) const PLUGIN_INSTALLED: &str = "plugin.installed";
/// A component was taken out; its boards stay listed.
pub(crate) const PLUGIN_REMOVED: &str = "plugin.removed";
/// A file in the plugin directory was looked at.
pub(crate) const PLUGIN_DROPPED: &str = "plugin.dropped";
/// A CV was read.
pub(crate) const PROFILE_IMPORTED: &str = "profile.imported";
/// The person corrected or completed their profile.
pub(crate) const PROFILE_EDITED: &str = "profile.edited";
/// A CV is kept beside the main one.
pub(crate) const CV_KEPT: &str = "profile.cv-kept";
/// A CV beside the main one was removed.
pub(crate) const CV_REMOVED: &str = "profile.cv-removed";
/// Wishes were changed.
pub(crate) const PREFERENCES_SET: &str = "preferences.set";
/// A model read a posting.
pub(crate) const JOB_READ: &str = "job.read";
/// The work on an application could not go on.
pub(crate) const APPLICATION_FAULT: &str = "application.fault";
/// What is known of a submission that ended without a receipt.
pub(crate) const APPLICATION_EVIDENCE: &str = "application.evidence";
/// A model's vectors are made in the background.
pub(crate) const VECTORS_BEGUN: &str = "vectors.begun";
/// A model's vectors serve.
pub(crate) const VECTORS_SERVE: &str = "vectors.serve";
/// A report was made.
pub(crate) const REPORT_MADE: &str = "report.made";
/// The person began to learn a skill.
pub(crate) const LEARNING_STARTED: &str = "learning.started";
/// They say they have it.
pub(crate) const LEARNING_DONE: &str = "learning.done";
/// They gave it up.
pub(crate) const LEARNING_DROPPED: &str = "learning.dropped";
/// A goal was planned and kept.
pub(crate) const GOAL_MADE: &str = "goal.made";
/// A standing goal begins a round.
pub(crate) const GOAL_ROUND: &str = "goal.round";
/// A step of a goal came to an end.
pub(crate) const GOAL_STEP: &str = "goal.step";
/// A goal waits for an answer of the person.
pub(crate) const GOAL_WAITING: &str = "goal.waiting";
/// The person answered.
pub(crate) const GOAL_ANSWERED: &str = "goal.answered";
/// All steps of a goal, or of a round of it, are done.
pub(crate) const GOAL_DONE: &str = "goal.done";
/// A step of a goal was given up, and the goal with it.
pub(crate) const GOAL_DEAD: &str = "goal.dead";
/// The person ended a goal.
pub(crate) const GOAL_CANCELLED: &str = "goal.cancelled";
/// The person had a goal tried again.
pub(crate) const GOAL_RETRIED: &str = "goal.retried";
/// The kill switch was put on.
pub(crate) const PAUSED: &str = "daemon.paused";
/// The kill switch was put off.
pub(crate) const UNPAUSED: &str = "daemon.unpaused";

/// An event of this instant.
pub(crate) fn event(
    kind: &str,
    subject: impl ToString,
    text: impl Into<String>,
    detail: Value,
) -> NewEvent {
    NewEvent {
        at: clock::now(),
        kind: kind.to_owned(),
        subject: subject.to_string(),
        text: agent_core::text::line(&text.into()),
        detail,
    }
}
