//! The Lever postings API.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use super::WrittenBoard;
use super::markup::{escape, stray_space};
use crate::posting::{PayPeriod, PayRange, Posting};
use crate::site::{self, Asked};

pub(crate) const API: &str = "api.lever.co";
pub(crate) const PAGES: &str = "jobs.lever.co";

pub(super) fn answer(
    board: Option<&WrittenBoard>,
    rest: &[&str],
    asked: &Asked,
    round: u32,
) -> Response<Body> {
    let missing = || {
        let body = json!({ "ok": false, "error": "Document not found" });
        site::json(StatusCode::NOT_FOUND, body.to_string())
    };
    let Some(board) = board else {
        return missing();
    };
    let (index, postings) = board.postings(round);
    match rest {
        [] => {
            let list = board.list(asked, index, || {
                let chosen = choose(postings, asked);
                let list: Vec<_> = chosen.map(|p| posting(board, p)).collect();
                Value::Array(list).to_string()
            });
            site::json(StatusCode::OK, list)
        }
        [id] => match postings.iter().find(|p| p.id == *id) {
            Some(found) => site::json(StatusCode::OK, posting(board, found).to_string()),
            None => missing(),
        },
        _ => missing(),
    }
}

/// Lever's filters and paging; without any, everything comes at once.
fn choose<'a>(postings: &'a [Posting], asked: &'a Asked) -> impl Iterator<Item = &'a Posting> {
    let number = |name, otherwise| {
        let value = asked.parameter(name).and_then(|v| v.parse().ok());
        value.unwrap_or(otherwise)
    };
    let fits = |name, values: &[&str]| asked.parameter(name).is_none_or(|v| values.contains(&v));
    postings
        .iter()
        .filter(move |p| {
            let places: Vec<&str> = p.places.iter().map(String::as_str).collect();
            fits("location", &places)
                && fits("team", &[&p.team])
                && fits("commitment", &[p.commitment.as_deref().unwrap_or_default()])
        })
        .skip(number("skip", 0))
        .take(number("limit", usize::MAX))
}

fn posting(board: &WrittenBoard, posting: &Posting) -> Value {
    let text = &posting.text;
    let url = format!("{}/{}", board.url(), posting.id);
    let mut value = Map::new();
    let mut put = |key: &str, part: Value| value.insert(key.to_owned(), part);
    let mut categories = Map::new();
    for (key, part) in [
        ("commitment", posting.commitment.clone()),
        ("location", posting.places.first().cloned()),
    ] {
        // Lever leaves a key out rather than saying null.
        if let Some(part) = part {
            categories.insert(key.to_owned(), part.into());
        }
    }
    categories.insert("department".to_owned(), posting.department.clone().into());
    categories.insert("team".to_owned(), posting.team.clone().into());
    categories.insert("allLocations".to_owned(), json!(posting.places));

    let body = divs(&text.body) + text.pasted.as_deref().unwrap_or_default();
    put("additional", divs(&text.closing).into());
    put("additionalPlain", lines(&text.closing).into());
    put("categories", categories.into());
    put("createdAt", posting.published.into());
    let gap = "<div><br></div>";
    put("description", (divs(&text.intro) + gap + &body).into());
    let whole = [lines(&text.intro), lines(&text.body)].join("\n\n");
    put("descriptionPlain", whole.into());
    put("id", posting.id.clone().into());
    put("lists", lists(posting));
    put("text", posting.title.clone().into());
    put("country", posting.country.clone().into());
    if let Some(workplace) = &posting.workplace {
        put("workplaceType", workplace.clone().into());
    }
    put("opening", divs(&text.intro).into());
    put("openingPlain", lines(&text.intro).into());
    put("descriptionBody", body.into());
    put("descriptionBodyPlain", lines(&text.body).into());
    if let Some(range) = &posting.range {
        put("salaryRange", salary(range));
    }
    put("applyUrl", format!("{url}/apply").into());
    put("hostedUrl", url.into());
    Value::Object(value)
}

fn lists(posting: &Posting) -> Value {
    let lists = posting.text.lists.iter();
    lists
        .map(|list| {
            let items = list
                .items
                .iter()
                .map(|item| format!("\n<li>{}</li>", escape(item)));
            json!({ "text": list.heading, "content": items.collect::<String>() + "\n" })
        })
        .collect()
}

fn salary(range: &PayRange) -> Value {
    let interval = match range.per {
        PayPeriod::Year => "per-year-salary",
        PayPeriod::Month => "per-month-salary",
        PayPeriod::Hour => "per-hour-wage",
    };
    json!({
        "currency": range.currency,
        "interval": interval,
        "min": range.min,
        "max": range.max,
    })
}

fn divs(paragraphs: &[String]) -> String {
    let div = |(index, line)| format!("<div>{}{}</div>\n", escape(line), stray_space(index));
    let all: Vec<String> = paragraphs
        .iter()
        .map(String::as_str)
        .enumerate()
        .map(div)
        .collect();
    all.join("<div>&nbsp;</div>\n")
}

/// Lever's plain text keeps the non-breaking spaces of its empty lines.
fn lines(paragraphs: &[String]) -> String {
    paragraphs.join("\n\u{a0}\n")
}
