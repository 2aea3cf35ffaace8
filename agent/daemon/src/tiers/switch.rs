//! From one space to another: a space that has every job serves from then on.

use std::sync::Arc;

use agent_core::matching::{Scale, Scales};
use agent_models::cosine;
use agent_store::{Sample, UpperSpace};

use super::Serving;
use crate::{
    events::{self, event},
    fault::Fault,
    feedback,
    handle::Handle,
    pipeline::{self, Reporter},
};

/// Jobs whose likenesses to each other make the scales.
const SAMPLED: usize = 200;

/// A space has every job: it serves from now on, or goes on to.
pub(super) async fn filled(handle: &Handle, upper: &UpperSpace, count: u32) -> Result<(), Fault> {
    let serves = handle.tiers.serving().space() == &upper.space;
    if serves && count == 0 {
        return Ok(());
    }
    if !serves && !switched(handle, upper).await? {
        // A job came in between; the next round takes it.
        handle.tiers.wake();
        return Ok(());
    }
    ranked(handle).await
}

async fn switched(handle: &Handle, upper: &UpperSpace) -> Result<bool, Fault> {
    let (of, below) = (upper.space.clone(), handle.tiers.built_in().clone());
    let samples = handle
        .store
        .read(move |reader| reader.samples(&of, &below, SAMPLED))
        .await?;
    let scales = handle.compute(move || scales(&samples)).await?;
    let upper = UpperSpace {
        scales,
        ..upper.clone()
    };
    let _no_ranking_meanwhile = handle.ranking.lock().await;
    let (next, below) = (upper.clone(), handle.tiers.built_in().clone());
    let text = format!("the vectors of {} serve", upper.model);
    let done = handle
        .write(move |tx| {
            let done = tx.serve_upper(&next, &below)?;
            if done {
                tx.append_event(&event(
                    events::VECTORS_SERVE,
                    &next.space.name,
                    text,
                    serde_json::json!({ "dims": next.space.dims }),
                ))?;
            }
            Ok(done)
        })
        .await?;
    if done {
        tracing::info!(space = upper.space.name, "other vectors serve");
        handle.tiers.serve(Serving::Upper(Arc::new(upper)));
    }
    Ok(done)
}

/// The scales by the likenesses of every two jobs sampled.
fn scales([texts, titles]: &[Vec<Sample>; 2]) -> Scales {
    let scale = |samples: &[Sample]| {
        let mut pairs = Vec::new();
        for (place, [own, built_in]) in samples.iter().enumerate() {
            for [other, other_built_in] in samples.iter().skip(place + 1) {
                pairs.push((
                    f64::from(cosine(own, other)),
                    f64::from(cosine(built_in, other_built_in)),
                ));
            }
        }
        Scale::of(&pairs)
    };
    Scales {
        text: scale(texts),
        title: scale(titles),
    }
}

/// Ranks by the vectors that serve.
pub(super) async fn ranked(handle: &Handle) -> Result<(), Fault> {
    pipeline::rank(handle, &Reporter::new()).await?;
    feedback::apply(handle).await.map(drop)
}
