use portal_sdk::{FieldKind, Meaning, PortalError};

use super::*;

const FORM: &[u8] = include_bytes!("../../fixtures/form.json");

#[test]
fn the_questions_are_told_with_their_kinds_and_places() {
    use FieldKind::{Checkbox, CheckboxGroup, Combobox, File, LongText, Radio, Text};
    let asked = Asked::read(FORM, "the form").unwrap();
    let found: Vec<_> = asked
        .questions
        .iter()
        .map(|q| (q.kind, q.required, q.label.as_str(), q.locator.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (Text, true, "First name", Some(r#"[name="firstname"]"#)),
            (Text, true, "Email", Some(r#"[name="email"]"#)),
            (
                File,
                true,
                "Resume",
                Some(r#"input[type="file"][data-ui="resume"]"#)
            ),
            (
                LongText,
                false,
                "Cover letter",
                Some(r#"[name="cover_letter"]"#)
            ),
            (Combobox, false, "Notice period", Some(r#"[name="CA_1"]"#)),
            (
                Radio,
                true,
                "Can you swim?",
                Some(r#"input[type="radio"][name="QA_2"]"#)
            ),
            (
                Radio,
                false,
                "Which watch?",
                Some(r#"input[type="radio"][name="QA_3"]"#)
            ),
            (
                CheckboxGroup,
                false,
                "Which days?",
                Some(r#"input[type="checkbox"][name="71"], input[type="checkbox"][name="72"]"#)
            ),
            (Text, false, "QA_9", Some(r#"[name="QA_9"]"#)),
            (
                Checkbox,
                true,
                "I agree to the notice.",
                Some(r#"[name="gdpr"]"#)
            ),
        ]
    );
    assert_eq!(asked.questions[0].meaning, Some(Meaning::FirstName));
    assert_eq!(asked.questions[4].options, ["1 week", "2 weeks"]);
    assert_eq!(asked.questions[5].options, ["Yes", "No"]);
    assert_eq!(asked.questions[7].options, ["Saturday", "Sunday"]);
    assert!(asked.questions[9].options.is_empty());
    assert!(asked.questions[1].options.is_empty(), "text has no choices");
    assert_eq!(asked.unread.len(), 2, "{:?}", asked.unread);
    assert!(asked.unread[0].contains("group"), "{:?}", asked.unread);
}

#[test]
fn another_shape_is_changed_and_an_empty_form_is_one() {
    for body in ["{}", "null", "[{\"fields\":", "Not Found"] {
        let error = Asked::read(body.as_bytes(), "the form").unwrap_err();
        assert!(
            matches!(error, PortalError::Changed(_)),
            "{body}: {error:?}"
        );
    }
    let asked = Asked::read(b"[{\"fields\":null}]", "the form").unwrap();
    assert!(asked.questions.is_empty());
}

#[test]
fn every_file_goes_to_the_store_the_portal_names() {
    let answer = |host: &str| {
        format!("{{\"uploadPostUrl\":{{\"url\":\"https://{host}\",\"fields\":{{}}}}}}")
    };
    let before = "workable-application-form.s3.amazonaws.com";
    for (body, expected) in [
        (answer(before), before),
        (answer(STORE), STORE),
        (answer("store.evil.example"), STORE),
        ("{}".to_owned(), STORE),
    ] {
        let spot = Spot {
            account: "acme",
            code: "AB12",
            store: store(body.as_bytes()),
        };
        let asked = Asked::read(FORM, "the form").unwrap();
        assert!(has_file(&asked.questions));
        let recipe = recipe(&spot, asked.questions);
        let uploads: Vec<&str> = recipe
            .uploads
            .iter()
            .map(|u| u.url_prefix.as_str())
            .collect();
        assert_eq!(uploads, [format!("https://{expected}/")], "{body}");
        assert!(recipe.uploads[0].locator.contains("resume"));
        assert_eq!(recipe.url, "https://apply.workable.com/acme/j/AB12/apply/");
        assert_eq!(
            recipe.action,
            "https://apply.workable.com/api/v1/jobs/AB12/apply"
        );
    }
}
