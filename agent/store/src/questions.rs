//! What the form of one application asks the person, and what they said for it.

use agent_approval::FieldKind;
use agent_core::ids::ApplicationId;
use jiff::Timestamp;
use rusqlite::{Row, params};
use serde_json::Value;

use crate::{
    NewAnswer, Reader, StoreError, WriteTx,
    value::{from_json, json, json_column, micros, time},
};

/// A question that waits for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingQuestion {
    /// Position of its control in the form.
    pub ordinal: u32,
    /// The question in its normal form.
    pub key: String,
    /// Its words.
    pub label: String,
    /// Further words below it.
    pub help: Option<String>,
    /// How it is answered.
    pub kind: FieldKind,
    /// Whether an answer is required.
    pub required: bool,
    /// Texts of the choices.
    pub options: Vec<String>,
    /// Class of the question ("salary", "consent").
    pub class: String,
    /// What might be the answer; the person decides.
    pub suggestion: Option<Value>,
}

/// The person's answer to a pending question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionAnswer {
    /// The application.
    pub application: ApplicationId,
    /// Which question.
    pub ordinal: u32,
    /// The answer.
    pub value: Value,
    /// Whether it goes into the answer bank for other forms.
    pub keep: bool,
    /// When it was given.
    pub at: Timestamp,
}

/// What the person said for one control of one application's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// Position of the control in the form as it was then. Forms change: where
    /// no answer fits key and position, the newest of the key does.
    pub ordinal: u32,
    /// The question in its normal form.
    pub key: String,
    /// Its words.
    pub label: String,
    /// The answer.
    pub value: Value,
    /// When it was given.
    pub at: Timestamp,
}

const SELECT: &str = "SELECT ordinal, key, label, help, kind, required, options, class, suggestion
    FROM questions";

impl WriteTx<'_> {
    /// Puts questions before the person, in place of all earlier ones of the
    /// application. What was answered before stays among the given answers.
    pub fn put_questions(
        &mut self,
        application: ApplicationId,
        questions: &[PendingQuestion],
    ) -> Result<(), StoreError> {
        self.known_application(application)?;
        self.run(
            "DELETE FROM questions WHERE application = ?1",
            [application.as_bytes()],
        )?;
        for question in questions {
            self.run(
                "INSERT INTO questions (application, ordinal, key, label, help, kind, required,
                                        options, class, suggestion)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    application.as_bytes(),
                    question.ordinal,
                    question.key,
                    question.label,
                    question.help,
                    json("kind", &question.kind)?,
                    question.required,
                    json("options", &question.options)?,
                    question.class,
                    question.suggestion.as_ref().map(Value::to_string)
                ],
            )?;
        }
        Ok(())
    }

    /// Takes the person's answer to a pending question, and into the answer
    /// bank too if they want it kept.
    pub fn answer_question(&mut self, answer: &QuestionAnswer) -> Result<(), StoreError> {
        let sql = format!("{SELECT} WHERE application = ?1 AND ordinal = ?2 AND answered = 0");
        let key = params![answer.application.as_bytes(), answer.ordinal];
        let question = self
            .first(&sql, key, read)?
            .ok_or_else(|| StoreError::Missing {
                what: "open question",
                id: format!("{}/{}", answer.application, answer.ordinal),
            })?;
        self.run(
            "UPDATE questions SET answered = 1 WHERE application = ?1 AND ordinal = ?2",
            params![answer.application.as_bytes(), answer.ordinal],
        )?;
        let given = GivenAnswer {
            ordinal: question.ordinal,
            key: question.key.clone(),
            label: question.label.clone(),
            value: answer.value.clone(),
            at: answer.at,
        };
        self.save_given_answer(answer.application, &given)?;
        if answer.keep {
            self.save_answer(&NewAnswer {
                key: question.key,
                question: question.label,
                kind: question.kind,
                options: question.options,
                value: answer.value.clone(),
                class: question.class,
                at: answer.at,
            })?;
        }
        Ok(())
    }

    /// Keeps what the person said for one control, asked or not, in place of an
    /// earlier answer there.
    pub fn save_given_answer(
        &mut self,
        application: ApplicationId,
        given: &GivenAnswer,
    ) -> Result<(), StoreError> {
        self.known_application(application)?;
        self.run(
            "INSERT INTO given_answers (application, key, ordinal, label, value, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (application, key, ordinal) DO UPDATE SET
                 label = excluded.label, value = excluded.value, at = excluded.at",
            params![
                application.as_bytes(),
                given.key,
                given.ordinal,
                given.label,
                given.value.to_string(),
                micros(given.at)
            ],
        )?;
        Ok(())
    }
}

impl Reader {
    /// The questions of an application that the person has not answered yet, in
    /// the form's order.
    pub fn pending_questions(
        &self,
        application: ApplicationId,
    ) -> Result<Vec<PendingQuestion>, StoreError> {
        let sql = format!("{SELECT} WHERE application = ?1 AND answered = 0 ORDER BY ordinal");
        self.all(&sql, [application.as_bytes()], read)
    }

    /// What the person said for an application, oldest first.
    pub fn given_answers(
        &self,
        application: ApplicationId,
    ) -> Result<Vec<GivenAnswer>, StoreError> {
        self.all(
            "SELECT ordinal, key, label, value, at FROM given_answers
             WHERE application = ?1 ORDER BY at, ordinal, key",
            [application.as_bytes()],
            |row| {
                Ok(GivenAnswer {
                    ordinal: row.get("ordinal")?,
                    key: row.get("key")?,
                    label: row.get("label")?,
                    value: json_column(row, "value")?,
                    at: time(row, "at")?,
                })
            },
        )
    }
}

fn read(row: &Row<'_>) -> Result<PendingQuestion, StoreError> {
    Ok(PendingQuestion {
        ordinal: row.get("ordinal")?,
        key: row.get("key")?,
        label: row.get("label")?,
        help: row.get("help")?,
        kind: json_column(row, "kind")?,
        required: row.get("required")?,
        options: json_column(row, "options")?,
        class: row.get("class")?,
        suggestion: row
            .get::<_, Option<String>>("suggestion")?
            .map(|text| from_json("suggestion", &text))
            .transpose()?,
    })
}
