//! A posting of a portal that an installed plugin reads, by its address.
//!
//! A plugin knows the board of an address and the postings of a board, but not
//! which posting an address is. So the parts of the address that may be an id are
//! tried, and if none is, the board is looked through.

use agent_core::job::Posting;
use agent_portal::{
    error::{PluginError, PortalError},
    host::{Board, Capability, InstalledPlugin, Reach, Session},
};
use agent_store::NewSource;

use super::{Arriving, Origin};
use crate::{fault::Fault, handle::Handle, plugins};

/// Most ids tried, and most pages looked through.
const TRIED: usize = 6;
const PAGES: usize = 20;

/// The posting at `url`; `None` when no plugin reads it.
pub(super) async fn find(handle: &Handle, url: &str) -> Result<Option<Arriving>, Fault> {
    let mut installed = plugins::all_installed(handle).await?;
    installed.sort_by_key(|plugin| plugin.reach);
    for plugin in installed {
        match plugin.reach {
            Reach::Portal | Reach::Employer => {}
            // It reads pages as this program does, and knows no portal better.
            Reach::Any => continue,
        }
        let plugin = plugin.for_board(url);
        let mut session = plugins::open(handle, &plugin, "jobs add").await?;
        let claimed = session.claim(url).await?;
        let found = match &claimed {
            Some(board) if plugin.reach == Reach::Portal || plugin.may_ask(&board.url) => {
                let detailed = supports_detail(handle, &plugin).await?;
                posting(&mut session, board, url, detailed).await?
            }
            Some(_) | None => None,
        };
        session.close().await;
        if let (Some(board), Some(posting)) = (claimed, found) {
            return Ok(Some(arriving(plugin.id, board, posting)));
        }
    }
    Ok(None)
}

fn arriving(plugin: String, board: Board, posting: Posting) -> Arriving {
    let company = posting
        .company
        .clone()
        .or(board.company)
        .unwrap_or_else(|| board.key.clone());
    Arriving {
        source: NewSource {
            plugin,
            key: board.key,
            url: board.url,
            company,
        },
        fetched_from: None,
        postings: vec![posting],
        origin: Origin::Plugin,
        uncertain: Vec::new(),
    }
}

async fn supports_detail(handle: &Handle, plugin: &InstalledPlugin) -> Result<bool, Fault> {
    let id = plugin.id.clone();
    let row = handle.store.read(move |reader| reader.plugin(&id)).await?;
    let detail = plugins::word(Capability::Detail);
    Ok(row.is_some_and(|row| row.supports.iter().any(|word| word == detail)))
}

async fn posting(
    session: &mut Session,
    board: &Board,
    url: &str,
    detailed: bool,
) -> Result<Option<Posting>, Fault> {
    if detailed {
        for id in ids(url).into_iter().take(TRIED) {
            match session.detail(board, &id).await {
                Ok(posting) => return Ok(Some(posting)),
                // Another part of the address may be the id.
                Err(PluginError::Portal {
                    error:
                        PortalError::Gone(_)
                        | PortalError::Invalid(_)
                        | PortalError::Changed(_)
                        | PortalError::Fetch(_)
                        | PortalError::Unsupported,
                    ..
                }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    let listed = look_through(session, board, url).await?;
    match listed {
        Some(listed) if detailed && !listed.is_described() => {
            match session.detail(board, &listed.external_id).await {
                Ok(page) => Ok(Some(listed.detailed_by(&page))),
                Err(_) => Ok(Some(listed)),
            }
        }
        listed => Ok(listed),
    }
}

async fn look_through(
    session: &mut Session,
    board: &Board,
    url: &str,
) -> Result<Option<Posting>, Fault> {
    let mut cursor = None;
    for _ in 0..PAGES {
        let page = session.discover(board, &[], cursor.as_deref()).await?;
        let at = |posting: &Posting| {
            let apply = posting.apply_url.as_deref();
            same(&posting.url, url) || apply.is_some_and(|apply| same(apply, url))
        };
        if let Some(found) = page.postings.into_iter().find(at) {
            return Ok(Some(found));
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(None)
}

/// Whether two addresses are one page, whatever a visit adds to them.
fn same(one: &str, other: &str) -> bool {
    let page = |address: &str| {
        let url = url::Url::parse(address).ok()?;
        let host = url.host_str()?.trim_start_matches("www.").to_owned();
        let path = url.path().trim_end_matches('/').to_ascii_lowercase();
        let path = path.trim_end_matches("/apply").to_owned();
        Some((host, path))
    };
    // A path that is the same for all postings says nothing.
    page(one).is_some_and(|(_, path)| path.len() > 1) && page(one) == page(other)
}

/// The parts of an address that may be a posting's id, the likeliest first: values
/// of its query, and the parts of its path from the end, whole and as far as they
/// are one number.
fn ids(url: &str) -> Vec<String> {
    let Ok(url) = url::Url::parse(url) else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        let fits = (1..=200).contains(&id.len()) && id.chars().any(|c| c.is_ascii_digit());
        if fits && !found.iter().any(|known| known == id) {
            found.push(id.to_owned());
        }
    };
    for (name, value) in url.query_pairs() {
        let name = name.to_ascii_lowercase();
        if name.ends_with("jid") || name.ends_with("id") || name.contains("job") {
            add(&value);
        }
    }
    let parts: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    for part in parts.iter().rev().filter(|part| !part.is_empty()) {
        let digits = |piece: &&str| piece.len() >= 3 && piece.chars().all(|c| c.is_ascii_digit());
        let pieces: Vec<&str> = part.split(['-', '_']).collect();
        let uuid = pieces.len() == 5 && part.len() == 36;
        let ends = [pieces.first(), pieces.last()];
        if !uuid && pieces.len() > 1 {
            ends.into_iter()
                .flatten()
                .copied()
                .filter(digits)
                .for_each(&mut add);
        }
        add(part);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_looked_for_where_portals_put_it() {
        for (url, expected) in [
            (
                "https://boards.greenhouse.io/acme/jobs/4011?gh_src=x",
                "4011",
            ),
            ("https://careers.acme.example/open?gh_jid=4011", "4011"),
            (
                "https://jobs.lever.co/acme/0b2c1d3e-1111-2222-3333-444455556666",
                "0b2c1d3e-1111-2222-3333-444455556666",
            ),
            (
                "https://jobs.smartrecruiters.com/Acme/743999-baker",
                "743999",
            ),
            ("https://acme.teamtailor.com/jobs/98765-head-baker", "98765"),
            (
                "https://www.linkedin.com/jobs/view/baker-at-acme-381",
                "381",
            ),
            ("https://apply.workable.com/acme/j/9AF01C/", "9AF01C"),
            ("https://acme.bamboohr.com/careers/42", "42"),
        ] {
            assert_eq!(
                ids(url).first().map(String::as_str),
                Some(expected),
                "{url}"
            );
        }
        assert_eq!(ids("https://jobs.lever.co/acme"), [""; 0]);
        assert_eq!(ids("no address"), [""; 0]);
    }

    #[test]
    fn one_page_is_known_under_what_a_visit_adds() {
        for (one, other, expected) in [
            (
                "https://a.example/j/1",
                "https://www.a.example/j/1/?utm=2#x",
                true,
            ),
            ("https://a.example/j/1", "https://a.example/j/1/apply", true),
            ("https://a.example/j/1", "https://a.example/j/2", false),
            ("https://a.example/", "https://a.example", false),
            ("nonsense", "nonsense", false),
        ] {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
    }
}
