use agent_core::{
    ids::{GoalId, JobId},
    plan::{self, Followed, Plan, Sentence},
};
use agent_store::{Found, GoalState, GoalStepState, NewGoal, StepEnd};
use jiff::civil::Date;
use serde_json::json;

use crate::support::{Corpus, at};

const GOAL: GoalId = GoalId::from_bytes([7; 16]);

fn planned(sentence: &str) -> Plan {
    let sentence = Sentence::of(sentence).unwrap();
    plan::template(&plan::read(&sentence, &Followed::default()))
}

fn new_goal(sentence: &str, state: GoalState) -> NewGoal {
    NewGoal {
        id: GOAL,
        sentence: sentence.to_owned(),
        plan: planned(sentence),
        planner: String::new(),
        why: "no model answers".to_owned(),
        state,
        sync: 4,
        at: at(1),
    }
}

fn ended(state: GoalStepState, note: &str) -> StepEnd {
    StepEnd {
        state,
        next_at: None,
        result: json!({ "jobs": [] }),
        note: note.to_owned(),
        took_ms: 1500,
    }
}

#[tokio::test]
async fn a_goal_goes_on_after_a_restart_from_its_last_finished_step() {
    let corpus = Corpus::new().await;
    let new = new_goal("five backend roles, prepare two", GoalState::Working);
    let plan = new.plan.clone();
    corpus
        .store
        .write(move |tx| {
            tx.create_goal(&new)?;
            tx.begin_goal_step(GOAL, 1, 0)?;
            tx.end_goal_step(GOAL, 1, 0, &ended(GoalStepState::Done, "9 new"))?;
            tx.begin_goal_step(GOAL, 1, 1)?;
            tx.note_goal_step(GOAL, 1, 1, &json!({ "so": "far" }), "half")
        })
        .await
        .unwrap();
    corpus.store.close().await;
    let store = corpus.reopen().unwrap();
    let (goal, steps, found) = store
        .read(|r| {
            Ok((
                r.goal(GOAL)?,
                r.goal_steps(GOAL, 1)?,
                r.goal_by_prefix("0707")?,
            ))
        })
        .await
        .unwrap();
    let goal = goal.unwrap();
    assert_eq!(
        (goal.state, goal.round, goal.worked_ms),
        (GoalState::Working, 1, 1500)
    );
    assert_eq!((goal.plan, found), (plan.clone(), Found::One(GOAL)));
    let states: Vec<GoalStepState> = steps.iter().map(|step| step.state).collect();
    assert_eq!(
        states[..3],
        [
            GoalStepState::Done,
            GoalStepState::Running,
            GoalStepState::Queued
        ]
    );
    assert_eq!(
        (steps[1].tries, &steps[1].result),
        (0, &json!({ "so": "far" }))
    );
    assert_eq!(steps.len(), plan.steps.len());
}

#[tokio::test]
async fn what_was_given_up_is_queued_again_with_all_its_work_allowed() {
    let corpus = Corpus::new().await;
    let new = new_goal("five backend roles", GoalState::Working);
    let again = corpus
        .store
        .write(move |tx| {
            tx.create_goal(&new)?;
            tx.begin_goal_step(GOAL, 1, 0)?;
            tx.end_goal_step(GOAL, 1, 0, &ended(GoalStepState::Dead, "no board"))?;
            tx.set_goal(GOAL, GoalState::Dead, "no board", at(2))?;
            let again = tx.retry_goal_steps(GOAL)?;
            let step = tx.goal_steps(GOAL, 1)?.remove(0);
            Ok((
                again,
                step.state,
                step.tries,
                tx.goal(GOAL)?.map(|goal| goal.worked_ms),
            ))
        })
        .await
        .unwrap();
    assert_eq!(again, (1, GoalStepState::Queued, 0, Some(0)));
}

#[tokio::test]
async fn p8_a_day_has_one_allowance_also_when_the_clock_is_set_back() {
    let corpus = Corpus::new().await;
    let new = new_goal(
        "prepare every new posting, at most two a day",
        GoalState::Standing,
    );
    let job = |number| JobId::from_bytes([number; 16]);
    let day = |text: &str| text.parse::<Date>().unwrap();
    corpus
        .store
        .write(move |tx| {
            tx.create_goal(&new)?;
            assert!(tx.goal_steps(GOAL, 1)?.is_empty(), "no round before a sync");
            let used = |tx: &agent_store::WriteTx<'_>, text| tx.drafts_on(GOAL, day(text));
            tx.reserve_draft(GOAL, job(1), day("2026-11-22"))?;
            assert_eq!(used(tx, "2026-11-22")?, 1);
            // The same opening again, after a kill: it keeps its place.
            tx.reserve_draft(GOAL, job(1), day("2026-11-22"))?;
            assert_eq!(used(tx, "2026-11-22")?, 1);
            // One that could not be prepared gives its place back, and is tried later.
            tx.reserve_draft(GOAL, job(2), day("2026-11-22"))?;
            tx.release_draft(GOAL, job(2), "the form is gone")?;
            assert_eq!(used(tx, "2026-11-22")?, 1);
            tx.reserve_draft(GOAL, job(2), day("2026-11-23"))?;
            assert_eq!(tx.draft_tries(GOAL)?[1].tries, 2);
            // The clock was a day ahead and is set back: what it used counts.
            assert_eq!(used(tx, "2026-11-23")?, 1);
            assert_eq!(used(tx, "2026-11-22")?, 2);
            assert_eq!(used(tx, "2026-11-24")?, 0);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn the_steps_of_rounds_long_past_are_forgotten() {
    let corpus = Corpus::new().await;
    let new = new_goal("prepare every new posting", GoalState::Standing);
    let plan = new.plan.clone();
    let (first, eleventh, last, round) = corpus
        .store
        .write(move |tx| {
            tx.create_goal(&new)?;
            for sync in 5..17 {
                tx.begin_goal_round(GOAL, &plan, sync)?;
            }
            let count = |round| Ok::<_, agent_store::StoreError>(tx.goal_steps(GOAL, round)?.len());
            Ok((
                count(2)?,
                count(3)?,
                count(12)?,
                tx.goal(GOAL)?.map(|goal| (goal.round, goal.sync)),
            ))
        })
        .await
        .unwrap();
    assert_eq!((first, eleventh, last, round), (0, 3, 3, Some((12, 16))));
}
