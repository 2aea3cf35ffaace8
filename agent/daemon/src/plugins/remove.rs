//! Taking a component out again.

use agent_api::reason;
use agent_store::{PluginRow, SourceRow};

use super::installed_file;
use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// Forgets a component's pin and grant, and deletes its file. Its boards stay
/// listed and say what is missing; they are returned.
pub(crate) async fn remove(
    handle: &Handle,
    id: &str,
) -> Result<(PluginRow, Vec<SourceRow>), Fault> {
    let wanted = id.trim().to_owned();
    let removed = handle
        .write(move |tx| {
            let Some(row) = tx.plugin(&wanted)? else {
                return Ok(None);
            };
            tx.remove_plugin(&wanted)?;
            let boards = tx.sources()?.into_iter();
            let boards: Vec<SourceRow> = boards.filter(|board| board.plugin == wanted).collect();
            let missing = format!("the plugin {wanted} was removed; install it to read this board");
            for board in &boards {
                let at = board.last_sync.unwrap_or_else(clock::now);
                tx.set_sync_outcome(board.id, at, Err(&missing))?;
            }
            let detail = serde_json::json!({
                "version": row.version,
                "boards": boards.iter().map(|board| &board.url).collect::<Vec<_>>(),
            });
            let text = format!("{} {}", row.id, row.version);
            tx.append_event(&event(events::PLUGIN_REMOVED, &row.id, text, detail))?;
            Ok(Some((row, boards)))
        })
        .await?;
    let Some((row, boards)) = removed else {
        let message = format!("no plugin {} is installed", shown(id, 60));
        return Err(Fault::new(Kind::NotFound, reason::UNKNOWN_ID, message)
            .hint("see them with: agentctl plugin list"));
    };
    let file = installed_file(&handle.home.plugins_dir(), &row);
    let gone = handle.compute(move || std::fs::remove_file(file)).await?;
    if let Err(error) = gone {
        // Without its pin it runs no more, wherever it lies.
        tracing::warn!(plugin = row.id, %error, "the file of a removed plugin stays");
    }
    Ok((row, boards))
}
