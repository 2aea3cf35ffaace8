//! Plans of a model that obeys whatever it reads: what passes is a plan of the
//! vocabulary, within its budgets, that rests on the sentence.

use agent_core::plan::{self, Followed, Plan, Sentence, StepKind, Work};
use agent_models::Shape;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::tests::obedient::{Count, STRANGE, answer, shaped};

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

/// Words of sentences, or other words.
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
    let mut answer = shaped(schema, rng, &word);
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
    let mut count = Count::default();
    for _ in 0..Count::of(5_000) {
        let (sentence, reading, schema, shape) = &cases[rng.usize(..cases.len())];
        let honest = |rng: &mut Rng| honest(reading, schema, rng);
        let (text, kind) = answer(&mut rng, schema, honest, &word);
        let plan = count.tried((&text, kind), shape, |value| {
            let proposal = plan::propose(value, sentence, reading).ok()?;
            Some(proposal.plan)
        });
        if let Some(plan) = plan {
            assert_harmless(&plan, sentence, reading);
        }
    }
    count.ended("plans");
}
