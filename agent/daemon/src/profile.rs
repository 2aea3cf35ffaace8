//! Taking in a CV and the person's wishes.

use std::{collections::HashSet, ffi::OsStr, path::Path};

use agent_api::reason;
use agent_core::{
    matching,
    profile::{
        EditError, Edits, PreferenceError, Preferences, Profile,
        read::{self, Format, ReadError, Reading},
    },
    skill::{self, SkillMatch},
};
use agent_store::{DocumentKind, NewDocument, StoreError, WriteTx};

use crate::{
    clock, document,
    events::{self, event},
    fault::{Fault, Kind, shown},
    handle::Handle,
    pipeline::{self, Reporter},
};

/// What an import gave.
pub(crate) struct Imported {
    pub(crate) reading: Reading,
    /// Format of the file.
    pub(crate) format: &'static str,
    pub(crate) revision: i64,
    pub(crate) years: f64,
    /// Skills found, by their preferred names.
    pub(crate) skills: Vec<String>,
}

/// Reads a CV and keeps it. Nothing is kept when it cannot be read.
pub(crate) async fn import(
    handle: &Handle,
    file_name: &str,
    content: Vec<u8>,
) -> Result<Imported, Fault> {
    let name = shown(file_name, 200);
    // Kept as it is, to be attached to applications.
    let file = NewDocument {
        kind: DocumentKind::Cv,
        file_name: attachable(&name),
        bytes: content.clone(),
        at: clock::now(),
    };
    let mut reading = reading_of(handle, &name, content).await?;
    let ahead = reading.profile.questions_of_time(clock::this_month());
    reading.questions.extend(ahead);
    let format = reading.format.name();
    let (held, profile) = (handle.clone(), reading.profile.clone());
    let keep = async move {
        let revision = held
            .write(move |tx| {
                let revision = tx.save_profile(&profile, &name, clock::now())?;
                tx.save_document(&file)?;
                let detail = serde_json::json!({ "file": name, "revision": revision });
                tx.append_event(&event(
                    events::PROFILE_IMPORTED,
                    revision,
                    profile.name,
                    detail,
                ))?;
                Ok(revision)
            })
            .await?;
        rank_again(&held).await;
        Ok::<_, Fault>(revision)
    };
    let revision = handle.complete(keep).await??;
    let years = reading.profile.years_worked(clock::this_month());
    let skills = matching::held_skills(&reading.profile)
        .into_iter()
        .map(|found| found.skill)
        .collect();
    Ok(Imported {
        reading,
        format,
        revision,
        years,
        skills,
    })
}

/// What a file says; a fault names the file.
pub(crate) async fn reading_of(
    handle: &Handle,
    name: &str,
    content: Vec<u8>,
) -> Result<Reading, Fault> {
    let reading = text_read(handle, name, content).await;
    reading.map_err(|fault| Fault {
        message: format!("{name}: {}", fault.message),
        ..fault
    })
}

/// The text of a document is taken out in a child process.
async fn text_read(handle: &Handle, name: &str, content: Vec<u8>) -> Result<Reading, Fault> {
    if content.len() > read::MAX_BYTES {
        let bytes = content.len();
        return Err(ReadError::TooLarge { bytes }.into());
    }
    let format = Format::sniff(name, &content);
    if let Some((format, kind)) =
        format.and_then(|format| Some((format, document::kind_of(format)?)))
    {
        let text = document::text_of(&handle.program, kind, content).await?;
        let read = move || read::from_text(format, &text);
        return Ok(handle.compute(read).await??);
    }
    let file = name.to_owned();
    Ok(handle
        .compute(move || read::from_bytes(&file, &content))
        .await??)
}

/// The name of a file as an employer may see it: its last part, without what a
/// file system or a header could stumble over. Markdown is plain text and goes
/// by the ending that forms take.
pub(crate) fn attachable(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && !"\"<>|:*?;".contains(*c))
        .collect();
    let plain = plain.trim_matches([' ', '.']);
    match Path::new(plain).extension().and_then(OsStr::to_str) {
        _ if plain.is_empty() => "cv.txt".to_owned(),
        Some("md" | "markdown") => {
            let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
            format!("{stem}.txt")
        }
        Some(_) => plain.to_owned(),
        None => format!("{plain}.txt"),
    }
}

/// Makes an edit of the profile there is, and judges all jobs anew.
pub(crate) async fn edit(
    handle: &Handle,
    make: impl FnOnce(&mut Edits, &Profile) -> Result<(), EditError> + Send + 'static,
) -> Result<(), Fault> {
    let held = handle.clone();
    let keep = async move {
        held.write(move |tx| write_edit(tx, make)).await??;
        rank_again(&held).await;
        Ok::<_, Fault>(())
    };
    handle.complete(keep).await?
}

/// Gives skills other names or takes one back, reads the postings with its words again and
/// judges all jobs anew. `make` gives the alias it changed beside what it gives back; with
/// that comes the number of open postings.
pub(crate) async fn edit_aliases<T: Send + 'static>(
    handle: &Handle,
    make: impl FnOnce(&mut Edits, &Profile) -> Result<(String, T), EditError> + Send + 'static,
) -> Result<(T, u32), Fault> {
    let held = handle.clone();
    let keep = async move {
        let write = held.write(move |tx| {
            Ok(match write_edit(tx, make)? {
                Ok(((alias, made), revision)) => Ok((made, tx.read_again(&alias, revision)?)),
                Err(fault) => Err(fault),
            })
        });
        let done = write.await??;
        // A failure costs the order of the list and not the alias, as in `rank_again`.
        if let Err(fault) = pipeline::take_up(&held, &Reporter::new()).await {
            tracing::warn!(%fault, "the postings were not read again");
        }
        Ok::<_, Fault>(done)
    };
    handle.complete(keep).await?
}

/// Reads, edits and writes in one transaction, as [`write_changes`] does.
pub(crate) fn write_edit<T>(
    tx: &mut WriteTx<'_>,
    make: impl FnOnce(&mut Edits, &Profile) -> Result<T, EditError>,
) -> Result<Result<(T, i64), Fault>, StoreError> {
    let Some(stored) = tx.profile()? else {
        return Ok(Err(missing()));
    };
    let mut edits = tx.profile_edits()?;
    let made = match make(&mut edits, &stored.profile) {
        Ok(made) => made,
        Err(wrong) => return Ok(Err(wrong.into())),
    };
    let revision = tx.save_profile_edits(&edits, clock::now())?;
    let detail = serde_json::json!({ "revision": revision });
    tx.append_event(&event(
        events::PROFILE_EDITED,
        revision,
        stored.profile.name,
        detail,
    ))?;
    Ok(Ok((made, revision)))
}

/// Changes wishes; all changes are taken or none.
pub(crate) async fn change(
    handle: &Handle,
    changes: Vec<(String, Vec<String>)>,
) -> Result<Preferences, Fault> {
    let held = handle.clone();
    let keep = async move {
        let changed = held.write(move |tx| write_changes(tx, &changes)).await?;
        let prefs = changed?;
        rank_again(&held).await;
        Ok(prefs)
    };
    handle.complete(keep).await?
}

/// The wishes as they would be with these changes; nothing is kept.
pub(crate) async fn changed(
    handle: &Handle,
    changes: Vec<(String, Vec<String>)>,
) -> Result<Preferences, Fault> {
    let mut prefs = preferences(handle).await?;
    for (key, values) in &changes {
        prefs.set(key, values)?;
    }
    Ok(prefs)
}

/// Reads, changes and writes in one transaction, so that of two changes at the
/// same time neither is lost.
fn write_changes(
    tx: &mut WriteTx<'_>,
    changes: &[(String, Vec<String>)],
) -> Result<Result<Preferences, PreferenceError>, StoreError> {
    let stored = tx.preferences()?;
    let mut prefs = stored.map(|stored| stored.preferences).unwrap_or_default();
    for (key, values) in changes {
        if let Err(wrong) = prefs.set(key, values) {
            return Ok(Err(wrong));
        }
    }
    let revision = tx.save_preferences(&prefs, clock::now())?;
    let keys: Vec<&str> = changes.iter().map(|(key, _)| key.as_str()).collect();
    tx.append_event(&event(
        events::PREFERENCES_SET,
        revision,
        keys.join(", "),
        serde_json::json!({ "keys": keys }),
    ))?;
    Ok(Ok(prefs))
}

/// The wishes as they are; none before the first was set.
pub(crate) async fn preferences(handle: &Handle) -> Result<Preferences, Fault> {
    let stored = handle.store.read(|reader| reader.preferences()).await?;
    Ok(stored.map(|stored| stored.preferences).unwrap_or_default())
}

/// Judges all jobs for the person as they are now. A failure costs the order of
/// the list and not the change: the next start or sync ranks again.
pub(crate) async fn rank_again(handle: &Handle) {
    if let Err(fault) = pipeline::rank(handle, &Reporter::new()).await {
        tracing::warn!(%fault, "the jobs were not ranked again");
    }
}

/// Of the skills `asked`, those the profile neither shows nor implies.
pub(crate) async fn missing_skills(
    handle: &Handle,
    asked: &[SkillMatch],
) -> Result<Vec<String>, Fault> {
    let Some(current) = handle.store.read(|reader| reader.profile()).await? else {
        return Ok(Vec::new());
    };
    let held = handle
        .compute(move || matching::held_skills(&current.profile))
        .await?;
    let held: HashSet<&str> = held
        .iter()
        .flat_map(|held| {
            skill::implied(&held.skill)
                .into_iter()
                .chain([held.skill.as_str()])
        })
        .collect();
    let missing = asked
        .iter()
        .map(|asked| &asked.skill)
        .filter(|skill| !held.contains(skill.as_str()));
    Ok(missing.cloned().collect())
}

/// The profile, or what to do when there is none.
pub(crate) fn missing() -> Fault {
    Fault::new(Kind::Refused, reason::NO_PROFILE, "no CV was read yet")
        .hint("read one: agentctl init CV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_attached_under_a_plain_name() {
        for (given, expected) in [
            ("cv.pdf", "cv.pdf"),
            ("/home/ada/My CV.pdf", "My CV.pdf"),
            ("C:\\cv\\ada.docx", "ada.docx"),
            ("cv.md", "cv.txt"),
            ("ada", "ada.txt"),
            ("a\"b\r\n:c*.pdf", "abc.pdf"),
            ("..", "cv.txt"),
            ("", "cv.txt"),
        ] {
            assert_eq!(attachable(given), expected, "{given:?}");
        }
    }
}
