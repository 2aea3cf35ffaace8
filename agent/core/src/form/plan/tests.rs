use agent_approval::Sha256;

use super::*;
use crate::profile::Position;

mod asked;
mod document;
mod earlier;
mod fact;
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
    drafted: Vec<Given>,
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
            drafted: Vec::new(),
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
            drafted: &self.drafted,
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
