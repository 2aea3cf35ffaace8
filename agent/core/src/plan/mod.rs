//! Goals: what a sentence of the person asks for, and the plan that gets it.
//!
//! A plan is a short list of steps out of a closed vocabulary. There is no step
//! that sends and none that approves: drafting ends in the review queue. Whoever
//! proposes a plan, a model or the rules here, it is checked by the same code:
//! order, references, budgets, and that what it takes for granted stands in the
//! sentence. Nothing here is carried out.

mod answer;
mod assemble;
mod check;
mod narrow;
mod read;
mod retry;
mod sentence;
mod step;
mod wish;

pub use answer::{Proposal, propose, schema};
pub use assemble::{assemble, template};
pub use check::{Refusal, check, lacks};
pub use narrow::{Widened, filter, widen};
pub use read::{Followed, Reading, read, unread};
pub use retry::{MOST_TRIES, delay};
pub use sentence::{MAX_SENTENCE, Sentence, SentenceError};
pub use step::{Budget, Choice, Plan, Question, Step, StepKind, Work};
pub use wish::{LeastPay, Remote, Wish};

use crate::report::Kind as Report;

/// Most steps of a plan.
pub const MAX_STEPS: usize = 8;
/// Most openings a goal lists.
pub const MAX_LIST: u32 = 50;
/// Most applications one goal prepares, or a standing one in a day.
pub const MAX_DRAFTS: u32 = 10;
/// Openings that are listed where the sentence names no number.
pub const USUAL_LIST: u32 = 10;
/// Applications that are prepared where the sentence names no number.
pub const USUAL_DRAFTS: u32 = 3;
/// Days without an answer after which an application is followed up.
pub const SILENT_DAYS: u32 = 14;

#[cfg(test)]
mod tests;
