//! What is shown of the models that answer.

use std::time::Duration;

use super::{Progress, Tier, seat};
use crate::{config::Talk, handle::Handle};

/// A tier as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownTier {
    pub(crate) tier: Tier,
    /// Address of its server.
    pub(crate) server: String,
    /// Whether what is asked leaves this machine.
    pub(crate) leaves: bool,
    /// The model that answers; empty when none does.
    pub(crate) model: String,
    /// Tokens the model reads and writes at once; 0 when that is not known.
    pub(crate) context: u32,
    /// Why it is not asked; empty when it is.
    pub(crate) problem: String,
}

/// Who answers, in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The setting.
    pub(crate) choice: String,
    pub(crate) tiers: Vec<ShownTier>,
    /// Calls under way.
    pub(crate) calls: Vec<Progress>,
    /// What is odd about the settings; may be empty.
    pub(crate) note: String,
}

/// The model that the person named for questions and why it does not answer, when it
/// has failed for longer than `bearable`, and fails still.
pub(crate) async fn away(handle: &Handle, bearable: Duration) -> Option<(String, String)> {
    let name = match &handle.chat.choice {
        Talk::Model(name) => name.clone(),
        Talk::Auto | Talk::Off => return None,
    };
    let since = handle.chat.desk(Tier::Ollama).seen().down_since?;
    if since.elapsed() < bearable {
        return None;
    }
    let now = shown(handle).await;
    let tier = now.tiers.into_iter().find(|one| one.tier == Tier::Ollama)?;
    (!tier.problem.is_empty()).then_some((name, tier.problem))
}

/// Who answers now. The server is asked which models it has.
pub(crate) async fn shown(handle: &Handle) -> Shown {
    let chat = &handle.chat;
    let mut tiers = Vec::new();
    if chat.choice != Talk::Off {
        if let Some(server) = &chat.ollama {
            // What it says is noted at its desk.
            let _ = seat::look(chat, server).await;
        }
        let seen = chat.desk(Tier::Ollama).seen().clone();
        let host = chat.ollama.as_ref().map(|server| server.host());
        let model = seen.model.filter(|_| seen.problem.is_empty());
        tiers.push(ShownTier {
            tier: Tier::Ollama,
            server: host.map(ToString::to_string).unwrap_or_default(),
            leaves: host.is_some_and(|host| !host.is_this_machine()),
            model: model
                .as_ref()
                .map(|model| model.model.name.clone())
                .unwrap_or_default(),
            context: model.map(|model| model.context).unwrap_or_default(),
            problem: seen.problem,
        });
    }
    let problem = chat.desk(Tier::OpenAi).seen().problem.clone();
    if chat.openai.is_some() || !problem.is_empty() {
        let host = chat.openai.as_ref().map(|server| server.host());
        tiers.push(ShownTier {
            tier: Tier::OpenAi,
            server: host.map(ToString::to_string).unwrap_or_default(),
            leaves: host.is_some_and(|host| !host.is_this_machine()),
            model: chat
                .openai
                .as_ref()
                .map(|server| server.model().to_owned())
                .unwrap_or_default(),
            context: 0,
            problem,
        });
    }
    let calls = chat.progress().borrow().clone();
    Shown {
        choice: chat.choice.to_string(),
        tiers,
        calls,
        note: match &chat.ignored {
            Some(host) => format!(
                "OLLAMA_HOST names {host}, another machine: it is asked only when the \
                 configuration names it (models.ollama)"
            ),
            None => String::new(),
        },
    }
}
