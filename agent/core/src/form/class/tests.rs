use super::*;
use crate::text::rows;

const WORDINGS: &str = include_str!("wordings.txt");

struct Labelled {
    class: QuestionClass,
    label: &'static str,
    options: Vec<String>,
    kind: FieldKind,
}

fn labelled() -> Vec<Labelled> {
    rows(WORDINGS)
        .map(|(section, row)| {
            let mut parts = row.split(" | ").map(str::trim);
            let words = parts.next().unwrap();
            let options: Vec<String> = parts.map(str::to_owned).collect();
            let (kind, label) = match (words.split_once(' '), options.is_empty()) {
                (Some(("¶", label)), _) => (FieldKind::LongText, label),
                (Some(("☐", label)), _) => (FieldKind::Checkbox, label),
                (_, true) => (FieldKind::Text, words),
                (_, false) => (FieldKind::Radio, words),
            };
            Labelled {
                class: QuestionClass::of_name(section).unwrap(),
                label,
                options,
                kind,
            }
        })
        .collect()
}

fn class_of(label: &str, help: &str, options: &[String], kind: FieldKind) -> QuestionClass {
    classify(&Wording {
        label,
        help,
        options,
        kind,
    })
}

#[test]
fn p3_every_sensitive_wording_is_told_and_plain_ones_are_not() {
    let table = labelled();
    assert!(table.len() >= 600, "{}", table.len());
    let (mut untold, mut false_alarms, mut mixed) = (Vec::new(), Vec::new(), Vec::new());
    for row in &table {
        let found = class_of(row.label, "", &row.options, row.kind);
        let (wanted, told) = (row.class, found);
        let missed = wanted.is_sensitive() && !told.is_sensitive();
        if missed || wanted.is_stop() != told.is_stop() {
            untold.push((row.label, found));
        } else if !wanted.is_sensitive() && wanted != told {
            false_alarms.push((row.label, found));
        } else if wanted != told {
            mixed.push((row.label, found));
        }
    }
    assert_eq!(untold, [], "not told");
    assert_eq!(false_alarms, [], "told without need");
    // Sensitive classes border on each other: "I understand that … dismissal".
    assert!(
        mixed.len() * 20 <= table.len(),
        "{} {mixed:#?}",
        mixed.len()
    );
}

#[test]
fn p3_a_sensitive_wording_is_told_however_it_is_written() {
    for row in labelled().iter().filter(|row| row.class.is_sensitive()) {
        let stop = row.class.is_stop();
        let spelled = [
            row.label.to_uppercase(),
            format!("  {}\u{a0}* ", row.label),
            row.label.replace(' ', "\u{a0}"),
            row.label.replace(' ', "  \n"),
            row.label.replace('e', "e\u{ad}"),
            row.label.replace('a', "\u{430}").replace('o', "\u{43e}"),
        ];
        for label in spelled {
            let found = class_of(&label, "", &row.options, row.kind);
            assert!(
                found.is_sensitive() && found.is_stop() == stop,
                "{label:?} {found:?}"
            );
        }
        // Said in the help of a label that says nothing.
        let found = class_of("Question 7", row.label, &row.options, row.kind);
        assert!(
            found.is_sensitive() && found.is_stop() == stop,
            "{}: {found:?}",
            row.label
        );
    }
}

#[test]
fn help_makes_no_plain_field_sensitive_but_a_signature_does() {
    let help = "We use it to contact you; see our privacy policy.";
    for (label, help, expected) in [
        ("Email", help, QuestionClass::Contact),
        ("Resume/CV", help, QuestionClass::Contact),
        (
            "Full name",
            "Typing your name here counts as your signature",
            QuestionClass::Signature,
        ),
        ("Shift", help, QuestionClass::Consent),
    ] {
        assert_eq!(
            class_of(label, help, &[], FieldKind::Text),
            expected,
            "{label}"
        );
    }
    let found = class_of(
        "Why us?",
        "Please do not use AI to write this",
        &[],
        FieldKind::LongText,
    );
    assert_eq!(found, QuestionClass::Policy);
}

#[test]
fn p3_a_source_is_allowed_where_it_cannot_invent() {
    for class in QuestionClass::ALL {
        assert!(allowed(Source::Person, class) && allowed(Source::None, class));
        assert_eq!(allowed(Source::Fact, class), !class.is_sensitive());
        assert_eq!(allowed(Source::Bank, class), !class.is_stop());
        assert_eq!(allowed(Source::Page, class), !class.is_stop());
        assert!(!(class.is_sensitive() && allowed(Source::Drafted, class)));
        assert_eq!(QuestionClass::of_name(class.name()), Some(class));
        let written = serde_json::to_string(&class).unwrap();
        assert_eq!(written, format!("\"{}\"", class.name()));
    }
    // The benign twin: prose may be drafted, and is shown as such.
    assert!(allowed(Source::Drafted, QuestionClass::OpenText));
    assert!(!allowed(Source::Drafted, QuestionClass::Plain));
}
