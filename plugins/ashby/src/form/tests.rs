use portal_sdk::{FieldKind, Meaning, PortalError};

use super::*;

const FORM: &[u8] = include_bytes!("../../fixtures/form.json");

#[test]
fn the_questions_are_told_with_their_kinds_and_places() {
    use FieldKind::{CheckboxGroup, Combobox, File, LongText, Radio, Text};
    let asked = Asked::read(FORM, "the form").unwrap();
    let found: Vec<_> = asked
        .questions
        .iter()
        .map(|q| (q.kind, q.required, q.label.as_str(), q.meaning))
        .collect();
    assert_eq!(
        found,
        [
            (Text, true, "Full Name", Some(Meaning::FullName)),
            (Text, true, "Email", Some(Meaning::Email)),
            (File, true, "Resume", Some(Meaning::Resume)),
            (Combobox, false, "Location", Some(Meaning::Location)),
            (Text, false, "Phone", None),
            (LongText, true, "Why kelp?", None),
            (Radio, true, "May you work in Norway?", None),
            (Radio, false, "Years at sea", None),
            (CheckboxGroup, false, "Which boats?", None),
            (Text, false, "Start date", None),
            (Radio, false, "Gender", None),
        ]
    );
    let locator = |index: usize| asked.questions[index].locator.as_deref().unwrap();
    assert_eq!(locator(0), r#"[id="_systemfield_name"]"#);
    assert_eq!(
        locator(3),
        r#"[data-field-path="_systemfield_location"] [role="combobox"]"#
    );
    assert_eq!(
        locator(8),
        r#"[data-field-path="c4"] input[type="checkbox"]"#
    );
    assert_eq!(asked.questions[6].options, ["Yes", "No"]);
    assert_eq!(asked.questions[7].options, ["0-2", "3 & more"]);
    assert_eq!(asked.questions[10].options, ["Woman", "Man", "Decline"]);
    assert_eq!(
        asked.questions[5].help.as_deref(),
        Some("Ten lines & no AI, please.")
    );
    assert!(asked.questions[1].options.is_empty(), "text has no choices");
    assert_eq!(asked.unread.len(), 3, "{:?}", asked.unread);
    assert!(
        asked.unread[0].contains("EducationHistory"),
        "{:?}",
        asked.unread
    );
    assert!(asked.unread[1].contains("no field"), "{:?}", asked.unread);
}

#[test]
fn a_form_that_is_not_there_is_told_from_one_that_changed() {
    for (body, gone) in [
        (r#"{"data":{"jobPosting":null}}"#, true),
        (r#"{"data":{"jobPosting":{"applicationForm":null}}}"#, true),
        (
            r#"{"data":null,"errors":[{"message":"Unknown field"}]}"#,
            false,
        ),
        ("[]", false),
        (r#"{"data":{"jobPosting":"#, false),
    ] {
        let error = Asked::read(body.as_bytes(), "the form").unwrap_err();
        assert_eq!(
            matches!(error, PortalError::Gone(_)),
            gone,
            "{body}: {error:?}"
        );
        assert_eq!(
            matches!(error, PortalError::Changed(_)),
            !gone,
            "{body}: {error:?}"
        );
    }
    let empty = br#"{"data":{"jobPosting":{"applicationForm":{}}}}"#;
    let asked = Asked::read(empty, "the form").unwrap();
    assert!(asked.questions.is_empty() && asked.unread.is_empty());
}

#[test]
fn the_question_names_the_posting_and_nothing_breaks_out_of_it() {
    let body: serde_json::Value = serde_json::from_str(&query("A \"B\"", "7")).unwrap();
    assert_eq!(body["operationName"], "ApiJobPosting");
    assert_eq!(
        body["variables"]["organizationHostedJobsPageName"],
        "A \"B\""
    );
    assert_eq!(body["variables"]["jobPostingId"], "7");
}

#[test]
fn the_recipe_leads_to_hosts_it_names() {
    let recipe = recipe(
        "https://jobs.ashbyhq.com/kelp/7/application".into(),
        Vec::new(),
    );
    assert_eq!(
        recipe.action,
        "https://jobs.ashbyhq.com/api/non-user-graphql"
    );
    assert!(recipe.action.len() < ASKED_AT.len() && ASKED_AT.starts_with(&recipe.action));
    assert!(
        recipe
            .helper_hosts
            .iter()
            .all(|host| recipe.page_hosts.contains(host))
    );
    assert!(recipe.uploads.is_empty());
}
