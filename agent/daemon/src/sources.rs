//! Following boards.

use agent_api::reason;
use agent_core::ids::SourceId;
use agent_portal::host::{Board, InstalledPlugin, Reach};
use agent_store::{Found, NewSource, SourceRow};

use crate::{
    clock, directory,
    events::{self, event},
    fault::{Fault, Kind, shown},
    handle::Handle,
    pipeline, plugins,
    sites::{self, Wanted},
};

/// Ids of all boards the person follows.
pub(crate) async fn followed(handle: &Handle) -> Result<Vec<SourceId>, Fault> {
    let sources = handle.store.read(|reader| reader.sources()).await?;
    Ok(sources.into_iter().map(|source| source.id).collect())
}

/// Follows the board behind an address, or of a company that the directory knows.
pub(crate) async fn add(handle: &Handle, given: &str, company: &str) -> Result<SourceRow, Fault> {
    let (url, known) = if directory::looks_like_a_name(given) {
        directory::board_of(handle, given).await?
    } else {
        (address(given)?, String::new())
    };
    sites::allow(handle, &url, Wanted::Board).await?;
    let (plugin, board) = claim(handle, &url).await?;
    let company = match (shown(company, 200), &board.company) {
        (given, _) if !given.is_empty() => given,
        _ if !known.is_empty() => known,
        (_, Some(stated)) if !stated.is_empty() => shown(stated, 200),
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
            let known = tx.source(SourceId::of(&new.plugin, &new.key))?;
            let id = tx.add_source(&new, clock::now())?;
            if known.is_none_or(|row| row.removed_at.is_some()) {
                let detail = serde_json::json!({ "plugin": new.plugin, "url": new.url });
                tx.append_event(&event(events::SOURCE_ADDED, id, new.company, detail))?;
            }
            tx.source(id)
        })
        .await?;
    added.ok_or_else(|| Fault::new(Kind::Internal, reason::BUG, "the source was not kept"))
}

/// The longest address taken.
const MAX_ADDRESS: usize = 2_000;

/// The web address a person gave, with its scheme. One with a password is
/// refused: it would be kept, shown and sent to a plugin.
pub(crate) fn address(given: &str) -> Result<String, Fault> {
    let given = agent_core::text::line(given);
    let whole = if given.contains("://") {
        given.clone()
    } else {
        format!("https://{given}")
    };
    let fine = whole.len() <= MAX_ADDRESS
        && url::Url::parse(&whole).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.host_str().is_some_and(|host| host.contains('.'))
                && url.username().is_empty()
                && url.password().is_none()
        });
    if fine {
        return Ok(whole);
    }
    let message = format!("{} is not a web address", shown(&given, 80));
    let hint = "give the address of a careers page, such as https://boards.greenhouse.io/NAME";
    Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message).hint(hint))
}

/// The installed plugin that reads the board at `url`, and the board. Plugins of
/// named hosts are asked first. One that knows employers' own addresses by their
/// shape may be wrong, so it has to read the board once before it is believed.
async fn claim(handle: &Handle, url: &str) -> Result<(String, Board), Fault> {
    let mut installed = plugins::all_installed(handle).await?;
    installed.sort_by_key(|plugin| plugin.reach);
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
            Err(fault) => broken = Some(fault),
        }
    }
    if let Some(fault) = broken {
        return Err(fault);
    }
    let message = format!("no installed plugin reads {}", shown(url, 200));
    let hint = format!(
        "installed are: {}; install another: agentctl plugin install FILE",
        names.join(", ")
    );
    Err(Fault::new(Kind::NotFound, reason::UNCLAIMED_URL, message).hint(hint))
}

async fn ask(handle: &Handle, plugin: &InstalledPlugin, url: &str) -> Result<Option<Board>, Fault> {
    let plugin = plugin.for_board(url);
    let mut session = plugins::open(handle, &plugin, "claim").await?;
    let claimed = session.claim(url).await?;
    if let (Reach::Employer | Reach::Any, Some(board)) = (plugin.reach, &claimed) {
        if !plugin.may_ask(&board.url) {
            let message = format!("{} names a board at another host", plugin.id);
            return Err(Fault::new(Kind::Refused, reason::PLUGIN_REFUSED, message));
        }
        let page = session.discover(board, &[], None).await?;
        if page.postings.is_empty() && page.next.is_none() {
            let message = format!("{} finds no posting at {}", plugin.id, shown(url, 200));
            return Err(
                Fault::new(Kind::NotFound, reason::UNCLAIMED_URL, message).hint(
                    "give the page that lists the openings, or one opening's own page: \
                     agentctl jobs add URL",
                ),
            );
        }
    }
    session.close().await;
    Ok(claimed)
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
            format!("no source has the id {}", shown(given, 40)),
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
                format!("several sources begin with {}", shown(given, 40)),
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
            // Another client may have been first.
            if tx.remove_source(id, now)? {
                let detail = serde_json::json!({});
                tx.append_event(&event(events::SOURCE_REMOVED, id, company, detail))?;
                tx.close_source(id, now)?;
            }
            Ok(())
        })
        .await?;
    Ok(source)
}

/// Sources to sync: those named, or all.
pub(crate) async fn to_sync(handle: &Handle, given: &[String]) -> Result<Vec<SourceId>, Fault> {
    let mut ids = Vec::new();
    for one in given {
        let id = find(handle, one).await?.id;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if given.is_empty() {
        ids = followed(handle).await?;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_with_or_without_its_scheme_and_nothing_else_is() {
        let long = format!("jobs.lever.co/{}", "a".repeat(MAX_ADDRESS));
        for (given, expected) in [
            ("jobs.lever.co/acme", Some("https://jobs.lever.co/acme")),
            (
                "  https://jobs.lever.co/acme\n",
                Some("https://jobs.lever.co/acme"),
            ),
            (
                "http://jobs.lever.co/acme",
                Some("http://jobs.lever.co/acme"),
            ),
            (
                "jobs.lever.co:443/a?b=c#d",
                Some("https://jobs.lever.co:443/a?b=c#d"),
            ),
            ("not an address", None),
            ("", None),
            ("acme", None),
            ("https://localhost/jobs", None),
            ("ftp://jobs.lever.co/acme", None),
            ("file:///etc/passwd", None),
            ("mailto:jobs@lever.co", None),
            ("https://me:secret@jobs.lever.co/acme", None),
            ("https://", None),
            (&long, None),
        ] {
            let found = address(given);
            assert_eq!(found.as_deref().ok(), expected, "{given}");
            if let Err(fault) = found {
                assert!(fault.message.chars().count() < 110, "{fault}");
            }
        }
    }
}
