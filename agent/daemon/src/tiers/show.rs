//! What is shown of models and vectors.

use std::time::Duration;

use agent_store::{Filled, Role, UpperSpace};

use super::{SeenModel, Tiers, round::look};
use crate::{fault::Fault, handle::Handle};

/// How long a list of models waits for the server.
const WAIT: Duration = Duration::from_secs(5);

/// What a model is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Its vectors serve.
    Serving,
    /// Its vectors are being made.
    Filling,
    /// Its vectors serve when no others do.
    Below,
    /// Nothing.
    None,
}

/// A model, and its vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownModel {
    pub(crate) name: String,
    pub(crate) built_in: bool,
    pub(crate) embeds: bool,
    /// Whether it is on the server now.
    pub(crate) present: bool,
    pub(crate) used: Use,
    /// Length of its vectors; 0 while unknown.
    pub(crate) dims: usize,
    pub(crate) digest: String,
    pub(crate) bytes: u64,
    pub(crate) filled: Filled,
}

/// Models and vectors as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Where the server is; empty when none is to be asked.
    pub(crate) server: String,
    /// Whether what is embedded leaves this machine.
    pub(crate) leaves: bool,
    /// The setting.
    pub(crate) choice: String,
    /// Why no vectors are made; empty when they are or none are wanted.
    pub(crate) problem: String,
    /// What is odd about the settings; may be empty.
    pub(crate) note: String,
    pub(crate) models: Vec<ShownModel>,
}

/// What was seen last, without asking the server: the model whose vectors serve or
/// are made stands in the list, and the built-in one.
pub(crate) async fn glance(handle: &Handle) -> Result<Shown, Fault> {
    let tiers = &handle.tiers;
    let (models, problem) = {
        let seen = tiers.seen();
        (seen.models.clone(), seen.problem.clone())
    };
    let (serving, filling) = handle
        .store
        .read(|reader| {
            let serving = reader.upper_space(Role::Serving)?;
            Ok((serving, reader.upper_space(Role::Filling)?))
        })
        .await?;
    let built_in_serves = serving.is_none();
    let mut all = vec![ShownModel {
        name: tiers.built_in.name.clone(),
        built_in: true,
        embeds: true,
        present: true,
        used: if built_in_serves {
            Use::Serving
        } else {
            Use::Below
        },
        dims: tiers.built_in.dims,
        digest: String::new(),
        bytes: 0,
        filled: Filled::default(),
    }];
    let upper = [(serving, Use::Serving), (filling, Use::Filling)];
    for (upper, used) in upper {
        let Some(upper) = upper else { continue };
        let present = models.iter().find(|seen| is_of(seen, &upper));
        let filled = tiers.filled(&upper.space);
        all.push(ShownModel {
            name: upper.model,
            built_in: false,
            embeds: true,
            filled,
            present: present.is_some(),
            used,
            dims: upper.space.dims,
            digest: upper.digest,
            bytes: present.map(|seen| seen.model.bytes).unwrap_or_default(),
        });
    }
    for seen in models {
        let listed =
            |shown: &ShownModel| shown.name == seen.model.name && shown.digest == seen.model.digest;
        if all.iter().any(listed) {
            continue;
        }
        all.push(ShownModel {
            name: seen.model.name,
            built_in: false,
            embeds: seen.embeds,
            present: true,
            used: Use::None,
            dims: 0,
            digest: seen.model.digest,
            bytes: seen.model.bytes,
            filled: Filled::default(),
        });
    }
    let asked = tiers.ollama.as_ref().map(|ollama| ollama.host());
    Ok(Shown {
        server: asked.map(ToString::to_string).unwrap_or_default(),
        leaves: asked.is_some_and(|host| !host.is_this_machine()),
        choice: tiers.choice.to_string(),
        problem,
        note: note(tiers),
        models: all,
    })
}

/// Asks the server first.
pub(crate) async fn shown(handle: &Handle) -> Result<Shown, Fault> {
    let mut problem = None;
    if let Some(ollama) = &handle.tiers.ollama {
        problem = match tokio::time::timeout(WAIT, look(handle, ollama)).await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("the model server does not answer".to_owned()),
        };
        if problem.is_some() {
            handle.tiers.seen().models.clear();
        }
        handle.tiers.wake();
    }
    let mut shown = glance(handle).await?;
    if let Some(problem) = problem {
        shown.problem = problem;
    }
    Ok(shown)
}

fn is_of(seen: &SeenModel, upper: &UpperSpace) -> bool {
    seen.model.name == upper.model && seen.model.digest == upper.digest
}

fn note(tiers: &Tiers) -> String {
    match &tiers.server.ignored {
        Some(host) => format!(
            "OLLAMA_HOST names {host}, another machine: it is asked only when the \
             configuration names it (models.ollama)"
        ),
        None => String::new(),
    }
}
