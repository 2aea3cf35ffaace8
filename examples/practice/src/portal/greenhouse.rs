//! The Greenhouse board API.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value, json};

use super::WrittenBoard;
use super::markup::{escape, escape_named, stray_space};
use crate::form::{Form, add_questions};
use crate::opening::Shape;
use crate::posting::{Posting, PostingText};
use crate::site::{self, Asked};

pub(crate) const API: &str = "boards-api.greenhouse.io";
pub(crate) const CLASSIC_PAGES: &str = "boards.greenhouse.io";
pub(crate) const NEW_PAGES: &str = "job-boards.greenhouse.io";

pub(super) fn answer(
    board: Option<&WrittenBoard>,
    rest: &[&str],
    asked: &Asked,
    round: u32,
) -> Response<Body> {
    let Some(board) = board else {
        return missing("Board not found");
    };
    let (index, postings) = board.postings(round);
    let wants = |name| asked.parameter(name) == Some("true");
    let parts = Parts {
        content: wants("content"),
        pay: wants("pay_transparency"),
    };
    match rest {
        [] => ok(json!({ "name": board.company, "content": "" }).to_string()),
        ["jobs"] => {
            let list = board.list(asked, index, || {
                let jobs: Vec<_> = postings.iter().map(|p| job(board, p, parts)).collect();
                json!({ "jobs": jobs, "meta": { "total": postings.len() } }).to_string()
            });
            site::json(StatusCode::OK, list)
        }
        ["jobs", id] => match postings.iter().find(|p| p.id == *id) {
            Some(posting) => {
                let parts = Parts {
                    content: true,
                    ..parts
                };
                let mut job = job(board, posting, parts);
                if let (true, Value::Object(job)) = (wants("questions"), &mut job) {
                    add_questions(job, &Form::of(&board.opening_of(posting)));
                }
                ok(job.to_string())
            }
            None => missing("Job not found"),
        },
        _ => missing("Not found"),
    }
}

/// What a request asks for beyond the facts.
#[derive(Clone, Copy)]
struct Parts {
    content: bool,
    pay: bool,
}

fn job(board: &WrittenBoard, posting: &Posting, parts: Parts) -> Value {
    let id: u64 = posting.id.parse().unwrap_or_default();
    let mut job = Map::new();
    let mut put = |key: &str, value: Value| job.insert(key.to_owned(), value);
    put("absolute_url", format!("{}/jobs/{id}", board.url()).into());
    put(
        "data_compliance",
        json!([{
            "type": "gdpr",
            "requires_consent": false,
            "retention_period": null,
        }]),
    );
    put("internal_job_id", posting.group.into());
    put("location", json!({ "name": posting.places.join(", ") }));
    put("metadata", metadata(posting));
    put("id", id.into());
    put("updated_at", stamp(posting.updated));
    put("requisition_id", posting.requisition.clone().into());
    put("title", posting.title.clone().into());
    match board.shape {
        Shape::GreenhouseClassic => {
            put("education", "education_optional".into());
        }
        Shape::GreenhouseNew | Shape::Lever => {
            put("company_name", format!("{} ", board.company).into());
            put("first_published", stamp(posting.published));
            put("language", posting.language.code().into());
            put("application_deadline", Value::Null);
            put("ai_disclaimer", Value::Null);
        }
    }
    if parts.content {
        put("content", content(board.shape, &posting.text).into());
        put(
            "departments",
            json!([{
                "id": 40_000 + posting.group % 10_000 / 100,
                "name": posting.department,
                "child_ids": [],
                "parent_id": null,
            }]),
        );
        put("offices", offices(posting));
    }
    if let (true, Some(range)) = (parts.pay, &posting.range) {
        put(
            "pay_input_ranges",
            json!([{
                "min_cents": range.min * 100,
                "max_cents": range.max * 100,
                "currency_type": range.currency,
                "title": "Pay range",
                "blurb": null,
            }]),
        );
    }
    Value::Object(job)
}

fn metadata(posting: &Posting) -> Value {
    json!([
        {
            "id": 91_204,
            "name": "Employment Type",
            "value": posting.commitment,
            "value_type": "single_select",
        },
        {
            "id": 91_377,
            "name": "Leads people?",
            "value": posting.title.contains("Lead"),
            "value_type": "yes_no",
        },
        {
            "id": 92_015,
            "name": "Work style",
            "value": posting.workplace.iter().collect::<Vec<_>>(),
            "value_type": "multi_select",
        },
    ])
}

fn offices(posting: &Posting) -> Value {
    let offices = posting.places.iter().zip(7_100..);
    offices
        .map(|(place, id)| {
            json!({
                "id": id,
                "name": place,
                "location": posting.country,
                "child_ids": [],
                "parent_id": null,
            })
        })
        .collect()
}

/// HTML, then escaped once more as a whole: what the real API hands out.
fn content(shape: Shape, text: &PostingText) -> String {
    escape(&match shape {
        Shape::GreenhouseClassic => classic(text),
        Shape::GreenhouseNew | Shape::Lever => plain_sections(text),
    })
}

fn classic(text: &PostingText) -> String {
    const SPAN: &str = "<span style=\"font-weight: 400;\">";
    let paragraph = |(index, line): (usize, &String)| {
        let (line, stray) = (escape_named(line), stray_space(index));
        format!("<p>{SPAN}{line}{stray}</span></p>\n")
    };
    let mut html: String = text
        .intro
        .iter()
        .chain(&text.body)
        .enumerate()
        .map(paragraph)
        .collect();
    html.extend(text.pasted.as_deref());
    for list in &text.lists {
        html += &format!(
            "<p>&nbsp;<strong>{}</strong></p>\n<ul>\n",
            escape_named(&list.heading)
        );
        for item in &list.items {
            html += &format!(
                "<li style=\"font-weight: 400;\">{SPAN}{}</span></li>\n",
                escape_named(item)
            );
        }
        html += "</ul>\n";
    }
    html.extend(text.closing.iter().enumerate().map(paragraph));
    html
}

fn plain_sections(text: &PostingText) -> String {
    let paragraph =
        |(index, line): (usize, &String)| format!("<p>{}{}</p>", escape(line), stray_space(index));
    let paragraphs =
        |lines: &[String]| -> String { lines.iter().enumerate().map(paragraph).collect() };
    let mut html = format!(
        "<div class=\"content-intro\">{}</div>",
        paragraphs(&text.intro)
    );
    html += &paragraphs(&text.body);
    html.extend(text.pasted.as_deref());
    for list in &text.lists {
        html += &format!("<h3>{}</h3>\n<ul>\n", escape(&list.heading));
        for item in &list.items {
            html += &format!("<li>{}</li>\n", escape(item));
        }
        html += "</ul>\n";
    }
    html += &format!(
        "<div class=\"content-conclusion\">{}</div>",
        paragraphs(&text.closing)
    );
    html
}

/// Greenhouse writes times in the east of America, whoever asks.
fn stamp(milliseconds: i64) -> Value {
    let zone = TimeZone::fixed(Offset::constant(-5));
    match Timestamp::from_millisecond(milliseconds) {
        Ok(time) => time
            .to_zoned(zone)
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
            .into(),
        Err(_) => Value::Null,
    }
}

fn ok(body: String) -> Response<Body> {
    site::json(StatusCode::OK, body)
}

fn missing(what: &str) -> Response<Body> {
    let body = json!({ "status": 404, "error": what });
    site::json(StatusCode::NOT_FOUND, body.to_string())
}
