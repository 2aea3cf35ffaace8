//! What only the person can answer: the questions of one form, and the bank of
//! answers they gave before.

use agent_api::reason;
use agent_core::{
    application::{Event, Stage},
    form::{Answer, Shape, Why},
    ids::ApplicationId,
};
use agent_store::{AnswerId, Application, PendingQuestion, QuestionAnswer};
use tokio::sync::broadcast;

use super::{drive::apply, find, progress::Doing, refuse_paused, work};
use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
};

/// Help of a question and why it is asked, as one text.
pub(super) fn help(help: &str, why: &Why) -> String {
    let why = why.to_string();
    match (help.is_empty(), why.is_empty()) {
        (true, _) => why,
        (_, true) => help.to_owned(),
        (false, false) => format!("{help}\n{why}"),
    }
}

/// What a form asks that nothing known answers.
pub(crate) async fn pending(
    handle: &Handle,
    given: &str,
) -> Result<(Application, Vec<PendingQuestion>), Fault> {
    let application = if given.is_empty() {
        first_waiting(handle).await?
    } else {
        find(handle, given).await?
    };
    if !matches!(application.state.stage, Stage::NeedsInput { .. }) {
        return Err(nothing_asked(&application));
    }
    let id = application.id;
    let questions = handle
        .store
        .read(move |reader| reader.pending_questions(id))
        .await?;
    Ok((application, questions))
}

async fn first_waiting(handle: &Handle) -> Result<Application, Fault> {
    let filter = agent_store::ApplicationFilter {
        stages: vec!["needs-input"],
        limit: u32::MAX,
        after: None,
    };
    let list = handle
        .store
        .read(move |reader| reader.applications(&filter))
        .await?;
    list.rows.into_iter().next_back().ok_or_else(|| {
        let message = "no form waits for an answer of yours";
        Fault::new(Kind::Refused, reason::WRONG_STAGE, message)
            .hint("see what waits: agentctl inbox")
    })
}

fn nothing_asked(application: &Application) -> Fault {
    let (note, next) = super::words::of(&application.state.stage, &application.short_id());
    let message = format!("this application asks you nothing: {note}");
    Fault::new(Kind::Refused, reason::WRONG_STAGE, message).hint(next)
}

/// An answer to one question.
pub(crate) struct Given {
    pub(crate) number: u32,
    pub(crate) values: Vec<String>,
    pub(crate) keep: bool,
}

/// Keeps answers; when none is left to give, the form is filled anew.
pub(crate) async fn give(
    handle: &Handle,
    given: &str,
    answers: Vec<Given>,
) -> Result<(ApplicationId, Option<broadcast::Receiver<Doing>>), Fault> {
    refuse_paused(handle).await?;
    let (application, asked) = pending(handle, given).await?;
    let id = application.id;
    let mut rows = Vec::new();
    for answer in answers {
        let question = asked
            .iter()
            .find(|question| question.ordinal == answer.number)
            .ok_or_else(|| invalid(format!("there is no question {}", answer.number)))?;
        rows.push(row(id, question, &answer)?);
    }
    let left = handle
        .write(move |tx| {
            for row in &rows {
                tx.answer_question(row)?;
            }
            let left = tx.pending_questions(id)?;
            Ok(left.into_iter().any(|question| question.required))
        })
        .await?;
    if left {
        return Ok((id, None));
    }
    apply(handle, id, Event::PersonAnswered).await?;
    Ok((id, Some(work(handle, id))))
}

fn row(
    application: ApplicationId,
    question: &PendingQuestion,
    given: &Given,
) -> Result<QuestionAnswer, Fault> {
    let shape = Shape {
        kind: question.kind,
        options: &question.options,
        max_length: None,
        required: question.required,
    };
    let answer = Answer::typed(&shape, &given.values)
        .map_err(|misfit| invalid(format!("{}: {misfit}", question.label)))?;
    Ok(QuestionAnswer {
        application,
        ordinal: question.ordinal,
        value: serde_json::json!(answer),
        keep: given.keep && keepable(question),
        at: clock::now(),
    })
}

/// Whether an answer may be used for other forms: a statement of policy and a
/// signature are the person's anew each time.
pub(crate) fn keepable(question: &PendingQuestion) -> bool {
    class_of(&question.class).is_none_or(|class| !class.is_stop())
}

fn class_of(name: &str) -> Option<agent_core::form::QuestionClass> {
    agent_core::form::QuestionClass::ALL
        .into_iter()
        .find(|class| class.name() == name)
}

fn invalid(message: String) -> Fault {
    Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
        .hint("see the questions: agentctl answer")
}

/// The answers of the bank, in words.
pub(crate) fn texts(value: &serde_json::Value) -> Vec<String> {
    serde_json::from_value::<Answer>(value.clone())
        .map(|answer| answer.texts())
        .unwrap_or_default()
}

/// Changes an answer of the bank.
pub(crate) async fn change(
    handle: &Handle,
    id: AnswerId,
    values: &[String],
) -> Result<agent_store::Answer, Fault> {
    let row = handle.store.read(move |reader| reader.answer(id)).await?;
    let row = row.ok_or_else(|| no_answer(id))?;
    let shape = Shape {
        kind: row.kind,
        options: &row.options,
        max_length: None,
        required: true,
    };
    let answer = Answer::typed(&shape, values).map_err(|misfit| invalid(misfit.to_string()))?;
    let value = serde_json::json!(answer);
    let changed = handle
        .write(move |tx| {
            tx.edit_answer(id, &value, clock::now())?;
            tx.answer(id)
        })
        .await?;
    changed.ok_or_else(|| no_answer(id))
}

/// Removes an answer of the bank.
pub(crate) async fn remove(handle: &Handle, id: AnswerId) -> Result<(), Fault> {
    if handle.write(move |tx| tx.remove_answer(id)).await? {
        Ok(())
    } else {
        Err(no_answer(id))
    }
}

fn no_answer(id: AnswerId) -> Fault {
    let message = format!("there is no answer {}", id.0);
    Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
        .hint("see them with: agentctl answers list")
}
