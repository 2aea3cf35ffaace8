use agent_approval::Sha256;

use super::*;
use crate::profile::Position;

mod property;

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn file(name: &str) -> FileToSend {
    FileToSend {
        path: name.into(),
        name: name.to_owned(),
        size: 3,
        sha256: Sha256::of(b"cv\n"),
    }
}

fn position(title: &str, employer: &str, start: i16, end: Option<i16>) -> Position {
    let month = |year| Month { year, month: 1 };
    Position {
        title: title.to_owned(),
        employer: Some(employer.to_owned()),
        start: Some(month(start)),
        end: end.map(month),
        highlights: Vec::new(),
        line: None,
    }
}

fn ada() -> Profile {
    Profile {
        name: "Ada Bell".to_owned(),
        email: Some("ada@example.org".to_owned()),
        phone: Some("+49 30 1234567".to_owned()),
        location: Some("München, Germany".to_owned()),
        links: strings(&[
            "linkedin.com/in/ada",
            "https://github.com/ada",
            "https://ada.dev",
        ]),
        work: vec![
            position("Backend engineer", "Initech", 2020, None),
            position("Rust developer", "Globex", 2016, Some(2020)),
        ],
        text: "Ada Bell\nBackend engineer\n".to_owned(),
        ..Profile::default()
    }
}

/// Everything a plan is made from, to be changed by a test.
struct Form {
    controls: Vec<Control>,
    questions: Vec<Question>,
    profile: Profile,
    preferences: Preferences,
    bank: Vec<BankAnswer>,
    given: Vec<Given>,
    documents: Documents,
    job: JobFacts,
}

impl Form {
    fn new() -> Self {
        Self {
            controls: Vec::new(),
            questions: Vec::new(),
            profile: ada(),
            preferences: Preferences::default(),
            bank: Vec::new(),
            given: Vec::new(),
            documents: Documents {
                cv: Some(file("cv.pdf")),
                ..Documents::default()
            },
            job: JobFacts {
                employer: "Acme".to_owned(),
                title: "Cook".to_owned(),
                countries: strings(&["DE"]),
            },
        }
    }

    fn with(mut self, label: &str, kind: FieldKind, options: &[&str]) -> Self {
        self.controls.push(Control {
            index: self.controls.len(),
            name: label.to_owned(),
            description: String::new(),
            role: String::new(),
            kind,
            required: true,
            options: strings(options),
            max_length: None,
            meaning: None,
            accept: Vec::new(),
        });
        self
    }

    fn text(self, label: &str) -> Self {
        self.with(label, FieldKind::Text, &[])
    }

    /// Changes the control that was added last.
    fn so(mut self, change: impl FnOnce(&mut Control)) -> Self {
        change(self.controls.last_mut().unwrap());
        self
    }

    fn plan(&self) -> Plan {
        plan(&PlanInput {
            controls: &self.controls,
            questions: &self.questions,
            profile: &self.profile,
            preferences: &self.preferences,
            bank: &self.bank,
            given: &self.given,
            documents: &self.documents,
            job: &self.job,
            today: Month {
                year: 2026,
                month: 11,
            },
        })
    }

    /// What the plan does with each control: "fact: Ada", "ask: …" or "empty".
    fn told(&self) -> Vec<String> {
        let plan = self.plan();
        let controls = self.controls.iter();
        controls
            .map(|control| {
                if let Some(ask) = plan.ask.iter().find(|ask| ask.control == control.index) {
                    return format!("ask: {}", ask.why);
                }
                let mut fillings = plan.fillings.iter();
                let Some(filling) = fillings.find(|one| one.control == control.index) else {
                    return "empty".to_owned();
                };
                let put = match &filling.put {
                    Put::Text(text) => text.clone(),
                    Put::Choose(chosen) => chosen.join(" + "),
                    Put::Tick(ticked) => ticked.to_string(),
                    Put::File(file) => file.name.clone(),
                };
                format!("{}: {put}", format!("{:?}", filling.source).to_lowercase())
            })
            .collect()
    }

    /// The person's answers to the questions with these labels, for the bank.
    fn answers(&self, answers: &[(&str, Answer)]) -> Vec<BankAnswer> {
        let plan = self.plan();
        let keyed = self.controls.iter().zip(plan.understood);
        keyed
            .filter_map(|(control, understood)| {
                let (_, answer) = answers.iter().find(|(label, _)| *label == control.name)?;
                Some(BankAnswer {
                    key: understood.key,
                    answer: answer.clone(),
                })
            })
            .collect()
    }
}

const UNKNOWN: &str = "ask: your profile and your earlier answers do not say";
const YOURS: &str = "ask: only you can answer this";
const STOP: &str = "ask: a statement like this you make yourself, each time";

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
fn a_box_that_nobody_answered_is_not_left_ticked() {
    let mut form = Form::new().with("Send me the newsletter", FieldKind::Checkbox, &[]);
    assert_eq!(form.told(), [YOURS]);
    form.controls[0].required = false;
    assert_eq!(form.told(), ["none: false"]);
    assert_eq!(form.plan().left_empty.len(), 1);
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
    use crate::form::SheetContent;
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
