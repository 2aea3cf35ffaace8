//! Applying: the pages with forms, what is sent to them, and what is answered.
#![deny(clippy::indexing_slicing)]

pub(crate) mod desk;
mod helpers;
mod pages;
mod receive;
pub(crate) mod route;

use axum::body::Body;
use axum::http::{Response, StatusCode, header};

use crate::line::Line;
use crate::site::{Asked, Hangup, Site, html, plain, respond};
use crate::trap::Trap;
use route::Place;

/// The store that the newer pages upload files to.
pub(crate) const UPLOAD_HOST: &str = "grnhse-prod-jben-us-east-1.s3.amazonaws.com";
/// Gives out tokens to invisible challenges. Like the store it has a real name:
/// a recipe says the same here as elsewhere.
pub(crate) const CHALLENGE_HOST: &str = "www.recaptcha.net";
/// A third party that pages with a leak tell things to.
pub(crate) const METRICS_HOST: &str = "metrics.practice.test";
/// Where a form goes that was turned to a foreign host.
pub(crate) const COLLECT_HOST: &str = "collect.practice.test";

/// What tokens are for stands at their beginning.
const CSRF_TOKEN: &str = "csrf";
const CHALLENGE_TOKEN: &str = "challenge";

/// Whether a request of this method and host is a delivery: to a careers page,
/// to the store of files, or to a foreign host in their place.
pub(crate) fn is_post(method: &str, host: &str) -> bool {
    let sends = !matches!(method, "GET" | "HEAD" | "OPTIONS" | "WS" | "STUN");
    let hosts = [UPLOAD_HOST, COLLECT_HOST];
    sends && (hosts.contains(&host) || route::is_careers_host(host))
}

/// Answers what concerns applications; `None` is for others to answer.
pub(crate) async fn answer(
    site: &Site,
    asked: &Asked,
    line: &Line,
) -> Result<Option<Response<Body>>, Hangup> {
    match asked.host.as_str() {
        UPLOAD_HOST => return Ok(Some(helpers::store(site, asked))),
        CHALLENGE_HOST => return Ok(Some(helpers::challenge(site, asked))),
        METRICS_HOST => return Ok(Some(helpers::metrics(asked))),
        COLLECT_HOST => return Ok(Some(helpers::collect(asked))),
        _ => {}
    }
    let Some(route) = route::find(asked) else {
        return Ok(None);
    };
    if route.place == Place::ServiceWorker {
        return Ok(Some(helpers::service_worker()));
    }
    let Some(opening) = site.world.opening(&route, site.round()) else {
        return Ok(None);
    };
    if opening.shape.host() != asked.host {
        let place = format!("https://{}{}", opening.shape.host(), asked.path);
        return Ok(Some(redirect(StatusCode::FOUND, &place)));
    }
    let traps = site.traps.at(&opening.form_path());
    let getting = matches!(asked.method.as_str(), "GET" | "HEAD");
    Ok(Some(match (route.place, getting) {
        (Place::Posting, true) => html(pages::posting(&opening)),
        (Place::Form, true) => pages::form(site, &opening, &traps, &[]),
        (Place::Thanks, true) => match asked.parameter("application") {
            Some(reference) if site.desk.has(reference) => html(pages::thanks(&opening, reference)),
            Some(_) | None => redirect(StatusCode::FOUND, &opening.posting_path()),
        },
        (Place::Form, false) if asked.method == "POST" => {
            return receive::receive(site, asked, &opening, &traps, line)
                .await
                .map(Some);
        }
        (Place::Received, false) if traps.contains(&Trap::ActionChanged) => {
            return receive::receive(site, asked, &opening, &traps, line)
                .await
                .map(Some);
        }
        (Place::Code, _) => html(pages::code(&opening)),
        (Place::Leak, _) => helpers::cors(respond(StatusCode::OK, "text/html", "noted")),
        (
            Place::Posting | Place::Form | Place::Thanks | Place::Received | Place::ServiceWorker,
            _,
        ) => plain(StatusCode::NOT_FOUND, "nothing is taken here"),
    }))
}

fn redirect(status: StatusCode, place: &str) -> Response<Body> {
    let mut answer = plain(status, "");
    if let Ok(place) = place.parse() {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    answer
}
