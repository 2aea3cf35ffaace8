//! Boards that postings name: the links of new postings, put before the plugins.
//! A board found so is proposed and never followed by itself.

use std::collections::BTreeMap;

use agent_core::{ids::SourceId, links};
use agent_portal::host::{InstalledPlugin, Reach, Session};
use agent_store::{LearnedBoard, UnreadLinks};

use crate::{clock, fault::Fault, handle::Handle, plugins};

/// Jobs looked at in one transaction, and at most in one sync.
const BATCH: u32 = 200;
const BATCHES: u32 = 50;

/// Looks at the links of postings that are new; gives how many boards are
/// proposed by now.
pub(super) async fn learn(handle: &Handle) -> Result<u32, Fault> {
    let mut readers = Readers::of(handle).await?;
    for _ in 0..BATCHES {
        if handle.shutdown.is_cancelled() {
            break;
        }
        let unread = handle.store.read(|reader| reader.unread_links(BATCH));
        let unread = unread.await?;
        if unread.is_empty() {
            break;
        }
        let mut found = Vec::with_capacity(unread.len());
        for job in unread {
            let boards = readers.boards(handle, &job).await;
            found.push((job, boards));
        }
        handle
            .write(move |tx| {
                let now = clock::now();
                found
                    .iter()
                    .try_for_each(|(job, boards)| tx.save_links(job, boards, now))
            })
            .await?;
    }
    readers.close().await;
    Ok(handle.store.read(|reader| reader.proposed_count()).await?)
}

/// The plugins that know boards by their address, opened when first needed.
struct Readers {
    plugins: Vec<(InstalledPlugin, Option<Session>)>,
    /// What was claimed already: postings of one board have many links of one kind.
    known: BTreeMap<String, Option<LearnedBoard>>,
}

impl Readers {
    /// A plugin that takes any address is not asked: it would propose the world.
    async fn of(handle: &Handle) -> Result<Self, Fault> {
        let plugins = plugins::all_installed(handle).await?.into_iter();
        Ok(Self {
            plugins: plugins
                .filter(|plugin| match plugin.reach {
                    Reach::Portal | Reach::Employer => true,
                    Reach::Any => false,
                })
                .map(|plugin| (plugin, None))
                .collect(),
            known: BTreeMap::new(),
        })
    }

    /// The boards that a job's links name, its own not among them.
    async fn boards(&mut self, handle: &Handle, job: &UnreadLinks) -> Vec<LearnedBoard> {
        let mut addresses = links::of(&job.description);
        addresses.extend(job.apply_url.clone());
        let mut boards: Vec<LearnedBoard> = Vec::new();
        for address in addresses {
            let claimed = match self.known.get(&address) {
                Some(known) => known.clone(),
                None => {
                    let claimed = self.claim(handle, &address).await;
                    self.known.insert(address, claimed.clone());
                    claimed
                }
            };
            let Some(mut board) = claimed else { continue };
            let own = SourceId::of(&board.plugin, &board.key) == job.source;
            if own || boards.iter().any(|known| known.key == board.key) {
                continue;
            }
            if board.company.is_empty() {
                board.company.clone_from(&job.company);
            }
            boards.push(board);
        }
        boards
    }

    async fn claim(&mut self, handle: &Handle, address: &str) -> Option<LearnedBoard> {
        for (plugin, session) in &mut self.plugins {
            if !is_of(plugin, address) {
                continue;
            }
            if session.is_none() {
                match plugins::open(handle, plugin, "claim").await {
                    Ok(opened) => *session = Some(opened),
                    Err(error) => {
                        tracing::warn!(plugin = plugin.id, %error, "links cannot be put before it");
                        continue;
                    }
                }
            }
            let Some(session) = session else { continue };
            match session.claim(address).await {
                Ok(Some(board)) => {
                    return Some(LearnedBoard {
                        plugin: plugin.id.clone(),
                        key: board.key,
                        url: board.url,
                        company: board.company.unwrap_or_default(),
                    });
                }
                Ok(None) => {}
                Err(error) => tracing::debug!(plugin = plugin.id, %error, "link not understood"),
            }
        }
        None
    }

    async fn close(self) {
        for (_, session) in self.plugins {
            if let Some(session) = session {
                session.close().await;
            }
        }
    }
}

/// Whether an address may be one of the plugin's: it shares the last two parts of
/// its name with a host the plugin reads. Saves asking every plugin of every link.
fn is_of(plugin: &InstalledPlugin, address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else {
        return false;
    };
    let wanted = end_of(url.host_str().unwrap_or_default());
    wanted.is_some()
        && plugin
            .hosts
            .iter()
            .chain(&plugin.form_hosts)
            .any(|host| end_of(&host.to_string()) == wanted)
}

fn end_of(host: &str) -> Option<String> {
    let mut parts = host.rsplit('.');
    let (last, before) = (parts.next()?, parts.next()?);
    Some(format!("{before}.{last}").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use agent_core::ids::ContentHash;

    use super::*;

    #[test]
    fn a_link_is_put_before_the_plugins_of_its_domain_only() {
        let plugin = InstalledPlugin {
            id: "lever".into(),
            sha256: ContentHash::of(""),
            path: "/nowhere".into(),
            hosts: vec![
                "api.lever.co".parse().unwrap(),
                "*.lever.example".parse().unwrap(),
            ],
            form_hosts: vec![],
            reach: Reach::Portal,
            terms_accepted: false,
        };
        for (address, expected) in [
            ("https://jobs.lever.co/acme", true),
            ("https://lever.co/", true),
            ("https://acme.LEVER.example/jobs", true),
            ("https://lever.co.evil.example/", false),
            ("https://example/", false),
            ("no address", false),
        ] {
            assert_eq!(is_of(&plugin, address), expected, "{address}");
        }
    }
}
