//! The control host, through which another process turns the rounds and
//! switches faults and traps. What it is asked never enters the request log.
#![deny(clippy::indexing_slicing)]

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::fault::Fault;
use crate::site::{Asked, Site, json, plain};
use crate::trap::Trap;

/// The host name that takes `POST /round/{n}`, `GET /boards`, `GET /openings`,
/// `GET /requests`, `GET /posts`, `GET /applications`, `GET /traps`,
/// `POST /fault?host=…&path=…&kind=…[&times=N][&to=URL]` and
/// `POST /trap?kind=…[&path=…][&off=1]`; the kind `none` lifts a fault, or the
/// traps of a path, or without a path all traps.
pub const CONTROL_HOST: &str = "control.practice.test";

pub(crate) fn answer(site: &Site, asked: &Asked) -> Response<Body> {
    let segments: Vec<_> = asked.path.trim_matches('/').split('/').collect();
    match (asked.method.as_str(), segments.as_slice()) {
        ("GET", ["boards"]) => json_of(&json!({
            "round": site.round(),
            "boards": site.world.boards(),
            "rounds": site.world.totals(),
        })),
        ("GET", ["requests"]) => json_of(&json!(site.log.requests())),
        ("GET", ["posts"]) => json_of(&json!(site.posts())),
        ("GET", ["applications"]) => json_of(&json!(site.desk.applications())),
        ("GET", ["openings"]) => json_of(&json!(site.openings())),
        ("GET", ["traps"]) => {
            let set = site.traps.all().into_iter();
            let set: Vec<_> = set
                .map(|(trap, path)| json!({ "kind": trap, "path": path }))
                .collect();
            json_of(&json!({ "known": Trap::ALL, "set": set }))
        }
        ("POST", ["trap"]) => match set_trap(site, asked) {
            Ok(()) => json_of(&json!({ "ok": true })),
            Err(reason) => refuse(&reason),
        },
        ("POST", ["round", number]) => match number.parse() {
            Ok(round) if round > 0 => {
                site.set_round(round);
                json_of(&json!({ "round": round }))
            }
            _ => refuse("a round is a number from 1"),
        },
        ("POST", ["fault"]) => match set_fault(site, asked) {
            Ok(()) => json_of(&json!({ "ok": true })),
            Err(reason) => refuse(&reason),
        },
        _ => plain(
            StatusCode::NOT_FOUND,
            "there are GET /boards, /openings, /requests, /posts, /applications and /traps, \
             and POST /round/{n}, /fault and /trap",
        ),
    }
}

fn set_fault(site: &Site, asked: &Asked) -> Result<(), String> {
    let wanted = |name| {
        asked
            .parameter(name)
            .ok_or_else(|| format!("{name}= is missing"))
    };
    let (host, path, kind) = (wanted("host")?, wanted("path")?, wanted("kind")?);
    if kind == "none" {
        site.faults.clear(host, path);
        return Ok(());
    }
    let kind = kind.parse().map_err(|e| format!("{e}"))?;
    let mut fault = Fault::new(host, path, kind);
    if let Some(times) = asked.parameter("times") {
        let times = times.parse().map_err(|_| "times= is no number")?;
        fault.times = Some(times);
    }
    if let Some(to) = asked.parameter("to") {
        fault.redirect_to = to.to_owned();
    }
    site.faults.set(fault);
    Ok(())
}

fn set_trap(site: &Site, asked: &Asked) -> Result<(), String> {
    let kind = asked.parameter("kind").ok_or("kind= is missing")?;
    let path = asked.parameter("path");
    if kind == "none" {
        match path {
            Some(path) => site.traps.clear_path(path),
            None => site.traps.clear_all(),
        }
        return Ok(());
    }
    let trap = kind.parse().map_err(|e| format!("{e}"))?;
    let path = path.unwrap_or_default();
    match asked.parameter("off") {
        Some(_) => site.traps.clear(trap, path),
        None => site.traps.set(trap, path),
    }
    Ok(())
}

fn json_of(value: &serde_json::Value) -> Response<Body> {
    json(StatusCode::OK, value.to_string())
}

fn refuse(reason: &str) -> Response<Body> {
    plain(StatusCode::BAD_REQUEST, reason)
}
