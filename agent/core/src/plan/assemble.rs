//! From a wish and kinds of steps to a plan: ids, references and budgets are made
//! here, so that whoever chooses the kinds has nothing to say about them.

use super::{
    Budget, MAX_DRAFTS, Plan, Question, Reading, Report, SILENT_DAYS, Step, StepKind, Wish, Work,
};

/// Most calls of a model for one goal: each takes a small model many seconds.
const MODEL_CALLS: u32 = 5;
/// Minutes of work of one goal.
const MINUTES: u32 = 120;

/// The plan of these kinds for this wish, in their order.
pub fn assemble(wish: Wish, kinds: &[StepKind]) -> Plan {
    let drafts = wish.to_prepare();
    let steps = kinds.iter().map(|kind| Step {
        id: kind.name().to_owned(),
        work: work(*kind, &wish),
    });
    Plan {
        steps: steps.collect(),
        budget: Budget {
            drafts: drafts.min(MAX_DRAFTS),
            model_calls: MODEL_CALLS,
            minutes: MINUTES,
        },
        wish,
    }
}

fn work(kind: StepKind, wish: &Wish) -> Work {
    let from = || StepKind::Shortlist.name().to_owned();
    match kind {
        StepKind::Discover => Work::Discover,
        StepKind::Rank => Work::Rank,
        StepKind::Shortlist => Work::Shortlist {
            limit: wish.to_list(),
        },
        StepKind::Enrich => Work::Enrich {
            from: from(),
            limit: MODEL_CALLS.min(wish.to_list()),
        },
        StepKind::Draft => Work::Draft {
            from: from(),
            limit: wish.to_prepare(),
        },
        StepKind::Report => Work::Report {
            what: wish.report.unwrap_or(Report::SkillGap),
        },
        StepKind::FollowUp => Work::FollowUp { days: SILENT_DAYS },
        StepKind::Ask => Work::Ask {
            question: Question::WhatToDo,
        },
    }
}

/// The plan that rules make of a sentence. One of which nothing is read ends in a
/// question.
pub fn template(reading: &Reading) -> Plan {
    let wish = reading.wish.clone();
    let mut kinds = Vec::new();
    if reading.openings {
        // A standing goal follows each sync, which reads the boards and ranks.
        if !wish.standing {
            kinds.extend([StepKind::Discover, StepKind::Rank]);
        }
        kinds.extend([StepKind::Shortlist, StepKind::Enrich]);
        if wish.prepare.is_some() {
            kinds.push(StepKind::Draft);
        }
    }
    if wish.report.is_some() {
        kinds.push(StepKind::Report);
    }
    if wish.follow_up {
        kinds.push(StepKind::FollowUp);
    }
    if kinds.is_empty() {
        kinds.push(StepKind::Ask);
    }
    assemble(wish, &kinds)
}
