//! Letters to employers: written by a model behind the gate for its claims, else from
//! the template. A letter is kept by its content and never changed.

mod answer;
mod chosen;
mod facts;
mod model;
#[cfg(test)]
mod obedient;
mod page;
mod written;

use agent_api::reason;
use agent_approval::Sha256;
use agent_core::{
    form::{LetterFacts, Tone, letter, letters_know},
    ids::JobId,
    text,
};
use agent_store::{Letter, NewLetter};
use serde_json::json;

pub(crate) use self::answer::drafted;
use self::facts::{Ground, Posting};
pub(crate) use self::written::{Author, Written};
use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
    models,
};

/// Raised when the same input gives another letter.
const RULES: u32 = 2;

/// What a letter is to be written to.
pub(crate) enum To {
    /// A job or application of the corpus, by its id or how it begins.
    Job(String),
    /// A posting that the person pasted.
    Pasted {
        text: String,
        title: String,
        employer: String,
    },
}

/// A letter that the person wants.
pub(crate) struct Wanted {
    pub(crate) to: To,
    pub(crate) tone: Tone,
    /// A skill to point out, as typed; empty for none.
    pub(crate) emphasise: String,
    /// Whether a model may write it.
    pub(crate) writer: Writer,
}

/// Who may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// A model where there is one.
    Any,
    /// The template alone.
    Template,
}

/// Writes a letter and keeps it; one that was made of the same is given again.
pub(crate) async fn make(handle: &Handle, wanted: Wanted) -> Result<Letter, Fault> {
    let ground = facts::read(handle, &wanted.to).await?;
    let emphasis = emphasised(&ground, &wanted.emphasise)?;
    let made_from = input(handle, &ground, &wanted).await?;
    let known = handle
        .store
        .read(move |reader| reader.letter_made_from(made_from))
        .await?;
    if let Some(known) = known
        && (wanted.writer == Writer::Template || Written::of(&known.letter.written).is_by_model())
    {
        return Ok(known);
    }
    let language = ground.posting.language.clone();
    let is_known = language.as_deref().is_none_or(letters_know);
    let spoken = language.as_deref().filter(|_| is_known).unwrap_or("en");
    let (text, mut written) = match wanted.writer {
        Writer::Template => template(&ground, &wanted, (spoken, emphasis.as_ref())),
        // The gate reads English alone: what it cannot check is not sent.
        Writer::Any if spoken != "en" => {
            let (text, mut written) = template(&ground, &wanted, (spoken, emphasis.as_ref()));
            written.note = format!(
                "written from the template: what a model writes in the posting's language ({spoken}) cannot be checked against your profile"
            );
            (text, written)
        }
        Writer::Any => match model::write(handle, &ground, &wanted, emphasis.as_ref()).await? {
            model::Draft::Letter(text, written) => (text, *written),
            model::Draft::Nobody { why, refused } => {
                let (text, mut written) = template(&ground, &wanted, (spoken, emphasis.as_ref()));
                written.note = format!("written from the template: {why}");
                written.refused = refused;
                (text, written)
            }
        },
    };
    if let Some(language) = language.filter(|_| !is_known) {
        let also =
            format!("in English: there is no template in the posting's language ({language})");
        written.note = match written.note.as_str() {
            "" => also,
            note => format!("{note}; {also}"),
        };
    }
    keep(handle, ground.posting, (made_from, text, written)).await
}

async fn keep(
    handle: &Handle,
    posting: Posting,
    (made_from, text, written): (Sha256, String, Written),
) -> Result<Letter, Fault> {
    let new = NewLetter {
        bytes: text.into_bytes(),
        made_from,
        job: posting.job,
        title: posting.title,
        employer: posting.employer,
        written: json!(written),
        at: clock::now(),
    };
    let kept = handle
        .write(move |tx| {
            let sha256 = tx.save_letter(&new)?;
            tx.letter_of_input(sha256, new.made_from)
        })
        .await?;
    kept.ok_or_else(lost)
}

/// Hash of all that decides what is written.
async fn input(handle: &Handle, ground: &Ground, wanted: &Wanted) -> Result<Sha256, Fault> {
    let prompt = models::current(handle, model::TASK).await?.prompt;
    let all = json!({
        "rules": RULES,
        "prompt": prompt.body,
        "profile": ground.profile,
        "title": ground.posting.title,
        "employer": ground.posting.employer,
        "text": ground.posting.text,
        "job": ground.posting.job.map(|job| job.to_string()),
        "tone": wanted.tone.name(),
        "emphasise": wanted.emphasise,
        "template": wanted.writer == Writer::Template,
    });
    Ok(Sha256::of(all.to_string().as_bytes()))
}

/// The skill the person wants pointed out, with the line that shows it.
fn emphasised(ground: &Ground, typed: &str) -> Result<Option<(String, String)>, Fault> {
    let typed = text::line(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let named = agent_core::skill::named(&typed)
        .unwrap_or(&typed)
        .to_lowercase();
    let found = ground.held.iter().find(|held| {
        let label = held.skill.to_lowercase();
        label == named || label == typed.to_lowercase()
    });
    match found {
        Some(held) => Ok(Some((held.skill.clone(), held.evidence.clone()))),
        None => {
            let message = format!(
                "{} is not among the skills of your profile",
                shown(&typed, 60)
            );
            Err(Fault::new(Kind::Invalid, reason::UNKNOWN_NAME, message)
                .hint("see them: agentctl profile show; add one: agentctl profile skill SKILL 1-5"))
        }
    }
}

/// The letter that rules write.
fn template(
    ground: &Ground,
    wanted: &Wanted,
    (language, emphasis): (&str, Option<&(String, String)>),
) -> (String, Written) {
    let reach = reach(ground);
    let text = letter(&LetterFacts {
        skills: &ground.shared,
        language: Some(language),
        emphasis: emphasis.map(|(skill, line)| (skill.as_str(), line.as_str())),
        ..frame(ground, wanted, &reach)
    });
    let written = Written {
        author: Author::Template,
        tone: wanted.tone,
        language: language.to_owned(),
        claims: ground.claims(&text, language),
        note: String::new(),
        refused: Vec::new(),
    };
    (text, written)
}

/// How the person is reached.
fn reach(ground: &Ground) -> Vec<String> {
    let profile = &ground.profile;
    let reach = profile.email.iter().chain(&profile.phone);
    reach.cloned().collect()
}

/// What stands in every letter, in English and with no skill named.
fn frame<'a>(ground: &'a Ground, wanted: &Wanted, reach: &'a [String]) -> LetterFacts<'a> {
    LetterFacts {
        name: &ground.profile.name,
        reach,
        title: &ground.posting.title,
        employer: &ground.posting.employer,
        skills: &[],
        language: Some("en"),
        tone: wanted.tone,
        emphasis: None,
    }
}

/// A letter by how its id begins.
pub(crate) async fn find(handle: &Handle, given: &str) -> Result<Letter, Fault> {
    let prefix = given.trim().to_lowercase();
    let all = handle.store.read(|reader| reader.letters()).await?;
    let mut met = all
        .into_iter()
        .filter(|letter| !prefix.is_empty() && letter.sha256.to_string().starts_with(&prefix));
    let one = met.next();
    // Letters of the same words to two postings have one id: the newest is meant.
    let of_another = |letter: &Letter| one.as_ref().is_some_and(|one| one.sha256 != letter.sha256);
    let other = met.find(of_another);
    match (one, other) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => {
            let message = format!("several letters begin with {}", shown(given, 40));
            Err(Fault::new(Kind::Invalid, reason::AMBIGUOUS_ID, message)
                .hint("type more of the id"))
        }
        (None, _) => {
            let message = format!("no letter has the id {}", shown(given, 40));
            Err(Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
                .hint("see them with: agentctl documents list"))
        }
    }
}

/// The PDF of a letter: as it was printed first, else printed now.
pub(crate) async fn pdf(handle: &Handle, letter: &Letter) -> Result<Vec<u8>, Fault> {
    let sha256 = letter.sha256;
    let printed = handle
        .store
        .read(move |reader| reader.letter_pdf(sha256))
        .await?;
    if let Some(printed) = printed {
        return Ok(printed);
    }
    let text = String::from_utf8_lossy(&letter.letter.bytes).into_owned();
    let language = Written::of(&letter.letter.written).language;
    let page = page::of_letter(&text, &language);
    let bytes = crate::applications::print(handle, page).await?;
    let kept = handle
        .write(move |tx| {
            tx.save_letter_pdf(sha256, &bytes)?;
            tx.letter_pdf(sha256)
        })
        .await?;
    kept.ok_or_else(lost)
}

/// What a letter may be called as a file.
pub(crate) fn file_name(letter: &Letter, extension: &str) -> String {
    let plain: String = letter
        .letter
        .employer
        .chars()
        .map(|c| {
            if c.is_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(40)
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => format!("letter.{extension}"),
        false => format!("letter-{}.{extension}", parts.join("-")),
    }
}

/// The letter that was made last for a job, if one was.
pub(crate) async fn of_job(handle: &Handle, job: JobId) -> Result<Option<Letter>, Fault> {
    Ok(handle
        .store
        .read(move |reader| reader.letter_of_job(job))
        .await?)
}

fn lost() -> Fault {
    Fault::new(
        Kind::Internal,
        reason::BUG,
        "a letter that was just kept is not there",
    )
}
