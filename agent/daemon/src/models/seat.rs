//! Which model of a tier answers.

use std::time::Duration;

use agent_models::{
    ChatAnswer, ChatQuestion, ServerError,
    ollama::{ChatModel, Model, Ollama},
};
use tokio::time::Instant;

use super::{Tier, desk::Chat};
use crate::{config::Talk, handle::Handle};

/// How long a server is waited for that says what models it has.
const WAIT: Duration = Duration::from_secs(5);

/// How long what it said is believed: a model may be pulled anew under its name.
const BELIEVED: Duration = Duration::from_secs(60);

/// Models that are looked at before `auto` gives up.
const LOOKED_AT: usize = 8;

/// A model that may be asked.
#[derive(Debug, Clone)]
pub(super) enum Seat {
    Ollama(ChatModel),
    /// A model and the address of its server.
    OpenAi(String, String),
}

impl Seat {
    pub(super) fn tier(&self) -> Tier {
        match self {
            Self::Ollama(_) => Tier::Ollama,
            Self::OpenAi(..) => Tier::OpenAi,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Ollama(model) => &model.model.name,
            Self::OpenAi(model, _) => model,
        }
    }

    /// What tells its answers from those of every other model.
    pub(super) fn mark(&self) -> String {
        match self {
            Self::Ollama(model) => model.model.space_name(),
            Self::OpenAi(model, host) => format!("{model}@{host}"),
        }
    }

    pub(super) async fn chat(
        &self,
        chat: &Chat,
        question: &ChatQuestion<'_>,
        progress: &(dyn Fn(u32) + Send + Sync),
    ) -> Result<ChatAnswer, ServerError> {
        let gone = || ServerError::Client {
            why: "it is not to be asked".to_owned(),
        };
        match self {
            Self::Ollama(model) => {
                let server = chat.ollama.as_ref().ok_or_else(gone)?;
                server.chat(model, question, progress).await
            }
            Self::OpenAi(..) => {
                let server = chat.openai.as_ref().ok_or_else(gone)?;
                server.chat(question, progress).await
            }
        }
    }
}

/// The model of a tier; `None` when the tier is not wanted, and why when it is wanted
/// and cannot be asked now.
pub(super) async fn take(handle: &Handle, tier: Tier) -> Result<Option<Seat>, String> {
    let chat = &handle.chat;
    if let Some(why) = chat.desk(tier).resting() {
        return Err(why);
    }
    match tier {
        Tier::OpenAi => match &chat.openai {
            Some(server) => Ok(Some(Seat::OpenAi(
                server.model().to_owned(),
                server.host().to_string(),
            ))),
            None => unwanted(chat, tier),
        },
        Tier::Ollama => match &chat.ollama {
            Some(server) => Ok(Some(Seat::Ollama(model(chat, server).await?))),
            None => unwanted(chat, tier),
        },
    }
}

fn unwanted(chat: &Chat, tier: Tier) -> Result<Option<Seat>, String> {
    let problem = chat.desk(tier).seen().problem.clone();
    if problem.is_empty() {
        Ok(None)
    } else {
        Err(problem)
    }
}

/// The model on an Ollama server: the one seen a moment ago, else the one there now.
async fn model(chat: &Chat, server: &Ollama) -> Result<ChatModel, String> {
    let desk = chat.desk(Tier::Ollama);
    let seen = desk.seen().clone();
    let fresh = seen.looked.is_some_and(|at| at.elapsed() < BELIEVED);
    if let (Some(model), true) = (seen.model.clone(), fresh) {
        return Ok(model);
    }
    look(chat, server).await
}

/// Asks the server which model answers, and notes it.
pub(super) async fn look(chat: &Chat, server: &Ollama) -> Result<ChatModel, String> {
    let desk = chat.desk(Tier::Ollama);
    let known = desk.seen().model.clone();
    let found = match tokio::time::timeout(WAIT, choose(&chat.choice, server, known)).await {
        Ok(found) => found,
        Err(_) => Err(Choice::Server(ServerError::Silent {
            host: server.host().to_string(),
            within: WAIT,
        })),
    };
    match found {
        Ok(model) => {
            desk.works();
            let mut seen = desk.seen();
            seen.model = Some(model.clone());
            seen.looked = Some(Instant::now());
            Ok(model)
        }
        Err(Choice::Server(error)) => {
            desk.failed(&error);
            Err(error.to_string())
        }
        Err(Choice::None(why)) => {
            let mut seen = desk.seen();
            seen.model = None;
            seen.problem.clone_from(&why);
            seen.rests_until = None;
            seen.down_since.get_or_insert_with(Instant::now);
            Err(why)
        }
    }
}

/// Why no model was chosen.
enum Choice {
    /// The server fails.
    Server(ServerError),
    /// It works, and has none.
    None(String),
}

impl From<ServerError> for Choice {
    fn from(error: ServerError) -> Self {
        Self::Server(error)
    }
}

async fn choose(
    choice: &Talk,
    server: &Ollama,
    known: Option<ChatModel>,
) -> Result<ChatModel, Choice> {
    let mut models = server.models().await?;
    let known = |model: &Model| known.clone().filter(|known| known.model == *model);
    match choice {
        Talk::Off => Err(Choice::None("models.chat is off".to_owned())),
        Talk::Model(name) => {
            let Some(model) = models.iter().find(|model| model.is_called(name)) else {
                return Err(Choice::None(
                    ServerError::NotPulled {
                        model: name.clone(),
                    }
                    .to_string(),
                ));
            };
            if let Some(known) = known(model) {
                return Ok(known);
            }
            let found = server.chat_model(model).await?;
            found.ok_or_else(|| Choice::None(format!("the model {name} does not answer in words")))
        }
        Talk::Auto => {
            Ollama::sort_for_chat(&mut models);
            for model in models.iter().take(LOOKED_AT) {
                if let Some(known) = known(model) {
                    return Ok(known);
                }
                if let Some(found) = server.chat_model(model).await? {
                    return Ok(found);
                }
            }
            Err(Choice::None(format!(
                "the model server at {} has no model that answers in words: ollama pull qwen3:4b",
                server.host()
            )))
        }
    }
}
