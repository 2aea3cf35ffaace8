//! CVs kept beside the main one.
//!
//! The main CV alone is the profile: it decides the ranking and answers forms. A
//! variant is a file to attach and what it was read to state; what it states
//! beyond the profile is asked and never taken over in silence.

use agent_api::reason;
use agent_core::{
    matching,
    profile::{CvName, CvNameError, Profile, VariantName},
};
use agent_store::{NewVariant, StoredProfile, Variant};
use jiff::Timestamp;

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind, shown},
    handle::Handle,
    profile::{self, attachable, reading_of},
};

/// Most CVs beside the main one.
const MOST: usize = 50;

/// A CV as it is listed.
pub(crate) struct Listed {
    pub(crate) name: CvName,
    pub(crate) file_name: String,
    pub(crate) imported_at: Timestamp,
    /// Skills it shows, by their preferred names.
    pub(crate) skills: Vec<String>,
}

/// What keeping one gave.
pub(crate) struct Kept {
    pub(crate) listed: Listed,
    /// Format of the file.
    pub(crate) format: &'static str,
    /// What could not be read, then what it states beyond the profile.
    pub(crate) questions: Vec<String>,
}

/// Reads a CV and keeps it under a name. Nothing is kept when it cannot be read.
pub(crate) async fn import(
    handle: &Handle,
    name: &str,
    file_name: &str,
    content: Vec<u8>,
) -> Result<Kept, Fault> {
    let name = VariantName::of(name)?;
    let (main, known) = handle
        .store
        .read(|reader| Ok((reader.profile()?, reader.variants()?)))
        .await?;
    let main = main.ok_or_else(profile::missing)?;
    if known.len() >= MOST && !known.iter().any(|known| known.name == name) {
        let message = format!("there are {MOST} CVs beside your main one already");
        return Err(Fault::new(Kind::Refused, reason::INVALID_VALUE, message)
            .hint("remove one: agentctl profile variant remove NAME"));
    }
    let file_name = shown(file_name, 200);
    let reading = reading_of(handle, &file_name, content.clone()).await?;
    let format = reading.format.name();
    let new = NewVariant {
        name: name.clone(),
        file_name: attachable(&file_name),
        bytes: content,
        profile: reading.profile.clone(),
        at: clock::now(),
    };
    let (attached, at) = (new.file_name.clone(), new.at);
    let said = serde_json::json!({ "name": name.as_str(), "file": attached });
    let subject = name.clone();
    handle
        .write(move |tx| {
            tx.save_variant(&new)?;
            let text = format!("{} · {}", new.name, new.file_name);
            tx.append_event(&event(events::CV_KEPT, subject, text, said))
        })
        .await?;
    let mut questions = reading.questions;
    let variant = reading.profile;
    questions.extend(variant.questions_of_time(clock::this_month()));
    let (beyond, skills) = handle
        .compute(move || {
            (
                matching::beyond_profile(&main.profile, &variant),
                named_skills(&variant),
            )
        })
        .await?;
    questions.extend(beyond);
    Ok(Kept {
        listed: Listed {
            name: CvName::Variant(name),
            file_name: attached,
            imported_at: at,
            skills,
        },
        format,
        questions,
    })
}

/// All CVs, the main one first.
pub(crate) async fn list(handle: &Handle) -> Result<Vec<Listed>, Fault> {
    let (main, variants, document) = handle
        .store
        .read(|reader| {
            Ok((
                reader.imported_profile()?,
                reader.variants()?,
                reader.cv_document(&CvName::Main)?,
            ))
        })
        .await?;
    let main = main.ok_or_else(profile::missing)?;
    let attached = document.map(|document| document.file.file_name);
    let all = move || {
        let mut all = vec![of_main(&main, attached)];
        all.extend(variants.into_iter().map(of_variant));
        all
    };
    handle.compute(all).await
}

/// Removes a CV beside the main one.
pub(crate) async fn remove(handle: &Handle, given: &str) -> Result<(), Fault> {
    let name = match VariantName::of(given) {
        Ok(name) => name,
        Err(CvNameError::Form) => return Err(unknown(given)),
        Err(CvNameError::Main) => {
            let message = "your main CV is what your profile is read from: it stays";
            return Err(Fault::new(Kind::Refused, reason::INVALID_VALUE, message)
                .hint("read a newer one in its place: agentctl profile import FILE"));
        }
    };
    let subject = name.clone();
    let removed = handle
        .write(move |tx| {
            let removed = tx.remove_variant(&name)?;
            if removed {
                let said = serde_json::json!({ "name": name.as_str() });
                tx.append_event(&event(events::CV_REMOVED, &name, name.as_str(), said))?;
            }
            Ok(removed)
        })
        .await?;
    if removed {
        Ok(())
    } else {
        Err(unknown(subject.as_str()))
    }
}

/// No CV has this name.
pub(crate) fn unknown(name: &str) -> Fault {
    let message = format!("there is no CV “{}”", shown(name, 60));
    Fault::new(Kind::NotFound, reason::UNKNOWN_NAME, message)
        .hint("see them with: agentctl profile variants")
}

fn of_main(main: &StoredProfile, attached: Option<String>) -> Listed {
    Listed {
        name: CvName::Main,
        file_name: attached.unwrap_or_else(|| main.file_name.clone()),
        imported_at: main.imported_at,
        skills: named_skills(&main.profile),
    }
}

fn of_variant(variant: Variant) -> Listed {
    Listed {
        skills: named_skills(&variant.profile),
        name: CvName::Variant(variant.name),
        file_name: variant.file_name,
        imported_at: variant.imported_at,
    }
}

fn named_skills(profile: &Profile) -> Vec<String> {
    let held = matching::held_skills(profile).into_iter();
    held.map(|held| held.skill).collect()
}
