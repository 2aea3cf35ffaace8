use portal_sdk::{FieldKind, Meaning, Question};

use super::*;

const URL: &str = "https://jobs.lever.co/kaiku/6f1d/apply";
const PAGE: &str = include_str!("../../fixtures/apply.html");

fn questions(html: &str) -> Vec<Question> {
    let url = URL.to_owned();
    recipe(url, Some(html), "the form").unwrap().questions
}

/// Kind, whether required, words, meaning, locator.
type Row<'a> = (FieldKind, bool, &'a str, Option<Meaning>, &'a str);

#[test]
fn the_questions_of_a_page_are_read_in_its_order() {
    use FieldKind::{Checkbox, CheckboxGroup, File, LongText, Radio, Select, Text};
    let [radio, list, boxes, long, line] = [
        r#"input[type="radio"][name="cards[2b7e-1][field0]"]"#,
        r#"[name="cards[2b7e-1][field1]"]"#,
        r#"input[type="checkbox"][name="cards[2b7e-1][field2]"]"#,
        r#"[name="cards[2b7e-1][field3]"]"#,
        r#"[name="cards[2b7e-1][field4]"]"#,
    ];
    let expected: [Row<'_>; 18] = [
        (
            File,
            true,
            "Resume/CV",
            Some(Meaning::Resume),
            r#"[name="resume"]"#,
        ),
        (
            Text,
            true,
            "Full name",
            Some(Meaning::FullName),
            r#"[name="name"]"#,
        ),
        (
            Text,
            true,
            "Email",
            Some(Meaning::Email),
            r#"[name="email"]"#,
        ),
        (
            Text,
            false,
            "Phone",
            Some(Meaning::Phone),
            r#"[name="phone"]"#,
        ),
        (
            Text,
            false,
            "Current location",
            Some(Meaning::Location),
            r#"[name="location"]"#,
        ),
        (
            Text,
            false,
            "Current company",
            Some(Meaning::CurrentCompany),
            r#"[name="org"]"#,
        ),
        (
            Text,
            false,
            "LinkedIn URL",
            Some(Meaning::LinkedIn),
            r#"[name="urls[LinkedIn]"]"#,
        ),
        (
            Text,
            false,
            "Other website",
            None,
            r#"[name="urls[Other]"]"#,
        ),
        (Radio, true, "May you work in Finland?", None, radio),
        (Select, false, "Which days?", None, list),
        (
            CheckboxGroup,
            true,
            "I confirm that I wrote this myself",
            None,
            boxes,
        ),
        (LongText, true, "What have you built?", None, long),
        (Text, false, "Your favourite filter?", None, line),
        (
            CheckboxGroup,
            true,
            "How did you hear of us?",
            None,
            r#"input[type="checkbox"][name="cards[broken][field0]"]"#,
        ),
        (
            Radio,
            false,
            "What is your gender?",
            None,
            r#"input[type="radio"][name="surveysResponses[9c][responses][field0]"]"#,
        ),
        (
            LongText,
            false,
            "Additional information",
            Some(Meaning::CoverLetter),
            r#"[name="comments"]"#,
        ),
        (Select, false, "Gender", None, r#"[name="eeo[gender]"]"#),
        (
            Checkbox,
            false,
            "Kaiku may write to me about other openings",
            None,
            r#"input[type="checkbox"][name="consent[marketing]"]"#,
        ),
    ];
    let found = questions(PAGE);
    for (question, (kind, required, label, meaning, locator)) in found.iter().zip(expected) {
        assert_eq!(question.label, label);
        assert_eq!(
            (question.kind, question.required, question.meaning),
            (kind, required, meaning),
            "{label}"
        );
        assert_eq!(question.locator.as_deref(), Some(locator), "{label}");
    }
    assert_eq!(found.len(), 18);
}

fn check_options(label: &str, expected: &[&str]) {
    let questions = questions(PAGE);
    let question = questions.iter().find(|q| q.label == label).unwrap();
    assert_eq!(question.options, expected, "{label}");
}

#[test]
fn choices_come_from_the_template_or_else_from_the_page() {
    check_options("May you work in Finland?", &["Yes", "No"]);
    check_options("Which days?", &["Monday & Friday", "Any"]);
    check_options("I confirm that I wrote this myself", &["I confirm"]);
    check_options("How did you hear of us?", &["A friend", "The web"]);
    check_options("Gender", &["Male", "Female", "Decline to self-identify"]);
    check_options("What have you built?", &[]);
    let found = questions(PAGE);
    assert_eq!(found[8].help.as_deref(), Some("Without & with a permit."));
}

#[test]
fn a_page_without_the_form_is_changed_and_one_that_ends_early_is_read_so_far() {
    for html in ["", "<html>", "<form id=other><input name=name></form>"] {
        let error = recipe(URL.to_owned(), Some(html), "the form").map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{html}");
    }
    for (end, _) in PAGE.char_indices().step_by(7) {
        let _ = recipe(URL.to_owned(), Some(&PAGE[..end]), "the form");
    }
}

#[test]
fn a_page_that_may_not_be_fetched_leaves_the_questions_to_the_browser() {
    let recipe = recipe(URL.to_owned(), None, "the form").unwrap();
    assert!(recipe.questions.is_empty());
    assert_eq!((recipe.url.as_str(), recipe.action.as_str()), (URL, URL));
}
