//! Vectors of what the person says: of a query, and of their CV and titles.

use std::{sync::Arc, time::Duration};

use agent_models::ollama::ServerError;
use agent_store::{QueryVector, UpperSpace};

use super::{Serving, fill};
use crate::{fault::Fault, handle::Handle};

/// How long a search waits for the model before it goes by the built-in vectors:
/// the server may be at work on postings, or have to load the model first.
const QUERY: Duration = Duration::from_secs(5);

/// How long a ranking waits for the vectors of the person's texts.
const PERSON: Duration = Duration::from_secs(90);

/// Most words of a query that is compared as a title is.
const TITLE_WORDS: usize = 5;

/// The meaning of a query.
#[derive(Default)]
pub(crate) struct Meaning {
    pub(crate) vector: Option<QueryVector>,
    /// Why it is not of the space that serves; empty when it is.
    pub(crate) note: String,
}

/// The meaning of a query, in the space that serves; in the built-in one when the
/// model does not answer soon.
pub(crate) async fn of_query(handle: &Handle, words: &str) -> Result<Meaning, Fault> {
    let mut note = String::new();
    if let Serving::Upper(upper) = handle.tiers.serving() {
        let texts = vec![words.to_owned()];
        match asked(handle, &upper, texts, QUERY).await {
            Ok(vectors) => {
                let scale = match words.split_whitespace().count() {
                    0..=TITLE_WORDS => &upper.scales.title,
                    _ => &upper.scales.text,
                };
                let least = scale.from_built_in(1.0 - QueryVector::MAX_DISTANCE);
                let vector = vectors.into_iter().next().map(|numbers| QueryVector {
                    max_distance: 1.0 - least,
                    ..QueryVector::new(upper.space.clone(), numbers)
                });
                return Ok(Meaning { vector, note });
            }
            Err(error) => {
                tracing::info!(%error, "a search goes by the built-in vectors");
                note = format!("searched with the built-in vectors: {error}");
            }
        }
    }
    let (embedder, meant) = (Arc::clone(&handle.embedder), words.to_owned());
    let numbers = handle.compute(move || embedder.embed(&[&meant])).await??;
    let space = handle.tiers.built_in().clone();
    let first = numbers.into_iter().next();
    let vector = first.map(|numbers| QueryVector::new(space, numbers));
    Ok(Meaning { vector, note })
}

/// The vectors of the person's texts in the space of `serving`; `None` when they
/// are not kept and the model does not make them.
pub(crate) async fn of_person(
    handle: &Handle,
    serving: &Serving,
    texts: Vec<String>,
) -> Result<Option<Vec<Vec<f32>>>, Fault> {
    let upper = match serving {
        Serving::Upper(upper) => upper,
        Serving::BuiltIn(_) => {
            let embedder = Arc::clone(&handle.embedder);
            let vectors = handle.compute(move || embedder.embed(&texts)).await??;
            return Ok(Some(vectors));
        }
    };
    let (space, wanted) = (upper.space.clone(), texts.clone());
    let kept = handle
        .store
        .read(move |reader| reader.text_vectors(&space, &wanted))
        .await?;
    let missing: Vec<String> = texts
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| kept.is_none())
        .map(|(text, _)| text.clone())
        .collect();
    let made = if missing.is_empty() {
        Vec::new()
    } else {
        match asked(handle, upper, missing.clone(), PERSON).await {
            Ok(made) => made,
            Err(error) => {
                handle.tiers.failed(error);
                return Ok(None);
            }
        }
    };
    let (space, rows) = (upper.space.clone(), missing.into_iter().zip(made.clone()));
    let rows: Vec<(String, Vec<f32>)> = rows.collect();
    if !rows.is_empty() {
        let keep = move |tx: &mut agent_store::WriteTx<'_>| tx.save_text_vectors(&space, &rows);
        handle.store.write(keep).await?;
    }
    let mut made = made.into_iter();
    let all = kept
        .into_iter()
        .map(|kept| kept.or_else(|| made.next()).unwrap_or_default());
    Ok(Some(all.collect()))
}

/// Has the built-in vectors serve. Who calls holds the lock of the ranking.
pub(crate) async fn step_down(handle: &Handle, why: &str) -> Result<(), Fault> {
    tracing::warn!(why, "the built-in vectors serve again");
    handle.write(|tx| tx.serve_built_in()).await?;
    let built_in = handle.tiers.built_in().clone();
    handle.tiers.serve(Serving::BuiltIn(built_in));
    handle.tiers.wake();
    Ok(())
}

/// Vectors by the model of a space, if they come in time.
async fn asked(
    handle: &Handle,
    upper: &UpperSpace,
    texts: Vec<String>,
    within: Duration,
) -> Result<Vec<Vec<f32>>, ServerError> {
    let Some(ollama) = &handle.tiers.ollama else {
        return Err(ServerError::NotPulled {
            model: upper.model.clone(),
        });
    };
    let (model, space) = fill::of(upper);
    let work = ollama.embed(&model, &space, &texts);
    tokio::time::timeout(within, work)
        .await
        .unwrap_or_else(|_| {
            Err(ServerError::Silent {
                host: ollama.host().to_string(),
                within,
            })
        })
}
