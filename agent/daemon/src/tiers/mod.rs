//! The tiers of vectors: those of a model on a model server, where there is one,
//! above the built-in ones.
//!
//! Every job always has built-in vectors, made while it is taken in. The vectors of
//! a model are made in the background, and serve once every open job has them;
//! when the server fails for long, or is needed and does not answer, the built-in
//! ones serve again at once (ADR 12).

mod ask;
mod choose;
mod fill;
mod round;
mod show;
mod switch;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use agent_core::matching::Scales;
use agent_models::ollama::{Exchange, Model, Ollama, Patience};
use agent_store::{Filled, NewEgress, Role, Store, StoreError, UpperSpace, VectorSpace};
use sha2::{Digest as _, Sha256};
use tokio::sync::Notify;

pub(crate) use self::{
    ask::{Meaning, of_person, of_query, step_down},
    round::run,
    show::{Shown, ShownModel, Use, glance, shown},
};
use crate::{
    clock,
    config::{Embeddings, Models, Server},
    ledger::Egress,
};

/// Which vectors search, ranking and likeness use.
#[derive(Debug, Clone)]
pub(crate) enum Serving {
    /// The built-in ones.
    BuiltIn(VectorSpace),
    /// Those of a model.
    Upper(Arc<UpperSpace>),
}

impl Serving {
    /// Their space.
    pub(crate) fn space(&self) -> &VectorSpace {
        match self {
            Self::BuiltIn(space) => space,
            Self::Upper(upper) => &upper.space,
        }
    }

    /// How their likenesses are read.
    pub(crate) fn scales(&self) -> Scales {
        match self {
            Self::BuiltIn(_) => Scales::default(),
            Self::Upper(upper) => upper.scales.clone(),
        }
    }

    /// What tells rankings by them from rankings by others; empty for the built-in
    /// ones.
    pub(crate) fn mark(&self) -> String {
        match self {
            Self::BuiltIn(_) => String::new(),
            Self::Upper(upper) => {
                let scales = serde_json::json!(upper.scales).to_string();
                let digest = Sha256::digest(scales.as_bytes());
                let digest: String = digest.iter().take(4).map(|b| format!("{b:02x}")).collect();
                format!(" {}/{} {digest}", upper.space.name, upper.space.dims)
            }
        }
    }
}

/// A model that was seen on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenModel {
    pub(crate) model: Model,
    pub(crate) embeds: bool,
}

/// What was last seen of the server.
#[derive(Debug, Default)]
struct Seen {
    models: Vec<SeenModel>,
    /// Whether a model makes vectors, by its name and digest: asked once.
    embeds: HashMap<(String, String), bool>,
    /// How far spaces are filled, by their names. Counting takes a look at every job,
    /// and every command asks for the status.
    filled: HashMap<String, Filled>,
    /// Why no vectors are made, in words; empty when they are or none are wanted.
    problem: String,
    /// Since when the server fails, as [`clock::awake`] counts.
    down_since: Option<Duration>,
}

/// The tiers and their state beside the database.
pub(crate) struct Tiers {
    choice: Embeddings,
    server: Server,
    /// `None` when no server is to be asked.
    ollama: Option<Ollama>,
    built_in: VectorSpace,
    serving: RwLock<Serving>,
    seen: Mutex<Seen>,
    wake: Notify,
}

/// What the tiers are made from.
pub(crate) struct Origin<'a> {
    pub(crate) models: &'a Models,
    pub(crate) server: Server,
    pub(crate) practice: bool,
    pub(crate) built_in: VectorSpace,
    pub(crate) egress: Egress,
}

impl Tiers {
    /// Takes up the state an earlier daemon left.
    pub(crate) async fn load(store: &Store, origin: Origin<'_>) -> Result<Self, StoreError> {
        let Origin {
            models,
            server,
            practice,
            built_in,
            egress,
        } = origin;
        let (serving, filled) = store
            .read(|reader| {
                let serving = reader.upper_space(Role::Serving)?;
                let mut filled = HashMap::new();
                for upper in serving.iter().chain(&reader.upper_space(Role::Filling)?) {
                    filled.insert(upper.space.name.clone(), reader.filled(&upper.space)?);
                }
                Ok((serving, filled))
            })
            .await?;
        let mut seen = Seen {
            filled,
            ..Seen::default()
        };
        let here = server.host.is_this_machine();
        let ollama = match &models.embeddings {
            Embeddings::BuiltIn => None,
            Embeddings::Auto | Embeddings::Model(_) if practice && !here => {
                seen.problem = "a practice home reaches nothing but this machine".to_owned();
                None
            }
            Embeddings::Auto | Embeddings::Model(_) => {
                match Ollama::new(server.host.clone(), Patience::default()) {
                    // What stays on this machine is no egress.
                    Ok(ollama) if here => Some(ollama),
                    Ok(ollama) => Some(ollama.telling(Arc::new(move |exchange| {
                        egress.note(entry(exchange));
                    }))),
                    Err(error) => {
                        seen.problem = error.to_string();
                        None
                    }
                }
            }
        };
        Ok(Self {
            choice: models.embeddings.clone(),
            server,
            ollama,
            serving: RwLock::new(match serving {
                Some(upper) => Serving::Upper(Arc::new(upper)),
                None => Serving::BuiltIn(built_in.clone()),
            }),
            built_in,
            seen: Mutex::new(seen),
            wake: Notify::new(),
        })
    }

    /// Which vectors serve now.
    pub(crate) fn serving(&self) -> Serving {
        self.serving
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The space that always has every job.
    pub(crate) fn built_in(&self) -> &VectorSpace {
        &self.built_in
    }

    /// Has the background work look at once: there may be something to do.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    fn serve(&self, serving: Serving) {
        *self.serving.write().unwrap_or_else(PoisonError::into_inner) = serving;
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes why no vectors are made.
    fn failed(&self, why: impl ToString) {
        let mut seen = self.seen();
        seen.problem = why.to_string();
        seen.down_since.get_or_insert_with(clock::awake);
    }

    /// Notes that all is well.
    fn works(&self) {
        let mut seen = self.seen();
        seen.problem.clear();
        seen.down_since = None;
    }

    /// How far a space was filled when it was last looked at.
    fn filled(&self, space: &VectorSpace) -> Filled {
        let seen = self.seen();
        seen.filled.get(&space.name).copied().unwrap_or_default()
    }

    fn note_filled(&self, space: &VectorSpace, filled: Filled) {
        self.seen().filled.insert(space.name.clone(), filled);
    }

    /// How long the server has failed; nothing while it does not.
    pub(crate) fn down_for(&self) -> Duration {
        let since = self.seen().down_since;
        since.map_or(Duration::ZERO, |since| clock::awake().saturating_sub(since))
    }
}

fn entry(exchange: Exchange) -> NewEgress {
    NewEgress {
        at: clock::now(),
        component: "model server".to_owned(),
        purpose: "vectors".to_owned(),
        method: exchange.method.to_owned(),
        url: exchange.url,
        host: exchange.host,
        status: exchange.status,
        bytes_out: exchange.bytes_out,
        bytes_in: exchange.bytes_in,
        refusal: exchange.failure,
    }
}
