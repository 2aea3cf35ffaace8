//! The pages a person sees: a list, and a posting.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::WrittenBoard;
use super::markup::escape;
use crate::expected::Portal;
use crate::posting::Posting;
use crate::site::{html, respond};

pub(super) fn answer(board: Option<&WrittenBoard>, rest: &[&str], round: u32) -> Response<Body> {
    let Some(board) = board else {
        return gone();
    };
    let (_, postings) = board.postings(round);
    let found = |id: &str| postings.iter().find(|p| p.id == id);
    match (board.portal(), rest) {
        (_, [] | [""]) => list(board, postings),
        (Portal::Greenhouse, ["jobs", id]) | (Portal::Lever, [id] | [id, "apply"]) => {
            found(id).map_or_else(gone, |p| one(board, p))
        }
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
    page(&board.company, &format!("<ul>\n{rows}</ul>"))
}

fn one(board: &WrittenBoard, posting: &Posting) -> Response<Body> {
    let text = &posting.text;
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
    page(&format!("{} – {}", posting.title, board.company), &body)
}

fn page(title: &str, body: &str) -> Response<Body> {
    let title = escape(title);
    html(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <h1>{title}</h1>\n<p>This employer exists for practice only.</p>\n{body}\n</html>\n"
    ))
}

fn gone() -> Response<Body> {
    let body = "<!DOCTYPE html>\n<title>Not found</title>\n<h1>This job is no longer open</h1>\n";
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", body)
}
