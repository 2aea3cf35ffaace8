//! The recipe of a posting's form. The API says nothing about it: the questions
//! are read from the page.

mod controls;
mod questions;

use portal_sdk::{Confirmation, Encoding, PortalError, Recipe};

/// Hosts a browser contacts for a form besides its page.
pub(crate) const HOSTS: [&str; 3] = ["cdn.lever.co", "hcaptcha.com", "*.hcaptcha.com"];

/// The recipe for the form at `url`. Without its page, which the host may not be
/// allowed to fetch, the questions are left to the browser.
///
/// Choosing a file makes the page send it to `/parseResume`, to fill other
/// fields from it. That is no upload of the recipe: the form carries the file
/// itself, and is complete without.
pub(crate) fn recipe(url: String, html: Option<&str>, what: &str) -> Result<Recipe, PortalError> {
    let questions = match html {
        None => Vec::new(),
        Some(html) => questions::read(html)
            .ok_or_else(|| PortalError::Changed(format!("{what} is not on its page")))?,
    };
    Ok(Recipe {
        action: url.clone(),
        url,
        query_keys: Vec::new(),
        form: "#application-form".to_owned(),
        submit: "#btn-submit".to_owned(),
        method: "POST".to_owned(),
        encoding: Encoding::Multipart,
        page_hosts: HOSTS.map(str::to_owned).to_vec(),
        helper_hosts: ["hcaptcha.com", "*.hcaptcha.com"]
            .map(str::to_owned)
            .to_vec(),
        questions,
        uploads: Vec::new(),
        confirmation: Confirmation {
            path_suffix: Some("/thanks".to_owned()),
            locator: Some("#application-confirmation, [data-qa=\"msg-submit-success\"]".to_owned()),
            reference: Some("#application-reference".to_owned()),
        },
        refusal: ".application-errors, .error-message".to_owned(),
        by_hand: None,
    })
}

#[cfg(test)]
mod tests;
