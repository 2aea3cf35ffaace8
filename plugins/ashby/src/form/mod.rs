//! The recipe of a posting's form, from the query its page asks when it opens.
//!
//! The page is a script's: it keeps each answer at the portal as soon as it is
//! given (`ApiSetFormValue`), and a file as soon as it is chosen; the last
//! request only names what was kept. A host that lets nothing leave before the
//! person approved can read and fill this form, but what it sends is empty and
//! refused: such an application ends as not submitted, and is for the person's
//! own hands.

mod questions;

use portal_sdk::{Confirmation, Encoding, Question, Recipe};

pub(crate) use questions::Asked;

/// Where the page asks its questions and sends its answers, and what it asks for.
pub(crate) const ASKED_AT: &str = "https://jobs.ashbyhq.com/api/non-user-graphql?op=ApiJobPosting";
const SENT_TO: &str = "https://jobs.ashbyhq.com/api/non-user-graphql";

/// Hosts a browser contacts for a form besides its page.
pub(crate) const HOSTS: [&str; 3] = ["cdn.ashbyprd.com", CHALLENGE, "www.gstatic.com"];
/// reCAPTCHA Enterprise, which shows nothing and judges the browser.
const CHALLENGE: &str = "www.recaptcha.net";

/// A field is asked for whole: the portal takes no selection inside it.
const QUERY: &str = "query ApiJobPosting($organizationHostedJobsPageName: String!, \
    $jobPostingId: String!) { jobPosting(organizationHostedJobsPageName: \
    $organizationHostedJobsPageName, jobPostingId: $jobPostingId) { id title \
    applicationForm { id sections { title descriptionHtml isHidden fieldEntries \
    { id field isRequired descriptionHtml isHidden } } } surveyForms { id sections \
    { title descriptionHtml isHidden fieldEntries { id field isRequired \
    descriptionHtml isHidden } } } } }";

/// The body that asks for the form of posting `id` of `board`.
pub(crate) fn query(board: &str, id: &str) -> String {
    serde_json::json!({
        "operationName": "ApiJobPosting",
        "variables": { "organizationHostedJobsPageName": board, "jobPostingId": id },
        "query": QUERY,
    })
    .to_string()
}

/// The recipe for the form at `url`.
pub(crate) fn recipe(url: String, questions: Vec<Question>) -> Recipe {
    Recipe {
        url,
        query_keys: Vec::new(),
        // Beside it stands a second file control, which fills the form from a CV.
        form: ".ashby-application-form-container".to_owned(),
        submit: ".ashby-application-form-submit-button".to_owned(),
        method: "POST".to_owned(),
        action: SENT_TO.to_owned(),
        encoding: Encoding::Json,
        page_hosts: HOSTS.map(str::to_owned).to_vec(),
        helper_hosts: vec![CHALLENGE.to_owned()],
        questions,
        // A file is announced by a request of the page's own before it goes to a
        // store that only the answer names.
        uploads: Vec::new(),
        confirmation: Confirmation {
            path_suffix: None,
            locator: Some(".ashby-application-form-success-container".to_owned()),
            reference: None,
        },
        refusal: ".ashby-application-form-failure-container, \
                  .ashby-application-form-blocked-application-container"
            .to_owned(),
        // Its page calls `ApiSetFormValue` for each field that is left.
        by_hand: Some(
            "Ashby keeps each answer as soon as it is given, before you have signed the whole"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests;
