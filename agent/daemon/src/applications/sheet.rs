//! By hand: the answers in the form's order, for the person to use anywhere.

use agent_core::form::{PlanInput, Sheet, controls_of, plan, sheet};
use agent_core::ids::ApplicationId;

use super::{
    Named, named,
    opening::{self, Live},
    person,
};
use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
};

/// A sheet and what it is for.
pub(crate) struct ByHand {
    pub(crate) title: String,
    pub(crate) employer: String,
    pub(crate) url: String,
    pub(crate) sheet: Sheet,
}

/// Makes the sheet of a job or application. It needs no browser: the questions
/// are those the portal states, or those most forms ask where it states none.
pub(crate) async fn by_hand(handle: &Handle, given: &str) -> Result<ByHand, Fault> {
    let (job, application) = match named(handle, given).await? {
        Named::Job(job) => {
            let known = handle
                .store
                .read(move |reader| reader.application_of_job(job))
                .await?;
            (job, known.map(|known| known.id))
        }
        Named::Application(known) => (
            known.job.ok_or_else(super::not_of_the_corpus)?,
            Some(known.id),
        ),
    };
    let opening = opening::of_job(handle, job).await?;
    let (url, questions) = match opening.live(handle).await? {
        Live::Open { recipe, .. } => (recipe.url.clone(), recipe.questions),
        Live::ByHand(form) => (form.url, form.questions),
        Live::Closed => {
            let message = format!("{} is closed", opening.job.title);
            return Err(Fault::new(
                Kind::Refused,
                agent_api::reason::POSTING_CLOSED,
                message,
            ));
        }
    };
    // Of an application that does not exist there are no answers for this form.
    let nobody = ApplicationId::from_bytes([0; 16]);
    let person = person::read(handle, application.unwrap_or(nobody), &opening.job).await?;
    person.refuse_removed(application.unwrap_or(nobody))?;
    let controls = controls_of(&questions);
    let planned = plan(&PlanInput {
        controls: &controls,
        questions: &questions,
        profile: &person.profile,
        preferences: &person.preferences,
        bank: &person.bank,
        given: &person.given,
        drafted: &[],
        documents: &person.documents,
        job: &person::facts(&opening.job),
        today: clock::this_month(),
    });
    let letter = person.documents.letter.as_ref();
    let letter = letter.and_then(|letter| letter.text.as_deref());
    Ok(ByHand {
        sheet: sheet(&controls, &planned, letter),
        title: opening.job.title,
        employer: opening.job.company,
        url,
    })
}
