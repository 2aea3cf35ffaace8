//! Models: the built-in embeddings, which need no server and no key, and those of
//! an Ollama server where there is one.
#![deny(missing_docs)]

mod built_in;
pub mod ollama;
mod vector;

pub use built_in::{BuiltIn, ModelError};
pub use vector::{VectorSpace, cosine};
