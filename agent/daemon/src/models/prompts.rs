//! The prompts in use: ours, or the person's own body in `prompts/NAME.md` of the home.

use std::io::ErrorKind;

use agent_models::{Prompt, Rendered};
use serde_json::Value;

use super::ours;
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
};

/// A prompt as it is used now.
#[derive(Debug, Clone)]
pub(crate) struct CurrentPrompt {
    pub(crate) prompt: Prompt,
    /// Where the person's own body lies, or would.
    pub(crate) path: String,
    /// Why the person's own body is not used; empty when it is or there is none.
    pub(crate) problem: String,
}

/// The prompt of a task as it is used now.
pub(crate) async fn current(handle: &Handle, task: &str) -> Result<CurrentPrompt, Fault> {
    let prompt = handle.chat.prompts.get(task).map_err(ours)?;
    let path = handle.chat.folder.join(format!("{}.md", prompt.name));
    let shown = path.display().to_string();
    let (prompt, problem) = match tokio::fs::read_to_string(&path).await {
        Err(error) if error.kind() == ErrorKind::NotFound => (prompt.clone(), String::new()),
        Err(error) => (prompt.clone(), format!("{shown}: {error}")),
        Ok(body) => match prompt.with_body(&body) {
            Ok(changed) => (changed, String::new()),
            Err(error) => (prompt.clone(), format!("{shown}, {error}")),
        },
    };
    Ok(CurrentPrompt {
        prompt,
        path: shown,
        problem,
    })
}

/// Every prompt as it is used now.
pub(crate) async fn every(handle: &Handle) -> Result<Vec<CurrentPrompt>, Fault> {
    let mut all = Vec::new();
    for prompt in handle.chat.prompts.all() {
        all.push(current(handle, prompt.name).await?);
    }
    Ok(all)
}

/// Takes the person's own body of a prompt out of use; gives where it is kept now.
pub(crate) async fn reset(handle: &Handle, name: &str) -> Result<Option<String>, Fault> {
    let known = handle.chat.prompts.get(name).map_err(|error| {
        Fault::new(
            Kind::NotFound,
            agent_api::reason::UNKNOWN_ID,
            error.to_string(),
        )
        .hint("see them with: agentctl prompts list")
    })?;
    let path = handle.chat.folder.join(format!("{}.md", known.name));
    let kept = handle.chat.folder.join(format!("{}.md.old", known.name));
    match tokio::fs::rename(&path, &kept).await {
        Ok(()) => Ok(Some(kept.display().to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::new(
            Kind::Refused,
            agent_api::reason::UNREADABLE_FILE,
            format!("cannot move {}: {error}", path.display()),
        )
        .hint("move it away yourself")),
    }
}

/// A prompt with everything put in. Where the person's own body fails, ours is used.
pub(super) async fn rendered(
    handle: &Handle,
    task: &str,
    values: &Value,
) -> Result<Rendered, Fault> {
    let current = current(handle, task).await?;
    if !current.problem.is_empty() {
        tracing::warn!(
            problem = current.problem,
            "a prompt of the person's own is not used"
        );
    }
    match current.prompt.render(values) {
        Ok(rendered) => Ok(rendered),
        Err(error) if current.prompt.is_changed() => {
            tracing::warn!(%error, "a prompt of the person's own is not used");
            current.prompt.original().render(values).map_err(ours)
        }
        Err(error) => Err(ours(error)),
    }
}
