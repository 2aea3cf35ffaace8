//! Application forms: what a plugin says about one, what a browser reads from
//! one, and what is put into it.

mod live;
mod recipe;

pub use live::{Control, FileToSend, Filling, LivePage, Put};
pub use recipe::{Confirmation, Encoding, Meaning, Question, Recipe, Upload};
