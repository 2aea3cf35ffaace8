//! The hosts beside the employer's own: a store for files, a challenge, and
//! those that pages with a trap send things to.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;

use super::{CHALLENGE_TOKEN, UPLOAD_HOST};
use crate::form::submission::{ReceivedFile, Submission};
use crate::site::{Asked, Site, html, json, plain, respond};

const CHALLENGE: &str = include_str!("../../assets/challenge.js");
const SERVICE_WORKER: &str = include_str!("../../assets/traps/sw.js");

/// Takes a file as a store with signed forms does: its root is posted a form
/// whose `key` names the object.
pub(super) fn store(site: &Site, asked: &Asked) -> Response<Body> {
    if asked.method == "OPTIONS" {
        return preflight();
    }
    if asked.method != "POST" || asked.path != "/" {
        let why = "only POST to the root is taken";
        return cors(plain(StatusCode::METHOD_NOT_ALLOWED, why));
    }
    let form = match Submission::read(&asked.content_type, &asked.body) {
        Ok(form) => form,
        Err(why) => return cors(plain(StatusCode::BAD_REQUEST, &why)),
    };
    let (Some(key), [file]) = (form.value("key"), form.files.as_slice()) else {
        return cors(plain(StatusCode::BAD_REQUEST, "a key and one file are due"));
    };
    let url = format!("https://{UPLOAD_HOST}/{key}");
    let file = ReceivedFile {
        name: String::new(),
        ..file.clone()
    };
    site.desk.store(&url, file);
    cors(plain(StatusCode::CREATED, ""))
}

/// Gives out a token to whoever asks.
pub(super) fn challenge(site: &Site, asked: &Asked) -> Response<Body> {
    match (asked.method.as_str(), asked.path.as_str()) {
        ("OPTIONS", _) => preflight(),
        ("GET" | "HEAD", "/challenge.js") => {
            cors(respond(StatusCode::OK, "text/javascript", CHALLENGE))
        }
        ("POST", "/token") => cors(match site.desk.token(CHALLENGE_TOKEN) {
            Ok(token) => json(StatusCode::OK, json!({ "token": token }).to_string()),
            Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, &format!("{error:#}")),
        }),
        _ => cors(plain(StatusCode::NOT_FOUND, "there is no such challenge")),
    }
}

/// Takes whatever it is told.
pub(super) fn metrics(asked: &Asked) -> Response<Body> {
    if asked.method == "OPTIONS" {
        return preflight();
    }
    cors(plain(StatusCode::NO_CONTENT, ""))
}

/// Takes a form meant for another host, and says something friendly.
pub(super) fn collect(asked: &Asked) -> Response<Body> {
    match asked.method.as_str() {
        "OPTIONS" => preflight(),
        "POST" => cors(html(
            "<!DOCTYPE html>\n<title>Received</title>\n<h1>We have received it</h1>\n",
        )),
        _ => plain(StatusCode::NOT_FOUND, "nothing is shown here"),
    }
}

pub(super) fn service_worker() -> Response<Body> {
    let mut answer = respond(StatusCode::OK, "text/javascript", SERVICE_WORKER);
    let everywhere = HeaderValue::from_static("/");
    answer
        .headers_mut()
        .insert("service-worker-allowed", everywhere);
    answer
}

/// Lets pages of any host read the answer.
pub(super) fn cors(mut answer: Response<Body>) -> Response<Body> {
    let any = HeaderValue::from_static("*");
    answer
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    answer
}

fn preflight() -> Response<Body> {
    let mut answer = cors(plain(StatusCode::NO_CONTENT, ""));
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
    ] {
        answer
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    answer
}
