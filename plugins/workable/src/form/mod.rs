//! The recipe of a posting's form, from the description its page is made from.
//! A script puts each chosen file into a store at once, and sends the answers as
//! JSON when the form is sent; a challenge that mostly shows nothing judges the
//! browser then.

mod questions;

use portal_sdk::{Address, Confirmation, Encoding, FieldKind, Question, Recipe, Upload};
use serde::Deserialize;

pub(crate) use questions::Asked;

/// Hosts a browser contacts for a form besides its page.
pub(crate) const HOSTS: [&str; 4] = [ASSETS, CHALLENGE, STORE, STORE_BEFORE];
const ASSETS: &str = "dcvxs6ggqztsa.cloudfront.net";
const CHALLENGE: &str = "challenges.cloudflare.com";
const STORE: &str = "workable-application-form.s3.us-east-1.amazonaws.com";
/// The same store under the name it had first.
const STORE_BEFORE: &str = "workable-application-form.s3.amazonaws.com";

/// The answer to the page's question for a place to put a file; the signature
/// in it is the page's own business.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Presigned {
    upload_post_url: Target,
}

#[derive(Deserialize)]
struct Target {
    url: String,
}

/// The address that tells the page of posting `code` where to put its CV.
pub(crate) fn stores(code: &str) -> String {
    format!("https://apply.workable.com/api/v1/jobs/{code}/form/upload/resume")
}

/// The store from the portal's answer, where it is one of those known.
pub(crate) fn store(body: &[u8]) -> Option<&'static str> {
    let presigned: Presigned = serde_json::from_slice(body).ok()?;
    let address = Address::parse(&presigned.upload_post_url.url)?;
    [STORE, STORE_BEFORE]
        .into_iter()
        .find(|store| *store == address.host)
}

/// Whether a file is asked for.
pub(crate) fn has_file(questions: &[Question]) -> bool {
    questions.iter().any(|q| q.kind == FieldKind::File)
}

/// A posting and where its files go.
pub(crate) struct Spot<'a> {
    pub(crate) account: &'a str,
    pub(crate) code: &'a str,
    pub(crate) store: Option<&'static str>,
}

/// The recipe for the form of a posting.
pub(crate) fn recipe(spot: &Spot<'_>, questions: Vec<Question>) -> Recipe {
    let Spot {
        account,
        code,
        store,
    } = spot;
    let store = store.unwrap_or(STORE);
    let files = questions.iter().filter(|q| q.kind == FieldKind::File);
    let uploads = files
        .filter_map(|question| question.locator.clone())
        .map(|locator| Upload {
            locator,
            method: "POST".to_owned(),
            url_prefix: format!("https://{store}/"),
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
        by_hand: None,
    }
}

#[cfg(test)]
mod tests;
