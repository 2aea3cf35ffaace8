//! What is known of the person when a form is filled: facts, earlier answers,
//! files.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use agent_api::{paths::Home, reason};
use agent_approval::{FileRef, Sha256, Source};
use agent_core::{
    form::{
        BankAnswer, Documents, FileToSend, Given, JobFacts, LetterFacts, LetterToSend, Tone,
        letter, protected_values,
    },
    ids::ApplicationId,
    job::Job,
    matching,
    profile::{CvName, Preferences, Profile},
};
use agent_store::{AnswerId, Document, DocumentKind, FilledCv, Letter, NewDocument};

use super::cv;
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
    letters::{self, Written},
    profile,
};

/// The person, as far as one form needs to know.
pub(super) struct Person {
    pub(super) profile: Profile,
    pub(super) preferences: Preferences,
    pub(super) revision: i64,
    pub(super) bank: Vec<BankAnswer>,
    /// Row of each answer of `bank`.
    pub(super) bank_rows: Vec<AnswerId>,
    pub(super) given: Vec<Given>,
    pub(super) documents: Documents,
    /// The CV among them.
    pub(super) cv: Attached,
}

/// The CV that goes along, and why this one.
pub(super) struct Attached {
    name: CvName,
    why: String,
}

/// Most answers of the bank that are read.
const MOST_ANSWERS: u32 = 10_000;

/// Reads all of it.
pub(super) async fn read(
    handle: &Handle,
    application: ApplicationId,
    job: &Job,
) -> Result<Person, Fault> {
    let id = job.id;
    let (stored, preferences, revision, answers, given, cvs, skills) = handle
        .store
        .read(move |reader| {
            Ok((
                reader.profile()?,
                reader.preferences()?,
                reader.profile_revision()?,
                reader.answers(None, MOST_ANSWERS)?,
                reader.given_answers(application)?,
                cv::read(reader, application, id)?,
                reader.job_skills(id)?,
            ))
        })
        .await?;
    let profile = stored.ok_or_else(profile::missing)?.profile;
    let mut bank = Vec::new();
    let mut bank_rows = Vec::new();
    for row in answers {
        // An answer of an earlier version of the program may be of another form.
        if let Ok(answer) = serde_json::from_value(row.value) {
            bank.push(BankAnswer {
                key: row.key,
                answer,
            });
            bank_rows.push(row.id);
        }
    }
    let given = given
        .into_iter()
        .filter_map(|row| {
            let answer = serde_json::from_value(row.value).ok()?;
            Some(Given {
                key: row.key,
                answer,
            })
        })
        .collect();
    let cvs = cvs.ok_or_else(profile::missing)?;
    let choice = handle.compute(move || cvs.choose()).await?;
    let name = choice.name.clone();
    let document = handle
        .store
        .read(move |reader| reader.cv_document(&name))
        .await?;
    let cv = match document {
        Some(document) => Some(on_disk(handle, document).await?),
        None => None,
    };
    let held = profile.clone();
    let held = handle.compute(move || matching::held_skills(&held)).await?;
    let shared: Vec<String> = skills
        .into_iter()
        .map(|asked| asked.skill)
        .filter(|asked| held.iter().any(|held| held.skill == *asked))
        .collect();
    let reach: Vec<String> = profile
        .email
        .iter()
        .chain(&profile.phone)
        .cloned()
        .collect();
    let text = letter(&LetterFacts {
        name: &profile.name,
        reach: &reach,
        title: &job.title,
        employer: &job.company,
        skills: &shared,
        language: job.language.as_deref(),
        tone: Tone::Plain,
        emphasis: None,
    });
    // A letter that was made for this job goes before the one that rules write.
    let made = letters::of_job(handle, id).await?;
    let letter = match made {
        None => LetterToSend {
            text: Some(text),
            file: None,
            source: Source::Fact,
        },
        Some(made) => to_send(handle, made).await?,
    };
    Ok(Person {
        preferences: preferences
            .map(|stored| stored.preferences)
            .unwrap_or_default(),
        revision,
        bank,
        bank_rows,
        given,
        cv: Attached {
            name: choice.name,
            why: choice.why,
        },
        documents: Documents {
            cv,
            cv_text: choice.text,
            letter: Some(letter),
            ..Documents::default()
        },
        profile,
    })
}

/// A letter as forms take it: its text, and the PDF where it was printed.
async fn to_send(handle: &Handle, made: Letter) -> Result<LetterToSend, Fault> {
    let sha256 = made.sha256;
    let pdf = handle
        .store
        .read(move |reader| reader.letter_pdf(sha256))
        .await?;
    let file = match pdf {
        None => None,
        Some(bytes) => {
            let document = Document {
                sha256: Sha256::of(&bytes),
                file: NewDocument {
                    kind: DocumentKind::Letter,
                    file_name: letters::file_name(&made, "pdf"),
                    bytes,
                    at: made.letter.at,
                },
            };
            Some(on_disk(handle, document).await?)
        }
    };
    let source = match Written::of(&made.letter.written).is_by_model() {
        true => Source::Drafted,
        false => Source::Fact,
    };
    Ok(LetterToSend {
        text: Some(String::from_utf8_lossy(&made.letter.bytes).into_owned()),
        file,
        source,
    })
}

impl Person {
    /// What must not leave unless a manifest approves it.
    pub(super) fn protected(&self) -> Vec<String> {
        protected_values(&self.profile, &self.bank)
    }

    /// Refuses to fill a form with a CV that the person removed.
    pub(super) fn refuse_removed(&self, application: ApplicationId) -> Result<(), Fault> {
        let is_removed = self.documents.cv.is_none() && self.cv.name != CvName::Main;
        match is_removed {
            true => Err(cv::removed(&self.cv.name, application)),
            false => Ok(()),
        }
    }

    /// The CV as a filled form names it; none when the form took none.
    pub(super) fn attached(&self, files: &[FileRef]) -> Option<FilledCv> {
        let sent = self.documents.cv.as_ref()?;
        let taken = files.iter().any(|file| file.sha256 == sent.sha256);
        taken.then(|| FilledCv {
            name: self.cv.name.clone(),
            file_name: sent.name.clone(),
            why: self.cv.why.clone(),
        })
    }
}

/// What question keys need to know of a job.
pub(super) fn facts(job: &Job) -> JobFacts {
    let mut countries: Vec<String> = job
        .places
        .iter()
        .filter_map(|place| place.country.clone())
        .collect();
    countries.sort();
    countries.dedup();
    JobFacts {
        employer: job.company.clone(),
        title: job.title.clone(),
        countries,
    }
}

/// Where a file with this content and name lies, once it was put there.
pub(super) fn path_of(home: &Home, sha256: &Sha256, name: &str) -> PathBuf {
    home.documents_dir().join(sha256.to_string()).join(name)
}

/// A file that is not the one that was approved.
pub(super) struct Tampered {
    pub(super) field: String,
    pub(super) approved: Sha256,
    pub(super) found: Option<Sha256>,
}

/// Holds the files of a manifest against what lies on disk.
pub(super) async fn tampered(handle: &Handle, files: Vec<FileRef>) -> Result<Vec<Tampered>, Fault> {
    let home = handle.home.clone();
    handle
        .compute(move || {
            files
                .into_iter()
                .filter_map(|file| {
                    let found = fs::read(path_of(&home, &file.sha256, &file.name)).ok();
                    let found = found.map(|bytes| Sha256::of(&bytes));
                    (found != Some(file.sha256)).then_some(Tampered {
                        field: file.field,
                        approved: file.sha256,
                        found,
                    })
                })
                .collect()
        })
        .await
}

/// Puts a document where the browser can read it, named as the employer will
/// see it, and writes it anew when it is not what it should be.
async fn on_disk(handle: &Handle, document: Document) -> Result<FileToSend, Fault> {
    let Document { sha256, file } = document;
    let path = path_of(&handle.home, &sha256, &file.file_name);
    let ready = FileToSend {
        path: path.clone(),
        name: file.file_name,
        size: file.bytes.len() as u64,
        sha256,
    };
    handle
        .compute(move || put(&path, &file.bytes))
        .await?
        .map_err(|error| {
            let message = format!("a file could not be put ready to attach: {error}");
            Fault::new(Kind::Exhausted, reason::STORAGE_FAILED, message)
        })?;
    Ok(ready)
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(());
    }
    let dir = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    if let Some(all) = dir.parent() {
        agent_api::socket::private_dir(all).map_err(io::Error::other)?;
    }
    agent_api::socket::private_dir(dir).map_err(io::Error::other)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
