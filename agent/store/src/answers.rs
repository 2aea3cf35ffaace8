//! The answer bank: what the person answered once, for the next form that asks.

use agent_approval::FieldKind;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    Reader, StoreError, WriteTx,
    value::{json, json_column, micros, time},
};

/// Row of an answer, as the person names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerId(pub i64);

/// An answer to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The question in its normal form; one answer each.
    pub key: String,
    /// The question as the form worded it.
    pub question: String,
    /// How it is answered.
    pub kind: FieldKind,
    /// Texts of the choices the form gave.
    pub options: Vec<String>,
    /// The answer.
    pub value: Value,
    /// Class of the question ("salary", "consent").
    pub class: String,
    /// When it was given.
    pub at: Timestamp,
}

/// A kept answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its row.
    pub id: AnswerId,
    /// The question in its normal form.
    pub key: String,
    /// The question as a form worded it last.
    pub question: String,
    /// How it is answered.
    pub kind: FieldKind,
    /// Texts of the choices that form gave.
    pub options: Vec<String>,
    /// The answer.
    pub value: Value,
    /// Class of the question.
    pub class: String,
    /// When it was given first.
    pub created_at: Timestamp,
    /// When it was given or changed last.
    pub changed_at: Timestamp,
    /// How many forms it was put into.
    pub used: u32,
}

const SELECT: &str = "SELECT id, key, question, kind, options, value, class, created_at,
    changed_at, used FROM answers";

impl WriteTx<'_> {
    /// Keeps an answer, in place of an earlier one to the same question.
    pub fn save_answer(&mut self, new: &NewAnswer) -> Result<AnswerId, StoreError> {
        self.run(
            "INSERT INTO answers
                 (key, question, kind, options, value, class, created_at, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
             ON CONFLICT (key) DO UPDATE SET
                 question = excluded.question, kind = excluded.kind, options = excluded.options,
                 value = excluded.value, class = excluded.class,
                 changed_at = excluded.changed_at",
            params![
                new.key,
                new.question,
                json("kind", &new.kind)?,
                json("options", &new.options)?,
                new.value.to_string(),
                new.class,
                micros(new.at)
            ],
        )?;
        // A replaced row leaves no id behind to ask for.
        self.number("SELECT id FROM answers WHERE key = ?1", [&new.key])
            .map(AnswerId)
    }

    /// Changes an answer. Says whether there is one.
    pub fn edit_answer(
        &mut self,
        id: AnswerId,
        value: &Value,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = self.run(
            "UPDATE answers SET value = ?2, changed_at = ?3 WHERE id = ?1",
            params![id.0, value.to_string(), micros(at)],
        )?;
        Ok(changed > 0)
    }

    /// Forgets an answer. Says whether there was one.
    pub fn remove_answer(&mut self, id: AnswerId) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM answers WHERE id = ?1", [id.0])? > 0)
    }

    /// Notes that answers were put into a form.
    pub fn count_answer_uses(&mut self, ids: &[AnswerId]) -> Result<(), StoreError> {
        for id in ids {
            self.run("UPDATE answers SET used = used + 1 WHERE id = ?1", [id.0])?;
        }
        Ok(())
    }
}

impl Reader {
    /// One answer.
    pub fn answer(&self, id: AnswerId) -> Result<Option<Answer>, StoreError> {
        self.first(&format!("{SELECT} WHERE id = ?1"), [id.0], read)
    }

    /// The next `limit` answers after `after`, oldest first.
    pub fn answers(&self, after: Option<AnswerId>, limit: u32) -> Result<Vec<Answer>, StoreError> {
        let after = after.map_or(0, |id| id.0);
        let sql = format!("{SELECT} WHERE id > ?1 ORDER BY id LIMIT ?2");
        self.all(&sql, params![after, limit], read)
    }

    /// The answers to those of these questions that have one.
    pub fn answers_for(&self, keys: &[String]) -> Result<Vec<Answer>, StoreError> {
        let sql = format!("{SELECT} WHERE key IN (SELECT value FROM json_each(?1)) ORDER BY id");
        self.all(&sql, [json("keys", &keys)?], read)
    }
}

fn read(row: &Row<'_>) -> Result<Answer, StoreError> {
    Ok(Answer {
        id: AnswerId(row.get("id")?),
        key: row.get("key")?,
        question: row.get("question")?,
        kind: json_column(row, "kind")?,
        options: json_column(row, "options")?,
        value: json_column(row, "value")?,
        class: row.get("class")?,
        created_at: time(row, "created_at")?,
        changed_at: time(row, "changed_at")?,
        used: row.get("used")?,
    })
}
