//! The pages themselves.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::CSRF_TOKEN;
use super::desk::random;
use crate::form::markup::{Load, escape};
use crate::form::template::page;
use crate::form::validation::Problem;
use crate::form::{Form, classic, lever, new};
use crate::opening::{Opening, Shape};
use crate::site::{Site, html, plain};
use crate::trap::{self, Trap};

/// What every form in plain HTML shares.
const NATIVE: &str = include_str!("../../assets/native.js");
const CAPTCHA: &str = include_str!("../../assets/captcha.html");
const LOGIN: &str = include_str!("../../assets/login.html");
const CODE: &str = include_str!("../../assets/code.html");

/// The page with the form, new tokens in it.
pub(super) fn form(
    site: &Site,
    opening: &Opening,
    traps: &[Trap],
    problems: &[Problem],
) -> Response<Body> {
    let title = title(opening);
    let description = match opening.shape {
        Shape::GreenhouseClassic | Shape::GreenhouseNew => opening.description.as_str(),
        Shape::Lever => "",
    };
    for (wall, text) in [(Trap::CaptchaWall, CAPTCHA), (Trap::LoginWall, LOGIN)] {
        if traps.contains(&wall) {
            return html(page(&title, &format!("{description}{text}"), &[]));
        }
    }
    let (Ok(csrf), Ok(salt)) = (site.desk.token(CSRF_TOKEN), random()) else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "no randomness");
    };
    let load = Load {
        csrf: &csrf,
        salt: salt.get(..10).unwrap_or(&salt),
        problems,
    };
    let mut form = Form::of(opening);
    trap::change(&mut form, traps);
    let (body, mut scripts) = match opening.shape {
        Shape::GreenhouseClassic => (
            classic::form(&form, &load, site.stun),
            vec![NATIVE, classic::SCRIPT],
        ),
        Shape::GreenhouseNew => (
            new::form(opening, &form, &load, site.stun),
            new::SCRIPTS.to_vec(),
        ),
        Shape::Lever => (
            lever::form(&form, &load, site.stun),
            vec![NATIVE, lever::SCRIPT],
        ),
    };
    scripts.extend(trap::script(traps));
    html(page(&title, &format!("{description}{body}"), &scripts))
}

/// A posting that has its form elsewhere.
pub(super) fn posting(opening: &Opening) -> String {
    let (apply, description) = (escape(&opening.form_path()), &opening.description);
    let link = format!("<p><a class=\"postings-btn\" href=\"{apply}\">Apply for this job</a></p>");
    page(&title(opening), &format!("{description}{link}"), &[])
}

/// Says thank you, with the reference.
pub(super) fn thanks(opening: &Opening, reference: &str) -> String {
    let body = format!(
        "<div id=\"application-confirmation\" role=\"status\">\n<h2>Thank you for applying</h2>\n\
         <p>Your application for {} has been received.</p>\n\
         <p id=\"application-reference\" class=\"application-reference\">Reference: {}</p>\n</div>",
        escape(opening.title.trim()),
        escape(reference)
    );
    page(&title(opening), &body, &[])
}

/// Asks for a code nobody was sent.
pub(super) fn code(opening: &Opening) -> String {
    let action = escape(&format!("{}/code", opening.form_path()));
    page(&title(opening), &CODE.replace("{action}", &action), &[])
}

fn title(opening: &Opening) -> String {
    let (title, company) = (opening.title.trim(), opening.company.trim());
    format!("{title} – {company}")
}
