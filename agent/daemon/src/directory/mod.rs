//! Companies and their boards: facts that come with the program, and what boards
//! answered when they were asked.

mod entries;
mod names;

use agent_api::reason;
use agent_core::ids::SourceId;
use agent_portal::host::Board;
use agent_store::{DirectoryCheck, SourceRow};
use jiff::tz::TimeZone;

use self::{
    entries::Entry,
    names::{Closeness, Match},
};
pub(crate) use self::{entries::count, names::looks_like_a_name};
use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
    plugins,
};

/// Most boards shown for one name, and most asked in one go.
const SHOWN: usize = 25;
const ASKED: usize = 8;

/// A board for a name.
pub(crate) struct Found {
    pub(crate) company: String,
    pub(crate) plugin: String,
    pub(crate) url: String,
    /// Day on which it was last seen to be there; empty when it never was.
    pub(crate) verified: String,
    /// Openings at that time.
    pub(crate) openings: Option<u32>,
    pub(crate) installed: bool,
    /// The source, when it is followed.
    pub(crate) source: Option<SourceId>,
    /// Why it did not answer.
    pub(crate) error: String,
    /// The posting that names it.
    pub(crate) named_by: String,
}

/// What the directory knows under a name, the nearest first.
pub(crate) async fn find(handle: &Handle, name: &str) -> Result<Vec<Found>, Fault> {
    if names::is_empty(name) {
        return Err(
            Fault::new(Kind::Invalid, reason::INVALID_VALUE, "no name was given")
                .hint("for example: agentctl source find \"Example Corp\""),
        );
    }
    let entries: Vec<&Entry> = names::find(name, SHOWN)
        .into_iter()
        .map(|found| found.entry)
        .collect();
    let (rows, sources, checks) = handle
        .store
        .read({
            let urls: Vec<String> = entries.iter().map(|entry| entry.url()).collect();
            move |reader| {
                let checks = urls.iter().map(|url| reader.directory_check(url));
                let checks: Result<Vec<_>, _> = checks.collect();
                Ok((reader.plugins()?, reader.sources()?, checks?))
            }
        })
        .await?;
    let found = entries.into_iter().zip(checks).map(|(entry, check)| {
        let mut found = Found {
            company: entry.company.to_owned(),
            plugin: entry.plugin.to_owned(),
            url: entry.url(),
            verified: entry.verified.to_owned(),
            openings: None,
            installed: rows.iter().any(|row| row.id == entry.plugin),
            source: followed(&sources, entry.plugin, entry.board),
            error: String::new(),
            named_by: String::new(),
        };
        if let Some(check) = check {
            found.take(check);
        }
        found
    });
    Ok(found.collect())
}

fn followed(sources: &[SourceRow], plugin: &str, board: &str) -> Option<SourceId> {
    let same = |row: &&SourceRow| {
        row.plugin == plugin && (row.key.eq_ignore_ascii_case(board) || row.url == board)
    };
    sources.iter().find(same).map(|row| row.id)
}

impl Found {
    /// What the board answered counts from the day it did.
    fn take(&mut self, check: DirectoryCheck) {
        if check.openings.is_some() {
            let day = check.checked_at.to_zoned(TimeZone::UTC).date();
            self.verified = self.verified.clone().max(day.to_string());
            self.openings = check.openings;
        }
        self.error = check.error.unwrap_or_default();
    }
}

/// Asks the first boards of a list whether they are there, and keeps the answers.
pub(crate) async fn verify(handle: &Handle, found: &mut [Found]) -> Result<(), Fault> {
    for board in found.iter_mut().filter(|board| board.installed).take(ASKED) {
        let answer = ask(handle, board).await;
        if let Err(fault) = &answer
            && fault.reason == reason::SHUTTING_DOWN
        {
            return Err(fault.clone());
        }
        let check = DirectoryCheck {
            url: board.url.clone(),
            checked_at: clock::now(),
            openings: answer.as_ref().ok().copied(),
            error: answer.err().map(|fault| shown(&fault.message, 200)),
        };
        let kept = check.clone();
        handle
            .write(move |tx| tx.save_directory_check(&kept))
            .await?;
        board.take(check);
    }
    Ok(())
}

/// How many openings the board says it has; those of its first page when it does
/// not say.
async fn ask(handle: &Handle, found: &Found) -> Result<u32, Fault> {
    let plugin = plugins::installed(handle, &found.plugin)
        .await?
        .for_board(&found.url);
    let mut session = plugins::open(handle, &plugin, "directory").await?;
    let claimed = session.claim(&found.url).await?;
    let board: Board = claimed.ok_or_else(|| {
        let message = format!("{} does not read {}", found.plugin, found.url);
        Fault::new(Kind::NotFound, reason::UNCLAIMED_URL, message)
    })?;
    let page = session.discover(&board, &[], None).await?;
    session.close().await;
    let listed = u32::try_from(page.postings.len()).unwrap_or(u32::MAX);
    Ok(page.total.unwrap_or(listed).max(listed))
}

/// The board of the company that `name` plainly means.
///
/// # Errors
/// With the candidates, when it may mean several; with the next step, when none.
pub(crate) async fn board_of(handle: &Handle, name: &str) -> Result<(String, String), Fault> {
    let found = names::find(name, SHOWN);
    let of = |closeness: Closeness| -> Vec<&Entry> {
        found
            .iter()
            .filter(|found| found.closeness == closeness)
            .map(|Match { entry, .. }| *entry)
            .collect()
    };
    let (same, near, part) = (
        of(Closeness::Same),
        of(Closeness::Near),
        of(Closeness::Part),
    );
    let candidates = [&same, &near, &part]
        .into_iter()
        .find(|list| !list.is_empty())
        .cloned()
        .unwrap_or_default();
    let rows = handle.store.read(|reader| reader.plugins()).await?;
    let readable: Vec<&&Entry> = candidates
        .iter()
        .filter(|entry| rows.iter().any(|row| row.id == entry.plugin))
        .collect();
    match (candidates.as_slice(), readable.as_slice()) {
        ([], _) => Err(none(name)),
        (_, [one]) => Ok((one.url(), one.company.to_owned())),
        ([one], []) => Err(Fault::new(
            Kind::Refused,
            reason::UNCLAIMED_URL,
            format!(
                "{} is at {}, which the plugin {} reads; it is not installed",
                one.company,
                one.url(),
                one.plugin
            ),
        )
        .hint(plugins::INSTALL)),
        (several, _) => {
            let listed: Vec<String> = several
                .iter()
                .take(8)
                .map(|entry| format!("{} {}", entry.company, entry.url()))
                .collect();
            let message = format!("several boards may be meant by {}", shown(name, 60));
            Err(Fault::new(Kind::Invalid, reason::AMBIGUOUS_NAME, message)
                .hint(format!("give the address of one: {}", listed.join("; "))))
        }
    }
}

fn none(name: &str) -> Fault {
    let message = format!("the directory knows no company like {}", shown(name, 60));
    Fault::new(Kind::NotFound, reason::UNKNOWN_NAME, message)
        .hint("give the address of its careers page: agentctl source add URL")
}

/// Boards that postings name and that nobody follows.
pub(crate) async fn learned(handle: &Handle) -> Result<Vec<Found>, Fault> {
    let most = u32::try_from(4 * SHOWN).unwrap_or(u32::MAX);
    let (proposals, rows) = handle
        .store
        .read(move |reader| Ok((reader.proposed_boards(most)?, reader.plugins()?)))
        .await?;
    let found = proposals.into_iter().map(|proposal| Found {
        installed: rows.iter().any(|row| row.id == proposal.board.plugin),
        company: proposal.board.company,
        plugin: proposal.board.plugin,
        url: proposal.board.url,
        verified: String::new(),
        openings: None,
        source: None,
        error: String::new(),
        named_by: proposal.named_by,
    });
    Ok(found.collect())
}
