//! A question to a model that answers in words, and what a provider makes of it.

use std::time::Duration;

use serde::Serialize;

use crate::{ServerError, wire::Pace};

/// Bytes around a token in a streamed answer: each has a line of its own.
const AROUND: usize = 2_000;

/// The longest line of a streamed answer, in bytes.
const LINE: usize = 64 << 10;

/// Characters of a token of an ordinary text, at the least.
const CHARS: usize = 3;

/// Tokens that a model's template puts around the messages.
const TEMPLATE: u32 = 64;

/// What is asked of a model, in one exchange.
#[derive(Debug, Clone, Copy)]
pub struct ChatQuestion<'a> {
    /// What the model is to do.
    pub system: &'a str,
    /// What it is asked.
    pub user: &'a str,
    /// JSON Schema of its answer.
    pub schema: &'a serde_json::Value,
    /// Most tokens of its answer.
    pub answer_tokens: u32,
    /// How freely words are chosen: 0 is always the likeliest one.
    pub temperature: f32,
    /// Makes the answer the same each time.
    pub seed: u32,
    /// How long the model may be silent.
    pub quiet: Duration,
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatAnswer {
    /// Its words.
    pub text: String,
    /// Tokens of the question, as the server counted them; 0 when it did not.
    pub tokens_in: u32,
    /// Tokens of the answer.
    pub tokens_out: u32,
    /// Whether the answer was cut because it was as long as was allowed.
    pub cut: bool,
}

/// One message, as both protocols write it.
#[derive(Debug, Serialize)]
pub(crate) struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

impl ChatQuestion<'_> {
    /// Most tokens of the question and its answer, by our own estimate. The schema
    /// becomes a grammar and is no part of the question.
    pub fn needs(&self) -> u32 {
        tokens(self.system)
            .saturating_add(tokens(self.user))
            .saturating_add(TEMPLATE)
            .saturating_add(self.answer_tokens)
    }

    /// Tokens the question has at the least: nearly every word is one of its own.
    pub(crate) fn at_least(&self) -> u32 {
        let words = self
            .system
            .split_whitespace()
            .chain(self.user.split_whitespace());
        let words = words.filter(|word| word.chars().any(char::is_alphanumeric));
        u32::try_from(words.count() * 3 / 4).unwrap_or(u32::MAX)
    }

    pub(crate) fn messages(&self) -> Vec<Message<'_>> {
        [("system", self.system), ("user", self.user)]
            .into_iter()
            .filter(|(_, content)| !content.is_empty())
            .map(|(role, content)| Message { role, content })
            .collect()
    }

    pub(crate) fn pace(&self) -> Pace {
        Pace {
            first: self.quiet,
            gap: self.quiet.min(Duration::from_secs(60)),
            line: LINE,
            all: LINE + self.most_tokens() as usize * AROUND,
        }
    }

    /// Tokens after which an answer is not going to end.
    fn most_tokens(&self) -> u32 {
        self.answer_tokens.saturating_mul(2).saturating_add(64)
    }
}

/// How many tokens a text has at the most, by a rule of thumb: three plain characters
/// make one, every other character is one.
pub fn tokens(text: &str) -> u32 {
    let (mut plain, mut other) = (0_usize, 0_usize);
    for char in text.chars() {
        if char.is_ascii() {
            plain += 1;
        } else {
            other += 1;
        }
    }
    u32::try_from(plain.div_ceil(CHARS) + other).unwrap_or(u32::MAX)
}

/// An answer as it comes in.
pub(crate) struct Growing<'a> {
    question: &'a ChatQuestion<'a>,
    progress: &'a (dyn Fn(u32) + Send + Sync),
    text: String,
    tokens: u32,
}

impl<'a> Growing<'a> {
    pub(crate) fn new(
        question: &'a ChatQuestion<'a>,
        progress: &'a (dyn Fn(u32) + Send + Sync),
    ) -> Self {
        Self {
            question,
            progress,
            text: String::new(),
            tokens: 0,
        }
    }

    /// Takes what came; gives false when the answer is longer than it may be.
    #[must_use]
    pub(crate) fn take(&mut self, more: &str) -> bool {
        self.text.push_str(more);
        self.tokens += 1;
        (self.progress)(self.tokens);
        let most = self.question.most_tokens();
        self.tokens <= most && self.text.len() <= most as usize * 16
    }

    pub(crate) fn end(self, counted: Counted) -> ChatAnswer {
        ChatAnswer {
            text: self.text,
            tokens_in: counted.tokens_in,
            tokens_out: if counted.tokens_out > 0 {
                counted.tokens_out
            } else {
                self.tokens
            },
            cut: counted.cut,
        }
    }
}

/// What a server says at the end of an answer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    pub(crate) tokens_in: u32,
    pub(crate) tokens_out: u32,
    pub(crate) cut: bool,
}

/// Whether the model read the whole question, by the server's count.
pub(crate) fn read_whole(
    question: &ChatQuestion<'_>,
    model: &str,
    read: u32,
) -> Result<(), ServerError> {
    let told = question.at_least();
    if read > 0 && read < told {
        return Err(ServerError::Truncated {
            model: model.to_owned(),
            read,
            told,
        });
    }
    Ok(())
}
