//! Goals: their plans, their steps and what they prepared.

mod drafts;
mod row;
mod write;

pub use drafts::DraftTry;
pub use row::{Goal, GoalState, GoalStep, GoalStepState};
pub use write::{NewGoal, StepEnd};
