//! The background work: looks at the model server from time to time, fills the
//! space of the model chosen, and has it serve when it is full.

use std::time::Duration;

use agent_core::matching::Scales;
use agent_models::ollama::{Ollama, ServerError};
use agent_store::{Role, UpperSpace, VectorSpace};

use super::{
    SeenModel, Serving,
    choose::choose,
    fill, step_down,
    switch::{filled, ranked},
};
use crate::{
    clock,
    events::{self, event},
    fault::Fault,
    handle::Handle,
};

/// The server is looked at this often: a model may have been pulled meanwhile.
const TICK: Duration = Duration::from_secs(5 * 60);

/// A server that fails is looked at this often.
const RETRY: Duration = Duration::from_secs(60);

/// How long new postings wait for the vectors of a server that fails before the
/// built-in ones serve again.
const GRACE: Duration = Duration::from_secs(10 * 60);

/// Runs until the daemon ends.
pub(crate) async fn run(handle: Handle) {
    loop {
        if let Err(fault) = round(&handle).await {
            tracing::warn!(%fault, "the vectors of the model server were not made");
        }
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = handle.tiers.wake.notified() => {}
            () = clock::tick(rest(&handle)) => {}
        }
    }
}

/// How long to wait for the next look.
fn rest(handle: &Handle) -> Duration {
    if handle.tiers.seen().problem.is_empty() {
        TICK
    } else {
        RETRY
    }
}

async fn round(handle: &Handle) -> Result<(), Fault> {
    let paused = handle.store.read(|reader| reader.paused_since()).await?;
    if paused.is_some() || handle.shutdown.is_cancelled() {
        return Ok(());
    }
    let Some(ollama) = &handle.tiers.ollama else {
        return give_up(handle).await;
    };
    let seen = match look(handle, ollama).await {
        Ok(seen) => seen,
        Err(error) => return failing(handle, error).await,
    };
    let (serving, filling) = handle
        .store
        .read(|reader| {
            let serving = reader.upper_space(Role::Serving)?;
            Ok((serving, reader.upper_space(Role::Filling)?))
        })
        .await?;
    let present = filling.as_ref().or(serving.as_ref());
    let chosen = match choose(
        &handle.tiers.choice,
        &seen,
        present.map(|upper| upper.model.as_str()),
    ) {
        Ok(Some(chosen)) => chosen,
        Ok(None) => {
            match present {
                Some(gone) => handle.tiers.failed(format!(
                    "the model {} is not on the model server any more: ollama pull {0}",
                    gone.model
                )),
                None => handle.tiers.works(),
            }
            return fall_back(handle, "no model that makes vectors is there").await;
        }
        Err(missing) => {
            handle.tiers.failed(&missing);
            return fall_back(handle, &missing).await;
        }
    };
    let name = chosen.model.space_name();
    let known = [&filling, &serving]
        .into_iter()
        .flatten()
        .find(|upper| upper.space.name == name);
    let target = match known {
        Some(upper) => upper.clone(),
        None => match ollama.space(&chosen.model).await {
            Ok(space) => begun(handle, chosen, space).await?,
            Err(error) => return failing(handle, error).await,
        },
    };
    let back = serving
        .as_ref()
        .is_some_and(|serving| serving.space == target.space);
    if back && filling.is_some() {
        let below = handle.tiers.built_in().clone();
        handle.write(move |tx| tx.stop_filling(&below)).await?;
    }
    // What serves gets the new postings first, as long as its model is there.
    let others = serving.filter(|serving| {
        let is = |seen: &SeenModel| seen.model.space_name() == serving.space.name;
        serving.space != target.space && seen.iter().any(is)
    });
    for upper in others.iter().chain([&target]) {
        match fill::fill(handle, ollama, upper).await? {
            fill::End::Full(count) => filled(handle, upper, count).await?,
            fill::End::Stopped => return Ok(()),
            fill::End::Failed(error) => return failing(handle, error).await,
        }
    }
    handle.tiers.works();
    Ok(())
}

/// The models on the server, each with whether it makes vectors.
pub(super) async fn look(handle: &Handle, ollama: &Ollama) -> Result<Vec<SeenModel>, ServerError> {
    let mut seen = Vec::new();
    for model in ollama.models().await? {
        let key = (model.name.clone(), model.digest.clone());
        let known = handle.tiers.seen().embeds.get(&key).copied();
        let embeds = match known {
            Some(embeds) => embeds,
            None => match ollama.embeds(&model).await {
                Ok(embeds) => {
                    handle.tiers.seen().embeds.insert(key, embeds);
                    embeds
                }
                // Removed since it was listed.
                Err(ServerError::NotPulled { .. }) => continue,
                Err(error) => return Err(error),
            },
        };
        seen.push(SeenModel { model, embeds });
    }
    handle.tiers.seen().models.clone_from(&seen);
    Ok(seen)
}

async fn begun(
    handle: &Handle,
    chosen: &SeenModel,
    space: agent_models::VectorSpace,
) -> Result<UpperSpace, Fault> {
    let upper = UpperSpace {
        space: VectorSpace {
            name: space.name,
            dims: space.dims,
        },
        model: chosen.model.name.clone(),
        digest: chosen.model.digest.clone(),
        scales: Scales::default(),
    };
    tracing::info!(space = upper.space.name, "vectors are made anew");
    let begun = upper.clone();
    let text = format!("vectors are made with {}", upper.model);
    handle
        .write(move |tx| {
            tx.begin_filling(&begun)?;
            tx.append_event(&event(
                events::VECTORS_BEGUN,
                &begun.space.name,
                text,
                serde_json::json!({ "dims": begun.space.dims }),
            ))
        })
        .await?;
    Ok(upper)
}

/// The server fails. The vectors that serve do so on, unless new postings have
/// waited for theirs too long.
async fn failing(handle: &Handle, error: ServerError) -> Result<(), Fault> {
    tracing::debug!(%error, "the model server fails");
    if let ServerError::Replaced { .. } = error {
        handle.tiers.wake();
    }
    let why = error.to_string();
    handle.tiers.failed(error);
    if handle.tiers.down_for() < GRACE {
        return Ok(());
    }
    let Serving::Upper(upper) = handle.tiers.serving() else {
        return Ok(());
    };
    let filled = handle
        .store
        .read(move |reader| reader.filled(&upper.space))
        .await?;
    if filled.is_full() {
        return Ok(());
    }
    fall_back(handle, &why).await
}

/// Has the built-in vectors serve, where others do.
async fn fall_back(handle: &Handle, why: &str) -> Result<(), Fault> {
    let lock = handle.ranking.lock().await;
    if let Serving::BuiltIn(_) = handle.tiers.serving() {
        return Ok(());
    }
    step_down(handle, why).await?;
    drop(lock);
    ranked(handle).await
}

/// No model server is to be asked: what was made with one is given up.
async fn give_up(handle: &Handle) -> Result<(), Fault> {
    let lock = handle.ranking.lock().await;
    let below = handle.tiers.built_in().clone();
    let known = handle
        .store
        .read(|reader| {
            Ok([
                reader.upper_space(Role::Serving)?,
                reader.upper_space(Role::Filling)?,
            ])
        })
        .await?;
    if known.iter().all(Option::is_none) {
        return Ok(());
    }
    handle.write(move |tx| tx.drop_upper(&below)).await?;
    let below = handle.tiers.built_in().clone();
    handle.tiers.serve(Serving::BuiltIn(below));
    drop(lock);
    ranked(handle).await
}
