use super::*;

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn shape(kind: FieldKind, options: &[String]) -> Shape<'_> {
    Shape {
        kind,
        options,
        max_length: None,
        required: true,
    }
}

#[test]
fn what_a_person_types_becomes_an_answer_that_fits() {
    let options = strings(&["Yes", "No", "Not sure"]);
    let twice = strings(&["Other", "Other"]);
    let check = |kind, options: &[String], typed: &[&str], expected: Result<Answer, Misfit>| {
        let found = Answer::typed(&shape(kind, options), &strings(typed));
        assert_eq!(found, expected, "{kind:?} {typed:?}");
        // What was taken is taken again in the form it is shown in.
        if let Ok(answer) = found {
            let again = Answer::typed(&shape(kind, options), &answer.texts());
            assert_eq!(again.as_ref(), Ok(&answer));
        }
    };
    let chosen = |texts: &[&str]| Ok(Answer::Chosen(strings(texts)));
    check(
        FieldKind::Text,
        &[],
        &[" six weeks "],
        Ok(Answer::Text("six weeks".to_owned())),
    );
    check(FieldKind::Text, &[], &["  "], Err(Misfit::Required));
    check(FieldKind::Radio, &options, &["yes"], chosen(&["Yes"]));
    check(
        FieldKind::Select,
        &options,
        &["Not sure"],
        chosen(&["Not sure"]),
    );
    check(
        FieldKind::Select,
        &options,
        &["Not"],
        Err(Misfit::NotAnOption {
            answer: "Not".to_owned(),
        }),
    );
    check(
        FieldKind::Select,
        &options,
        &["yes", "no"],
        Err(Misfit::OneChoice { given: 2 }),
    );
    check(
        FieldKind::CheckboxGroup,
        &options,
        &["no", "yes"],
        chosen(&["No", "Yes"]),
    );
    check(
        FieldKind::Select,
        &twice,
        &["Other"],
        Err(Misfit::AmbiguousOption {
            answer: "Other".to_owned(),
        }),
    );
    check(FieldKind::Combobox, &[], &["Berlin"], chosen(&["Berlin"]));
    check(FieldKind::Radio, &[], &["Berlin"], Err(Misfit::NoOptions));
    check(FieldKind::Checkbox, &[], &["Ja"], Ok(Answer::Ticked(true)));
    check(FieldKind::Checkbox, &[], &["perhaps"], Err(Misfit::NotABox));
    check(FieldKind::Checkbox, &[], &["no"], Err(Misfit::Required));
    check(FieldKind::File, &[], &["cv.pdf"], Err(Misfit::IsFile));
}

#[test]
fn an_answer_fits_exactly_or_not_at_all() {
    let options = strings(&["Yes, I do", "No\u{a0}thanks"]);
    let put = |texts: &[&str]| Ok(Some(Put::Choose(strings(texts))));
    let radio = shape(FieldKind::Radio, &options);
    let fit = |text: &str| Answer::Chosen(strings(&[text])).fit(&radio);
    assert_eq!(fit("Yes, I do"), put(&["Yes, I do"]));
    // The page's own spelling is what is chosen.
    assert_eq!(fit("No thanks"), put(&["No\u{a0}thanks"]));
    for near in ["yes, i do", "Yes", "Yes, I do not"] {
        assert!(
            matches!(fit(near), Err(Misfit::NotAnOption { .. })),
            "{near}"
        );
    }
    let optional = Shape {
        required: false,
        ..radio
    };
    assert_eq!(Answer::Empty.fit(&optional), Ok(None));
    assert_eq!(Answer::Empty.fit(&radio), Err(Misfit::Required));
}

#[test]
fn text_is_put_as_written_but_for_what_a_keyboard_obeys() {
    let check = |kind, text: &str, expected: &str| {
        let found = Answer::Text(text.to_owned()).fit(&shape(kind, &[]));
        assert_eq!(found, Ok(Some(Put::Text(expected.to_owned()))), "{text:?}");
    };
    check(FieldKind::Text, "one\r\ntwo\tthree", "one two three");
    check(
        FieldKind::LongText,
        "one\r\ntwo\u{2028}three\n",
        "one\ntwo\nthree",
    );
    check(
        FieldKind::Text,
        "Enter\u{e007}now\u{f0b7}\u{1b}",
        "Enternow",
    );
    check(
        FieldKind::Text,
        "👩\u{200d}🔬 محمد עברית",
        "👩\u{200d}🔬 محمد עברית",
    );
    let long = "é🙂".repeat(10_000);
    check(FieldKind::LongText, &long, &long);
    let limited = Shape {
        max_length: Some(3),
        ..shape(FieldKind::Text, &[])
    };
    // Counted as browsers count: an emoji is two.
    assert!(Answer::Text("a🙂".to_owned()).fit(&limited).is_ok());
    assert_eq!(
        Answer::Text("🙂🙂".to_owned()).fit(&limited),
        Err(Misfit::TooLong {
            length: 4,
            limit: 3
        })
    );
}
