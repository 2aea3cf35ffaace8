//! Letters, files and the sheet for a form filled by hand.

use super::*;
use crate::form::SheetContent;

#[test]
fn a_letter_goes_where_one_is_asked_for() {
    let form = |required: bool| {
        let set = move |control: &mut Control| control.required = required;
        Form::new()
            .with("Cover letter", FieldKind::File, &[])
            .so(set)
            .with("Cover Letter", FieldKind::LongText, &[])
            .so(set)
    };
    assert_eq!(form(false).told(), ["empty", "empty"]);
    assert_eq!(
        form(true).told(),
        ["ask: there is no file for this", UNKNOWN]
    );
    let mut with_letter = form(false);
    with_letter.documents.letter = Some(LetterToSend {
        text: Some("Dear team,\n\nhello.".to_owned()),
        file: Some(file("letter.pdf")),
        source: Source::Fact,
    });
    assert_eq!(
        with_letter.told(),
        ["fact: letter.pdf", "fact: Dear team,\n\nhello."]
    );
    // What the person writes to one employer is no letter to the next.
    assert!(
        with_letter
            .plan()
            .understood
            .iter()
            .all(|one| !one.bankable)
    );
}

#[test]
fn questions_of_the_recipe_are_planned_without_a_page() {
    let question = |label: &str, kind, required| Question {
        label: label.to_owned(),
        help: Some("Please".to_owned()),
        kind,
        required,
        options: Vec::new(),
        meaning: None,
        locator: None,
    };
    let mut form = Form::new();
    form.controls = controls_of(&[
        question("Email", FieldKind::Text, true),
        question("Why us?", FieldKind::LongText, true),
        question("Pronouns", FieldKind::Text, false),
        question("Resume", FieldKind::File, true),
    ]);
    let plan = form.plan();
    let sheet = crate::form::sheet(&form.controls, &plan, Some("Dear team"));
    let content: Vec<_> = sheet
        .lines
        .iter()
        .map(|line| (&line.content, line.source))
        .collect();
    assert_eq!(
        content,
        [
            (
                &SheetContent::Text("ada@example.org".to_owned()),
                Source::Fact
            ),
            (
                &SheetContent::Answer {
                    why: Why::NotKnown,
                    suggestion: None
                },
                Source::None
            ),
            (&SheetContent::Empty, Source::None),
            (&SheetContent::File("cv.pdf".to_owned()), Source::Fact),
        ]
    );
    assert_eq!(sheet.files, [file("cv.pdf")]);
    assert_eq!(sheet.letter.as_deref(), Some("Dear team"));
    assert_eq!(sheet.lines[2].class, QuestionClass::Demographic);
    assert_eq!(sheet.lines[0].help, "Please");
}

#[test]
fn the_text_of_a_cv_is_that_of_the_cv_that_goes_along() {
    let mut form = Form::new().with("Resume", FieldKind::LongText, &[]);
    form.profile.text = "All of it".to_owned();
    assert_eq!(form.told(), ["fact: All of it"]);
    form.documents.cv_text = Some("Backend only".to_owned());
    assert_eq!(form.told(), ["fact: Backend only"]);
}
