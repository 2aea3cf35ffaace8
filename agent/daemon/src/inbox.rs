//! What waits for the person, most urgent first.

use crate::{fault::Fault, handle::Handle, plugins};

/// One thing to do, and the command that does it.
pub(crate) struct Item {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) command: String,
}

impl Item {
    fn new(kind: &'static str, text: impl Into<String>, command: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            command: command.into(),
        }
    }
}

/// Collects what waits for the person.
pub(crate) async fn items(handle: &Handle) -> Result<Vec<Item>, Fault> {
    let (profile, sources, counts) = handle
        .store
        .read(|reader| Ok((reader.profile()?, reader.sources()?, reader.job_counts()?)))
        .await?;
    let mut items = Vec::new();
    if profile.is_none() {
        items.push(Item::new("setup", "no CV was read yet", "agentctl init CV"));
    }
    let listed = plugins::list(handle).await?;
    if !listed
        .iter()
        .any(|plugin| plugin.state == plugins::State::Installed)
    {
        items.push(Item::new(
            "setup",
            "no plugin is installed yet",
            "agentctl plugin install FILE",
        ));
    }
    for plugin in listed {
        let command = format!("agentctl plugin install {}", plugin.file);
        match plugin.state {
            plugins::State::Installed => {}
            plugins::State::Dropped => {
                items.push(Item::new(
                    "plugin",
                    format!("plugin {} waits to be installed", plugin.file),
                    command,
                ));
            }
            plugins::State::Changed => {
                items.push(Item::new(
                    "plugin",
                    format!("plugin {} differs from the one installed", plugin.file),
                    command,
                ));
            }
            plugins::State::Missing => {
                items.push(Item::new(
                    "plugin",
                    format!("the file of plugin {} is gone", plugin.file),
                    command,
                ));
            }
        }
    }
    if sources.is_empty() {
        items.push(Item::new(
            "setup",
            "no board is followed yet",
            "agentctl source add URL",
        ));
    }
    for source in sources.iter().filter(|source| source.last_error.is_some()) {
        let error = source.last_error.as_deref().unwrap_or_default();
        let id: String = source.id.to_string().chars().take(8).collect();
        items.push(Item::new(
            "source",
            format!("{}: {error}", source.company),
            format!("agentctl sync {id}"),
        ));
    }
    if !sources.is_empty() && sources.iter().all(|source| source.last_sync.is_none()) {
        items.push(Item::new(
            "setup",
            "the boards were not read yet",
            "agentctl sync",
        ));
    }
    if counts.ranked > 0 {
        let text = format!("{} open jobs are ranked for you", counts.ranked);
        items.push(Item::new("jobs", text, "agentctl jobs list"));
    }
    Ok(items)
}
