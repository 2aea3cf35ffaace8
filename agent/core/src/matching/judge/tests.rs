use super::*;
use crate::{
    ids::SourceId,
    job::{Posting, StatedPay, read},
    profile::{Fact, LanguageSkill, Money, Month, Position, Preferences, Profile},
    skill,
};

const TODAY: Month = Month {
    year: 2026,
    month: 6,
};

/// A small generator of numbers (xorshift), the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap()
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.next() % words.len()]
    }

    fn some(&mut self, words: &[&str]) -> Vec<String> {
        (0..self.next() % 3)
            .map(|_| self.of(words).to_owned())
            .collect()
    }

    fn vector(&mut self) -> Vec<f32> {
        (0..16)
            .map(|_| (self.next() % 200) as f32 - 100.0)
            .collect()
    }
}

const PLACES: &[&str] = &[
    "Berlin, Germany",
    "Munich",
    "Remote",
    "Remote - US only",
    "Remote, EMEA",
    "London, UK",
    "Paris",
    "Zürich (Hybrid)",
    "3 Locations",
    "DE",
];
const TITLES: &[&str] = &[
    "Senior Backend Engineer",
    "Registered Nurse",
    "Head of Finance",
    "Software Engineering Intern",
    "Accountant (m/f/d)",
    "German-speaking Support Agent",
    "Teacher",
];
const SENTENCES: &[&str] = &[
    "You have 5+ years of experience with Rust and PostgreSQL.",
    "We are unable to sponsor visas.",
    "Visa sponsorship available for the right candidate.",
    "You must be authorized to work in the United States.",
    "Fluent German (C1) is required.",
    "French is a plus.",
    "Salary: €70,000 - €90,000 per year.",
    "Pay is $45 per hour.",
    "Requirements\n- Kubernetes\n- Kafka\n- Go language",
    "Nice to have\n- Terraform\n- Python",
    "Wir bieten dir ein Team, das gemeinsam an guten Produkten arbeitet.",
    "You will care for patients together with the team on the ward.",
    "A bachelor's degree in computer science or equivalent experience.",
    "This is a part-time position of 20 hours a week.",
    "We do not accept applications written by AI.",
];
const SKILLS: &[&str] = &[
    "Rust",
    "Go",
    "PostgreSQL",
    "Kubernetes",
    "Patient care",
    "Excel",
];

fn job(dice: &mut Dice) -> Job {
    let text: Vec<&str> = (0..dice.next() % 9).map(|_| dice.of(SENTENCES)).collect();
    let pay = dice.next().is_multiple_of(4).then(|| StatedPay {
        min: Some(40_000.0),
        max: Some(55_000.0 + (dice.next() % 60_000) as f64),
        currency: Some(dice.of(&["EUR", "USD"]).to_owned()),
        period: Some("year".to_owned()),
        ..StatedPay::default()
    });
    let posting = Posting {
        external_id: "1".to_owned(),
        url: "https://jobs.example/1".to_owned(),
        title: dice.of(TITLES).to_owned(),
        locations: dice.some(PLACES),
        description_text: Some(text.join("\n")),
        pay,
        ..Posting::default()
    };
    let company = dice.of(&["Acme GmbH", "Initech"]);
    read(SourceId::of("p", "b"), company, &posting).unwrap()
}

fn person(dice: &mut Dice) -> Person {
    let fact = |text: String| Fact { text, line: None };
    let profile = Profile {
        headline: dice
            .next()
            .is_multiple_of(2)
            .then(|| dice.of(TITLES).to_owned()),
        location: dice
            .next()
            .is_multiple_of(2)
            .then(|| dice.of(PLACES).to_owned()),
        skills: dice.some(SKILLS).into_iter().map(fact).collect(),
        languages: dice
            .next()
            .is_multiple_of(2)
            .then(|| LanguageSkill {
                code: "en".to_owned(),
                fluency: None,
                line: None,
            })
            .into_iter()
            .collect(),
        work: dice
            .some(TITLES)
            .into_iter()
            .map(|title| Position {
                title,
                employer: None,
                start: Some(Month {
                    year: 2018,
                    month: 4,
                }),
                end: None,
                highlights: Vec::new(),
                line: None,
            })
            .collect(),
        ..Profile::default()
    };
    let prefs = Preferences {
        roles: dice.some(TITLES),
        places: dice.some(PLACES),
        country: dice.next().is_multiple_of(2).then(|| "DE".to_owned()),
        permits: dice.some(&["DE", "US", "FR"]),
        languages: dice.some(&["en", "de"]),
        relocate: dice.next().is_multiple_of(2),
        pay_floor: dice.next().is_multiple_of(2).then(|| Money {
            amount: 60_000.0,
            currency: "EUR".to_owned(),
            period: crate::job::PayPeriod::Year,
        }),
        excluded_companies: dice.some(&["Initech", "Nobody"]),
        ..Preferences::default()
    };
    Person::new(profile, prefs, TODAY)
}

#[test]
fn p7_a_standing_is_the_verdict_in_short_to_the_last_bit() {
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let (mut outcomes, mut reasons) = (Vec::new(), Vec::new());
    for _ in 0..60 {
        let person = person(&mut dice);
        let vectors: Vec<Vec<f32>> = match dice.next() % 4 {
            0 => Vec::new(),
            _ => person.texts().iter().map(|_| dice.vector()).collect(),
        };
        let judge = Judge::new(person, Weights::default(), &vectors);
        for _ in 0..25 {
            let job = job(&mut dice);
            let found = Found {
                skills: skill::find(&job.description),
                text: Direction::of(&dice.vector()),
                title: Direction::of(&dice.vector()),
            };
            let verdict = judge.judge(&job, &found);
            let bytes = Brief::bytes(&job, &found).unwrap();
            let standing = judge.weigh(&Brief::read(&bytes).unwrap());
            assert_eq!(standing.outcome, verdict.outcome(), "{job:?}");
            let (short, whole) = (standing.score, verdict.score.total);
            assert_eq!(short.to_bits(), whole.to_bits(), "{job:?}");
            assert_eq!(standing.reason, verdict.strongest(), "{job:?}");
            assert!(!standing.reason.is_empty(), "{job:?}");
            outcomes.push(standing.outcome);
            reasons.push(standing.reason);
        }
    }
    // The lot is varied enough to mean something.
    for outcome in [Outcome::Pass, Outcome::Ask, Outcome::Fail] {
        assert!(outcomes.contains(&outcome), "{outcome:?}");
    }
    reasons.sort_unstable();
    reasons.dedup();
    assert!(reasons.len() > 20, "{reasons:?}");
}

#[test]
fn without_vectors_words_alone_are_compared() {
    let mut dice = Dice(77);
    let (person, job) = (person(&mut dice), job(&mut dice));
    let found = Found::default();
    let judge = Judge::new(person, Weights::default(), &[]);
    let with_words = judge.judge(&job, &found);
    let vector = Found {
        text: Direction::of(&dice.vector()),
        title: Direction::of(&dice.vector()),
        ..found
    };
    assert_eq!(judge.judge(&job, &vector), with_words);
}

#[test]
fn damaged_bytes_are_no_brief() {
    let mut dice = Dice(5);
    let job = job(&mut dice);
    let found = Found {
        skills: skill::find("Rust and Kafka"),
        text: Direction::of(&dice.vector()),
        title: None,
    };
    let bytes = Brief::bytes(&job, &found).unwrap();
    assert!(Brief::read(&bytes).is_ok());
    for end in 0..bytes.len() {
        assert!(Brief::read(&bytes[..end]).is_err(), "{end}");
    }
    let mut other = bytes.clone();
    other[0] = 200;
    let error = Brief::read(&other).unwrap_err();
    assert!(matches!(
        error,
        crate::matching::BriefError::Version { found: 200 }
    ));
    for at in 1..bytes.len() {
        let mut other = bytes.clone();
        other[at] ^= 0xff;
        // Whatever it gives, it does not panic.
        let _ = Brief::read(&other);
    }
}
