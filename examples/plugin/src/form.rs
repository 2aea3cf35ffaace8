//! The application form of a posting, as data: the host's own browser reads and
//! fills it. A portal without a form of its own answers `portal_sdk::no_form()`
//! and leaves `Capability::Form` out of its manifest.

use portal_sdk::{Confirmation, Encoding, FieldKind, Meaning, Question, Recipe, named, question};

use crate::JOBS;

/// How the form of one posting is found, filled and sent.
pub(crate) fn recipe(company: &str, id: &str) -> Recipe {
    let page = format!("https://{JOBS}/{company}/{id}/apply");
    Recipe {
        query_keys: Vec::new(),
        form: "form#application".to_owned(),
        submit: "form#application button[type=submit]".to_owned(),
        method: "POST".to_owned(),
        action: page.clone(),
        encoding: Encoding::Multipart,
        page_hosts: Vec::new(),
        helper_hosts: Vec::new(),
        questions: questions(),
        uploads: Vec::new(),
        confirmation: Confirmation {
            path_suffix: Some("/thanks".to_owned()),
            locator: None,
            reference: None,
        },
        refusal: "form#application .error".to_owned(),
        by_hand: None,
        url: page,
    }
}

/// What every posting asks. Other questions are found on the page.
fn questions() -> Vec<Question> {
    let ask = |label: &str, kind, meaning, field: &str| {
        let mut question = question(label, kind)?;
        question.required = true;
        question.meaning = Some(meaning);
        question.locator = Some(named("name", field));
        Some(question)
    };
    let asked = [
        ask("Full name", FieldKind::Text, Meaning::FullName, "name"),
        ask("Email", FieldKind::Text, Meaning::Email, "email"),
        ask("CV", FieldKind::File, Meaning::Resume, "cv"),
    ];
    asked.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_that_of_the_posting() {
        let recipe = recipe("kranich", "17");
        assert_eq!(
            recipe.url,
            "https://jobs.sample-portal.example/kranich/17/apply"
        );
        assert_eq!(recipe.questions.len(), 3);
    }
}
