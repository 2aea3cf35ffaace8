//! Likes and hides, rules, kept searches, and jobs like a job.

use agent_api::v1;
use agent_core::matching::feedback::RuleAction;
use agent_store::{FeedbackEntry, Mark, SimilarJob};

use super::{count, jobs::job_row, time};
use crate::{
    feedback::{Shown, name_of},
    search::Found,
};

pub(in crate::rpc) fn feedback_entry(entry: FeedbackEntry) -> v1::FeedbackEntry {
    let said = match entry.mark.mark {
        Mark::Like => "like",
        Mark::Hide => "hide",
    };
    v1::FeedbackEntry {
        job: Some(job_row(entry.row)),
        said: said.to_owned(),
        reason: entry.mark.reason,
        at: Some(time(entry.mark.at)),
    }
}

pub(in crate::rpc) fn rule(shown: Shown) -> v1::Rule {
    match shown {
        Shown::Proposed {
            proposal,
            preview,
            examples,
        } => v1::Rule {
            id: name_of(&proposal.rule),
            words: proposal.rule.to_string(),
            state: "proposed".to_owned(),
            evidence: count(proposal.evidence),
            because: proposal.because,
            hides: count(preview.effect.hidden.len()),
            moves: match proposal.rule.action {
                // What moves up because others are gone was not moved.
                RuleAction::Hide => 0,
                RuleAction::Lower | RuleAction::Raise => preview.effect.moved,
            },
            listed: preview.listed,
            examples: examples.into_iter().map(job_row).collect(),
            ..v1::Rule::default()
        },
        Shown::Accepted(stored) => v1::Rule {
            id: stored.id.0.to_string(),
            words: stored.rule.to_string(),
            state: if stored.undone_at.is_some() {
                "undone"
            } else {
                "holds"
            }
            .to_owned(),
            hides: stored.hides,
            accepted_at: Some(time(stored.accepted_at)),
            undone_at: stored.undone_at.map(time),
            ..v1::Rule::default()
        },
    }
}

pub(in crate::rpc) fn saved_search(found: &Found) -> v1::SavedSearch {
    let search = &found.saved.search;
    v1::SavedSearch {
        name: search.name.clone(),
        query: search.query.clone(),
        r#where: search.narrow.clone(),
        narrowed: agent_core::filter::parse(&search.narrow)
            .map(|filter| filter.to_string())
            .unwrap_or_default(),
        include_closed: search.options.closed,
        include_hidden: search.options.hidden,
        saved_at: Some(time(found.saved.saved_at)),
        ran_at: found.saved.ran_at.map(time),
        hits: count(found.hits.len()),
        new: count(found.new),
    }
}

pub(in crate::rpc) fn similar(similar: SimilarJob) -> v1::SimilarJob {
    let per_cent = |likeness: f64| format!("{:.0} %", likeness.clamp(0.0, 1.0) * 100.0);
    let mut reasons = Vec::new();
    if !similar.shared.is_empty() {
        reasons.push(format!(
            "both ask for {} ({} of {} skills)",
            similar.shared.join(", "),
            similar.shared.len(),
            similar.skills
        ));
    }
    if let Some(title) = similar.title {
        reasons.push(format!("the titles are {} alike", per_cent(title)));
    }
    if let Some(text) = similar.text {
        reasons.push(format!("the texts are {} alike", per_cent(text)));
    }
    v1::SimilarJob {
        job: Some(job_row(similar.row)),
        likeness: similar.likeness,
        reasons,
    }
}
