//! Goals.

use agent_api::v1;
use agent_core::plan::{self, Choice, Plan, Step, Work};
use agent_store::{Goal, GoalState, GoalStep, ModelCall};
use jiff::Timestamp;

use super::time;
use crate::goals::View;

/// A goal, and when a standing one may have its next round.
pub(in crate::rpc) fn goal(view: View, next_round: Option<Timestamp>) -> v1::Goal {
    let View {
        goal,
        steps,
        calls,
        used_today,
    } = view;
    let short_id = goal.short_id();
    let steps = if steps.is_empty() {
        goal.plan.steps.iter().map(planned).collect()
    } else {
        steps.into_iter().map(step).collect()
    };
    v1::Goal {
        next: next(&goal, &short_id),
        looks_for: looks_for(&goal.plan),
        steps,
        budget: Some(v1::GoalBudget {
            drafts: goal.plan.budget.drafts,
            model_calls: goal.plan.budget.model_calls,
            minutes: goal.plan.budget.minutes,
        }),
        standing: goal.plan.wish.standing,
        used_today,
        round: goal.round,
        made: Some(time(goal.made_at)),
        changed: Some(time(goal.changed_at)),
        next_round: next_round.map(time),
        calls: calls.into_iter().map(call).collect(),
        notes: Vec::new(),
        id: goal.id.to_string(),
        short_id,
        sentence: goal.sentence,
        state: goal.state.name().to_owned(),
        note: goal.note,
        planner: goal.planner,
        why: goal.why,
    }
}

/// What to type next.
fn next(goal: &Goal, short_id: &str) -> String {
    let drafts = goal.plan.wish.prepare.is_some();
    match goal.state {
        GoalState::Waiting => {
            let choices = Choice::ALL.map(Choice::name).join("|");
            format!("agentctl goals answer {short_id} {choices}")
        }
        GoalState::Dead => format!("agentctl goals retry {short_id}"),
        GoalState::Done if drafts => "agentctl review".to_owned(),
        GoalState::Done => match goal.plan.wish.report {
            Some(report) => format!("agentctl report {}", report.name()),
            None => format!("agentctl goals show {short_id}"),
        },
        GoalState::Working => format!("agentctl goals show {short_id}"),
        GoalState::Standing | GoalState::Cancelled => String::new(),
    }
}

/// What openings are looked for; empty where none are.
fn looks_for(plan: &Plan) -> String {
    let picks = |step: &Step| matches!(step.work, Work::Shortlist { .. });
    if plan.steps.iter().any(picks) {
        plan::filter(&plan.wish).to_string()
    } else {
        String::new()
    }
}

fn planned(step: &Step) -> v1::GoalStep {
    v1::GoalStep {
        name: step.id.clone(),
        text: words(&step.work),
        state: "planned".to_owned(),
        tries: 0,
        note: String::new(),
        next_try: None,
        result_json: "null".to_owned(),
    }
}

fn step(step: GoalStep) -> v1::GoalStep {
    v1::GoalStep {
        text: words(&step.work),
        name: step.name,
        state: step.state.name().to_owned(),
        tries: step.tries,
        note: step.note,
        next_try: step.next_at.map(time),
        result_json: step.result.to_string(),
    }
}

/// A step in plain words.
fn words(work: &Work) -> String {
    match work {
        Work::Discover => "read the boards you follow".to_owned(),
        Work::Rank => "rank what is new".to_owned(),
        Work::Shortlist { limit } => format!("pick the best openings, at most {limit}"),
        Work::Enrich { limit, .. } => format!("have a model read at most {limit} of them"),
        Work::Draft { limit, .. } => {
            format!("prepare at most {limit} of them for your review; nothing is sent")
        }
        Work::Report { what } => format!("report: {}", what.name()),
        Work::FollowUp { days } => {
            format!("find applications without an answer for {days} days")
        }
        Work::Ask { question } => format!("ask you: {}", question.words()),
    }
}

fn call(made: ModelCall) -> v1::GoalCall {
    let call = made.call;
    v1::GoalCall {
        at: Some(time(call.at)),
        outcome: call.outcome.name().to_owned(),
        why: call.outcome.why().to_owned(),
        task: call.task,
        model: call.model,
        tokens_in: call.tokens_in,
        tokens_out: call.tokens_out,
        millis: call.millis,
    }
}
