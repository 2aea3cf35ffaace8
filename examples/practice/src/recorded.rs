//! Recorded sessions, served at their true hosts.
#![deny(clippy::indexing_slicing)]

mod exchange;
mod openings;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use crate::apply::route::Route;
use crate::expected::{BoardInfo, Fingerprint, Portal, count_rounds};
use crate::opening::Opening;
use crate::site::{Asked, json, respond};
use exchange::{Exchange, ExchangeEntry, differing};
use openings::Listed;

/// `index.json`; keys that are not named here are let be.
#[derive(Debug, Deserialize)]
struct Index {
    sessions: Vec<Session>,
}

#[derive(Debug, Deserialize)]
struct Session {
    name: String,
    portal: String,
    board: String,
    postings: Option<usize>,
    #[serde(default)]
    exchanges: Vec<ExchangeEntry>,
}

/// Boards with the recorded rounds of each.
pub(crate) struct RecordedBoards(Vec<RecordedBoard>);

struct RecordedBoard {
    info: BoardInfo,
    rounds: Vec<Round>,
}

struct Round {
    exchanges: Vec<Exchange>,
    listed: Vec<Listed>,
}

impl RecordedBoards {
    /// Reads the sessions of `dir/index.json`. Sessions of one board are its
    /// successive rounds, in the order given, or else in the index's.
    pub(crate) fn load(dir: &Path, names: &[String], portals: &[Portal]) -> Result<Self> {
        let path = dir.join("index.json");
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let index: Index = serde_json::from_slice(&text)
            .with_context(|| format!("{} is not an index of recorded sessions", path.display()))?;
        let mut boards: Vec<(String, Portal, Vec<Session>)> = Vec::new();
        for session in choose(index.sessions, names)? {
            let Some(portal) = portals.iter().find(|p| p.to_string() == session.portal) else {
                continue;
            };
            let key = session.board.trim_end_matches('/').to_owned();
            match boards.iter_mut().find(|(board, ..)| *board == key) {
                Some((.., rounds)) => rounds.push(session),
                None => boards.push((key, *portal, vec![session])),
            }
        }
        if boards.is_empty() {
            bail!("{} holds no session to serve", path.display());
        }
        boards
            .into_iter()
            .map(|(_, portal, sessions)| RecordedBoard::load(dir, portal, sessions))
            .collect::<Result<_>>()
            .map(Self)
    }

    pub(crate) fn infos(&self) -> Vec<BoardInfo> {
        self.0.iter().map(|board| board.info.clone()).collect()
    }

    /// The exchange of the same method, host and path that differs in the
    /// fewest query parameters.
    pub(crate) fn answer(&self, asked: &Asked, round: u32) -> Option<Response<Body>> {
        let index = index(round);
        let exchange = self
            .0
            .iter()
            .filter_map(|board| board.rounds.get(index).or(board.rounds.last()))
            .flat_map(|round| &round.exchanges)
            .filter(|e| {
                e.method == asked.method
                    && e.url.host_str() == Some(asked.host.as_str())
                    && e.url.path() == asked.path
            })
            .min_by_key(|e| differing(&e.url, asked));
        let listed = openings::asked_for(asked, |portal, token, id| {
            self.find(portal, token, id, round)
        });
        let exchange = match (exchange, listed) {
            (Some(exchange), None) => exchange,
            (Some(exchange), Some(_)) if !openings::wants_questions(asked) => exchange,
            (recorded, Some(listed)) => {
                let recorded = recorded.map(|e| &e.body[..]);
                let job = listed.answer(recorded, asked);
                return Some(json(StatusCode::OK, job.to_string()));
            }
            (None, None) => return None,
        };
        Some(respond(
            exchange.status,
            &exchange.content_type,
            exchange.body.clone(),
        ))
    }
}

impl RecordedBoards {
    /// The opening that an address means, if it is listed in this round.
    pub(crate) fn opening(&self, route: &Route<'_>, round: u32) -> Option<Opening> {
        self.find(route.portal, route.token, route.id, round)
            .map(|listed| listed.opening.clone())
    }

    /// Every opening of a round.
    pub(crate) fn openings(&self, round: u32) -> Vec<Opening> {
        self.listed(round).map(|l| l.opening.clone()).collect()
    }

    fn find(&self, portal: Portal, token: &str, id: &str, round: u32) -> Option<&Listed> {
        self.listed(round).find(|listed| {
            let o = &listed.opening;
            o.shape.portal() == portal && o.token == token && o.id == id
        })
    }

    fn listed(&self, round: u32) -> impl Iterator<Item = &Listed> {
        let index = index(round);
        let rounds = self
            .0
            .iter()
            .filter_map(move |board| board.rounds.get(index).or(board.rounds.last()));
        rounds.flat_map(|round| &round.listed)
    }
}

impl RecordedBoard {
    fn load(dir: &Path, portal: Portal, sessions: Vec<Session>) -> Result<Self> {
        let url = sessions
            .first()
            .map_or_else(String::new, |s| s.board.clone());
        let mut rounds = Vec::new();
        let mut prints = Vec::new();
        let mut stated = Vec::new();
        for session in sessions {
            let exchanges = session
                .exchanges
                .into_iter()
                .map(|entry| Exchange::load(dir, &session.name, entry))
                .collect::<Result<Vec<_>>>()?;
            let read: Vec<_> = exchanges
                .iter()
                .flat_map(|e| read(portal, &e.body))
                .collect();
            stated.push(session.postings.unwrap_or(read.len()));
            prints.push(read);
            let bodies = exchanges.iter().map(|e| (&e.url, &e.body));
            let listed = bodies
                .flat_map(|(from, body)| openings::read(portal, &url, from, body))
                .collect();
            rounds.push(Round { exchanges, listed });
        }
        let mut counts = count_rounds(&prints);
        for (counts, stated) in counts.iter_mut().zip(&stated) {
            counts.listed = *stated;
        }
        let info = BoardInfo {
            portal,
            url,
            expected: stated.first().copied().unwrap_or(0),
            rounds: counts,
        };
        Ok(Self { info, rounds })
    }
}

fn choose(sessions: Vec<Session>, names: &[String]) -> Result<Vec<Session>> {
    if names.is_empty() {
        return Ok(sessions);
    }
    let known: Vec<String> = sessions.iter().map(|s| s.name.clone()).collect();
    let mut by_name: BTreeMap<String, Session> =
        sessions.into_iter().map(|s| (s.name.clone(), s)).collect();
    names
        .iter()
        .map(|name| {
            by_name.remove(name).with_context(|| {
                format!(
                    "no session {name:?} to serve, or it is named twice; the index has {}",
                    known.join(", ")
                )
            })
        })
        .collect()
}

/// Rounds are counted from one.
fn index(round: u32) -> usize {
    usize::try_from(round)
        .unwrap_or(usize::MAX)
        .saturating_sub(1)
}

/// The postings of one recorded list; anything else holds none.
fn read(portal: Portal, body: &[u8]) -> Vec<Fingerprint> {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let (list, text, facts): (_, &[&str], &[&str]) = match portal {
        Portal::Greenhouse => (value.get("jobs"), &["content"], &["title", "location"]),
        Portal::Lever => (
            Some(&value),
            &["description", "lists", "additional"],
            &["text", "categories"],
        ),
    };
    let pick = |posting: &Value, keys: &[&str]| -> Vec<String> {
        let parts = keys.iter().filter_map(|key| posting.get(key));
        parts.map(ToString::to_string).collect()
    };
    list.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|posting| {
            let id = posting.get("id")?.to_string();
            Some(Fingerprint::new(
                &id,
                pick(posting, text),
                pick(posting, facts),
            ))
        })
        .collect()
}
