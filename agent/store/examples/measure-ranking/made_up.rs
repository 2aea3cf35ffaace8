//! Jobs, persons and vectors of nobody, the same in every run.

use agent_core::{
    ids::SourceId,
    job::{Job, Posting, StatedPay, read},
    profile::{Fact, LanguageSkill, Money, Month, Position, Preferences, Profile},
    skill::{self, SkillMatch},
};
use agent_store::VectorSpace;

use crate::Outcome;

pub(crate) const DIMS: usize = 128;

/// How many different descriptions there are.
const TEXTS: usize = 1_000;

pub(crate) fn space() -> VectorSpace {
    VectorSpace {
        name: "made-up".to_owned(),
        dims: DIMS,
    }
}

/// A small generator of numbers (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn number(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % below.max(1)
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.number(words.len())).copied().unwrap_or("")
    }

    /// A direction near the one of its topic.
    pub(crate) fn vector(&mut self, topic: usize) -> Vec<f32> {
        let mut topic = Dice::new(topic as u64 + 1);
        let part = |dice: &mut Self| dice.number(2_000) as f32 / 1_000.0 - 1.0;
        (0..DIMS)
            .map(|_| part(&mut topic) + 0.8 * part(self))
            .collect()
    }
}

const FIELDS: [(&str, &[&str]); 8] = [
    (
        "Backend Engineer",
        &["Rust", "PostgreSQL", "Kafka", "Docker"],
    ),
    (
        "Frontend Developer",
        &["TypeScript", "React", "CSS", "Figma"],
    ),
    (
        "Data Scientist",
        &["Python", "SQL", "TensorFlow", "Tableau"],
    ),
    (
        "Registered Nurse",
        &["Patient care", "Wound care", "Nursing"],
    ),
    ("Accountant", &["Excel", "SAP", "Bookkeeping", "Tax"]),
    ("Electrician", &["Wiring", "Maintenance", "Safety"]),
    (
        "Product Manager",
        &["Jira", "Scrum", "Roadmaps", "Analytics"],
    ),
    (
        "Site Reliability Engineer",
        &["Kubernetes", "Terraform", "Go language", "Linux"],
    ),
];

const PLACES: [&str; 10] = [
    "Berlin, Germany",
    "Munich, Germany",
    "Remote - Germany",
    "Remote",
    "London, UK",
    "Paris, France",
    "New York, NY, US",
    "Zürich, Switzerland",
    "Amsterdam (Hybrid)",
    "Remote, EMEA",
];

const SENTENCES: [&str; 16] = [
    "We look after what we build and we read each other's work with care.",
    "You will plan your week with colleagues from three other teams.",
    "You have 5+ years of experience in a similar position.",
    "At least 3 years of experience are required.",
    "We are unable to sponsor visas for this position.",
    "Visa sponsorship is available for the right candidate.",
    "You must be authorized to work in the country of employment.",
    "Fluent German (C1) is required for talks with customers.",
    "German is a plus, English is the language of the office.",
    "The contract is permanent and full-time, 40 hours a week.",
    "Two days a week are spent in the office, the others where you like.",
    "A bachelor's degree or equivalent experience is welcome.",
    "We offer thirty days of holiday and a budget for learning.",
    "The harbour side office is quiet, and the coffee is good.",
    "Every quarter we measure what helped and stop what did not.",
    "Travel of up to 10% to sites of customers is part of the work.",
];

/// Different jobs, as if read from a board.
pub(crate) fn jobs(source: SourceId) -> Outcome<Vec<(Job, Posting, Vec<SkillMatch>)>> {
    let mut dice = Dice::new(42);
    let levels = ["", "Senior ", "Junior ", "Lead "];
    (0..TEXTS)
        .map(|n| {
            let (title, skills) = FIELDS.get(n % FIELDS.len()).ok_or("no field")?;
            let mut text: Vec<String> = (0..14).map(|_| dice.of(&SENTENCES).to_owned()).collect();
            text.push("Requirements".to_owned());
            text.extend(skills.iter().map(|skill| format!("- {skill}")));
            text.push("Nice to have".to_owned());
            let (_, other) = FIELDS.get(dice.number(FIELDS.len())).ok_or("no field")?;
            text.extend(other.iter().map(|skill| format!("- {skill}")));
            let low = 40_000.0 + 1_000.0 * dice.number(50) as f64;
            let pay = (dice.number(3) == 0).then(|| StatedPay {
                min: Some(low),
                max: Some(low + 15_000.0),
                currency: Some(dice.of(&["EUR", "EUR", "USD"]).to_owned()),
                period: Some("year".to_owned()),
                ..StatedPay::default()
            });
            let posting = Posting {
                external_id: n.to_string(),
                url: format!("https://jobs.example/{n}"),
                title: format!("{}{title}", dice.of(&levels)),
                locations: vec![dice.of(&PLACES).to_owned()],
                description_text: Some(text.join("\n")),
                pay,
                ..Posting::default()
            };
            let company = format!("Company {}", dice.number(200));
            let job = read(source, &company, &posting)?;
            let skills = skill::find(&format!("{}\n{}", job.title, job.description));
            Ok((job, posting, skills))
        })
        .collect()
}

/// A person who looks for the first field; `wish` sets them apart from others.
pub(crate) fn person(wish: usize) -> (Profile, Preferences) {
    let fact = |text: &str| Fact {
        text: text.to_owned(),
        line: None,
    };
    let held = |title: &str, year| Position {
        title: title.to_owned(),
        employer: None,
        start: Some(Month { year, month: 3 }),
        end: None,
        highlights: Vec::new(),
        line: None,
    };
    let profile = Profile {
        location: Some("Berlin, Germany".to_owned()),
        skills: [
            "Rust",
            "PostgreSQL",
            "Kubernetes",
            "Python",
            "Docker",
            "Linux",
        ]
        .map(fact)
        .to_vec(),
        languages: vec![LanguageSkill {
            code: "en".to_owned(),
            fluency: None,
            line: None,
        }],
        work: vec![
            held("Backend Engineer", 2021),
            held("Software Developer", 2017),
        ],
        ..Profile::default()
    };
    let roles = [
        "Backend Engineer",
        "Site Reliability Engineer",
        "Data Scientist",
    ];
    let prefs = Preferences {
        roles: vec![roles.get(wish % 3).copied().unwrap_or("").to_owned()],
        places: vec!["Berlin".to_owned(), "Munich".to_owned()],
        country: Some("DE".to_owned()),
        permits: vec!["DE".to_owned()],
        pay_floor: Some(Money {
            amount: 60_000.0 + wish as f64,
            currency: "EUR".to_owned(),
            period: agent_core::job::PayPeriod::Year,
        }),
        excluded_companies: vec!["Company 7".to_owned()],
        ..Preferences::default()
    };
    (profile, prefs)
}
