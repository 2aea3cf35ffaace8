//! Draft: fills the form of a posting with what is known, and composes what
//! would be sent. Nothing is sent.

use agent_api::reason;
use agent_approval::{Manifest, ManifestDigest, Source};
use agent_browser::{BrowserError, Visit};
use agent_core::{
    application::{Event, PersonStop},
    form::{Ask, Given, PlanInput, plan},
    ids::{ApplicationId, JobId},
};
use agent_store::{
    AnswerId, Application, FilledCv, NewManifest, PendingQuestion, StoreError, WriteTx,
};
use serde_json::Value;

use super::{
    drive::{Safety, step},
    manifest::{Frame, unreadable},
    opening::{self, Live},
    person::{self, Person},
    progress::Reporter,
};
use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
    letters,
};

/// What drafting came to.
pub(super) enum Drafted {
    /// The form is filled and read back.
    Ready(Box<Ready>),
    /// It asks what only the person knows.
    Asks(Vec<Ask>),
    /// It wants the person themselves.
    Stop(PersonStop),
    /// The posting is closed.
    Closed,
}

/// A filled form, to be kept.
pub(super) struct Ready {
    pub(super) manifest: Manifest,
    pub(super) bytes: Vec<u8>,
    pub(super) screenshot: Vec<u8>,
    pub(super) recipe: Value,
    pub(super) answers_used: Vec<AnswerId>,
    pub(super) cv: Option<FilledCv>,
}

impl Ready {
    /// Keeps it for an application; gives the digest of its manifest.
    pub(super) fn keep(
        &self,
        tx: &mut WriteTx<'_>,
        application: ApplicationId,
    ) -> Result<ManifestDigest, StoreError> {
        let manifest = tx.save_manifest(&self.row(application))?;
        tx.count_answer_uses(&self.answers_used)?;
        tx.note_cv(application, self.cv.as_ref())?;
        Ok(manifest)
    }

    /// The row of its manifest.
    fn row(&self, application: ApplicationId) -> NewManifest<'_> {
        NewManifest {
            application,
            bytes: &self.bytes,
            screenshot: (!self.screenshot.is_empty()).then_some(self.screenshot.as_slice()),
            recipe: &self.recipe,
            fillings: &Value::Null,
            at: clock::now(),
        }
    }
}

/// Drafts an application and moves it on.
pub(super) async fn run(
    handle: &Handle,
    application: &Application,
    reporter: &Reporter,
) -> Result<(), Fault> {
    let id = application.id;
    match draft(handle, application, reporter).await? {
        Drafted::Ready(ready) => {
            let moved = step(handle, id, Safety::Process, move |tx, _| {
                let manifest = ready.keep(tx, id)?;
                Ok(Event::ManifestReady { manifest })
            });
            moved.await?;
        }
        Drafted::Asks(asks) => {
            let moved = step(handle, id, Safety::Process, move |tx, _| {
                let questions: Vec<PendingQuestion> = asks.into_iter().map(pending).collect();
                tx.put_questions(id, &questions)?;
                Ok(Event::InputNeeded {
                    questions: questions.into_iter().map(|asked| asked.label).collect(),
                })
            });
            moved.await?;
        }
        Drafted::Stop(stop) => {
            super::drive::apply(handle, id, Event::PersonNeeded { stop }).await?;
        }
        Drafted::Closed => {
            super::drive::apply(handle, id, Event::PostingClosed).await?;
        }
    }
    Ok(())
}

/// Fills the form as it is now. Changes nothing that is kept. Open questions may be
/// drafted by a model; the form is then loaded anew, for a page does not wait.
pub(super) async fn draft(
    handle: &Handle,
    application: &Application,
    reporter: &Reporter,
) -> Result<Drafted, Fault> {
    let job = application.job.ok_or_else(super::not_of_the_corpus)?;
    letter_as_file(handle, job).await;
    let first = fill(handle, application, (&[], reporter)).await?;
    let Drafted::Asks(asks) = &first else {
        return Ok(first);
    };
    reporter.now("looking what a model can draft");
    let drafted = letters::drafted(handle, (application.id, job), asks).await?;
    match drafted.is_empty() {
        true => Ok(first),
        false => fill(handle, application, (&drafted, reporter)).await,
    }
}

/// Prints the letter that was made for a job, for forms that take it as a file. Without
/// it such a form asks for the file.
async fn letter_as_file(handle: &Handle, job: JobId) {
    let printed = async {
        match letters::of_job(handle, job).await? {
            Some(letter) => letters::pdf(handle, &letter).await.map(drop),
            None => Ok(()),
        }
    };
    if let Err(fault) = printed.await {
        tracing::warn!(%fault, "the letter was not printed");
    }
}

async fn fill(
    handle: &Handle,
    application: &Application,
    (drafted, reporter): (&[Given], &Reporter),
) -> Result<Drafted, Fault> {
    let job = application.job.ok_or_else(super::not_of_the_corpus)?;
    let opening = opening::of_job(handle, job).await?;
    reporter.now(format!("asking {} for the form", opening.source.company));
    let (recipe, plugin) = match opening.live(handle).await? {
        Live::Open { recipe, plugin } => (*recipe, plugin),
        Live::ByHand(form) => return Err(opening.no_form(&form.why)),
        Live::Closed => return Ok(Drafted::Closed),
    };
    let person = person::read(handle, application.id, &opening.job).await?;
    person.refuse_removed(application.id)?;

    reporter.now("waiting for the browser");
    let _seat = handle.desk.seat().await?;
    reporter.now("opening the form");
    let visit = Visit {
        recipe: recipe.clone(),
        dir: super::session_dir(handle, application.id)?,
        protected: person.protected(),
    };
    let mut session = handle.desk.browser.open(visit).await?;
    let page = match session.load().await {
        Ok(page) => page,
        Err(error) => {
            session.close().await;
            return closed_or(error);
        }
    };
    if let Some(stop) = page.stop {
        session.close().await;
        return Ok(Drafted::Stop(stop));
    }
    let goes_to = format!("{}{}", page.action.origin, page.action.path);
    if goes_to != recipe.action {
        session.close().await;
        return Err(elsewhere(&goes_to, &recipe.action));
    }
    let facts = person::facts(&opening.job);
    let planned = plan(&PlanInput {
        controls: &page.controls,
        questions: &recipe.questions,
        profile: &person.profile,
        preferences: &person.preferences,
        bank: &person.bank,
        given: &person.given,
        drafted,
        documents: &person.documents,
        job: &facts,
        today: clock::this_month(),
    });
    if planned.waits() {
        session.close().await;
        return Ok(if planned.has_stop() {
            Drafted::Stop(PersonStop::Policy)
        } else {
            Drafted::Asks(planned.ask)
        });
    }
    reporter.now(format!("filling {} fields", planned.fillings.len()));
    let filled = session.fill(&planned.fillings).await;
    session.close().await;
    let filled = filled?;

    let banked = planned.fillings.iter().filter_map(|filling| {
        let from_bank = filling.source == Source::Bank;
        let understood = planned
            .understood
            .iter()
            .find(|understood| from_bank && understood.control == filling.control)?;
        row_of(&person, &understood.key)
    });
    let answers_used = banked.collect();
    let frame = Frame::new(application, &opening, plugin, person.revision);
    let manifest = frame.around(&filled)?;
    let bytes = manifest.encode().map_err(|error| unreadable(&error))?;
    Ok(Drafted::Ready(Box::new(Ready {
        manifest,
        bytes,
        screenshot: filled.screenshot,
        recipe: serde_json::json!(recipe),
        answers_used,
        cv: person.attached(&filled.snapshot.files),
    })))
}

/// A form that goes where its plugin does not know of is not put before the person.
fn elsewhere(goes_to: &str, known: &str) -> Fault {
    let message = format!(
        "the form goes to {}, and the plugin knows it at {}",
        shown(goes_to, 200),
        shown(known, 200)
    );
    Fault::new(Kind::Refused, reason::PORTAL_FAILED, message)
        .hint("look for yourself: agentctl prepare --by-hand ID")
}

fn row_of(person: &Person, key: &str) -> Option<AnswerId> {
    let at = person.bank.iter().position(|answer| answer.key == key)?;
    person.bank_rows.get(at).copied()
}

fn closed_or(error: BrowserError) -> Result<Drafted, Fault> {
    match error {
        BrowserError::Closed { .. } => Ok(Drafted::Closed),
        error => Err(error.into()),
    }
}

fn pending(ask: Ask) -> PendingQuestion {
    PendingQuestion {
        ordinal: u32::try_from(ask.control).unwrap_or(u32::MAX),
        key: ask.key,
        help: Some(super::questions::help(&ask.help, &ask.why)).filter(|help| !help.is_empty()),
        label: ask.label,
        kind: ask.kind,
        required: ask.required,
        options: ask.options,
        class: ask.class.name().to_owned(),
        suggestion: ask.suggestion.map(Value::String),
    }
}
