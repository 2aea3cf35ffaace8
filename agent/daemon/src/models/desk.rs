//! What is known of the servers that answer: who may be asked, what fails, and which
//! calls are under way.

use std::{
    fs,
    io::{ErrorKind, Read as _},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use agent_models::{
    Exchange, Host, OpenAi, Patience, PromptError, Prompts, ServerError,
    ollama::{ChatModel, Ollama},
};
use agent_store::NewEgress;
use jiff::Timestamp;
use tokio::{sync::watch, time::Instant};

use super::Tier;
use crate::{
    clock,
    config::{Models, Server, Talk},
    ledger::Egress,
};

/// A server that failed is tried again after this long.
const REST: Duration = Duration::from_secs(60);

/// Longest key of a server.
const LONGEST_KEY: u64 = 4096;

/// A call under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) number: u64,
    pub(crate) task: &'static str,
    pub(crate) about: (&'static str, String),
    pub(crate) model: String,
    pub(crate) tokens: u32,
    pub(crate) since: Timestamp,
}

/// Who may be asked.
pub(crate) struct Chat {
    pub(super) choice: Talk,
    pub(super) ollama: Option<Ollama>,
    pub(super) openai: Option<OpenAi>,
    /// What the environment names in vain.
    pub(super) ignored: Option<Host>,
    /// How long a model may be silent.
    pub(super) quiet: Duration,
    pub(super) prompts: Prompts,
    /// Where the person's own bodies are.
    pub(super) folder: PathBuf,
    ollama_desk: Desk,
    openai_desk: Desk,
    progress: watch::Sender<Vec<Progress>>,
    number: AtomicU64,
}

/// One tier's state.
#[derive(Default)]
pub(super) struct Desk {
    /// One call at a time; who came first is served first.
    pub(super) queue: tokio::sync::Mutex<()>,
    seen: Mutex<Seen>,
}

/// What was last seen of a server.
#[derive(Default, Clone)]
pub(super) struct Seen {
    pub(super) model: Option<ChatModel>,
    pub(super) looked: Option<Instant>,
    /// Why it is not asked, in words.
    pub(super) problem: String,
    /// Until when it is left alone.
    pub(super) rests_until: Option<Instant>,
    /// Since when it fails.
    pub(super) down_since: Option<Instant>,
}

/// What the desk is made from.
pub(crate) struct Origin<'a> {
    pub(crate) models: &'a Models,
    pub(crate) server: Server,
    pub(crate) practice: bool,
    pub(crate) root: &'a Path,
    pub(crate) keys: &'a Path,
    pub(crate) egress: Egress,
}

impl Chat {
    /// Reads who may be asked out of the configuration. Nobody is asked yet.
    pub(crate) fn new(origin: Origin<'_>) -> Result<Self, PromptError> {
        let Origin {
            models,
            server,
            practice,
            root,
            keys,
            egress,
        } = origin;
        let (ollama_desk, openai_desk) = (Desk::default(), Desk::default());
        let ollama = match &models.chat {
            Talk::Off => None,
            Talk::Auto | Talk::Model(_) => {
                let made = allowed(&server.host, practice)
                    .and_then(|()| ollama(&server.host, egress.clone()).map_err(words));
                made.map_err(|why| ollama_desk.seen().problem = why).ok()
            }
        };
        let openai = models.openai.as_ref().and_then(|chosen| {
            let made = allowed(&chosen.url, practice).and_then(|()| {
                let key = key(&keys.join("openai"))?;
                let server = OpenAi::new(chosen.url.clone(), &chosen.model, Patience::default());
                let server = server.and_then(|server| match key {
                    Some(key) => server.with_key(&key),
                    None => Ok(server),
                });
                let server = server.map_err(words)?;
                Ok(match chosen.url.is_this_machine() {
                    true => server,
                    false => server.telling(noting(egress.clone())),
                })
            });
            made.map_err(|why| openai_desk.seen().problem = why).ok()
        });
        Ok(Self {
            choice: models.chat.clone(),
            ollama,
            openai,
            ignored: server.ignored,
            quiet: Duration::from_secs(models.patience.into()),
            prompts: Prompts::built_in()?,
            folder: root.join("prompts"),
            ollama_desk,
            openai_desk,
            progress: watch::Sender::new(Vec::new()),
            number: AtomicU64::new(0),
        })
    }

    pub(super) fn desk(&self, tier: Tier) -> &Desk {
        match tier {
            Tier::Ollama => &self.ollama_desk,
            Tier::OpenAi => &self.openai_desk,
        }
    }

    /// The calls under way, as they go on.
    pub(crate) fn progress(&self) -> watch::Receiver<Vec<Progress>> {
        self.progress.subscribe()
    }

    /// Notes a call as under way and gives its number.
    pub(super) fn begin(&self, of: Progress) -> u64 {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        self.progress
            .send_modify(|all| all.push(Progress { number, ..of }));
        number
    }

    pub(super) fn tokens(&self, number: u64, tokens: u32) {
        self.progress.send_modify(|all| {
            if let Some(call) = all.iter_mut().find(|call| call.number == number) {
                call.tokens = tokens;
            }
        });
    }

    pub(super) fn end(&self, number: u64) {
        self.progress
            .send_modify(|all| all.retain(|call| call.number != number));
    }
}

impl Desk {
    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why the tier is left alone for now.
    pub(super) fn resting(&self) -> Option<String> {
        let seen = self.seen();
        let until = seen.rests_until?;
        (Instant::now() < until).then(|| seen.problem.clone())
    }

    /// A server failed: it is left alone for a while. One that works and whose model
    /// only could not take this question is not.
    pub(super) fn failed(&self, error: &ServerError) {
        let mut seen = self.seen();
        match error {
            ServerError::ContextTooSmall { .. } | ServerError::Truncated { .. } => {}
            ServerError::Unreachable { .. }
            | ServerError::BrokenOff { .. }
            | ServerError::Silent { .. }
            | ServerError::NotPulled { .. }
            | ServerError::NoModel { .. }
            | ServerError::Denied { .. }
            | ServerError::Replaced { .. }
            | ServerError::Failed { .. }
            | ServerError::Slow { .. }
            | ServerError::Unreadable { .. }
            | ServerError::Dimensions { .. }
            | ServerError::Count { .. }
            | ServerError::NotANumber { .. }
            | ServerError::Client { .. } => {
                seen.problem = words(error);
                seen.rests_until = Some(Instant::now() + REST);
                seen.down_since.get_or_insert_with(Instant::now);
                seen.model = None;
            }
        }
    }

    /// The server works.
    pub(super) fn works(&self) {
        let mut seen = self.seen();
        seen.problem.clear();
        seen.rests_until = None;
        seen.down_since = None;
    }
}

fn allowed(host: &Host, practice: bool) -> Result<(), String> {
    if practice && !host.is_this_machine() {
        return Err("a practice home reaches nothing but this machine".to_owned());
    }
    Ok(())
}

fn ollama(host: &Host, egress: Egress) -> Result<Ollama, ServerError> {
    let server = Ollama::new(host.clone(), Patience::default())?;
    // What stays on this machine is no egress.
    Ok(match host.is_this_machine() {
        true => server,
        false => server.telling(noting(egress)),
    })
}

fn noting(egress: Egress) -> Arc<dyn Fn(Exchange) + Send + Sync> {
    Arc::new(move |exchange: Exchange| {
        egress.note(NewEgress {
            at: clock::now(),
            component: "model server".to_owned(),
            purpose: "questions".to_owned(),
            method: exchange.method.to_owned(),
            url: exchange.url,
            host: exchange.host,
            status: exchange.status,
            bytes_out: exchange.bytes_out,
            bytes_in: exchange.bytes_in,
            refusal: exchange.failure,
        });
    })
}

/// The key of a server, in a file that only its owner reads. A server on this machine
/// needs none.
fn key(path: &Path) -> Result<Option<String>, String> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot read {}: {error}", path.display())),
    };
    let open = file.metadata().map_or(0, |of| of.mode() & 0o077);
    if open != 0 {
        return Err(format!(
            "others may read the key in {path}: chmod 600 {path}",
            path = path.display()
        ));
    }
    let mut text = String::new();
    file.take(LONGEST_KEY)
        .read_to_string(&mut text)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(Some(text.trim().to_owned()).filter(|key| !key.is_empty()))
}

pub(super) fn words(error: impl ToString) -> String {
    error.to_string()
}
