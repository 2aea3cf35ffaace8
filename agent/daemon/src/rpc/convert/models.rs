//! Models and vectors, what models were asked, and the prompts.

use agent_api::v1;
use agent_core::skill::{Need, SkillMatch, claim::Claim};
use agent_store::{JobAnalysis, ModelCall, UsageRow};
use jiff::{Span, civil::Date};

use super::{count, time};
use crate::{
    models::{self, CurrentPrompt, Progress, ShownTier},
    tiers::{Shown, ShownModel, Use},
};

pub(in crate::rpc) fn models(shown: Shown) -> v1::ListModelsResponse {
    v1::ListModelsResponse {
        server: shown.server,
        leaves_machine: shown.leaves,
        choice: shown.choice,
        problem: shown.problem,
        note: shown.note,
        models: shown.models.into_iter().map(model).collect(),
        chat: None,
    }
}

pub(in crate::rpc) fn chat(shown: models::Shown) -> v1::ChatTiers {
    v1::ChatTiers {
        choice: shown.choice,
        tiers: shown.tiers.into_iter().map(tier).collect(),
        at_work: shown.calls.iter().map(at_work).collect(),
    }
}

fn tier(tier: ShownTier) -> v1::ChatTier {
    v1::ChatTier {
        tier: tier.tier.name().to_owned(),
        server: tier.server,
        leaves_machine: tier.leaves,
        model: tier.model,
        context: tier.context,
        problem: tier.problem,
    }
}

pub(in crate::rpc) fn at_work(call: &Progress) -> v1::ModelAtWork {
    let (kind, id) = &call.about;
    v1::ModelAtWork {
        model: call.model.clone(),
        task: call.task.to_owned(),
        about_kind: (*kind).to_owned(),
        about_id: id.clone(),
        tokens: call.tokens,
        since: Some(time(call.since)),
    }
}

pub(in crate::rpc) fn usage(row: UsageRow) -> v1::ModelUsage {
    let epoch = Date::constant(1970, 1, 1);
    let day = epoch.checked_add(Span::new().days(row.day.clamp(0, 1_000_000)));
    v1::ModelUsage {
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        tier: row.tier.name().to_owned(),
        model: row.model,
        task: row.task,
        calls: row.calls,
        cached: row.cached,
        tokens_in: row.tokens_in,
        tokens_out: row.tokens_out,
        millis: row.millis,
        invalid: row.invalid,
        refused: row.refused,
        failed: row.failed,
    }
}

pub(in crate::rpc) fn model_call(of: ModelCall) -> v1::ModelCall {
    let call = of.call;
    v1::ModelCall {
        id: of.id,
        at: Some(time(call.at)),
        task: call.task,
        tier: call.tier.name().to_owned(),
        model: call.model,
        prompt: call.prompt.iter().map(|b| format!("{b:02x}")).collect(),
        tokens_in: call.tokens_in.into(),
        tokens_out: call.tokens_out.into(),
        millis: call.millis,
        outcome: call.outcome.name().to_owned(),
        why: call.outcome.why().to_owned(),
    }
}

/// What a model read, without what rules did.
pub(in crate::rpc) fn reading(of: JobAnalysis) -> v1::JobReading {
    v1::JobReading {
        model: of.model,
        tier: of.tier.name().to_owned(),
        at: Some(time(of.at)),
        skills: of.claims.into_iter().map(claim).collect(),
        ..v1::JobReading::default()
    }
}

fn claim(claim: Claim) -> v1::ReadSkill {
    v1::ReadSkill {
        kind: need(claim.need).to_owned(),
        skill: claim.skill,
        label: claim.label.unwrap_or_default(),
        quote: claim.quote,
    }
}

pub(in crate::rpc) fn by_rules(found: SkillMatch) -> v1::ReadSkill {
    v1::ReadSkill {
        kind: need(found.need).to_owned(),
        label: found.skill.clone(),
        skill: found.skill,
        quote: found.evidence,
    }
}

fn need(need: Need) -> &'static str {
    match need {
        Need::Required => "must",
        Need::Optional => "nice",
        Need::Named => "named",
    }
}

pub(in crate::rpc) fn prompt(current: CurrentPrompt) -> v1::Prompt {
    let CurrentPrompt {
        prompt,
        path,
        problem,
    } = current;
    let changed = prompt.is_changed();
    let input = |(name, input): (&String, &agent_models::Input)| v1::PromptInput {
        name: name.clone(),
        cap: count(input.cap),
        quoted: input.quoted,
    };
    v1::Prompt {
        name: prompt.name.to_owned(),
        inputs: prompt.inputs.iter().map(input).collect(),
        purpose: prompt.purpose,
        answer_tokens: prompt.answer_tokens,
        body: prompt.body,
        built_in: prompt.built_in.to_owned(),
        changed,
        path,
        problem,
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
