//! Enrich: skills with their evidence, and vectors, for jobs whose content is new.

use std::sync::Arc;

use agent_core::skill::{self, Aliases, SkillMatch};
use agent_models::{BuiltIn, ModelError};
use agent_store::{Enrichment, ToEnrich, VectorSpace};

use super::{Progress, Reporter, ending};
use crate::{fault::Fault, handle::Handle};

/// Jobs per transaction: a kill repeats at most this many.
const BATCH: u32 = 512;

/// What was found in one job.
struct Found {
    read: ToEnrich,
    /// Revision of the profile whose aliases it was read by.
    aliases: i64,
    skills: Vec<SkillMatch>,
    vector: Vec<f32>,
    title_vector: Vec<f32>,
}

/// Enriches every job that is not, and tells how far it is.
pub(super) async fn enrich(handle: &Handle, reporter: &Reporter) -> Result<(), Fault> {
    // Every job has these, whichever vectors serve.
    let space = handle.tiers.built_in().clone();
    ensure_skill_vectors(handle, &space).await?;
    let mut done = 0;
    // What changes meanwhile may lie behind the place that was reached.
    while pass(handle, &space, reporter, &mut done).await? > 0 {}
    if done > 0 {
        handle.tiers.wake();
    }
    Ok(())
}

/// Goes once through the jobs; gives how many were due. One batch is written while
/// the next is read.
async fn pass(
    handle: &Handle,
    space: &VectorSpace,
    reporter: &Reporter,
    done: &mut u32,
) -> Result<u32, Fault> {
    let before = *done;
    let mut found = look(handle, space, 0).await?;
    while let Some(last) = found.last().map(|found| found.read.place) {
        if handle.shutdown.is_cancelled() {
            return Err(ending());
        }
        *done = done.saturating_add(u32::try_from(found.len()).unwrap_or(u32::MAX));
        let (kept, next) = tokio::join!(keep(handle, space, found), look(handle, space, last));
        kept?;
        found = next?;
        reporter.tell(Progress::Enrich { done: *done });
    }
    Ok(*done - before)
}

/// Reads the next jobs that are due.
async fn look(handle: &Handle, space: &VectorSpace, behind: i64) -> Result<Vec<Found>, Fault> {
    let of = space.clone();
    let (aliases, jobs) = handle
        .store
        .read(move |reader| {
            // Before the jobs: what is changed in between makes them due once more.
            let revision = reader.profile_revision()?;
            let aliases = Aliases::of(reader.profile_edits()?.aliases());
            let jobs = reader.jobs_to_enrich(skill::version(), &of, behind, BATCH)?;
            Ok(((aliases, revision), jobs))
        })
        .await?;
    let embedder = Arc::clone(&handle.embedder);
    let found = handle.compute_each(jobs, move |job| find(&embedder, &aliases, job));
    Ok(found.await?.into_iter().collect::<Result<_, _>>()?)
}

async fn keep(handle: &Handle, space: &VectorSpace, found: Vec<Found>) -> Result<(), Fault> {
    let of = space.clone();
    let write = handle.write(move |tx| {
        let mut all = found.iter();
        all.try_for_each(|found| {
            tx.save_enrichment(&found.kept(&of))?;
            tx.was_read(found.read.job.id, found.aliases)
        })
    });
    Ok(write.await?)
}

fn find(
    embedder: &BuiltIn,
    (aliases, revision): &(Aliases, i64),
    read: ToEnrich,
) -> Result<Found, ModelError> {
    let told = read.job.told();
    let skills = skill::find_asked(&told.searched(), aliases);
    let mut vectors = embedder.embed(&told.embedded(&skills))?.into_iter();
    let (vector, title_vector) = (
        vectors.next().unwrap_or_default(),
        vectors.next().unwrap_or_default(),
    );
    Ok(Found {
        read,
        aliases: *revision,
        skills,
        vector,
        title_vector,
    })
}

impl Found {
    fn kept<'a>(&'a self, space: &'a VectorSpace) -> Enrichment<'a> {
        Enrichment {
            job: self.read.job.id,
            revision: self.read.revision,
            lexicon: skill::version(),
            skills: &self.skills,
            space,
            vector: &self.vector,
            title_vector: &self.title_vector,
        }
    }
}

/// Makes the vector tables and fills the one of skills, once per vector space.
async fn ensure_skill_vectors(handle: &Handle, space: &VectorSpace) -> Result<(), Fault> {
    let labels = skill::labels();
    let (of, expected) = (space.clone(), labels.len());
    let held = handle
        .write(move |tx| {
            tx.ensure_space(&of)?;
            tx.skill_vectors_count(&of)
        })
        .await?;
    if usize::try_from(held).is_ok_and(|held| held == expected) {
        return Ok(());
    }
    let embedder = Arc::clone(&handle.embedder);
    let vectors = handle
        .compute(move || embedder.embed(&labels).map(|vectors| (labels, vectors)))
        .await??;
    let of = space.clone();
    handle
        .write(move |tx| {
            let (labels, vectors) = vectors;
            let rows: Vec<_> = labels.into_iter().map(str::to_owned).zip(vectors).collect();
            tx.save_skill_vectors(&of, &rows)
        })
        .await?;
    Ok(())
}
