use super::*;

const BOARD: &[u8] = include_bytes!("../../fixtures/form.json");
const PAGE: &str = "<div><form method=post id=\"offer-application-form\"></form></div>";

fn asked(id: &str) -> Asked {
    Asked::of(BOARD, "kaiku", id).unwrap()
}

fn of(id: &str) -> Recipe {
    let place = asked(id).place("kaiku.recruitee.com").unwrap();
    recipe(&place, asked(id), Some(PAGE)).unwrap()
}

/// Kind, whether required, words, meaning, locator.
type Row<'a> = (FieldKind, bool, &'a str, Option<Meaning>, Option<&'a str>);

#[test]
fn an_offer_says_what_its_form_asks() {
    use FieldKind::{Checkbox, CheckboxGroup, File, LongText, Radio, Text};
    let expected: [Row<'_>; 13] = [
        (
            Text,
            true,
            "Full name",
            Some(Meaning::FullName),
            Some("[name=\"candidate.name\"]"),
        ),
        (
            Text,
            true,
            "Email address",
            Some(Meaning::Email),
            Some("[name=\"candidate.email\"]"),
        ),
        (
            Text,
            true,
            "Phone number",
            Some(Meaning::Phone),
            Some("[name=\"candidate.phone\"]"),
        ),
        (
            File,
            true,
            "CV or resume",
            Some(Meaning::Resume),
            Some("[name=\"candidate.cv\"]"),
        ),
        (
            File,
            false,
            "Cover letter",
            Some(Meaning::CoverLetter),
            Some("[name=\"candidate.coverLetterFile\"]"),
        ),
        (
            CheckboxGroup,
            true,
            "Which place do you prefer?",
            None,
            None,
        ),
        (Radio, true, "Do you speak Finnish & English?", None, None),
        (Text, true, "When could you start?", None, None),
        (LongText, false, "What have you built?", None, None),
        (Radio, false, "How did you hear of us?", None, None),
        (Checkbox, true, "I agree to the rules", None, None),
        (File, false, "A sample of your work", None, None),
        (Text, false, "Your favourite filter", None, None),
    ];
    let found = of("7001").questions;
    for (question, (kind, required, label, meaning, locator)) in found.iter().zip(expected) {
        assert_eq!(question.label, label);
        assert_eq!(
            (question.kind, question.required, question.meaning),
            (kind, required, meaning),
            "{label}"
        );
        assert_eq!(question.locator.as_deref(), locator, "{label}");
    }
    assert_eq!(found.len(), 13);
    assert_eq!(found[5].options, ["Tampere HQ", "Oulu"]);
    assert_eq!(found[9].options, ["A friend", "The web"]);
}

#[test]
fn a_form_is_sent_to_its_own_offer() {
    let recipe = of("7001");
    assert_eq!(
        recipe.url,
        "https://kaiku.recruitee.com/o/audio-engineer/c/new"
    );
    assert_eq!(
        recipe.action,
        "https://kaiku.recruitee.com/api/offers/audio-engineer/candidates"
    );
    assert_eq!(recipe.confirmation.path_suffix.as_deref(), Some("/applied"));
    for host in &recipe.helper_hosts {
        assert!(HOSTS.contains(&host.as_str()), "{host} is not asked for");
    }
}

#[test]
fn a_form_at_an_employers_own_host_is_for_the_person() {
    for id in ["7002", "7003"] {
        let error = asked(id).place("kaiku.recruitee.com");
        assert!(matches!(error, Err(PortalError::Unsupported)), "{error:?}");
    }
    let error = Asked::of(BOARD, "kaiku", "1").map(drop);
    assert!(matches!(error, Err(PortalError::Gone(_))));
}

#[test]
fn a_page_without_the_form_is_changed_and_one_unseen_is_left_to_the_browser() {
    let place = asked("7001").place("kaiku.recruitee.com").unwrap();
    for html in ["", "<form id=other></form>"] {
        let error = recipe(&place, asked("7001"), Some(html)).map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{html}");
    }
    assert!(recipe(&place, asked("7001"), None).is_ok());
}

#[test]
fn odd_questions_cost_themselves_alone() {
    let found = of("odd").questions;
    let labels: Vec<&str> = found.iter().map(|q| q.label.as_str()).collect();
    assert_eq!(labels, ["Full name", "Email address", "Of a new kind"]);
}
