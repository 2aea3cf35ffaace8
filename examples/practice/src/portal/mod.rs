//! The board APIs, as their readers know them.

pub(crate) mod greenhouse;
pub(crate) mod lever;
pub(crate) mod markup;
mod page;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode};

use crate::expected::{BoardInfo, Fingerprint, Portal, count_rounds};
use crate::opening::{Opening, Shape};
use crate::posting::Posting;
use crate::site::{Asked, plain};

/// A board whose answers are made here.
pub(crate) struct WrittenBoard {
    shape: Shape,
    token: String,
    company: String,
    rounds: Vec<Vec<Posting>>,
    /// Lists by round and query: rendering ten thousand postings takes a while.
    rendered: Mutex<HashMap<(usize, String), Bytes>>,
}

impl WrittenBoard {
    pub(crate) fn new(
        shape: Shape,
        token: String,
        company: String,
        rounds: Vec<Vec<Posting>>,
    ) -> Self {
        Self {
            shape,
            token,
            company,
            rounds,
            rendered: Mutex::default(),
        }
    }

    pub(crate) fn rounds(&self) -> &[Vec<Posting>] {
        &self.rounds
    }

    pub(crate) fn portal(&self) -> Portal {
        self.shape.portal()
    }

    pub(crate) fn info(&self) -> BoardInfo {
        let prints: Vec<Vec<_>> = self
            .rounds
            .iter()
            .map(|postings| postings.iter().map(fingerprint).collect())
            .collect();
        let rounds = count_rounds(&prints);
        BoardInfo {
            portal: self.portal(),
            url: self.url(),
            expected: rounds.first().map_or(0, |counts| counts.listed),
            rounds,
        }
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// A posting of a round, as far as applying to it goes.
    pub(crate) fn opening(&self, id: &str, round: u32) -> Option<Opening> {
        let (_, postings) = self.postings(round);
        let posting = postings.iter().find(|p| p.id == id)?;
        Some(self.opening_of(posting))
    }

    pub(crate) fn openings(&self, round: u32) -> Vec<Opening> {
        let (_, postings) = self.postings(round);
        postings.iter().map(|p| self.opening_of(p)).collect()
    }

    fn opening_of(&self, posting: &Posting) -> Opening {
        Opening {
            shape: self.shape,
            token: self.token.clone(),
            company: self.company.clone(),
            id: posting.id.clone(),
            title: posting.title.clone(),
            country: posting.country.clone(),
            description: page::description(&posting.text),
        }
    }

    /// The careers address a person would copy from the browser.
    fn url(&self) -> String {
        format!("https://{}/{}", self.shape.host(), self.token)
    }

    /// The postings of a round; the last one stays.
    fn postings(&self, round: u32) -> (usize, &[Posting]) {
        let last = self.rounds.len().saturating_sub(1);
        let wanted = usize::try_from(round)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        let index = wanted.min(last);
        (index, self.rounds.get(index).map_or(&[], Vec::as_slice))
    }

    /// Renders a list once per round and query.
    fn list(&self, asked: &Asked, round: usize, render: impl FnOnce() -> String) -> Bytes {
        let key = (round, format!("{} {:?}", asked.path, asked.query));
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        rendered
            .entry(key)
            .or_insert_with(|| render().into())
            .clone()
    }
}

/// Answers a request to one of the portals' hosts.
pub(crate) fn answer(boards: &[WrittenBoard], asked: &Asked, round: u32) -> Response<Body> {
    let segments: Vec<_> = asked.path.trim_matches('/').split('/').collect();
    let board = |portal: Portal, token: &str| {
        boards
            .iter()
            .find(|b| b.portal() == portal && b.token == token)
    };
    if asked.method != "GET" {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered here");
    }
    match (asked.host.as_str(), segments.as_slice()) {
        (greenhouse::API, ["v1", "boards", token, rest @ ..]) => {
            greenhouse::answer(board(Portal::Greenhouse, token), rest, asked, round)
        }
        (lever::API, ["v0", "postings", token, rest @ ..]) => {
            lever::answer(board(Portal::Lever, token), rest, asked, round)
        }
        (greenhouse::CLASSIC_PAGES | greenhouse::NEW_PAGES, [token, rest @ ..]) => {
            page::answer(board(Portal::Greenhouse, token), rest, round)
        }
        (lever::PAGES, [token, rest @ ..]) => {
            page::answer(board(Portal::Lever, token), rest, round)
        }
        _ => plain(
            StatusCode::NOT_FOUND,
            "the practice employer has no such page",
        ),
    }
}

fn fingerprint(posting: &Posting) -> Fingerprint {
    Fingerprint::new(
        &posting.id,
        &posting.text,
        (&posting.title, &posting.places),
    )
}
