//! What a plugin would say about the practice employer's forms.

use agent_core::form::{Confirmation, Encoding, Recipe, Upload};
use practice::{OpeningInfo, Shape};

pub(crate) const STORE: &str = "https://grnhse-prod-jben-us-east-1.s3.amazonaws.com/";
const CHALLENGE: &str = "www.recaptcha.net";

pub(crate) fn recipe_of(opening: &OpeningInfo) -> Recipe {
    let (form, submit, refusal, encoding) = match opening.shape {
        Shape::GreenhouseClassic => (
            "#application_form",
            "#submit_app",
            "#application_errors, .field-error",
            Encoding::Multipart,
        ),
        Shape::GreenhouseNew => (
            "#application-form",
            "#application-form button[type=\"submit\"]",
            "#form-error, [id$=\"-error\"]",
            Encoding::Json,
        ),
        Shape::Lever => (
            "#application-form",
            "#btn-submit",
            ".application-errors, .error-message",
            Encoding::Multipart,
        ),
    };
    let new = opening.shape == Shape::GreenhouseNew;
    let upload = |locator: &str| Upload {
        locator: locator.to_owned(),
        method: "POST".to_owned(),
        url_prefix: STORE.to_owned(),
    };
    Recipe {
        url: opening.form_url.clone(),
        query_keys: Vec::new(),
        form: form.to_owned(),
        submit: submit.to_owned(),
        method: "POST".to_owned(),
        action: opening.form_url.clone(),
        encoding,
        page_hosts: if new {
            vec![CHALLENGE.to_owned()]
        } else {
            Vec::new()
        },
        helper_hosts: if new {
            vec![CHALLENGE.to_owned()]
        } else {
            Vec::new()
        },
        questions: Vec::new(),
        uploads: if new {
            vec![upload("#resume"), upload("#cover_letter")]
        } else {
            Vec::new()
        },
        confirmation: Confirmation {
            path_suffix: Some(
                if opening.shape == Shape::Lever {
                    "/thanks"
                } else {
                    "/confirmation"
                }
                .to_owned(),
            ),
            locator: Some("#application-confirmation".to_owned()),
            reference: Some("#application-reference".to_owned()),
        },
        refusal: refusal.to_owned(),
        by_hand: None,
    }
}
