//! What stands behind the hosts: boards written for practice, or recorded ones.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::apply::route::Route;
use crate::expected::{BoardInfo, RoundCounts, totals};
use crate::opening::Opening;
use crate::portal::{self, WrittenBoard};
use crate::recorded::RecordedBoards;
use crate::site::{Asked, json, plain};

/// The boards of one run.
pub(crate) enum World {
    /// Boards whose answers are made from the corpus.
    Written(Vec<WrittenBoard>),
    /// Boards that repeat recorded answers.
    Recorded(RecordedBoards),
}

impl World {
    pub(crate) fn boards(&self) -> Vec<BoardInfo> {
        match self {
            World::Written(boards) => boards.iter().map(WrittenBoard::info).collect(),
            World::Recorded(recorded) => recorded.infos(),
        }
    }

    pub(crate) fn totals(&self) -> Vec<RoundCounts> {
        totals(&self.boards())
    }

    /// The opening that an address means, if it is listed in this round.
    pub(crate) fn opening(&self, route: &Route<'_>, round: u32) -> Option<Opening> {
        match self {
            World::Written(boards) => boards
                .iter()
                .find(|b| b.portal() == route.portal && b.token() == route.token)
                .and_then(|board| board.opening(route.id, round)),
            World::Recorded(recorded) => recorded.opening(route, round),
        }
    }

    /// Every opening of a round.
    pub(crate) fn openings(&self, round: u32) -> Vec<Opening> {
        match self {
            World::Written(boards) => boards.iter().flat_map(|b| b.openings(round)).collect(),
            World::Recorded(recorded) => recorded.openings(round),
        }
    }

    pub(crate) fn answer(&self, asked: &Asked, round: u32) -> Response<Body> {
        if asked.path == "/robots.txt" {
            return plain(StatusCode::OK, "User-agent: *\nDisallow: /internal/\n");
        }
        match self {
            World::Written(boards) => portal::answer(boards, asked, round),
            World::Recorded(recorded) => recorded.answer(asked, round).unwrap_or_else(|| {
                let text = json!({
                    "error": "no recorded answer",
                    "method": asked.method,
                    "host": asked.host,
                    "path": asked.path,
                });
                json(StatusCode::NOT_FOUND, text.to_string())
            }),
        }
    }
}
