//! Finding jobs by words, meaning and filters; searches that are kept.

use std::collections::HashSet;

use agent_api::reason;
use agent_core::{filter, ids::JobId, text};
use agent_store::{Narrow, NewSearch, SavedSearch, SearchHit, SearchOptions, SearchQuery};

use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
    tiers::{self, Meaning},
};

/// Longest text that is searched for, in characters.
const LONGEST: usize = 500;

/// Most hits of a kept search that are counted and remembered.
const REMEMBERED: u32 = 500;

/// Longest name of a kept search, in characters.
const LONGEST_NAME: usize = 60;

/// Most searches that are kept.
const MOST: usize = 200;

/// A kept search with what it finds now.
pub(crate) struct Found {
    pub(crate) saved: SavedSearch,
    /// The new ones first.
    pub(crate) hits: Vec<SearchHit>,
    /// How many of them, from the first, the last run did not find.
    pub(crate) new: usize,
}

/// Reads a filter; `None` of an empty text.
pub(crate) fn narrow(typed: &str) -> Result<Option<Narrow>, Fault> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let filter = filter::parse(typed).map_err(|error| {
        let message = format!("the filter cannot be read {error}");
        Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
            .hint("for example: --where 'score>75 and remote and not agency'")
    })?;
    Ok(Some(Narrow {
        filter,
        now: clock::now(),
    }))
}

/// What a search found.
pub(crate) struct Hits {
    pub(crate) hits: Vec<SearchHit>,
    /// Why it was searched with other means than usual; empty when it was not.
    pub(crate) note: String,
}

/// Finds jobs. Words, a filter, or both must be given.
pub(crate) async fn search(
    handle: &Handle,
    words: &str,
    narrow: Option<Narrow>,
    options: SearchOptions,
    limit: u32,
) -> Result<Hits, Fault> {
    let words = text::quote(words, LONGEST);
    if words.is_empty() && narrow.is_none() {
        let message = "nothing to search for";
        return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message));
    }
    let Meaning { vector, note } = match words.as_str() {
        "" => Meaning::default(),
        words => tiers::of_query(handle, words).await?,
    };
    let asks = |asks: fn(&filter::Filter) -> bool| {
        narrow.as_ref().is_some_and(|narrow| asks(&narrow.filter))
    };
    let query = SearchQuery {
        text: words,
        vector,
        limit,
        include_closed: options.closed || asks(filter::Filter::asks_for_closed),
        include_hidden: options.hidden || asks(filter::Filter::asks_for_hidden),
        narrow,
    };
    let hits = handle
        .store
        .read(move |reader| reader.search(&query))
        .await?;
    Ok(Hits { hits, note })
}

/// Keeps a search, in place of one of the same name.
pub(crate) async fn save(handle: &Handle, mut new: NewSearch) -> Result<Found, Fault> {
    new.name = text::line(&new.name);
    let length = new.name.chars().count();
    if length == 0 || length > LONGEST_NAME {
        let message = format!("the name of a search has 1 to {LONGEST_NAME} characters");
        return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message));
    }
    new.query = text::quote(&new.query, LONGEST);
    new.narrow = new.narrow.trim().to_owned();
    // What cannot be run is not kept.
    let hits = hits(handle, &new).await?;
    let name = new.name.clone();
    let kept = handle
        .write(move |tx| {
            let known = tx.saved_search(&new.name)?.is_some();
            if !known && tx.saved_searches()?.len() >= MOST {
                return Ok(None);
            }
            tx.save_search(&new, clock::now())?;
            tx.saved_search(&new.name)
        })
        .await?;
    let Some(saved) = kept else {
        let message = format!("{MOST} searches are kept already");
        return Err(Fault::new(Kind::Refused, reason::INVALID_VALUE, message)
            .hint("remove one: agentctl search remove NAME"));
    };
    tracing::debug!(name, "a search is kept");
    Ok(compared(saved, hits, &HashSet::new()))
}

/// The kept searches, each with what it finds now.
pub(crate) async fn list(handle: &Handle) -> Result<Vec<Found>, Fault> {
    let mut all = Vec::new();
    for saved in handle.store.read(|reader| reader.saved_searches()).await? {
        all.push(found(handle, saved).await?);
    }
    Ok(all)
}

/// Runs a kept search: what it finds counts as seen from now on.
pub(crate) async fn run(handle: &Handle, name: &str) -> Result<Found, Fault> {
    let wanted = name.trim().to_owned();
    let saved = handle
        .store
        .read(move |reader| reader.saved_search(&wanted))
        .await?;
    let saved = saved.ok_or_else(|| unknown(name))?;
    let found = found(handle, saved).await?;
    let name = found.saved.search.name.clone();
    let ids: Vec<JobId> = found.hits.iter().map(|hit| hit.row.id).collect();
    handle
        .write(move |tx| tx.search_ran(&name, &ids, clock::now()))
        .await?;
    Ok(found)
}

/// Forgets a kept search.
pub(crate) async fn remove(handle: &Handle, name: &str) -> Result<(), Fault> {
    let wanted = name.trim().to_owned();
    let removed = handle.write(move |tx| tx.remove_search(&wanted)).await?;
    removed.then_some(()).ok_or_else(|| unknown(name))
}

async fn found(handle: &Handle, saved: SavedSearch) -> Result<Found, Fault> {
    let hits = hits(handle, &saved.search).await?;
    let name = saved.search.name.clone();
    let before = handle
        .store
        .read(move |reader| reader.search_hits(&name))
        .await?;
    Ok(compared(saved, hits, &before))
}

async fn hits(handle: &Handle, of: &NewSearch) -> Result<Vec<SearchHit>, Fault> {
    let narrow = narrow(&of.narrow)?;
    let found = search(handle, &of.query, narrow, of.options, REMEMBERED).await?;
    Ok(found.hits)
}

/// New ones first, each part in the order of the search.
fn compared(saved: SavedSearch, hits: Vec<SearchHit>, before: &HashSet<JobId>) -> Found {
    let (known, mut new): (Vec<_>, Vec<_>) = hits
        .into_iter()
        .partition(|hit| before.contains(&hit.row.id));
    let count = new.len();
    new.extend(known);
    Found {
        saved,
        hits: new,
        new: count,
    }
}

fn unknown(name: &str) -> Fault {
    let message = format!("no search is called {}", shown(name, 40));
    Fault::new(Kind::NotFound, reason::UNKNOWN_NAME, message)
        .hint("see them with: agentctl search list")
}
