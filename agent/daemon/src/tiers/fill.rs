//! Filling a space: skills first, then the jobs, those at the head of the list
//! first, one batch at a time. What a batch made is kept before the next begins.

use std::collections::HashSet;

use agent_core::skill;
use agent_models::ollama::{BATCH, Model, Ollama, ServerError};
use agent_store::{Embedded, ToEmbed, UpperSpace};

use crate::{fault::Fault, handle::Handle};

/// Jobs looked up at a time.
const AHEAD: u32 = 256;

/// How filling ended.
#[derive(Debug)]
pub(super) enum End {
    /// Every open job that was read has its vectors; so many were missing.
    Full(u32),
    /// The daemon ends, or the person paused it.
    Stopped,
    /// The model made no vectors.
    Failed(ServerError),
}

/// The model and the space as the server's client knows them.
pub(super) fn of(upper: &UpperSpace) -> (Model, agent_models::VectorSpace) {
    let model = Model {
        name: upper.model.clone(),
        digest: upper.digest.clone(),
        bytes: 0,
    };
    let space = agent_models::VectorSpace {
        name: upper.space.name.clone(),
        dims: upper.space.dims,
    };
    (model, space)
}

/// Makes the vectors that are missing in a space.
pub(super) async fn fill(
    handle: &Handle,
    ollama: &Ollama,
    upper: &UpperSpace,
) -> Result<End, Fault> {
    let space = upper.space.clone();
    let held = handle
        .store
        .read(move |reader| reader.skill_vectors(&space))
        .await?;
    let held: HashSet<String> = held.into_iter().map(|(label, _)| label).collect();
    let missing: Vec<&str> = skill::labels()
        .into_iter()
        .filter(|label| !held.contains(*label))
        .collect();
    for labels in missing.chunks(BATCH) {
        let texts: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        let vectors = match made(handle, ollama, upper, &texts).await? {
            Ok(vectors) => vectors,
            Err(end) => return Ok(end),
        };
        let (space, rows) = (upper.space.clone(), texts.into_iter().zip(vectors));
        let rows: Vec<(String, Vec<f32>)> = rows.collect();
        handle
            .store
            .write(move |tx| tx.save_skill_vectors(&space, &rows))
            .await?;
    }
    let mut count = 0;
    loop {
        let space = upper.space.clone();
        let due = handle
            .store
            .read(move |reader| reader.jobs_to_embed(&space, AHEAD))
            .await?;
        if due.is_empty() && count == 0 && handle.tiers.filled(&upper.space).is_full() {
            return Ok(End::Full(0));
        }
        recount(handle, upper).await?;
        if due.is_empty() {
            return Ok(End::Full(count));
        }
        let mut due = due.into_iter().peekable();
        while due.peek().is_some() {
            // Two texts each.
            let batch: Vec<ToEmbed> = due.by_ref().take(BATCH / 2).collect();
            let read = handle.compute(move || {
                let texts: Vec<String> = batch
                    .iter()
                    .flat_map(|of| of.job.told().embedded(&of.skills))
                    .collect();
                (batch, texts)
            });
            let (batch, texts) = read.await?;
            let vectors = match made(handle, ollama, upper, &texts).await? {
                Ok(vectors) => vectors,
                Err(end) => return Ok(end),
            };
            let some = u32::try_from(batch.len()).unwrap_or(u32::MAX);
            count += some;
            let mut vectors = vectors.into_iter();
            let embedded: Vec<Embedded> = batch
                .into_iter()
                .map(|of| Embedded {
                    of,
                    vector: vectors.next().unwrap_or_default(),
                    title_vector: vectors.next().unwrap_or_default(),
                })
                .collect();
            let space = upper.space.clone();
            handle
                .store
                .write(move |tx| tx.save_embedded(&space, &embedded))
                .await?;
            let mut filled = handle.tiers.filled(&upper.space);
            filled.done += some;
            handle.tiers.note_filled(&upper.space, filled);
        }
    }
}

async fn recount(handle: &Handle, upper: &UpperSpace) -> Result<(), Fault> {
    let space = upper.space.clone();
    let filled = handle
        .store
        .read(move |reader| reader.filled(&space))
        .await?;
    handle.tiers.note_filled(&upper.space, filled);
    Ok(())
}

/// One batch of vectors, unless work is to stop.
async fn made(
    handle: &Handle,
    ollama: &Ollama,
    upper: &UpperSpace,
    texts: &[String],
) -> Result<Result<Vec<Vec<f32>>, End>, Fault> {
    let paused = handle.store.read(|reader| reader.paused_since()).await?;
    if paused.is_some() || handle.shutdown.is_cancelled() {
        return Ok(Err(End::Stopped));
    }
    let (model, space) = of(upper);
    let asked = tokio::select! {
        asked = ollama.embed(&model, &space, texts) => asked,
        () = handle.shutdown.cancelled() => return Ok(Err(End::Stopped)),
    };
    if asked.is_ok() {
        handle.tiers.works();
    }
    Ok(asked.map_err(End::Failed))
}
