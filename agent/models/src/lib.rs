//! Models: today the built-in embeddings, which need no server and no key.
#![deny(missing_docs)]

mod built_in;
mod vector;

pub use built_in::{BuiltIn, ModelError};
pub use vector::{VectorSpace, cosine};
