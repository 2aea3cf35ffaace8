//! What a letter is made of: the profile, the posting, and what they share.

use agent_api::reason;
use agent_core::{
    grounding::{Claim, Gate, Grounds, PostingText},
    ids::JobId,
    job, matching,
    profile::Profile,
    skill::{self, Aliases, SkillMatch},
    text,
};

use super::To;
use crate::{
    applications::{Named, named},
    clock,
    fault::{Fault, Kind},
    handle::Handle,
    profile,
};

/// Most bytes of a pasted posting.
const LARGEST: usize = 200_000;

/// A posting as a letter sees it.
pub(crate) struct Posting {
    pub(crate) job: Option<JobId>,
    pub(crate) title: String,
    pub(crate) employer: String,
    pub(crate) text: String,
    /// ISO 639-1, where it could be told.
    pub(crate) language: Option<String>,
}

/// All that a letter may rest on.
pub(crate) struct Ground {
    pub(crate) profile: Profile,
    pub(crate) posting: Posting,
    /// Skills the profile shows, with the lines that show them.
    pub(crate) held: Vec<SkillMatch>,
    /// What the posting asks for, with its sentences.
    pub(crate) asked: Vec<SkillMatch>,
    /// Skills that both state.
    pub(crate) shared: Vec<String>,
}

/// Reads all of it.
pub(crate) async fn read(handle: &Handle, to: &To) -> Result<Ground, Fault> {
    let posting = match to {
        To::Job(given) => of_corpus(handle, given).await?,
        To::Pasted {
            text,
            title,
            employer,
        } => pasted(text, title, employer)?,
    };
    of_posting(handle, posting).await
}

/// The ground of a letter to this posting.
pub(crate) async fn of_posting(handle: &Handle, posting: Posting) -> Result<Ground, Fault> {
    let stored = handle.store.read(|reader| reader.profile()).await?;
    let profile = stored.ok_or_else(profile::missing)?.profile;
    handle.compute(move || Ground::of(profile, posting)).await
}

/// The ground of a letter or an answer to this job.
pub(crate) async fn of_job(handle: &Handle, job: JobId) -> Result<Ground, Fault> {
    let posting = posting(handle, job).await?;
    of_posting(handle, posting).await
}

async fn of_corpus(handle: &Handle, given: &str) -> Result<Posting, Fault> {
    let job = match named(handle, given).await? {
        Named::Job(job) => job,
        Named::Application(application) => application
            .job
            .ok_or_else(|| crate::applications::unknown(given))?,
    };
    posting(handle, job).await
}

async fn posting(handle: &Handle, job: JobId) -> Result<Posting, Fault> {
    let found = handle.store.read(move |reader| reader.job(job)).await?;
    let found = found
        .ok_or_else(|| crate::applications::unknown(&job.to_string()))?
        .job;
    Ok(Posting {
        job: Some(job),
        title: found.title,
        employer: found.company,
        text: found.description,
        language: found.language,
    })
}

fn pasted(given: &str, title: &str, employer: &str) -> Result<Posting, Fault> {
    let posting = text::block(given);
    if posting.is_empty() || posting.len() > LARGEST {
        let message = match posting.is_empty() {
            true => "the posting is empty".to_owned(),
            false => format!("the posting has more than {LARGEST} bytes"),
        };
        return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
            .hint("give the text of the posting alone"));
    }
    let first = posting.lines().next().unwrap_or_default();
    let title = match text::line(title) {
        empty if empty.is_empty() => text::quote(first, 100),
        title => text::quote(&title, 200),
    };
    Ok(Posting {
        job: None,
        title,
        employer: text::quote(employer, 200),
        language: job::language_of(&posting).map(str::to_owned),
        text: posting,
    })
}

impl Ground {
    /// Reads what the two share.
    pub(super) fn of(profile: Profile, posting: Posting) -> Self {
        let held = matching::held_skills(&profile);
        let aliases = Aliases::of(&profile.aliases);
        let mut asked = skill::find_asked(&posting.text, &aliases);
        asked.sort_by_key(|one| std::cmp::Reverse(one.need));
        let shared = asked
            .iter()
            .map(|asked| asked.skill.clone())
            .filter(|asked| held.iter().any(|held| held.skill == *asked))
            .collect();
        Self {
            profile,
            posting,
            held,
            asked,
            shared,
        }
    }

    /// The gate for what a model writes about these two.
    pub(crate) fn gate(&self) -> Gate<'_> {
        Gate::new(Grounds {
            profile: &self.profile,
            posting: PostingText {
                title: &self.posting.title,
                employer: &self.posting.employer,
                text: &self.posting.text,
            },
            today: clock::this_month(),
        })
    }

    /// What an English text claims, as far as it stands somewhere.
    pub(crate) fn claims(&self, text: &str, language: &str) -> Vec<Claim> {
        if language != "en" {
            return Vec::new();
        }
        let mut claims = self.gate().claims(text);
        claims.retain(|claim| claim.rests_on.is_some());
        claims
    }
}
