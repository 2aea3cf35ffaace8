//! Kept reports, and what is learned.

use agent_api::v1;
use agent_store::{Learning, StoredReport};

use super::time;

pub(in crate::rpc) fn kept_report(kept: StoredReport) -> v1::KeptReport {
    v1::KeptReport {
        id: kept.id.0,
        kind: kept.kind,
        made: Some(time(kept.made_at)),
        said: kept.said,
    }
}

pub(in crate::rpc) fn learned(learned: Learning, changed: bool) -> v1::LearnedSkill {
    v1::LearnedSkill {
        skill: learned.skill,
        state: learned.state.name().to_owned(),
        started: Some(time(learned.started_at)),
        ended: learned.ended_at.map(time),
        changed,
    }
}
