//! Answers of a model on an Ollama server: `/api/chat`, streamed.

use agent_core::text;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Model, Ollama, Show, known};
use crate::{
    ServerError,
    chat::{ChatAnswer, ChatQuestion, Counted, Growing, Message, read_whole},
};

/// What is taken for the context of a model whose server does not say it: Ollama's
/// own default.
const USUAL_CONTEXT: u32 = 4096;

/// The smallest context asked for, and the step by which it grows: a server loads a
/// model anew for another one.
const CONTEXT_STEP: u32 = 2048;

/// A model that answers in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatModel {
    /// The model.
    pub model: Model,
    /// Most tokens it reads and writes at once.
    pub context: u32,
    /// Whether it thinks aloud unless it is told not to.
    thinks: bool,
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    capabilities: Vec<String>,
    #[serde(default)]
    model_info: serde_json::Map<String, Value>,
}

#[derive(Serialize)]
struct Chat<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    format: &'a Value,
    options: Options,
    #[serde(skip_serializing_if = "Option::is_none")]
    think: Option<bool>,
}

#[derive(Serialize)]
struct Options {
    temperature: f32,
    seed: u32,
    num_ctx: u32,
    num_predict: u32,
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    message: Said,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    done_reason: String,
    #[serde(default)]
    prompt_eval_count: u32,
    #[serde(default)]
    eval_count: u32,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Deserialize, Default)]
struct Said {
    #[serde(default)]
    content: String,
}

impl Ollama {
    /// What a model is for one that answers in words; `None` when it does not.
    pub async fn chat_model(&self, model: &Model) -> Result<Option<ChatModel>, ServerError> {
        let name = model.name.as_str();
        let shown: Shown = self
            .wire
            .post("api/show", &Show { model: name }, name)
            .await?;
        let can = |what: &str| shown.capabilities.iter().any(|can| can == what);
        let answers = if shown.capabilities.is_empty() {
            known::answers(name)
        } else {
            can("completion")
        };
        let context = shown
            .model_info
            .iter()
            .filter(|(key, _)| key.ends_with(".context_length"))
            .find_map(|(_, value)| u32::try_from(value.as_u64()?).ok())
            .filter(|context| *context > 0)
            .unwrap_or(USUAL_CONTEXT);
        Ok(answers.then(|| ChatModel {
            model: model.clone(),
            context,
            thinks: can("thinking"),
        }))
    }

    /// Asks a model; tells `progress` the tokens so far. Nothing ends an answer that
    /// flows; dropping the future does, and the server then stops.
    pub async fn chat(
        &self,
        model: &ChatModel,
        question: &ChatQuestion<'_>,
        progress: &(dyn Fn(u32) + Send + Sync),
    ) -> Result<ChatAnswer, ServerError> {
        let name = model.model.name.as_str();
        let needs = question.needs();
        if needs > model.context {
            return Err(ServerError::ContextTooSmall {
                model: name.to_owned(),
                needs,
                has: model.context,
            });
        }
        let asked = Chat {
            model: name,
            messages: question.messages(),
            stream: true,
            format: question.schema,
            options: Options {
                temperature: question.temperature,
                seed: question.seed,
                num_ctx: needs.next_multiple_of(CONTEXT_STEP).min(model.context),
                num_predict: question.answer_tokens,
            },
            think: model.thinks.then_some(false),
        };
        let mut lines = self
            .wire
            .stream("api/chat", &asked, question.pace())
            .await?;
        match lines.status() {
            200..=299 => {}
            404 => {
                return Err(ServerError::NotPulled {
                    model: name.to_owned(),
                });
            }
            _ => return Err(lines.refusal().await),
        }
        let mut growing = Growing::new(question, progress);
        while let Some(line) = lines.next().await? {
            let chunk: Chunk = serde_json::from_slice(&line)
                .map_err(|error| self.wire.unreadable(&text::line(&error.to_string())))?;
            if let Some(error) = chunk.error {
                return Err(self.wire.unreadable(&text::quote(&error, 200)));
            }
            if !growing.take(&chunk.message.content) {
                return Err(self.wire.unreadable("it goes on without an end"));
            }
            if chunk.done {
                read_whole(question, name, chunk.prompt_eval_count)?;
                return Ok(growing.end(Counted {
                    tokens_in: chunk.prompt_eval_count,
                    tokens_out: chunk.eval_count,
                    cut: chunk.done_reason == "length",
                }));
            }
        }
        Err(ServerError::BrokenOff {
            host: self.host().to_string(),
            why: "the answer has no end".to_owned(),
        })
    }
}
