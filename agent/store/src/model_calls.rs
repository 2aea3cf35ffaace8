//! The ledger of what models were asked, and the answers that are kept.

use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Reader, StoreError, WriteTx,
    value::{count, integer, json, json_column, micros, time, unreadable},
};

/// Calls that are kept; the oldest beyond it are forgotten.
const CALLS: i64 = 20_000;

/// Answers that are kept.
const ANSWERS: i64 = 10_000;

/// Which kind of server a model is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ModelTier {
    /// An Ollama server.
    Ollama,
    /// One that speaks OpenAI's protocol.
    OpenAi,
}

impl ModelTier {
    /// As it is kept and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ollama => "ollama",
            Self::OpenAi => "openai-compatible",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Ollama, Self::OpenAi]
            .into_iter()
            .find(|tier| tier.name() == name)
    }
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallOutcome {
    /// Its answer is used.
    Ok,
    /// The same was asked before; no call was made.
    Cached,
    /// The answer has another shape than was asked for.
    Invalid(String),
    /// The answer has the shape and was refused.
    Refused(String),
    /// The answer was cut.
    Cut,
    /// There was no whole answer.
    Failed(String),
}

impl CallOutcome {
    /// As it is kept and shown.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Cached => "cached",
            Self::Invalid(_) => "invalid",
            Self::Refused(_) => "refused",
            Self::Cut => "cut",
            Self::Failed(_) => "failed",
        }
    }

    /// Why it did not go well, in words; empty when it did.
    pub fn why(&self) -> &str {
        match self {
            Self::Ok | Self::Cached | Self::Cut => "",
            Self::Invalid(why) | Self::Refused(why) | Self::Failed(why) => why,
        }
    }

    fn of(name: &str, why: String) -> Option<Self> {
        Some(match name {
            "ok" => Self::Ok,
            "cached" => Self::Cached,
            "invalid" => Self::Invalid(why),
            "refused" => Self::Refused(why),
            "cut" => Self::Cut,
            "failed" => Self::Failed(why),
            _ => return None,
        })
    }
}

/// What a call is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// "job", "goal", "application" or "document".
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// A call to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewModelCall {
    /// When it ended.
    pub at: Timestamp,
    /// Name of the prompt.
    pub task: String,
    /// Where the model is.
    pub tier: ModelTier,
    /// Its name.
    pub model: String,
    /// Digest of the question and its schema.
    pub prompt: [u8; 32],
    /// What it is about.
    pub about: About,
    /// Tokens of the question, by the server's count.
    pub tokens_in: u32,
    /// Tokens of the answer.
    pub tokens_out: u32,
    /// How long it took.
    pub millis: u64,
    /// What became of it.
    pub outcome: CallOutcome,
}

/// A call that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCall {
    /// Its place in the ledger.
    pub id: i64,
    /// The call.
    pub call: NewModelCall,
}

/// All calls of a day with one model for one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageRow {
    /// The day, counted from 1970-01-01 in UTC shifted by the offset asked for.
    pub day: i64,
    /// Where the model is.
    pub tier: ModelTier,
    /// Its name.
    pub model: String,
    /// Name of the prompt.
    pub task: String,
    /// Calls that were made.
    pub calls: u32,
    /// Questions that needed none.
    pub cached: u32,
    /// Answers of another shape, which were asked for again or given up.
    pub invalid: u32,
    /// Answers that were refused.
    pub refused: u32,
    /// Answers that were cut, or did not come.
    pub failed: u32,
    /// Tokens of the questions.
    pub tokens_in: u64,
    /// Tokens of the answers.
    pub tokens_out: u64,
    /// How long they took.
    pub millis: u64,
}

/// What an answer is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerKey {
    /// Digest of the question and its schema.
    pub prompt: [u8; 32],
    /// Name of the model with the digest of its files.
    pub model: String,
    /// What else it was asked with.
    pub parameters: String,
}

impl WriteTx<'_> {
    /// Appends a call to the ledger and gives its place in it.
    pub fn append_model_call(&mut self, call: &NewModelCall) -> Result<i64, StoreError> {
        self.run(
            "INSERT INTO model_calls (at, task, tier, model, prompt, about_kind, about_id,
                                      tokens_in, tokens_out, millis, outcome, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                micros(call.at),
                call.task,
                call.tier.name(),
                call.model,
                call.prompt,
                call.about.kind,
                call.about.id,
                call.tokens_in,
                call.tokens_out,
                integer(call.millis),
                call.outcome.name(),
                call.outcome.why(),
            ],
        )?;
        let id = self.connection.last_insert_rowid();
        self.run("DELETE FROM model_calls WHERE id <= ?1", [id - CALLS])?;
        Ok(id)
    }

    /// Keeps an answer that is used.
    pub fn save_model_answer(&mut self, key: &AnswerKey, answer: &Value) -> Result<(), StoreError> {
        self.run(
            "INSERT OR REPLACE INTO model_answers (prompt, model, parameters, answer)
             VALUES (?1, ?2, ?3, ?4)",
            params![
                key.prompt,
                key.model,
                key.parameters,
                json("answer", answer)?
            ],
        )?;
        let id = self.connection.last_insert_rowid();
        self.run("DELETE FROM model_answers WHERE id <= ?1", [id - ANSWERS])?;
        Ok(())
    }
}

impl Reader {
    /// The answer that is kept of a question, if there is one.
    pub fn model_answer(&self, key: &AnswerKey) -> Result<Option<Value>, StoreError> {
        self.first(
            "SELECT answer FROM model_answers WHERE prompt = ?1 AND model = ?2 AND parameters = ?3",
            params![key.prompt, key.model, key.parameters],
            |row| json_column(row, "answer"),
        )
    }

    /// The newest calls about something, newest first.
    pub fn model_calls_about(
        &self,
        about: &About,
        limit: u32,
    ) -> Result<Vec<ModelCall>, StoreError> {
        self.all(
            "SELECT * FROM model_calls WHERE about_kind = ?1 AND about_id = ?2
             ORDER BY id DESC LIMIT ?3",
            params![about.kind, about.id, limit],
            call,
        )
    }

    /// The newest calls, newest first.
    pub fn model_calls(&self, limit: u32) -> Result<Vec<ModelCall>, StoreError> {
        self.all(
            "SELECT * FROM model_calls ORDER BY id DESC LIMIT ?1",
            [limit],
            call,
        )
    }

    /// What was asked since a time, day by day, the newest day first. `offset` is that
    /// of the person's time zone, in seconds.
    pub fn model_usage(&self, since: Timestamp, offset: i32) -> Result<Vec<UsageRow>, StoreError> {
        self.all(
            "SELECT (at / 1000000 + ?2) / 86400 AS day, tier, model, task,
                    sum(outcome <> 'cached') AS calls, sum(outcome = 'cached') AS cached,
                    sum(outcome = 'invalid') AS invalid, sum(outcome = 'refused') AS refused,
                    sum(outcome IN ('cut', 'failed')) AS failed,
                    sum(tokens_in) AS tokens_in, sum(tokens_out) AS tokens_out,
                    sum(millis) AS millis
             FROM model_calls WHERE at >= ?1
             GROUP BY day, tier, model, task ORDER BY day DESC, tier, model, task",
            params![micros(since), offset],
            |row| {
                Ok(UsageRow {
                    day: row.get("day")?,
                    tier: tier(row)?,
                    model: row.get("model")?,
                    task: row.get("task")?,
                    calls: row.get("calls")?,
                    cached: row.get("cached")?,
                    invalid: row.get("invalid")?,
                    refused: row.get("refused")?,
                    failed: row.get("failed")?,
                    tokens_in: count(row.get("tokens_in")?),
                    tokens_out: count(row.get("tokens_out")?),
                    millis: count(row.get("millis")?),
                })
            },
        )
    }
}

fn tier(row: &Row<'_>) -> Result<ModelTier, StoreError> {
    let name: String = row.get("tier")?;
    ModelTier::of(&name).ok_or_else(|| unreadable("tier", &name))
}

fn call(row: &Row<'_>) -> Result<ModelCall, StoreError> {
    let outcome: String = row.get("outcome")?;
    let outcome = CallOutcome::of(&outcome, row.get("why")?)
        .ok_or_else(|| unreadable("outcome", &outcome))?;
    Ok(ModelCall {
        id: row.get("id")?,
        call: NewModelCall {
            at: time(row, "at")?,
            task: row.get("task")?,
            tier: tier(row)?,
            model: row.get("model")?,
            prompt: row.get("prompt")?,
            about: About {
                kind: row.get("about_kind")?,
                id: row.get("about_id")?,
            },
            tokens_in: row.get("tokens_in")?,
            tokens_out: row.get("tokens_out")?,
            millis: count(row.get("millis")?),
            outcome,
        },
    })
}
