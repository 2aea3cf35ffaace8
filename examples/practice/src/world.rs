//! What stands behind the hosts: boards written for practice, or recorded ones.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::expected::{BoardInfo, RoundCounts, totals};
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
