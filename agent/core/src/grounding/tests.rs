//! The gate on single sentences.

use super::*;
use crate::profile::{Education, Fact, LanguageSkill, Position};

fn fact(text: &str) -> Fact {
    Fact {
        text: text.to_owned(),
        line: None,
    }
}

fn position(title: &str, employer: &str, time: (&str, &str), done: &[&str]) -> Position {
    Position {
        title: title.to_owned(),
        employer: Some(employer.to_owned()),
        start: Month::of_iso(time.0),
        end: Month::of_iso(time.1),
        highlights: done.iter().map(|text| fact(text)).collect(),
        line: None,
    }
}

fn person() -> Profile {
    Profile {
        name: "Mira Holt".to_owned(),
        headline: Some("Backend engineer".to_owned()),
        email: Some("mira@holt.example".to_owned()),
        phone: Some("+49 30 1234567".to_owned()),
        work: vec![
            position(
                "Backend engineer",
                "Tidewater GmbH",
                ("2022-03", ""),
                &[
                    "Moved billing from a monolith to 7 services in Rust",
                    "On call for a team of 4",
                ],
            ),
            position(
                "Junior developer",
                "Kestrel Labs",
                ("2019-06", "2022-02"),
                &[
                    "Wrote the Kafka consumers for parcel tracking",
                    "Cut the nightly import from 6 hours to 40 minutes",
                ],
            ),
        ],
        education: vec![Education {
            institution: "University of Leeds".to_owned(),
            degree: Some("BSc Computer Science".to_owned()),
            start: Month::of_iso("2016"),
            end: Month::of_iso("2019"),
            line: None,
        }],
        skills: ["Rust", "Kafka", "PostgreSQL"].map(fact).to_vec(),
        languages: vec![
            LanguageSkill {
                code: "en".to_owned(),
                fluency: Some("native".to_owned()),
                line: None,
            },
            LanguageSkill {
                code: "de".to_owned(),
                fluency: Some("B1".to_owned()),
                line: None,
            },
        ],
        certificates: vec![fact("AWS Certified Developer – Associate")],
        ..Profile::default()
    }
}

const POSTING: PostingText<'_> = PostingText {
    title: "Platform engineer",
    employer: "Harbour Freight Systems",
    text: "We run Kubernetes and Terraform for 300 harbours. You have 8 years of experience.\n\
           Our team of 25 ships container software.",
};

fn findings(text: &str) -> Vec<Claim> {
    let profile = person();
    let grounds = Grounds {
        profile: &profile,
        posting: POSTING,
        today: Month::of_iso("2026-03").unwrap(),
    };
    Gate::new(grounds).findings(text)
}

#[test]
fn p3_what_the_profile_states_passes() {
    for text in [
        "I am applying for the position of Platform engineer at Harbour Freight Systems.",
        "At Tidewater I moved billing from a monolith to seven services in Rust.",
        "For almost seven years I have worked as a developer and backend engineer.",
        "Before that I wrote Kafka consumers for parcel tracking at Kestrel Labs.",
        "I cut the nightly import from six hours to forty minutes.",
        "You look for Kubernetes and Terraform, which I have not used yet.",
        "I would like to learn Kubernetes with your team of 25.",
        "I hold a BSc in Computer Science from the University of Leeds.",
        "I am an AWS Certified Developer.",
        "English is my native language, and my German is at B1.",
        "Since March 2022 I have been at Tidewater.",
        "You can reach me at mira@holt.example or +49 30 1234567.",
    ] {
        let found = findings(text);
        assert!(found.is_empty(), "{text}\n{found:#?}");
    }
}

#[test]
fn p3_what_it_does_not_state_is_found() {
    use ClaimKind::*;
    for (text, kind) in [
        ("I have eight years of experience in software.", Years),
        ("For a decade I have worked as a backend engineer.", Years),
        ("I have five years of Rust behind me.", Years),
        ("I led a team of 12.", Number),
        ("I led a team of a dozen people.", Number),
        ("I moved billing to 9 services in Rust.", Number),
        ("At Globex I wrote Kafka consumers.", Name),
        ("I worked at Harbour Freight Systems.", Name),
        ("At Tidewater I wrote Kafka consumers.", Skill),
        ("I know Kubernetes.", Skill),
        ("I run k8s in production.", Skill),
        ("You look for Kubernetes, which I know well.", Skill),
        ("You run Terraform. I have used it for a long time.", Skill),
        ("As a senior engineer I like calm teams.", Title),
        ("I hold a PhD in Computer Science.", Degree),
        ("I have a master's degree in Computer Science.", Degree),
        ("I am a Certified Kubernetes Administrator.", Certificate),
        ("I speak fluent German.", Language),
        ("I speak French.", Language),
        ("Since 2018 I have been at Tidewater.", Date),
        ("I won an award for this.", Word),
        ("I mentored our apprentices.", Word),
        ("See https://holt.example for more.", Address),
        ("I meet all of your requirements.", Blanket),
        ("Not only have I used Kubernetes, I like it.", Skill),
    ] {
        let found = findings(text);
        let is_found = found.iter().any(|claim| claim.kind == kind);
        assert!(is_found, "{text}\n{found:#?}");
    }
}

#[test]
fn a_text_in_another_language_is_a_finding_as_a_whole() {
    let found = findings(
        "Sehr geehrte Damen und Herren, hiermit bewerbe ich mich auf Ihre Stelle und freue mich sehr.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, ClaimKind::Foreign);
}

#[test]
fn each_claim_says_where_it_stands() {
    let profile = person();
    let grounds = Grounds {
        profile: &profile,
        posting: POSTING,
        today: Month::of_iso("2026-03").unwrap(),
    };
    let claims = Gate::new(grounds).claims("At Kestrel Labs I wrote Kafka consumers.");
    let kafka = claims
        .iter()
        .find(|claim| claim.kind == ClaimKind::Skill)
        .unwrap();
    assert_eq!((kafka.words.as_str(), &kafka.range), ("Kafka", &(24..29)));
    let Some(Rest::Profile { id, .. }) = &kafka.rests_on else {
        panic!("{kafka:?}")
    };
    assert_eq!(id, "w2.1");
    let facts = stated_facts(&profile, grounds.today);
    assert!(
        facts
            .iter()
            .any(|fact| fact.id == "w2.1" && fact.text.contains("Kafka"))
    );
}
