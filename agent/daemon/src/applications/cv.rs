//! Which of the person's CVs goes along with an application: the one they chose,
//! else the one that shows most of what the posting asks for.

use agent_api::reason;
use agent_core::{
    application::{Event, Stage},
    ids::{ApplicationId, JobId},
    matching::{fit_cvs, shown_skills},
    profile::{CvName, Profile},
    skill::SkillMatch,
};
use agent_store::{Application, ApplicationCv, FilledCv, Reader, StoreError, Variant};
use tokio::sync::broadcast;

use super::{drive, progress::Doing, review, words, work};
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
    variants,
};

/// What the choice is made from.
pub(super) struct Cvs {
    kept: ApplicationCv,
    main: Profile,
    variants: Vec<Variant>,
    asked: Vec<SkillMatch>,
}

/// A CV and why it is the one.
pub(super) struct Choice {
    pub(super) name: CvName,
    /// Empty where there is only one to choose from.
    pub(super) why: String,
    /// Its text, where it is not the one the profile was read from.
    pub(super) text: Option<String>,
}

/// Reads what the choice is made from; none before a CV was read.
pub(super) fn read(
    reader: &Reader,
    application: ApplicationId,
    job: JobId,
) -> Result<Option<Cvs>, StoreError> {
    let Some(main) = reader.imported_profile()? else {
        return Ok(None);
    };
    Ok(Some(Cvs {
        kept: reader.application_cv(application)?,
        main: main.profile,
        variants: reader.variants()?,
        asked: reader.job_skills(job)?,
    }))
}

impl Cvs {
    /// Makes the choice. The same CVs and posting give the same one.
    pub(super) fn choose(self) -> Choice {
        if let Some(name) = self.kept.chosen {
            let text = self.variants.into_iter().find(|one| is(one, &name));
            return Choice {
                why: "as you chose".to_owned(),
                text: text.map(|variant| variant.profile.text),
                name,
            };
        }
        let mut main = Choice {
            name: CvName::Main,
            why: String::new(),
            text: None,
        };
        if self.variants.is_empty() {
            return main;
        }
        let profiles = || self.variants.iter().map(|variant| &variant.profile);
        let shown: Vec<_> = std::iter::once(&self.main)
            .chain(profiles())
            .map(shown_skills)
            .collect();
        let fit = fit_cvs(&self.asked, &shown);
        let mut names = vec![main.name.as_str()];
        names.extend(self.variants.iter().map(|variant| variant.name.as_str()));
        let why = fit.why(&names);
        let best = fit.best.checked_sub(1);
        match best.and_then(|best| self.variants.get(best)) {
            Some(best) => Choice {
                name: CvName::Variant(best.name.clone()),
                text: Some(best.profile.text.clone()),
                why,
            },
            None => {
                main.why = why;
                main
            }
        }
    }
}

fn is(variant: &Variant, name: &CvName) -> bool {
    match name {
        CvName::Main => false,
        CvName::Variant(name) => variant.name == *name,
    }
}

/// Refuses a name that no CV has, before anything is begun for it.
pub(super) async fn refuse_unknown(handle: &Handle, name: &CvName) -> Result<(), Fault> {
    let CvName::Variant(variant) = name.clone() else {
        return Ok(());
    };
    let known = handle
        .store
        .read(move |reader| Ok(reader.variant(&variant)?.is_some()))
        .await?;
    match known {
        true => Ok(()),
        false => Err(variants::unknown(name.as_str())),
    }
}

/// Keeps the person's choice for an application; a form that was filled before
/// is filled anew with it.
pub(super) async fn choose(
    handle: &Handle,
    application: &Application,
    name: CvName,
) -> Result<broadcast::Receiver<Doing>, Fault> {
    let id = application.id;
    let is_filled = match &application.state.stage {
        Stage::AwaitingApproval { .. } => true,
        Stage::Drafting | Stage::NeedsInput { .. } => false,
        _ => return Err(too_late(application)),
    };
    handle.desk.roster.refuse_at_work(id)?;
    let known = handle
        .write(move |tx| {
            if let CvName::Variant(variant) = &name
                && tx.variant(variant)?.is_none()
            {
                return Ok(Err(name));
            }
            tx.choose_cv(id, &name)?;
            Ok(Ok(()))
        })
        .await?;
    known.map_err(|name| variants::unknown(name.as_str()))?;
    if is_filled {
        return Ok(review::fill_anew(handle, id));
    }
    if matches!(application.state.stage, Stage::NeedsInput { .. }) {
        // What is asked may be asked because of the other CV.
        drive::apply(handle, id, Event::PersonAnswered).await?;
    }
    Ok(work(handle, id))
}

fn too_late(application: &Application) -> Fault {
    let (note, next) = words::of(&application.state.stage, &application.short_id());
    let message = format!("another CV can no longer be chosen for this application: {note}");
    Fault::new(Kind::Refused, reason::WRONG_STAGE, message).hint(next)
}

/// Refuses to send a form with a CV that the person took back since.
pub(super) async fn refuse_removed(
    handle: &Handle,
    application: &Application,
) -> Result<(), Fault> {
    let id = application.id;
    let filled = handle
        .store
        .read(move |reader| {
            let filled = reader.application_cv(id)?.filled;
            let Some(filled) = filled else {
                return Ok(None);
            };
            let is_there = reader.cv_document(&filled.name)?.is_some();
            Ok((!is_there).then_some(filled))
        })
        .await?;
    filled.map_or(Ok(()), |filled| Err(removed(&filled.name, id)))
}

/// The CV that was chosen is there no more.
pub(super) fn removed(name: &CvName, application: ApplicationId) -> Fault {
    let message = format!("the CV “{name}” that goes along with this application was removed");
    let id: String = application.to_string().chars().take(8).collect();
    Fault::new(Kind::Refused, reason::UNKNOWN_NAME, message).hint(format!(
        "choose another: agentctl prepare {id} --cv main   (all of them: agentctl profile variants)"
    ))
}

/// How a row tells of the CV: "backend.pdf, it shows 7 of 9 skills asked; main
/// shows 5". Empty where there was nothing to choose.
pub(crate) fn told(kept: ApplicationCv) -> String {
    match kept.filled {
        Some(FilledCv { file_name, why, .. }) if !why.is_empty() => format!("{file_name}, {why}"),
        _ => String::new(),
    }
}
