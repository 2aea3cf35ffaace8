//! The list of a board as a person sees it, and the text of a posting.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::WrittenBoard;
use super::markup::escape;
use crate::expected::Portal;
use crate::form::template::page;
use crate::posting::{Posting, PostingText};
use crate::site::{html, respond};

/// The list; postings themselves are pages of their own.
pub(super) fn answer(board: Option<&WrittenBoard>, rest: &[&str], round: u32) -> Response<Body> {
    match (board, rest) {
        (Some(board), [] | [""]) => list(board, board.postings(round).1),
        _ => gone(),
    }
}

fn list(board: &WrittenBoard, postings: &[Posting]) -> Response<Body> {
    let middle = match board.portal() {
        Portal::Greenhouse => "jobs/",
        Portal::Lever => "",
    };
    let row = |p: &Posting| {
        let (title, places) = (escape(&p.title), escape(&p.places.join("; ")));
        format!(
            "<li><a href=\"/{}/{middle}{}\">{title}</a> {places}</li>\n",
            board.token, p.id
        )
    };
    let rows: String = postings.iter().map(row).collect();
    let rows = format!("<ul>\n{rows}</ul>");
    html(page(board.company.trim(), &rows, &[]))
}

/// A posting's text as HTML.
pub(super) fn description(text: &PostingText) -> String {
    let paragraph = |line: &String| format!("<p>{}</p>\n", escape(line));
    let mut body: String = text.intro.iter().chain(&text.body).map(paragraph).collect();
    for list in &text.lists {
        let items = list
            .items
            .iter()
            .map(|item| format!("<li>{}</li>\n", escape(item)));
        let items: String = items.collect();
        body += &format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", escape(&list.heading));
    }
    body.extend(text.closing.iter().map(paragraph));
    body
}

fn gone() -> Response<Body> {
    let body = "<!DOCTYPE html>\n<title>Not found</title>\n<h1>This job is no longer open</h1>\n";
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", body)
}
