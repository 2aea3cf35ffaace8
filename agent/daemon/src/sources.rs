//! Following boards.

use agent_api::reason;
use agent_core::ids::SourceId;
use agent_portal::{
    error::PluginError,
    host::{Board, InstalledPlugin},
};
use agent_store::{Found, NewSource, SourceRow};

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
    pipeline, plugins,
};

/// Ids of all boards the person follows.
pub(crate) async fn followed(handle: &Handle) -> Result<Vec<SourceId>, Fault> {
    let sources = handle.store.read(|reader| reader.sources()).await?;
    Ok(sources.into_iter().map(|source| source.id).collect())
}

/// Follows the board behind `url`.
pub(crate) async fn add(handle: &Handle, url: &str, company: &str) -> Result<SourceRow, Fault> {
    let url = agent_core::text::line(url);
    let url = if url.contains("://") {
        url
    } else {
        format!("https://{url}")
    };
    let parsed = url::Url::parse(&url)
        .ok()
        .filter(|url| url.host_str().is_some_and(|host| host.contains('.')));
    if parsed.is_none() {
        let message = format!("{url} is not a web address");
        return Err(
            Fault::new(Kind::Invalid, reason::INVALID_VALUE, message).hint(
                "give the address of a careers page, such as https://boards.greenhouse.io/NAME",
            ),
        );
    }
    let (plugin, board) = claim(handle, &url).await?;
    let company = match (agent_core::text::line(company), &board.company) {
        (given, _) if !given.is_empty() => given,
        (_, Some(stated)) if !stated.is_empty() => agent_core::text::line(stated),
        _ => board.key.clone(),
    };
    let new = NewSource {
        plugin,
        key: board.key,
        url: board.url,
        company,
    };
    let added = handle
        .write(move |tx| {
            let id = tx.add_source(&new, clock::now())?;
            let detail = serde_json::json!({ "plugin": new.plugin, "url": new.url });
            tx.append_event(&event(events::SOURCE_ADDED, id, new.company, detail))?;
            tx.source(id)
        })
        .await?;
    added.ok_or_else(|| Fault::new(Kind::Internal, reason::BUG, "the source was not kept"))
}

/// The installed plugin that claims `url`, and the board it sees there.
async fn claim(handle: &Handle, url: &str) -> Result<(String, Board), Fault> {
    let installed = plugins::all_installed(handle).await?;
    if installed.is_empty() {
        return Err(Fault::new(
            Kind::Refused,
            reason::UNCLAIMED_URL,
            "no plugin is installed yet",
        )
        .hint("install one: agentctl plugin install FILE"));
    }
    let names: Vec<String> = installed.iter().map(|plugin| plugin.id.clone()).collect();
    let mut broken = None;
    for plugin in installed {
        match ask(handle, &plugin, url).await {
            Ok(Some(board)) => return Ok((plugin.id, board)),
            Ok(None) => {}
            // The address may be another plugin's.
            Err(error) => broken = Some(Fault::from(error)),
        }
    }
    if let Some(fault) = broken {
        return Err(fault);
    }
    let message = format!("no installed plugin reads {url}");
    let hint = format!(
        "installed are: {}; install another: agentctl plugin install FILE",
        names.join(", ")
    );
    Err(Fault::new(Kind::NotFound, reason::UNCLAIMED_URL, message).hint(hint))
}

async fn ask(
    handle: &Handle,
    plugin: &InstalledPlugin,
    url: &str,
) -> Result<Option<Board>, PluginError> {
    let mut session = plugins::open(handle, plugin, "claim").await?;
    let board = session.claim(url).await?;
    session.close().await;
    Ok(board)
}

/// Finds a source by id or unique prefix.
pub(crate) async fn find(handle: &Handle, given: &str) -> Result<SourceRow, Fault> {
    let prefix = given.trim().to_lowercase();
    let found = handle
        .store
        .read(move |reader| reader.source_by_prefix(&prefix))
        .await?;
    match found {
        Found::One(source) => Ok(source),
        Found::None => Err(Fault::new(
            Kind::NotFound,
            reason::UNKNOWN_ID,
            format!("no source has the id {given}"),
        )
        .hint("see them with: agentctl source list")),
        Found::Many(candidates) => {
            let names: Vec<String> = candidates
                .iter()
                .map(|source| format!("{} {}", source.id, source.company))
                .collect();
            Err(Fault::new(
                Kind::Invalid,
                reason::AMBIGUOUS_ID,
                format!("several sources begin with {given}"),
            )
            .hint(names.join("; ")))
        }
    }
}

/// Stops following a board; its jobs stay in the corpus, closed.
pub(crate) async fn remove(handle: &Handle, given: &str) -> Result<SourceRow, Fault> {
    let source = find(handle, given).await?;
    let (id, company) = (source.id, source.company.clone());
    handle
        .write(move |tx| {
            let now = clock::now();
            tx.remove_source(id, now)?;
            tx.append_event(&event(
                events::SOURCE_REMOVED,
                id,
                company,
                serde_json::json!({}),
            ))?;
            tx.close_source(id, now)
        })
        .await?;
    Ok(source)
}

/// Sources to sync: those named, or all.
pub(crate) async fn to_sync(handle: &Handle, given: &[String]) -> Result<Vec<SourceId>, Fault> {
    let mut ids = Vec::new();
    for one in given {
        ids.push(find(handle, one).await?.id);
    }
    if given.is_empty() {
        ids = followed(handle).await?;
    }
    ids.dedup();
    if ids.is_empty() {
        return Err(Fault::new(
            Kind::Refused,
            reason::NO_SOURCES,
            "no board is followed yet",
        )
        .hint("follow one: agentctl source add https://boards.greenhouse.io/NAME"));
    }
    Ok(ids)
}

/// Starts a sync of the sources given, or of all.
pub(crate) async fn sync(
    handle: &Handle,
    given: &[String],
) -> Result<tokio::sync::broadcast::Receiver<pipeline::Progress>, Fault> {
    let ids = to_sync(handle, given).await?;
    pipeline::sync(handle, ids).await
}
