//! Why a model server gave no answer that can be used.

use std::time::Duration;

/// Why no answer that can be used came from a model server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    /// Nothing listens there, or it cannot be reached.
    #[error("no model server answers at {host}: {why}")]
    Unreachable {
        /// Its address.
        host: String,
        /// What the connection said.
        why: String,
    },
    /// The connection ended before the answer did.
    #[error("the model server at {host} broke off: {why}")]
    BrokenOff {
        /// Its address.
        host: String,
        /// What the connection said.
        why: String,
    },
    /// It went silent, or took longer than any answer takes.
    #[error("the model server at {host} gave no answer within {} s", within.as_secs_f32())]
    Silent {
        /// Its address.
        host: String,
        /// How long it was waited for.
        within: Duration,
    },
    /// The server has no model of this name.
    #[error("the model {model} is not on the model server: ollama pull {model}")]
    NotPulled {
        /// The name asked for.
        model: String,
    },
    /// A server that is not Ollama has no model of this name.
    #[error("the model server at {host} has no model {model}")]
    NoModel {
        /// Its address.
        host: String,
        /// The name asked for.
        model: String,
    },
    /// The server wants a key, or another one.
    #[error("the model server at {host} refuses the key ({status})")]
    Denied {
        /// Its address.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// The model behind the name is another one than before.
    #[error("the model {model} was replaced on the model server")]
    Replaced {
        /// Its name.
        model: String,
    },
    /// The server answered with an error of its own.
    #[error("the model server at {host} failed ({status}): {said}")]
    Failed {
        /// Its address.
        host: String,
        /// HTTP status.
        status: u16,
        /// Its words, cleaned and cut.
        said: String,
    },
    /// It speaks, but so slowly that no answer comes of it.
    #[error("the model server at {host} is too slow: {tokens} tokens in {} s", within.as_secs_f32())]
    Slow {
        /// Its address.
        host: String,
        /// How many tokens came.
        tokens: u32,
        /// Within how long.
        within: Duration,
    },
    /// The question and its answer are longer than what the model reads at once.
    #[error("the context of {model} is too small: {needs} tokens are needed, it has {has}")]
    ContextTooSmall {
        /// The model.
        model: String,
        /// Tokens of the question and room for the answer, estimated.
        needs: u32,
        /// Tokens it reads at once.
        has: u32,
    },
    /// The server read only a part of the question.
    #[error(
        "the model {model} read {read} tokens of a question of at least {told}: its server cut it"
    )]
    Truncated {
        /// The model.
        model: String,
        /// Tokens it read.
        read: u32,
        /// Tokens the question has at the least.
        told: u32,
    },
    /// The answer is not what the protocol says.
    #[error("the model server at {host} gave no proper answer: {why}")]
    Unreadable {
        /// Its address.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// A vector of another length than the model's others.
    #[error("the model {model} gave a vector of {given} numbers where its others have {expected}")]
    Dimensions {
        /// Its name.
        model: String,
        /// Length of its other vectors.
        expected: usize,
        /// Length of this one.
        given: usize,
    },
    /// More or fewer vectors than texts.
    #[error("the model {model} gave {given} vectors for {texts} texts")]
    Count {
        /// Its name.
        model: String,
        /// How many texts it was given.
        texts: usize,
        /// How many vectors came.
        given: usize,
    },
    /// A vector with a part that is no number.
    #[error("the model {model} gave a vector that is not made of numbers")]
    NotANumber {
        /// Its name.
        model: String,
    },
    /// No client can be made at all.
    #[error("no connection to a model server can be made: {why}")]
    Client {
        /// Why.
        why: String,
    },
}
