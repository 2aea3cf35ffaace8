//! Applications, reviews and answers.

use agent_api::v1;
use agent_core::{
    application::Stage,
    form::{SheetContent, SheetLine},
};
use agent_store::{Application, Event, PendingQuestion, Receipt, SubmissionProof};

use super::time;
use crate::{
    applications::{keys, questions, review::Waiting, sheet::ByHand, words},
    events,
    fault::Fault,
    handle::Handle,
};

/// An application as lists show it. `fault` is why the work on it stopped, if
/// nothing has happened since.
pub(in crate::rpc) fn application_row(
    application: &Application,
    reference: Option<String>,
    fault: Option<String>,
) -> v1::ApplicationRow {
    let short_id = application.short_id();
    let (mut note, next) = words::of(&application.state.stage, &short_id);
    if let Some(fault) = fault {
        note = format!("{note}; it stopped: {fault}");
    }
    v1::ApplicationRow {
        id: application.id.to_string(),
        short_id,
        title: application.title.clone(),
        employer: application.employer.clone(),
        stage: application.stage().to_owned(),
        note,
        next,
        url: application.url.clone(),
        job_id: application
            .job
            .map(|job| job.to_string())
            .unwrap_or_default(),
        created: Some(time(application.created_at)),
        changed: Some(time(application.changed_at)),
        expires: application.expires_at.map(time),
        reference: reference.unwrap_or_default(),
        cv: String::new(),
    }
}

pub(in crate::rpc) fn history(written: Event) -> v1::HistoryEntry {
    v1::HistoryEntry {
        at: Some(time(written.event.at)),
        event: written.event.kind,
        text: written.event.text,
    }
}

/// What is known of a submission in doubt: how it ended, and the page if there was one.
pub(in crate::rpc) fn doubt(application: &Application, history: &[Event]) -> String {
    let Stage::OutcomeUnknown { forwarded, .. } = application.state.stage else {
        return String::new();
    };
    let mut known = format!("{forwarded} bytes left this machine after the gate was opened.");
    let last = history
        .iter()
        .rev()
        .find(|written| written.event.kind == events::APPLICATION_EVIDENCE);
    if let Some(written) = last {
        known.push_str(&format!("\nWhat happened: {}.", written.event.text));
        for (name, key) in [("The page's address", "url"), ("Its text", "text")] {
            if let Some(text) = written.event.detail.get(key).and_then(|text| text.as_str()) {
                known.push_str(&format!("\n{name}: {text}"));
            }
        }
    }
    known
}

pub(in crate::rpc) fn messages(application: &Application) -> Vec<String> {
    match &application.state.stage {
        Stage::RefusedByPortal { messages } => messages.clone(),
        _ => Vec::new(),
    }
}

pub(in crate::rpc) fn receipt(receipt: Receipt) -> v1::Receipt {
    let page = receipt.content;
    v1::Receipt {
        at: Some(time(page.at)),
        url: page.url,
        reference: page.reference.unwrap_or_default(),
        text: page.text,
        screenshot: page.screenshot.unwrap_or_default(),
    }
}

pub(in crate::rpc) fn proof(
    handle: &Handle,
    row: v1::ApplicationRow,
    proof: SubmissionProof,
) -> Result<v1::Proof, Fault> {
    let trusted = keys::trusted(&handle.home)?;
    let key = trusted.key(proof.approval.key);
    Ok(v1::Proof {
        row: Some(row),
        manifest: proof.manifest.bytes,
        approval: proof.approval.signed.bytes,
        signature: proof.approval.signed.signature.to_vec(),
        public_key: key.map(|key| key.to_line()).unwrap_or_default(),
        released: Some(time(proof.intent.recorded_at)),
        receipt: Some(receipt(proof.receipt)),
    })
}

pub(in crate::rpc) fn review(row: v1::ApplicationRow, waiting: Waiting) -> v1::Review {
    let differences = waiting.differences.into_iter();
    v1::Review {
        row: Some(row),
        prepared: Some(time(waiting.manifest.saved_at)),
        manifest: waiting.manifest.bytes,
        screenshot: waiting.manifest.screenshot.unwrap_or_default(),
        differences: differences
            .map(|difference| v1::ReviewDifference {
                field: difference.field,
                before: difference.before,
                after: difference.after,
            })
            .collect(),
    }
}

pub(in crate::rpc) fn pending(question: PendingQuestion) -> v1::PendingQuestion {
    let keepable = questions::keepable(&question);
    let help = question.help.unwrap_or_default();
    // The last line says why it is asked; what stands before is the form's own.
    let (help, why) = match help.rsplit_once('\n') {
        Some((help, why)) => (help.to_owned(), why.to_owned()),
        None => (String::new(), help),
    };
    v1::PendingQuestion {
        number: question.ordinal,
        label: question.label,
        help,
        kind: word(&question.kind),
        required: question.required,
        options: question.options,
        question_class: question.class,
        suggestion: question
            .suggestion
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default(),
        why,
        keepable,
    }
}

pub(in crate::rpc) fn answer(answer: agent_store::Answer) -> v1::Answer {
    v1::Answer {
        id: u64::try_from(answer.id.0).unwrap_or_default(),
        question: answer.question,
        values: questions::texts(&answer.value),
        kind: word(&answer.kind),
        question_class: answer.class,
        changed: Some(time(answer.changed_at)),
        used: answer.used,
    }
}

pub(in crate::rpc) fn answer_sheet(by_hand: ByHand) -> v1::AnswerSheet {
    let sheet = by_hand.sheet;
    v1::AnswerSheet {
        title: by_hand.title,
        employer: by_hand.employer,
        url: by_hand.url,
        lines: sheet.lines.into_iter().map(sheet_line).collect(),
        files: sheet
            .files
            .into_iter()
            .map(|file| v1::SheetFile {
                label: file.name,
                path: file.path.display().to_string(),
            })
            .collect(),
        letter: sheet.letter.unwrap_or_default(),
    }
}

fn sheet_line(line: SheetLine) -> v1::SheetLine {
    let (value, why) = match line.content {
        SheetContent::Text(text) => (text, String::new()),
        SheetContent::Choose(options) => (options.join(", "), String::new()),
        SheetContent::Tick(ticked) => {
            let word = if ticked { "yes" } else { "no" };
            (word.to_owned(), String::new())
        }
        SheetContent::File(name) => (name, String::new()),
        SheetContent::Answer { why, .. } => (String::new(), why.to_string()),
        SheetContent::Empty => (String::new(), String::new()),
    };
    v1::SheetLine {
        label: line.label,
        required: line.required,
        value,
        source: word(&line.source),
        options: line.options,
        why,
    }
}

/// The word a fieldless enum is stored as.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
