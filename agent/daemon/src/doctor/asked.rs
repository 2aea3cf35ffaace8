//! What the doctor says of the models that answer, and of what they are asked.

use super::{Finding, Level, finding};
use crate::{
    handle::Handle,
    models::{self, ShownTier, Tier},
};

/// Prompts of the person's own that are not used.
pub(super) async fn prompts(handle: &Handle) -> Option<Finding> {
    let prompts = match models::every(handle).await {
        Ok(prompts) => prompts,
        Err(fault) => return Some(finding(Level::Fault, "prompts", fault.message, fault.hint)),
    };
    let broken = prompts.into_iter().find(|one| !one.problem.is_empty())?;
    Some(finding(
        Level::Note,
        "prompts",
        format!("{}; the built-in one is used", broken.problem),
        format!("mend it, or: agentctl prompts reset {}", broken.prompt.name),
    ))
}

/// The models that the person chose for questions, and that cannot be asked.
pub(super) async fn chat(handle: &Handle) -> Vec<Finding> {
    let shown = models::shown(handle).await;
    let chosen = |tier: &&ShownTier| {
        // With `auto` a server that is not there is as good as none.
        tier.tier == Tier::OpenAi || shown.choice != "auto"
    };
    let failing = shown
        .tiers
        .iter()
        .filter(chosen)
        .filter(|tier| !tier.problem.is_empty());
    failing
        .map(|tier| {
            finding(
                Level::Note,
                "questions",
                format!("{}; rules do the work meanwhile", tier.problem),
                "agentctl models list",
            )
        })
        .collect()
}
