//! Models and vectors.

use agent_api::v1;

use super::count;
use crate::tiers::{Shown, ShownModel, Use};

pub(in crate::rpc) fn models(shown: Shown) -> v1::ListModelsResponse {
    v1::ListModelsResponse {
        server: shown.server,
        leaves_machine: shown.leaves,
        choice: shown.choice,
        problem: shown.problem,
        note: shown.note,
        models: shown.models.into_iter().map(model).collect(),
    }
}

/// The model of the upper tier, in short; `None` when there is nothing to say.
pub(in crate::rpc) fn upper(shown: &Shown) -> Option<v1::UpperVectors> {
    let find = |used| {
        shown
            .models
            .iter()
            .find(|model| !model.built_in && model.used == used)
    };
    let model = find(Use::Filling).or_else(|| find(Use::Serving));
    if model.is_none() && shown.problem.is_empty() {
        return None;
    }
    Some(v1::UpperVectors {
        model: model.map(|model| model.name.clone()).unwrap_or_default(),
        serving: model.is_some_and(|model| model.used == Use::Serving),
        done: model.map_or(0, |model| model.filled.done),
        total: model.map_or(0, |model| model.filled.total),
        // A server that is merely not there is none to speak of.
        problem: match (model, shown.choice.as_str()) {
            (None, "auto") => return None,
            _ => shown.problem.clone(),
        },
        leaves_machine: shown.leaves,
    })
}

fn model(model: ShownModel) -> v1::Model {
    v1::Model {
        name: model.name,
        built_in: model.built_in,
        embeds: model.embeds,
        present: model.present,
        used: match model.used {
            Use::Serving => "serving",
            Use::Filling => "filling",
            Use::Below => "below",
            Use::None => "",
        }
        .to_owned(),
        dims: count(model.dims),
        digest: model.digest,
        bytes: model.bytes,
        done: model.filled.done,
        total: model.filled.total,
    }
}
