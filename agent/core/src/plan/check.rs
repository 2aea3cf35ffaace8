//! What a plan must be, whoever made it. A schema says its shape; this says
//! whether it may be carried out.

use std::collections::HashSet;

use super::{MAX_DRAFTS, MAX_LIST, MAX_STEPS, Plan, Reading, StepKind, USUAL_DRAFTS, Work};

/// Why a plan is not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not in the form that was asked for.
    #[error("the answer is not in the form asked for: {0}")]
    Form(&'static str),
    /// It has a step outside the vocabulary.
    #[error("there is no step {0:?}")]
    UnknownStep(String),
    /// It has no step.
    #[error("a plan has at least one step")]
    NoSteps,
    /// It has too many.
    #[error("a plan has at most {MAX_STEPS} steps")]
    TooManySteps,
    /// It has a step twice.
    #[error("the step {0} stands in the plan twice")]
    Twice(StepKind),
    /// It has a step in a wrong place.
    #[error("{0} comes before {1}, not after it")]
    Order(StepKind, StepKind),
    /// It has a step without the one that it needs.
    #[error("{0} needs {1} before it")]
    Needs(StepKind, StepKind),
    /// A step names another that is not there.
    #[error("{0} takes openings from a step that is not before it")]
    Reference(StepKind),
    /// A step goes beyond what the goal may use up.
    #[error("{0} would go beyond its budget")]
    Budget(StepKind),
    /// A question beside other steps.
    #[error("ask stands alone: nothing is done before the answer")]
    AskBeside,
    /// It would read boards again and again.
    #[error("a standing goal follows each sync and has no {0} of its own")]
    InStanding(StepKind),
    /// It does not do what the sentence plainly asks for.
    #[error("the sentence asks for it, and the plan has no {0}")]
    Lacks(StepKind),
    /// It does what the sentence does not ask for.
    #[error("the sentence does not ask for {0}")]
    Unasked(StepKind),
    /// It rests on something that the sentence does not say.
    #[error("{what} is not in the sentence")]
    NotSaid {
        /// What it is, such as "the place".
        what: &'static str,
    },
}

/// Checks a plan by itself: order, references and budgets.
pub fn check(plan: &Plan) -> Result<(), Refusal> {
    let kinds = plan.kinds();
    if kinds.is_empty() {
        return Err(Refusal::NoSteps);
    }
    if kinds.len() > MAX_STEPS {
        return Err(Refusal::TooManySteps);
    }
    let mut before: Vec<StepKind> = Vec::new();
    let mut pickers: HashSet<&str> = HashSet::new();
    for step in &plan.steps {
        let kind = step.work.kind();
        if before.contains(&kind) {
            return Err(Refusal::Twice(kind));
        }
        if let Some(later) = before.iter().find(|earlier| **earlier > kind) {
            return Err(Refusal::Order(kind, *later));
        }
        match kind {
            StepKind::Enrich | StepKind::Draft if !before.contains(&StepKind::Shortlist) => {
                return Err(Refusal::Needs(kind, StepKind::Shortlist));
            }
            StepKind::Ask if kinds.len() > 1 => return Err(Refusal::AskBeside),
            StepKind::Discover | StepKind::Rank if plan.wish.standing => {
                return Err(Refusal::InStanding(kind));
            }
            StepKind::Discover
            | StepKind::Rank
            | StepKind::Shortlist
            | StepKind::Enrich
            | StepKind::Draft
            | StepKind::Report
            | StepKind::FollowUp
            | StepKind::Ask => {}
        }
        if step.work.from().is_some_and(|from| !pickers.contains(from)) {
            return Err(Refusal::Reference(kind));
        }
        within_budget(plan, &step.work)?;
        if kind == StepKind::Shortlist {
            pickers.insert(&step.id);
        }
        before.push(kind);
    }
    Ok(())
}

fn within_budget(plan: &Plan, work: &Work) -> Result<(), Refusal> {
    let fits = match work {
        Work::Shortlist { limit } => (1..=MAX_LIST).contains(limit),
        Work::Enrich { limit, .. } => *limit <= plan.budget.model_calls,
        Work::Draft { limit, .. } => {
            *limit >= 1
                && *limit <= plan.budget.drafts
                && plan.budget.drafts <= MAX_DRAFTS
                && *limit <= plan.wish.to_prepare()
        }
        Work::FollowUp { days } => (1..=365).contains(days),
        Work::Discover | Work::Rank | Work::Report { .. } | Work::Ask { .. } => true,
    };
    fits.then_some(()).ok_or(Refusal::Budget(work.kind()))
}

/// Checks a plan against what the sentence plainly says.
pub fn lacks(plan: &Plan, reading: &Reading) -> Result<(), Refusal> {
    let kinds = plan.kinds();
    let said = &reading.wish;
    let pairs = [
        (StepKind::Draft, said.prepare.is_some()),
        (StepKind::Report, said.report.is_some()),
        (StepKind::FollowUp, said.follow_up),
        (StepKind::Shortlist, reading.openings),
    ];
    for (kind, asked) in pairs {
        if asked && !kinds.contains(&kind) {
            return Err(Refusal::Lacks(kind));
        }
    }
    // What is not asked for is not done: a draft fills a form at an employer.
    for kind in [StepKind::Draft, StepKind::Report, StepKind::FollowUp] {
        let asked = pairs.iter().any(|(known, asked)| *known == kind && *asked);
        if !asked && kinds.contains(&kind) {
            return Err(Refusal::Unasked(kind));
        }
    }
    let alone = said.report.is_some() || said.follow_up;
    if alone && !reading.openings && kinds.contains(&StepKind::Shortlist) {
        return Err(Refusal::Unasked(StepKind::Shortlist));
    }
    let drafts = said.prepare.unwrap_or_default().max(1);
    let most = if said.standing {
        said.per_day.unwrap_or(USUAL_DRAFTS)
    } else {
        drafts
    };
    if kinds.contains(&StepKind::Draft) && plan.budget.drafts > most.max(1) {
        return Err(Refusal::Budget(StepKind::Draft));
    }
    Ok(())
}
