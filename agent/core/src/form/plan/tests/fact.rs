//! Facts of the profile, and the fields they fill.

use super::*;

#[test]
fn plain_facts_fill_the_fields_that_ask_for_them() {
    let countries = ["Austria", "Germany", "United States"];
    let dialled = ["Austria +43", "Germany (+49)", "Gibraltar +350"];
    let form = Form::new()
        .text("First Name *")
        .text("Nachname")
        .text("Full name")
        .text("E-mail")
        .text("Phone number")
        .text("Location (City)")
        .text("Ville")
        .text("Country")
        .with("Country of residence", FieldKind::Select, &countries)
        .with("Country", FieldKind::Combobox, &dialled)
        .with(
            "Location",
            FieldKind::Select,
            &["Berlin, Germany", "Munich, Germany"],
        )
        .text("LinkedIn Profile")
        .text("Github")
        .text("Website")
        .text("Current company")
        .text("Job title")
        .with("Resume/CV", FieldKind::File, &[]);
    assert_eq!(
        form.told(),
        [
            "fact: Ada",
            "fact: Bell",
            "fact: Ada Bell",
            "fact: ada@example.org",
            "fact: +49 30 1234567",
            "fact: München, Germany",
            "fact: München",
            "fact: Germany",
            "fact: Germany",
            "fact: Germany (+49)",
            "fact: Munich, Germany",
            "fact: https://linkedin.com/in/ada",
            "fact: https://github.com/ada",
            "fact: https://ada.dev",
            "fact: Initech",
            "fact: Backend engineer",
            "fact: cv.pdf",
        ]
    );
    assert_eq!(form.plan(), form.plan());
}

#[test]
fn a_list_that_does_not_show_is_left_to_the_person() {
    let mut form = Form::new().with("Location (City)", FieldKind::Combobox, &[]);
    assert_eq!(
        form.told(),
        ["ask: what your profile says does not fit: the form does not say what the choices are"]
    );
    assert_eq!(
        form.plan().ask[0].suggestion.as_deref(),
        Some("München, Germany")
    );
    let key = form.plan().ask[0].key.clone();
    let answer = Answer::Chosen(strings(&["Munich, Bavaria, Germany"]));
    form.given = vec![Given { key, answer }];
    assert_eq!(form.told(), ["person: Munich, Bavaria, Germany"]);
}

#[test]
fn a_field_called_name_is_read_by_the_fields_beside_it() {
    let told = |labels: &[&str]| {
        let form = labels
            .iter()
            .fold(Form::new(), |form, label| form.text(label));
        form.told()
    };
    assert_eq!(told(&["Name"]), ["fact: Ada Bell"]);
    assert_eq!(told(&["Prénom", "Nom"]), ["fact: Ada", "fact: Bell"]);
    assert_eq!(told(&["Nombre", "Apellidos"]), ["fact: Ada", "fact: Bell"]);
}

#[test]
fn what_the_page_says_of_a_field_counts_unless_its_label_objects() {
    let meant = |label: &str, meaning| {
        let form = Form::new()
            .text(label)
            .so(|control| control.meaning = Some(meaning));
        form.told().remove(0)
    };
    let objects = "ask: the field's name and its label do not say the same";
    for (label, meaning, expected) in [
        ("Xyzzy*", Meaning::FirstName, "fact: Ada"),
        (
            "How can we reach you?",
            Meaning::Email,
            "fact: ada@example.org",
        ),
        ("Last name", Meaning::FirstName, objects),
        ("Phone", Meaning::Email, objects),
        ("E-mail of your manager", Meaning::Email, objects),
        ("Emergency contact", Meaning::Phone, objects),
        ("Type your full name to sign", Meaning::FullName, STOP),
        ("Date of birth", Meaning::Phone, YOURS),
        ("Desired salary", Meaning::Phone, YOURS),
    ] {
        assert_eq!(meant(label, meaning), expected, "{label}");
    }
    // The recipe may know what a label of the page stands for.
    let mut form = Form::new().text("Handle *");
    form.questions = vec![Question {
        label: "Handle".to_owned(),
        help: None,
        kind: FieldKind::Text,
        required: true,
        options: Vec::new(),
        meaning: Some(Meaning::GitHub),
        locator: None,
    }];
    assert_eq!(form.told(), ["fact: https://github.com/ada"]);
}
