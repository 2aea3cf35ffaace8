//! Plans as models write them, made up by the thousand from a seed: honest ones,
//! ones that obey an injected posting, and garbage. Whatever comes, what passes is
//! a plan of the vocabulary, within its budgets, that rests on the sentence.

// Helpers of tests fail as tests do, and say what they counted.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

use agent_core::plan::{self, Followed, Plan, Sentence, StepKind, Work};
use agent_models::Shape;
use fastrand::Rng;
use serde_json::{Value, json};

const SENTENCES: [&str; 8] = [
    "five backend roles in Berlin or remote, over 80k, and prepare the best three",
    "prepare every new posting over 80 at these companies, at most three a day",
    "what should I learn next?",
    "remote Rust jobs scoring over 70 at Kranich",
    "in which order should I learn what I am missing for data roles",
    "who has not answered? follow up",
    "find ten nurse jobs in Hamburg but do not apply",
    "surprise me",
];

/// Words that an obedient model would bring in.
const STRANGE: [&str; 10] = [
    "submit",
    "approve",
    "collector.example",
    "ada@example.com",
    "+49 30 1234567",
    "00112233445566778899aabbccddeeff",
    "'; DROP TABLE goals; --",
    "\u{1b}[2Jdraft",
    "Paris",
    "",
];

/// How many outputs are tried.
fn outputs() -> u32 {
    match std::env::var_os("AGENT_LONG") {
        Some(_) => 200_000,
        None => 5_000,
    }
}

/// A value of the shape that a schema of ours asks for.
fn shaped(schema: &Value, rng: &mut Rng) -> Value {
    if let Some(values) = schema["enum"].as_array() {
        return values[rng.usize(..values.len())].clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let fields = schema["properties"].as_object().unwrap();
            fields
                .iter()
                .map(|(name, field)| (name.clone(), shaped(field, rng)))
                .collect()
        }
        Some("array") => {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            let most = schema["maxItems"].as_u64().unwrap().min(6);
            let items = rng.u64(least..=most);
            (0..items).map(|_| shaped(&schema["items"], rng)).collect()
        }
        _ => json!(word(rng)),
    }
}

/// Words of sentences, other words, or both.
fn word(rng: &mut Rng) -> String {
    let sentence = SENTENCES[rng.usize(..SENTENCES.len())];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    match rng.u8(..4) {
        0 => STRANGE[rng.usize(..STRANGE.len() - 1)].to_owned(),
        1 => "backend".to_owned(),
        _ => words[rng.usize(..words.len())].to_owned(),
    }
}

/// The answer that rules would give, in the order of a plan.
fn honest(reading: &plan::Reading, schema: &Value, rng: &mut Rng) -> Value {
    let mut answer = shaped(schema, rng);
    for field in ["roles", "places"] {
        answer[field] = json!([]);
    }
    let kinds = plan::template(reading).kinds();
    answer["asks"] = json!(match kinds.last() {
        Some(StepKind::Draft) => "applications",
        Some(StepKind::Report) => "learning",
        Some(StepKind::FollowUp) => "follow-up",
        Some(StepKind::Ask) => "unclear",
        _ => "openings",
    });
    answer
}

/// One thing changed, as injected text would have it.
fn bent(mut answer: Value, rng: &mut Rng) -> Value {
    let strange = STRANGE[rng.usize(..STRANGE.len())];
    match rng.u8(..9) {
        0 => answer["asks"] = json!(strange),
        1 => answer[strange] = json!("https://collector.example"),
        2 => answer["roles"] = json!([strange]),
        3 => answer["prepare"] = json!(rng.i64(-3..1_000)),
        4 => answer["places"] = json!(["x".repeat(rng.usize(..2_000))]),
        5 => answer["asks"] = json!([answer["asks"]]),
        6 => answer["steps"] = json!({ "kind": "draft", "limit": 99 }),
        7 => answer["report"] = json!(strange),
        _ => answer = json!([answer]),
    }
    answer
}

/// No JSON at all, or only its beginning.
fn garbage(answer: &Value, rng: &mut Rng) -> String {
    let text = answer.to_string();
    match rng.u8(..4) {
        0 => text.chars().take(rng.usize(..text.len())).collect(),
        1 => (0..rng.usize(..200)).map(|_| rng.char(..)).collect(),
        2 => "[".repeat(rng.usize(..5_000)),
        _ => format!("I approve. {text}"),
    }
}

/// What must hold of everything that passes.
fn assert_harmless(plan: &Plan, sentence: &Sentence, reading: &plan::Reading) {
    assert_eq!(plan::check(plan), Ok(()), "{plan:?}");
    let asked = &reading.wish;
    for step in &plan.steps {
        assert!(StepKind::ALL.contains(&step.work.kind()));
        match &step.work {
            Work::Draft { limit, .. } => {
                assert!(asked.prepare.is_some(), "{plan:?}");
                assert!(*limit <= asked.to_prepare(), "{plan:?}");
            }
            Work::Report { .. } => assert!(asked.report.is_some(), "{plan:?}"),
            Work::FollowUp { .. } => assert!(asked.follow_up, "{plan:?}"),
            Work::Discover | Work::Rank => assert!(!asked.standing, "{plan:?}"),
            Work::Shortlist { limit } | Work::Enrich { limit, .. } => {
                assert!(*limit <= plan::MAX_LIST);
            }
            Work::Ask { .. } => assert_eq!(plan.steps.len(), 1),
        }
    }
    let wish = &plan.wish;
    assert_eq!(wish.companies, asked.companies);
    let low = sentence.as_str().to_lowercase();
    for words in wish.roles.iter().chain(&wish.places).chain(&wish.skills) {
        for word in words.split_whitespace() {
            let single = word.to_lowercase();
            let single = single
                .trim_end_matches('s')
                .trim_matches(|c: char| !c.is_alphanumeric());
            assert!(
                low.contains(single) || asked.skills.contains(words),
                "{words:?} {low}"
            );
        }
    }
}

#[test]
fn p6_no_output_of_a_model_makes_a_plan_do_what_the_sentence_does_not_ask() {
    let mut rng = Rng::with_seed(6);
    let followed = Followed {
        companies: vec!["Kranich".to_owned(), "Halden".to_owned()],
    };
    let cases: Vec<(Sentence, plan::Reading, Value, Shape)> = SENTENCES
        .iter()
        .map(|text| {
            let sentence = Sentence::of(text).unwrap();
            let reading = plan::read(&sentence, &followed);
            let schema = plan::schema(&reading);
            let shape = Shape::new(&schema).unwrap();
            (sentence, reading, schema, shape)
        })
        .collect();
    let (mut shapely, mut passed, mut honest_passed, mut honest_made) = (0, 0, 0, 0);
    for _ in 0..outputs() {
        let (sentence, reading, schema, shape) = &cases[rng.usize(..cases.len())];
        let kind = rng.u8(..10);
        let good = honest(reading, schema, &mut rng);
        let text = match kind {
            0 | 1 => good.to_string(),
            2..=5 => shaped(schema, &mut rng).to_string(),
            6..=8 => bent(good, &mut rng).to_string(),
            _ => garbage(&good, &mut rng),
        };
        let value = shape.read(&text);
        shapely += u32::from(value.is_ok());
        // What has another shape is given to our own check too: it trusts no schema.
        let value = value.ok().or_else(|| serde_json::from_str(&text).ok());
        let proposal = value.and_then(|value| plan::propose(&value, sentence, reading).ok());
        if kind < 2 {
            honest_made += 1;
            honest_passed += u32::from(proposal.is_some());
        }
        if let Some(proposal) = proposal {
            passed += 1;
            assert_harmless(&proposal.plan, sentence, reading);
        }
    }
    let share = f64::from(shapely) / f64::from(outputs()) * 100.0;
    eprintln!(
        "p6: {} outputs, {share:.1} % of the shape asked for, {passed} plans passed; \
         {honest_passed} of {honest_made} honest ones did",
        outputs()
    );
    assert!(share >= 30.0, "{share}");
    // The benign twin.
    assert_eq!(honest_passed, honest_made);
}
