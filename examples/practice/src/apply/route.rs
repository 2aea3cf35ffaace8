//! Which page of which posting an address means.

use crate::expected::Portal;
use crate::opening::Shape;
use crate::site::Asked;

/// A posting's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route<'a> {
    pub(crate) portal: Portal,
    /// The board's name in addresses.
    pub(crate) token: &'a str,
    pub(crate) id: &'a str,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The posting, where the form has a page of its own.
    Posting,
    Form,
    Thanks,
    /// Where `action-changed` sends the form.
    Received,
    Code,
    /// Where the pages with a leak tell things to.
    Leak,
    ServiceWorker,
}

pub(super) fn is_careers_host(host: &str) -> bool {
    [Shape::GreenhouseClassic, Shape::GreenhouseNew, Shape::Lever]
        .iter()
        .any(|shape| shape.host() == host)
}

pub(super) fn find(asked: &Asked) -> Option<Route<'_>> {
    if !is_careers_host(&asked.host) {
        return None;
    }
    let segments: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    let lever = asked.host == Shape::Lever.host();
    let portal = if lever {
        Portal::Lever
    } else {
        Portal::Greenhouse
    };
    let route = |token, id, place| Route {
        portal,
        token,
        id,
        place,
    };
    Some(match (lever, segments.as_slice()) {
        (_, ["practice-sw.js"]) => route("", "", Place::ServiceWorker),
        // How careers pages on an employer's own host embed the form.
        (false, ["embed", "job_app"]) => {
            let (token, id) = (asked.parameter("for")?, asked.parameter("token")?);
            route(token, id, Place::Form)
        }
        (false, [token, "jobs", id]) => route(token, id, Place::Form),
        (false, [token, "jobs", id, "confirmation"]) => route(token, id, Place::Thanks),
        (false, [token, "jobs", id, below]) => route(token, id, beneath(below)?),
        (true, [_token, "apply" | "thanks"]) => return None,
        (true, [token, id]) => route(token, id, Place::Posting),
        (true, [token, id, "apply"]) => route(token, id, Place::Form),
        (true, [token, id, "thanks"]) => route(token, id, Place::Thanks),
        (true, [token, id, "apply", below]) => route(token, id, beneath(below)?),
        _ => return None,
    })
}

fn beneath(name: &str) -> Option<Place> {
    match name {
        "received" => Some(Place::Received),
        "code" => Some(Place::Code),
        "autosave" | "beacon" | "pixel" | "worker" | "frame" | "popup" | "socket" | "prefetch"
        | "style" => Some(Place::Leak),
        _ => None,
    }
}
