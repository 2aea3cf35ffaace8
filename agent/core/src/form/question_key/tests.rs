use super::*;

fn job(employer: &str, title: &str, countries: &[&str]) -> JobFacts {
    JobFacts {
        employer: employer.to_owned(),
        title: title.to_owned(),
        countries: countries.iter().map(|code| (*code).to_owned()).collect(),
    }
}

fn key(label: &str, job: &JobFacts) -> String {
    let wording = Wording {
        label,
        help: "",
        options: &[],
        kind: FieldKind::Text,
    };
    question_key(&wording, job)
}

fn choice_key(label: &str, options: &[&str], job: &JobFacts) -> String {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let wording = Wording {
        label,
        help: "",
        options: &options,
        kind: FieldKind::Select,
    };
    question_key(&wording, job)
}

#[test]
fn the_same_question_on_two_forms_has_one_key() {
    let (acme, beta) = (
        job("Acme GmbH", "Cook", &["DE"]),
        job("Beta, Inc.", "Nurse", &["DE"]),
    );
    for (one, other) in [
        ("Favourite colour *", "favourite  colour (required)"),
        ("Do you speak German?", "Do you speak German"),
        ("Preferred\u{a0}shift:", "Preferred shift"),
        (
            "Are you authorized to work in Germany for Acme?",
            "Are you authorized to work in Germany for Beta?",
        ),
        (
            "Will you require sponsorship to work at ACME GmbH?",
            "Will you require sponsorship to work at Beta?",
        ),
        (
            "I certify that my answers are true and complete.",
            "I certify that my answers are true and complete",
        ),
        ("Cafe\u{301}?", "Café"),
        ("Notice period", "NOTICE PERIOD*"),
    ] {
        assert_eq!(key(one, &acme), key(other, &beta), "{one} / {other}");
    }
}

#[test]
fn different_questions_have_different_keys() {
    let acme = job("Acme", "Cook", &["DE"]);
    for (one, other) in [
        (
            "Are you authorized to work in Germany?",
            "Are you authorized to work in the US?",
        ),
        ("Years of experience with C", "Years of experience with C++"),
        (
            "Years of experience with C#",
            "Years of experience with C++",
        ),
        ("Expected salary in €", "Expected salary in $"),
        ("Do you speak German?", "Do you speak French?"),
        (
            "Do you require sponsorship?",
            "Do you not require sponsorship?",
        ),
        ("Experience with Node.js?", "Experience with Next.js?"),
    ] {
        assert_ne!(key(one, &acme), key(other, &acme), "{one} / {other}");
    }
    let long = "word ".repeat(60);
    assert_ne!(
        key(&format!("{long}a"), &acme),
        key(&format!("{long}b"), &acme)
    );
    assert_ne!(
        choice_key("Shift", &["Day", "Night"], &acme),
        choice_key("Shift", &["Day", "Night", "Any"], &acme)
    );
    assert_eq!(
        choice_key("Shift", &["Day", "Night"], &acme),
        choice_key("Shift", &["Night", "Day"], &acme)
    );
}

#[test]
fn p3_an_answer_about_one_employer_is_no_answer_to_another() {
    let (acme, beta) = (job("Acme", "Cook", &["DE"]), job("Beta", "Cook", &["DE"]));
    for (one, other) in [
        (
            "Have you ever worked for Acme?",
            "Have you ever worked for Beta?",
        ),
        (
            "Have you worked for us before?",
            "Have you worked for us before?",
        ),
        (
            "Why do you want to work at Acme?",
            "Why do you want to work at Beta?",
        ),
        ("Why us?", "Why us?"),
        (
            "Do any relatives work at our company?",
            "Do any relatives work at our company?",
        ),
        (
            "I have read Acme's privacy notice",
            "I have read Beta's privacy notice",
        ),
        (
            "How did you hear about this job?",
            "How did you hear about this job?",
        ),
        (
            "Waren Sie bereits bei uns beschäftigt?",
            "Waren Sie bereits bei uns beschäftigt?",
        ),
    ] {
        assert_ne!(key(one, &acme), key(other, &beta), "{one}");
        // The benign twin: the same employer asks again.
        assert_eq!(key(one, &acme), key(one, &acme), "{one}");
    }
    let nurse = job("Acme", "Nurse", &["DE"]);
    let why = "Why are you interested in this role?";
    assert_ne!(key(why, &acme), key(why, &nurse));
}

#[test]
fn p3_leave_to_work_is_an_answer_for_one_country() {
    let (de, us) = (job("Acme", "Cook", &["DE"]), job("Acme", "Cook", &["US"]));
    for unnamed in [
        "Are you authorized to work in the country where this job is located?",
        "Will you now or in the future require visa sponsorship?",
        "Do you have a work permit?",
        "Expected salary",
    ] {
        assert_ne!(key(unnamed, &de), key(unnamed, &us), "{unnamed}");
    }
    for named in [
        "Are you authorized to work in Germany?",
        "Haben Sie eine Arbeitserlaubnis für Deutschland?",
        "Are you at least 18 years old?",
        "Do you have a driving licence?",
    ] {
        assert_eq!(key(named, &de), key(named, &us), "{named}");
    }
    // A job of unknown place shares with no other.
    let (one, other) = (job("Acme", "Cook", &[]), job("Beta", "Cook", &[]));
    let permit = "Do you have a work permit?";
    assert_ne!(key(permit, &one), key(permit, &other));
}

#[test]
fn short_names_count_only_as_written() {
    let on = job("On", "Cook", &["CH"]);
    assert!(!key("How many years on site?", &on).contains(EMPLOYER));
    assert!(key("What do you know about On?", &on).contains(EMPLOYER));
    assert_eq!(
        names("Acme Holding GmbH & Co. KG")[0],
        "Acme Holding GmbH & Co. KG"
    );
    assert_eq!(names("Beta, Inc."), ["Beta, Inc.", "Beta"]);
    assert_eq!(names(""), Vec::<&str>::new());
}
