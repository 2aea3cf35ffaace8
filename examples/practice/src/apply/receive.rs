//! What happens to a submission.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::desk::Application;
use super::{CHALLENGE_TOKEN, CSRF_TOKEN, pages, redirect};
use crate::form::submission::{ReceivedFile, Submission};
use crate::form::validation::{Problem, check};
use crate::form::{Answer, Form, wire};
use crate::line::Line;
use crate::opening::{Opening, Shape};
use crate::site::{self, Asked, Hangup, Site, html, plain};
use crate::trap::{self, Trap};

/// Reads, checks and answers a submission, as the traps have it.
pub(super) async fn receive(
    site: &Site,
    asked: &Asked,
    opening: &Opening,
    traps: &[Trap],
    line: &Line,
) -> Result<Response<Body>, Hangup> {
    let set = |trap| traps.contains(&trap);
    if set(Trap::ReadAndReset) {
        line.reset_when_closed();
        return Err(Hangup);
    }
    if set(Trap::ReadAndClose) {
        return Err(Hangup);
    }
    if set(Trap::OneByte) {
        line.cut_after(1);
        return Ok(plain(StatusCode::OK, "this is never read"));
    }
    if set(Trap::NeverAnswers) {
        return std::future::pending().await;
    }
    if set(Trap::RedirectToSelf) {
        return Ok(redirect(StatusCode::TEMPORARY_REDIRECT, &asked.path));
    }
    if set(Trap::SlowAnswer) {
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    let refused = |problems: &[Problem]| refuse(site, opening, traps, problems);
    if set(Trap::Refuses) {
        return Ok(refused(&[Problem::of_form(
            "This job is not open to applications from your region.",
        )]));
    }
    if set(Trap::CodeWall) {
        return Ok(ask_for_code(opening));
    }
    let mut form = Form::of(opening);
    trap::change(&mut form, traps);
    let submission = match read(site, asked, opening, &form) {
        Ok(submission) => submission,
        Err(problems) => return Ok(refused(&problems)),
    };
    let accepted = site.desk.accept(Application {
        at: Timestamp::now().to_string(),
        host: asked.host.clone(),
        path: asked.path.clone(),
        token: opening.token.clone(),
        posting: opening.id.clone(),
        fields: submission.fields,
        files: submission.files,
        reference: String::new(),
    });
    Ok(match accepted {
        Ok(_) if set(Trap::ErrorAfterAccept) => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "We're sorry, but something went wrong.",
        ),
        Ok(reference) => thank(opening, &reference),
        Err(error) => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("the application cannot be kept: {error:#}"),
        ),
    })
}

/// A submission that is in order, or every complaint about it.
fn read(
    site: &Site,
    asked: &Asked,
    opening: &Opening,
    form: &Form,
) -> Result<Submission, Vec<Problem>> {
    let one = |message: &str| vec![Problem::of_form(message)];
    let shape = opening.shape;
    let mut submission = Submission::read(&asked.content_type, &asked.body)
        .map_err(|reason| one(&format!("This form cannot be read: {reason}.")))?;
    let (csrf, posting) = match shape {
        Shape::GreenhouseClassic | Shape::GreenhouseNew => ("authenticity_token", "job_post_id"),
        Shape::Lever => ("csrfToken", "accountId"),
    };
    let known = |name, purpose| {
        let token = submission.value(name);
        token.is_some_and(|token| site.desk.knows(token, purpose))
    };
    if !known(csrf, CSRF_TOKEN) || submission.value(posting) != Some(form.posting.as_str()) {
        return Err(one(
            "Your session has expired. Please reload the page and try again.",
        ));
    }
    if shape == Shape::GreenhouseNew {
        if !known("challenge_token", CHALLENGE_TOKEN) {
            return Err(one("We could not verify that you are human."));
        }
        fetch_files(site, form, &mut submission);
    }
    match check(shape, form, &submission) {
        problems if problems.is_empty() => Ok(submission),
        problems => Err(problems),
    }
}

/// The newer pages name files by where they were uploaded to.
fn fetch_files(site: &Site, form: &Form, submission: &mut Submission) {
    for question in &form.questions {
        if question.answer != Answer::File {
            continue;
        }
        let name = question.key.name();
        let stored = submission
            .value(&wire::nested(&format!("{name}_url")))
            .and_then(|url| site.desk.stored(url));
        if let Some(stored) = stored {
            submission.files.push(ReceivedFile {
                name: wire::nested(&name),
                ..stored
            });
        }
    }
}

fn thank(opening: &Opening, reference: &str) -> Response<Body> {
    let thanks = opening.thanks(reference);
    match opening.shape {
        Shape::GreenhouseClassic | Shape::Lever => redirect(StatusCode::FOUND, &thanks),
        Shape::GreenhouseNew => json_answer(StatusCode::OK, &json!({ "redirect": thanks })),
    }
}

fn refuse(site: &Site, opening: &Opening, traps: &[Trap], problems: &[Problem]) -> Response<Body> {
    let page = || pages::form(site, opening, traps, problems);
    match opening.shape {
        Shape::GreenhouseClassic => page(),
        Shape::Lever => {
            let mut page = page();
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            page
        }
        Shape::GreenhouseNew => {
            let errors: Map<String, Value> = problems
                .iter()
                .map(|problem| (problem.at.clone(), problem.message.clone().into()))
                .collect();
            json_answer(
                StatusCode::UNPROCESSABLE_ENTITY,
                &json!({ "errors": errors }),
            )
        }
    }
}

fn ask_for_code(opening: &Opening) -> Response<Body> {
    match opening.shape {
        Shape::GreenhouseClassic | Shape::Lever => html(pages::code(opening)),
        Shape::GreenhouseNew => json_answer(
            StatusCode::OK,
            &json!({
                "code_required": true,
                "message": "Enter the security code we sent you by e-mail",
            }),
        ),
    }
}

fn json_answer(status: StatusCode, value: &Value) -> Response<Body> {
    site::json(status, value.to_string())
}
