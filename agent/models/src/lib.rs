//! Models: the built-in embeddings, which need no server and no key; vectors and
//! answers of an Ollama server where there is one; answers of a server that speaks
//! OpenAI's protocol where the person set one; and what makes an answer one that can
//! be used: the registry of prompts, the schema, the repair.
#![deny(missing_docs)]

mod built_in;
mod chat;
mod error;
mod host;
pub mod ollama;
mod openai;
mod prompt;
mod structured;
mod vector;
mod wire;

pub use built_in::{BuiltIn, ModelError};
pub use chat::{ChatAnswer, ChatQuestion, tokens};
pub use error::ServerError;
pub use host::{Host, HostError};
pub use openai::OpenAi;
pub use prompt::{Input, OverrideError, Prompt, PromptError, Prompts, Rendered, divided};
pub use structured::{Dialogue, Outcome, Shape, ShapeError, Step};
pub use vector::{VectorSpace, cosine};
pub use wire::{Exchange, Patience};
