//! What is left to the person, and what is suggested to them.

use super::*;

#[test]
fn p3_what_cannot_be_told_is_asked() {
    let mut form = Form::new()
        .text("First name")
        .text("Website")
        .text("Current company")
        .with("Country", FieldKind::Select, &["England", "Scotland"])
        .text("Favourite colour")
        .text("Email")
        .so(|email| email.max_length = Some(5))
        .with("Resume", FieldKind::File, &[])
        .so(|resume| resume.accept = strings(&[".docx"]))
        .with("Transcript", FieldKind::File, &[]);
    form.profile.name = "María del Carmen García".to_owned();
    form.profile.links.push("https://blog.example".to_owned());
    form.profile
        .work
        .push(position("Owner", "Bell Ltd", 2022, None));
    form.preferences.country = Some("GB".to_owned());
    form.profile.location = None;
    assert_eq!(
        form.told(),
        [
            "ask: your name could be split in more than one way",
            "ask: your profile has several of these",
            "ask: your profile has several of these",
            UNKNOWN,
            UNKNOWN,
            "ask: what your profile says does not fit: it is 15 characters long, and the form takes 5",
            "ask: cv.pdf is of a kind the form does not take: it takes .docx",
            "ask: there is no file for this",
        ]
    );
    assert_eq!(form.plan().ask[0].suggestion.as_deref(), Some("María"));
    // None of it is asked where the form does not want it.
    for control in &mut form.controls {
        control.required = false;
    }
    assert_eq!(form.told(), vec!["empty"; 8]);
}

#[test]
fn p3_statements_of_policy_and_signatures_wait_each_time() {
    let form = || {
        Form::new()
            .with(
                "I did not use AI for this application",
                FieldKind::Checkbox,
                &[],
            )
            .so(|control| control.required = false)
            .text("Signature")
    };
    let mut first = form();
    assert_eq!(first.told(), [STOP, STOP]);
    assert!(first.plan().has_stop());
    assert!(first.plan().understood.iter().all(|one| !one.bankable));
    let answers = first.answers(&[
        (
            "I did not use AI for this application",
            Answer::Ticked(true),
        ),
        ("Signature", Answer::Text("Ada Bell".to_owned())),
    ]);
    let mut next = form();
    next.bank = answers.clone();
    assert_eq!(next.told(), [STOP, STOP]);
    // The person's own word for this very form is taken, also the word to leave it.
    first.given = answers
        .into_iter()
        .map(|BankAnswer { key, answer }| Given { key, answer })
        .collect();
    assert_eq!(first.told(), ["person: true", "person: Ada Bell"]);
    first.given[0].answer = Answer::Empty;
    assert_eq!(first.told()[0], "person: false");
}

#[test]
fn p3_suggestions_are_shown_and_never_used() {
    let decline = ["Male", "Female", "Decline to self-identify"];
    let mut form = Form::new()
        .with("Gender", FieldKind::Select, &decline)
        .text("Desired salary")
        .with(
            "Are you authorized to work in Germany?",
            FieldKind::Radio,
            &["Yes", "No"],
        )
        .with(
            "Will you require sponsorship?",
            FieldKind::Radio,
            &["Yes", "No"],
        )
        .with(
            "Are you authorized to work in France?",
            FieldKind::Radio,
            &["Yes", "No"],
        )
        .with(
            "Can you not work without sponsorship?",
            FieldKind::Radio,
            &["Yes", "No"],
        )
        .text("Years of experience")
        .text("How many years of experience do you have with Rust?");
    form.preferences.set("permits", &strings(&["DE"])).unwrap();
    form.preferences
        .set("pay-floor", &strings(&["80000 EUR/year"]))
        .unwrap();
    let plan = form.plan();
    let suggested: Vec<Option<&str>> = plan
        .ask
        .iter()
        .map(|ask| ask.suggestion.as_deref())
        .collect();
    assert_eq!(
        suggested,
        [
            Some("Decline to self-identify"),
            Some("80000 EUR/year"),
            Some("Yes"),
            Some("No"),
            None,
            None,
            Some("10"),
            Some("4"),
        ]
    );
    assert_eq!(plan.fillings, []);
    for control in &mut form.controls {
        control.required = false;
    }
    assert_eq!(form.plan().fillings, []);
    assert_eq!(form.plan().left_empty.len(), 8);
}

#[test]
fn a_box_that_nobody_answered_is_not_left_ticked() {
    let mut form = Form::new().with("Send me the newsletter", FieldKind::Checkbox, &[]);
    assert_eq!(form.told(), [YOURS]);
    form.controls[0].required = false;
    assert_eq!(form.told(), ["none: false"]);
    assert_eq!(form.plan().left_empty.len(), 1);
}

#[test]
fn p3_a_draft_stands_only_where_prose_is_asked_for() {
    let mut form = Form::new()
        .with("Why do you want to work here?", FieldKind::LongText, &[])
        .with(
            "What are your salary expectations?",
            FieldKind::LongText,
            &[],
        )
        .with("Do you need visa sponsorship?", FieldKind::LongText, &[])
        .text("Favourite colour");
    let keys: Vec<String> = form
        .plan()
        .understood
        .into_iter()
        .map(|one| one.key)
        .collect();
    let draft = |key: String| Given {
        key,
        answer: Answer::Text("I like small services.".to_owned()),
    };
    form.drafted = keys.into_iter().map(draft).collect();
    let told = form.told();
    assert_eq!(told[0], "drafted: I like small services.");
    assert!(
        told[1..].iter().all(|told| told.starts_with("ask:")),
        "{told:?}"
    );
    // The person's own word goes first.
    form.given = vec![Given {
        answer: Answer::Text("Mine.".to_owned()),
        ..form.drafted[0].clone()
    }];
    assert_eq!(form.told()[0], "person: Mine.");
}
