//! Application forms: what a plugin says about one, what a browser reads from
//! one, and what is put into it.

mod answer;
mod class;
mod known;
mod letter;
mod live;
mod phrase;
mod plan;
mod protected;
mod question_key;
mod recipe;
mod scope;
mod sheet;
mod tables;
mod usual;

pub use agent_approval::FieldKind;

pub use answer::{Answer, Misfit, Shape};
pub use class::{QuestionClass, Wording, allowed, classify};
pub use letter::{LetterFacts, Tone, letter, letter_around, letters_know};
pub use live::{Control, FileToSend, Filling, LivePage, Put};
pub use plan::{
    Ask, BankAnswer, Documents, Given, GivenFile, LeftEmpty, LetterToSend, Plan, PlanInput,
    Understood, Why, controls_of, plan,
};
pub use protected::protected_values;
pub use question_key::{JobFacts, question_key};
pub use recipe::{Confirmation, Encoding, Meaning, Question, Recipe, Upload};
pub use sheet::{Sheet, SheetContent, SheetLine, sheet};
pub use usual::usual_questions;
