//! Questions to models that answer in words: one structured question at a time, to
//! whichever tier answers (ADR 13).
//!
//! What a model says is data. It is read by the schema of its question and by the
//! caller's own test, and causes nothing by itself. Who asks must be able to go on
//! when nobody answers.

mod call;
mod desk;
mod prompts;
mod seat;
mod show;

use agent_models::{Rendered, Shape};
use agent_store::AnswerKey;
use serde_json::Value;

pub(crate) use self::{
    desk::{Chat, Origin, Progress},
    prompts::{CurrentPrompt, current, every, reset},
    show::{Shown, ShownTier, away, shown},
};
pub(crate) use agent_store::ModelTier as Tier;

use self::seat::Seat;
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
};

/// One structured question to whichever model tier answers.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// File name in `prompts/` without `.md`.
    pub(crate) task: &'static str,
    /// The prompt's variables; an undefined one is an error, each is cut to its cap.
    pub(crate) values: Value,
    /// JSON Schema of the answer.
    pub(crate) schema: Value,
    /// What it is about, for the ledger: "job", "goal", "application" or "document",
    /// and its id.
    pub(crate) about: (&'static str, String),
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reply {
    /// A model gave an answer that passed every test.
    Answer(Answer),
    /// There is no model, or none gave a usable answer.
    Nobody {
        /// Why: one sentence for the person.
        why: String,
    },
}

/// An answer of the right shape that the caller's test passed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) value: Value,
    pub(crate) model: String,
    pub(crate) tier: Tier,
    /// Its place in the ledger.
    pub(crate) call: i64,
    /// Whether the same was asked before, and nothing now.
    pub(crate) cached: bool,
}

/// A question made ready.
struct Asked {
    task: &'static str,
    about: (&'static str, String),
    prompt: Rendered,
    shape: Shape,
    schema: Value,
    digest: [u8; 32],
}

/// Asks the tiers in their order. `check` is the caller's own test of an answer that
/// has the shape: its error is written down as a refusal and the model is asked
/// again, twice in all. A fault is the daemon's own; dropping the future cancels the
/// call.
pub(crate) async fn ask(
    handle: &Handle,
    question: Question,
    check: impl Fn(&Value) -> Result<(), String> + Send + Sync,
) -> Result<Reply, Fault> {
    let Question {
        task,
        values,
        schema,
        about,
    } = question;
    let paused = handle.store.read(|reader| reader.paused_since()).await?;
    if paused.is_some() {
        return Ok(Reply::Nobody {
            why: "the daemon is paused".to_owned(),
        });
    }
    let shape = Shape::new(&schema).map_err(ours)?;
    let prompt = prompts::rendered(handle, task, &values).await?;
    let digest = prompt.digest(&schema);
    let asked = Asked {
        task,
        about,
        prompt,
        shape,
        schema,
        digest,
    };
    tokio::select! {
        reply = in_turn(handle, &asked, &check) => reply,
        // A call may take minutes; the daemon's end does not wait for it.
        () = handle.shutdown.cancelled() => Ok(Reply::Nobody {
            why: "the daemon is stopping".to_owned(),
        }),
    }
}

/// Asks one tier after the other.
async fn in_turn(
    handle: &Handle,
    asked: &Asked,
    check: &(impl Fn(&Value) -> Result<(), String> + Sync),
) -> Result<Reply, Fault> {
    let mut whys: Vec<String> = Vec::new();
    for tier in [Tier::Ollama, Tier::OpenAi] {
        let seat = match seat::take(handle, tier).await {
            Ok(Some(seat)) => seat,
            Ok(None) => continue,
            Err(why) => {
                whys.push(why);
                continue;
            }
        };
        match call::through(handle, &seat, asked, check).await? {
            Ok(answer) => return Ok(Reply::Answer(answer)),
            Err(why) => whys.push(why),
        }
    }
    if whys.is_empty() {
        whys.push("no model is to be asked (models.chat is off)".to_owned());
    }
    Ok(Reply::Nobody {
        why: whys.join("; "),
    })
}

impl Asked {
    fn key(&self, seat: &Seat) -> AnswerKey {
        AnswerKey {
            prompt: self.digest,
            model: seat.mark(),
            parameters: format!("temperature 0, again {}, seed {}", call::WARMER, call::SEED),
        }
    }
}

/// A prompt or schema of the program's own that cannot be used.
fn ours(error: impl ToString) -> Fault {
    Fault::new(Kind::Internal, agent_api::reason::BUG, error.to_string())
}
