//! The recipe of a posting's form. There are two shapes: the classic one, a form
//! the browser sends, and the newer one, which a script sends as JSON after it
//! has put the files into a store.

mod place;
mod questions;

use portal_sdk::{Confirmation, Encoding, FieldKind, Question, Recipe, Upload};
use serde::Deserialize;

pub(crate) use place::{PAGES, Place, Spot};
pub(crate) use questions::Asked;

use place::Shape;

/// Hosts a browser contacts for a form besides the pages themselves.
pub(crate) const HOSTS: [&str; 5] = [
    ASSETS,
    CHALLENGE,
    "www.gstatic.com",
    "grnhse-prod-jben-us-east-1.s3.amazonaws.com",
    "grnhse-prod-jben-us-west-2.s3.us-west-2.amazonaws.com",
];
const ASSETS: &str = "*.cdn.greenhouse.io";
/// reCAPTCHA Enterprise, which shows nothing and judges the browser.
const CHALLENGE: &str = "www.recaptcha.net";
/// The store of the first region, taken where the portal does not say.
const STORE: &str = "https://grnhse-prod-jben-us-east-1.s3.amazonaws.com";

/// The answer to the page's question for a place to put files; the signature in
/// it is the page's own business.
#[derive(Deserialize)]
struct Presigned {
    url: String,
}

/// The origin of the store from the portal's answer.
pub(crate) fn store(body: &[u8]) -> Option<String> {
    let presigned: Presigned = serde_json::from_slice(body).ok()?;
    Some(presigned.url)
}

/// The recipe for the form at `place`, with files going to `store`.
pub(crate) fn recipe(place: &Place, questions: Vec<Question>, store: Option<String>) -> Recipe {
    let (form, submit, refusal, encoding, uploads) = match place.shape {
        Shape::Classic => (
            "#application_form",
            "#submit_app",
            "#application_errors, .field-error",
            Encoding::Multipart,
            Vec::new(),
        ),
        Shape::New => {
            let store = store.as_deref().unwrap_or(STORE);
            let files = questions.iter().filter(|q| q.kind == FieldKind::File);
            let uploads = files
                .filter_map(|question| question.locator.clone())
                .map(|locator| Upload {
                    locator,
                    method: "POST".to_owned(),
                    url_prefix: format!("{}/", store.trim_end_matches('/')),
                })
                .collect();
            (
                "#application-form",
                "#application-form button[type=\"submit\"]",
                "#form-error, [id$=\"-error\"]",
                Encoding::Json,
                uploads,
            )
        }
    };
    Recipe {
        url: place.spot.url(),
        query_keys: place.spot.query_keys(),
        form: form.to_owned(),
        submit: submit.to_owned(),
        method: "POST".to_owned(),
        action: place.action.clone(),
        encoding,
        page_hosts: [place.spot.boards(), ASSETS, CHALLENGE, "www.gstatic.com"]
            .map(str::to_owned)
            .to_vec(),
        helper_hosts: vec![CHALLENGE.to_owned()],
        questions,
        uploads,
        confirmation: Confirmation {
            path_suffix: Some("/confirmation".to_owned()),
            locator: Some(
                "#application_confirmation, #application-confirmation, .confirmation__content"
                    .to_owned(),
            ),
            reference: Some("#application-reference".to_owned()),
        },
        refusal: refusal.to_owned(),
        by_hand: None,
    }
}

#[cfg(test)]
mod tests;
