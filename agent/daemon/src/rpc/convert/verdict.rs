//! Verdicts: constraints and scores with their reasons.

use agent_api::v1;
use agent_core::matching::{self, EvidenceSource, Outcome, Part, Verdict};
use agent_store::{FeedbackEntry, Match, NearMarked, RankPosition};

use super::{
    clusters::mate,
    jobs::{Kept, job_row},
    time,
};

pub(in crate::rpc) fn explanation(
    kept: Kept,
    judged: Option<(Match, Verdict)>,
    place: Option<RankPosition>,
) -> v1::Explanation {
    let Kept {
        row,
        stored,
        source,
        skills: _,
        mates,
    } = kept;
    let mut explanation = v1::Explanation {
        plugin: source
            .as_ref()
            .map(|source| source.plugin.clone())
            .unwrap_or_default(),
        source_url: source.map(|source| source.url).unwrap_or_default(),
        fetched_url: stored.fetched_from.unwrap_or_default(),
        fetched_at: Some(time(stored.sightings.last_seen)),
        content_hash: stored.job.content_hash.to_string(),
        rank: place.map(|place| place.rank).unwrap_or_default(),
        of: place.map(|place| place.of).unwrap_or_default(),
        job: Some(job_row(row)),
        same_opening: mates.into_iter().map(mate).collect(),
        ..v1::Explanation::default()
    };
    if let Some((judged, verdict)) = judged {
        explanation.profile_revision = judged.key.profile_revision;
        explanation.total = verdict.score.total;
        explanation.checks = verdict.checks.into_iter().map(check).collect();
        explanation.parts = verdict.score.parts.into_iter().map(part).collect();
    }
    explanation
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Ask => "ask",
        Outcome::Fail => "fail",
    }
}

fn check(check: matching::Check) -> v1::Check {
    v1::Check {
        constraint: check.constraint.name().to_owned(),
        outcome: outcome(check.outcome).to_owned(),
        reason: Some(reason(check.reason)),
    }
}

fn part(part: matching::PartScore) -> v1::Part {
    let name = match part.part {
        Part::Skills => "skills",
        Part::Title => "title",
        Part::Experience => "experience",
        Part::Location => "location",
        Part::Salary => "salary",
    };
    v1::Part {
        part: name.to_owned(),
        value: part.value,
        share: part.share,
        reasons: part.reasons.into_iter().map(reason).collect(),
    }
}

/// What likes and hides do, as a part beside those of the score: it has no share in it.
pub(in crate::rpc) fn feedback_part(points: f64, reasons: Vec<matching::Reason>) -> v1::Part {
    v1::Part {
        part: "feedback".to_owned(),
        value: Some(points),
        share: 0.0,
        reasons: reasons.into_iter().map(reason).collect(),
    }
}

/// A liked or hidden job near the one that is explained.
pub(in crate::rpc) fn near_job(near: NearMarked) -> v1::NearJob {
    let FeedbackEntry { row, mark } = near.entry;
    v1::NearJob {
        job: Some(job_row(row)),
        cosine: near.cosine,
        reason: mark.reason,
        at: Some(time(mark.at)),
    }
}

fn reason(reason: matching::Reason) -> v1::Reason {
    let evidence = reason.evidence.into_iter().map(|evidence| v1::Evidence {
        source: match evidence.source {
            EvidenceSource::Posting => "posting",
            EvidenceSource::Profile => "profile",
            EvidenceSource::Preference => "preference",
            EvidenceSource::Measure => "measure",
        }
        .to_owned(),
        quote: evidence.quote,
    });
    v1::Reason {
        text: reason.text,
        evidence: evidence.collect(),
    }
}
