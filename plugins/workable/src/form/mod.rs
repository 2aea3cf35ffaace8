//! The recipe of a posting's form, from the description its page is made from.
//! A script puts each chosen file into a store at once, and sends the answers as
//! JSON when the form is sent; a challenge that mostly shows nothing judges the
//! browser then.

mod questions;

use portal_sdk::{Confirmation, Encoding, FieldKind, Question, Recipe, Upload};

pub(crate) use questions::Asked;

/// Hosts a browser contacts for a form besides its page.
pub(crate) const HOSTS: [&str; 4] = [ASSETS, CHALLENGE, STORE, STORE_BEFORE];
const ASSETS: &str = "dcvxs6ggqztsa.cloudfront.net";
const CHALLENGE: &str = "challenges.cloudflare.com";
const STORE: &str = "workable-application-form.s3.us-east-1.amazonaws.com";
/// The same store under the name it had first.
const STORE_BEFORE: &str = "workable-application-form.s3.amazonaws.com";

/// The recipe for the form of posting `code` of `account`.
pub(crate) fn recipe(account: &str, code: &str, questions: Vec<Question>) -> Recipe {
    let files = questions.iter().filter(|q| q.kind == FieldKind::File);
    let uploads = files
        .filter_map(|question| question.locator.clone())
        .flat_map(|locator| {
            [STORE, STORE_BEFORE].map(|store| Upload {
                locator: locator.clone(),
                method: "POST".to_owned(),
                url_prefix: format!("https://{store}/"),
            })
        })
        .collect();
    Recipe {
        url: format!("https://apply.workable.com/{account}/j/{code}/apply/"),
        query_keys: Vec::new(),
        form: "form[data-ui=\"application-form\"]".to_owned(),
        submit: "[data-ui=\"apply-button\"]".to_owned(),
        method: "POST".to_owned(),
        action: format!("https://apply.workable.com/api/v1/jobs/{code}/apply"),
        encoding: Encoding::Json,
        page_hosts: HOSTS.map(str::to_owned).to_vec(),
        helper_hosts: vec![CHALLENGE.to_owned()],
        questions,
        uploads,
        confirmation: Confirmation {
            // The page stays and adds "?success" to its address.
            path_suffix: None,
            locator: Some(
                "[data-ui=\"successful-submit\"], \
                 [data-ui=\"application-form-success-subtitle\"]"
                    .to_owned(),
            ),
            reference: None,
        },
        refusal: "[data-ui=\"error\"], [id$=\"_error\"]".to_owned(),
    }
}

#[cfg(test)]
mod tests;
