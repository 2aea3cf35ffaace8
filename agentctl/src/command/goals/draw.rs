//! Goals as a person sees them.

use agent_api::v1::{Goal, GoalCall, GoalStep, ListGoalsResponse};
use serde_json::Value;

use crate::moment::Clock;
use crate::screen::{BAD, BOLD, DIM, GOOD, Screen, Span, WARN};
use crate::text::count;

/// The plan, before anything is done.
pub(crate) fn plan(goal: &Goal, screen: &mut Screen, _: &Clock) {
    head(goal, screen);
    for (step, number) in goal.steps.iter().zip(1..) {
        screen.line([
            Span::new(format!("{number:>3}  "), DIM),
            Span::new(format!("{:<10}", step.name), BOLD),
            format!(" {}", step.text).into(),
        ]);
    }
    for note in &goal.notes {
        screen.hanging([Span::new("note  ", WARN)], note);
    }
    match (goal.id.is_empty(), goal.standing) {
        (true, _) => screen.line(["This is the plan only: nothing was done.".into()]),
        (false, true) => {
            screen.line([format!(
                "Kept as {}: it follows every sync, for postings that are new by then.",
                goal.short_id
            )
            .into()]);
            screen.next("agentctl goals list");
        }
        (false, false) => {}
    }
}

/// What came of it.
pub(crate) fn outcome(goal: &Goal, screen: &mut Screen, _: &Clock) {
    for step in &goal.steps {
        items(step, screen);
    }
    match goal.state.as_str() {
        "waiting" => screen.line([Span::new(goal.note.clone(), WARN)]),
        "dead" => return,
        _ => screen.line([Span::new(goal.note.clone(), BOLD)]),
    }
    if goal.steps.iter().any(|step| step.name == "draft") {
        screen.line([Span::new("Nothing has been sent.", BOLD)]);
    }
    if !goal.next.is_empty() {
        screen.next(&goal.next);
    }
}

/// Everything of a goal.
pub(crate) fn whole(goal: &Goal, screen: &mut Screen, clock: &Clock) {
    head(goal, screen);
    screen.field("state", state(goal));
    if !goal.note.is_empty() {
        screen.field("note", &goal.note);
    }
    screen.field("made", clock.time(goal.made.as_ref()));
    if goal.standing {
        screen.field("rounds", rhythm(goal, clock));
    }
    if let Some(budget) = &goal.budget {
        screen.field(
            "budget",
            format!(
                "{}{}, {}, {} of work",
                count(budget.drafts, "application"),
                if goal.standing { " a day" } else { "" },
                count(budget.model_calls, "model call"),
                count(budget.minutes, "minute"),
            ),
        );
    }
    screen.heading("Steps");
    for (step, number) in goal.steps.iter().zip(1..) {
        screen.line([
            Span::new(format!("{number:>3}  "), DIM),
            Span::new(format!("{:<10}", step.name), BOLD),
            " ".into(),
            step_state(step),
            Span::new(tries(step), DIM),
        ]);
        screen.paragraph(
            16,
            if step.note.is_empty() {
                &step.text
            } else {
                &step.note
            },
        );
        if let Some(at) = &step.next_try {
            screen.paragraph(16, &format!("tried again {}", clock.relative(Some(at))));
        }
        items(step, screen);
    }
    if !goal.calls.is_empty() {
        screen.heading("What models were asked");
        goal.calls.iter().for_each(|call| draw_call(call, screen));
    }
    if !goal.next.is_empty() {
        screen.next(&goal.next);
    }
}

/// The goals, one after the other.
pub(crate) fn list(list: &ListGoalsResponse, screen: &mut Screen, clock: &Clock) {
    if list.goals.is_empty() {
        screen.line(["No goal is at work.".into()]);
        screen.next("agentctl goal \"five backend roles in Berlin, and prepare the best two\"");
        return;
    }
    for (goal, number) in list.goals.iter().zip(1..) {
        screen.hanging(
            [
                Span::new(format!("{number:>3}  "), DIM),
                state(goal),
                "  ".into(),
            ],
            Span::new(&goal.sentence, BOLD),
        );
        if goal.standing {
            screen.paragraph(5, &rhythm(goal, clock));
        }
        let running = goal.steps.iter().find(|step| step.state == "running");
        let note = running.map_or(goal.note.clone(), doing);
        if !note.is_empty() {
            screen.paragraph(5, &note);
        }
    }
    match list
        .goals
        .iter()
        .find(|goal| ["waiting", "dead"].contains(&goal.state.as_str()))
    {
        Some(goal) => screen.next(&goal.next),
        None => screen.next("agentctl goals show 1"),
    }
}

/// Whether nothing more comes of a step.
pub(crate) fn is_over(step: &GoalStep) -> bool {
    ["done", "failed", "dead", "skipped"].contains(&step.state.as_str())
}

/// A step that came to its end, on one line.
pub(crate) fn ended(step: &GoalStep) -> String {
    match step.state.as_str() {
        "failed" | "dead" => format!("{}: could not be done: {}", step.name, step.note),
        _ => format!("{}: {}", step.name, step.note),
    }
}

/// What a step is at.
pub(crate) fn doing(step: &GoalStep) -> String {
    match (step.state.as_str(), step.note.is_empty()) {
        ("running", true) => format!("{}: {}", step.name, step.text),
        ("queued", false) => format!("{}: {}; tried again soon", step.name, step.note),
        (_, false) => format!("{}: {}", step.name, step.note),
        (_, true) => step.name.clone(),
    }
}

fn head(goal: &Goal, screen: &mut Screen) {
    screen.line([Span::new(&goal.sentence, BOLD)]);
    let planner = match goal.planner.as_str() {
        "" => format!("rules, because {}", goal.why),
        model => format!("the model {model}"),
    };
    screen.field("planned by", planner);
    if !goal.looks_for.is_empty() {
        screen.field("looks for", &goal.looks_for);
    }
}

fn state(goal: &Goal) -> Span {
    let style = match goal.state.as_str() {
        "done" => GOOD,
        "dead" => BAD,
        "waiting" => WARN,
        "cancelled" => DIM,
        _ => BOLD,
    };
    let words = match goal.state.as_str() {
        "dead" => "given up",
        "waiting" => "waits for you",
        other => other,
    };
    Span::new(words, style)
}

/// When a standing goal ran, and when it may again.
fn rhythm(goal: &Goal, clock: &Clock) -> String {
    let allowed = goal.budget.as_ref().map_or(0, |budget| budget.drafts);
    let last = match goal.round {
        0 => "no round yet".to_owned(),
        _ => format!("last {}", clock.time(goal.changed.as_ref())),
    };
    let next = match &goal.next_round {
        None => "next after your next sync".to_owned(),
        Some(at) => format!("next after the sync of {}", clock.time(Some(at))),
    };
    let today = match allowed {
        0 => String::new(),
        allowed => format!(", {} of {allowed} prepared today", goal.used_today),
    };
    format!("{last}, {next}{today}")
}

fn step_state(step: &GoalStep) -> Span {
    let style = match step.state.as_str() {
        "done" => GOOD,
        "dead" | "failed" => BAD,
        "running" => BOLD,
        _ => DIM,
    };
    let words = match step.state.as_str() {
        "dead" => "given up",
        "failed" => "failed, and gone on without",
        other => other,
    };
    Span::new(words, style)
}

fn tries(step: &GoalStep) -> String {
    match step.tries {
        0 => String::new(),
        1 => ", failed once".to_owned(),
        tries => format!(", failed {tries} times"),
    }
}

/// The openings or applications a step names.
fn items(step: &GoalStep, screen: &mut Screen) {
    let result: Value = serde_json::from_str(&step.result_json).unwrap_or_default();
    for key in ["jobs", "drafted", "silent"] {
        let Some(list) = result.get(key).and_then(Value::as_array) else {
            continue;
        };
        for item in list {
            let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
            let score = item.get("score").and_then(Value::as_f64);
            let score = score
                .map(|score| format!("{score:>4.0}  "))
                .unwrap_or_default();
            let note = match text("note") {
                "" => String::new(),
                note => format!(": {note}"),
            };
            let id: String = match key {
                "jobs" | "silent" => text("id"),
                _ => text("application"),
            }
            .chars()
            .take(8)
            .collect();
            screen.hanging(
                [Span::new(format!("     {id:<8}  "), DIM), Span::from(score)],
                format!("{}, {}{note}", text("title"), text("company")),
            );
        }
    }
}

fn draw_call(call: &GoalCall, screen: &mut Screen) {
    let why = match call.why.as_str() {
        "" => String::new(),
        why => format!(": {why}"),
    };
    screen.hanging(
        [Span::new(format!("     {:<9}", call.outcome), DIM)],
        format!(
            "{} by {}, {} + {} tokens, {:.1} s{why}",
            call.task,
            call.model,
            call.tokens_in,
            call.tokens_out,
            call.millis as f64 / 1000.0
        ),
    );
}

#[cfg(test)]
mod tests {
    use agent_api::v1::GoalBudget;

    use super::*;
    use crate::command::testing::{at, drawn};

    fn goal() -> Goal {
        let step = |name: &str, state: &str, note: &str, result: &str| GoalStep {
            name: name.to_owned(),
            text: format!("do {name}"),
            state: state.to_owned(),
            tries: 0,
            note: note.to_owned(),
            next_try: None,
            result_json: result.to_owned(),
        };
        Goal {
            id: "ab12cd34ab12cd34ab12cd34ab12cd34".to_owned(),
            short_id: "ab12".to_owned(),
            sentence: "two backend roles, and prepare the best".to_owned(),
            state: "done".to_owned(),
            note: "1 application waits for you".to_owned(),
            next: "agentctl review".to_owned(),
            why: "no model server answers".to_owned(),
            looks_for: "open and title has “backend”".to_owned(),
            steps: vec![
                step("rank", "done", "everything is ranked", "null"),
                step(
                    "shortlist",
                    "done",
                    "1 opening",
                    r#"{"jobs":[{"id":"00112233445566","title":"Backend\u001b[2J","company":"Kranich","score":81.4}]}"#,
                ),
                step("enrich", "failed", "the model is gone", "null"),
                step("draft", "queued", "", "null"),
            ],
            budget: Some(GoalBudget {
                drafts: 1,
                model_calls: 5,
                minutes: 120,
            }),
            made: at("2026-03-01T09:00:00Z"),
            changed: at("2026-03-02T09:00:00Z"),
            calls: vec![GoalCall {
                task: "plan".to_owned(),
                model: "small:1b".to_owned(),
                outcome: "refused".to_owned(),
                why: "there is no step \"submit\"".to_owned(),
                tokens_in: 300,
                tokens_out: 40,
                millis: 1500,
                ..GoalCall::default()
            }],
            ..Goal::default()
        }
    }

    #[test]
    fn a_goal_shows_its_plan_its_steps_and_what_models_were_refused() {
        let standing = Goal {
            standing: true,
            state: "standing".to_owned(),
            round: 3,
            used_today: 1,
            next_round: at("2026-03-03T07:30:00Z"),
            ..goal()
        };
        let waiting = Goal {
            state: "waiting".to_owned(),
            next: "agentctl goals answer ab12 list|prepare|learn".to_owned(),
            ..goal()
        };
        let both = ListGoalsResponse {
            goals: vec![standing.clone(), waiting.clone()],
        };
        let screens = [
            drawn(&goal(), plan),
            drawn(&standing, plan),
            drawn(&goal(), outcome),
            drawn(&goal(), whole),
            drawn(&both, list),
            drawn(&ListGoalsResponse::default(), list),
        ];
        insta::assert_snapshot!(screens.join("\n---\n"));
    }
}
