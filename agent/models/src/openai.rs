//! Answers of a server that speaks OpenAI's protocol: `/chat/completions`, streamed as
//! server-sent events (<https://platform.openai.com/docs/api-reference/chat>).
//! Servers that call themselves compatible leave fields out, so that only those that
//! are used are read.
#![deny(clippy::indexing_slicing)]

use std::sync::Arc;

use agent_core::text;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Exchange, Host, Patience, ServerError,
    chat::{ChatAnswer, ChatQuestion, Counted, Growing, Message, read_whole},
    wire::Wire,
};

/// A server, and the model the person chose on it.
#[derive(Debug, Clone)]
pub struct OpenAi {
    wire: Wire,
    model: String,
}

#[derive(Serialize)]
struct Completion<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    stream_options: Value,
    temperature: f32,
    seed: u32,
    max_tokens: u32,
    response_format: Value,
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize, Default)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: u32,
    #[serde(default)]
    completion_tokens: u32,
}

impl OpenAi {
    /// A server whose calls begin at `host`, such as `http://127.0.0.1:1234/v1`.
    /// Nothing is asked of it yet.
    pub fn new(host: Host, model: &str, patience: Patience) -> Result<Self, ServerError> {
        Ok(Self {
            wire: Wire::new(host, patience)?,
            model: model.to_owned(),
        })
    }

    /// Shows a key with every question.
    pub fn with_key(self, key: &str) -> Result<Self, ServerError> {
        Ok(Self {
            wire: self.wire.with_key(key)?,
            ..self
        })
    }

    /// Tells every exchange to `ledger`, also those that fail.
    pub fn telling(self, ledger: Arc<dyn Fn(Exchange) + Send + Sync>) -> Self {
        Self {
            wire: self.wire.telling(ledger),
            ..self
        }
    }

    /// Where it is.
    pub fn host(&self) -> &Host {
        self.wire.host()
    }

    /// The model that answers.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Asks the model; tells `progress` the tokens so far.
    pub async fn chat(
        &self,
        question: &ChatQuestion<'_>,
        progress: &(dyn Fn(u32) + Send + Sync),
    ) -> Result<ChatAnswer, ServerError> {
        let asked = Completion {
            model: &self.model,
            messages: question.messages(),
            stream: true,
            stream_options: json!({"include_usage": true}),
            temperature: question.temperature,
            seed: question.seed,
            max_tokens: question.answer_tokens,
            response_format: json!({
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": question.schema, "strict": false},
            }),
        };
        let mut lines = self
            .wire
            .stream("chat/completions", &asked, question.pace())
            .await?;
        let host = || self.host().to_string();
        match lines.status() {
            200..=299 => {}
            404 => {
                return Err(ServerError::NoModel {
                    host: host(),
                    model: self.model.clone(),
                });
            }
            status @ (401 | 403) => {
                return Err(ServerError::Denied {
                    host: host(),
                    status,
                });
            }
            _ => return Err(lines.refusal().await),
        }
        let mut growing = Growing::new(question, progress);
        let mut counted = Counted::default();
        let mut finished = false;
        while let Some(line) = lines.next().await? {
            let Some(event) = line.strip_prefix(b"data:") else {
                // Comments and names of events, which carry nothing.
                continue;
            };
            let event = event.trim_ascii();
            if event == b"[DONE]" {
                break;
            }
            let chunk: Chunk = serde_json::from_slice(event)
                .map_err(|error| self.wire.unreadable(&text::line(&error.to_string())))?;
            if let Some(error) = chunk.error {
                return Err(self.wire.unreadable(&text::quote(&error.to_string(), 200)));
            }
            if let Some(usage) = chunk.usage {
                counted.tokens_in = usage.prompt_tokens;
                counted.tokens_out = usage.completion_tokens;
            }
            let Some(choice) = chunk.choices.into_iter().next() else {
                continue;
            };
            if !growing.take(choice.delta.content.as_deref().unwrap_or_default()) {
                return Err(self.wire.unreadable("it goes on without an end"));
            }
            if let Some(reason) = choice.finish_reason {
                counted.cut = reason == "length";
                finished = true;
            }
        }
        if !finished {
            return Err(ServerError::BrokenOff {
                host: host(),
                why: "the answer has no end".to_owned(),
            });
        }
        read_whole(question, &self.model, counted.tokens_in)?;
        Ok(growing.end(counted))
    }
}
