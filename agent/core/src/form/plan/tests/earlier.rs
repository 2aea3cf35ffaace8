//! Answers of the person, given for this form or for an earlier one.

use super::*;

#[test]
fn p3_an_unknown_question_and_an_attestation_wait_and_their_answers_are_used_again() {
    let questions = |form: Form| {
        form.text("Which shift suits you?")
            .with("Do you smoke?", FieldKind::Radio, &["Yes", "No"])
            .with(
                "I certify that all of this is true",
                FieldKind::Checkbox,
                &[],
            )
    };
    let mut first = questions(Form::new());
    assert_eq!(first.told(), [UNKNOWN, UNKNOWN, YOURS]);
    assert!(first.plan().waits() && !first.plan().has_stop());
    let answers = first.answers(&[
        ("Which shift suits you?", Answer::Text("Early".to_owned())),
        ("Do you smoke?", Answer::Chosen(strings(&["No"]))),
        ("I certify that all of this is true", Answer::Ticked(true)),
    ]);
    let given = answers.iter().cloned();
    first.given = given
        .map(|BankAnswer { key, answer }| Given { key, answer })
        .collect();
    assert_eq!(
        first.told(),
        ["person: Early", "person: No", "person: true"]
    );

    let mut next = questions(Form::new());
    next.job.employer = "Beta".to_owned();
    next.bank = answers;
    assert_eq!(next.told(), ["bank: Early", "bank: No", "bank: true"]);
    assert!(!next.plan().waits());
    // Other choices make another question.
    next.controls[1].options.push("Sometimes".to_owned());
    assert_eq!(next.told(), ["bank: Early", UNKNOWN, "bank: true"]);
}

#[test]
fn p3_an_earlier_answer_is_used_only_where_it_still_holds() {
    let form = Form::new()
        .text("When can you start?")
        .text("Anything else?")
        .text("Anything else?");
    let mut next = Form::new()
        .text("When can you start?")
        .text("Anything else?")
        .text("Anything else?");
    next.bank = form.answers(&[
        (
            "When can you start?",
            Answer::Text("1 March 2025".to_owned()),
        ),
        ("Anything else?", Answer::Text("No".to_owned())),
    ]);
    // Of two questions with the same words it is not known which was answered.
    let dated = "ask: your earlier answer names a date, which may have passed";
    assert_eq!(next.told(), [dated, UNKNOWN, UNKNOWN]);
    assert_eq!(
        next.plan().ask[0].suggestion.as_deref(),
        Some("1 March 2025")
    );
    next.bank[0].answer = Answer::Text("four weeks".to_owned());
    assert_eq!(next.told()[0], "bank: four weeks");
    next.controls[0].max_length = Some(4);
    assert_eq!(
        next.told()[0],
        "ask: your earlier answer does not fit: it is 10 characters long, and the form takes 4"
    );
}
