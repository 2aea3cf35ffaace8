//! Answers good, bad and hostile.

use serde_json::json;

use super::*;

fn shape() -> Shape {
    let schema = json!({
        "type": "object",
        "properties": {
            "kind": {"enum": ["must", "nice"]},
            "n": {"type": "integer", "maximum": 100},
            "words": {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 5}},
        },
        "required": ["kind"],
        "additionalProperties": false,
    });
    Shape::new(&schema).unwrap()
}

fn answer(text: &str) -> ChatAnswer {
    ChatAnswer {
        text: text.to_owned(),
        tokens_in: 1,
        tokens_out: 1,
        cut: false,
    }
}

fn prompt() -> Rendered {
    Rendered {
        system: "Do.".to_owned(),
        user: "What?".to_owned(),
        answer_tokens: 40,
    }
}

#[test]
fn an_answer_of_the_shape_is_read_and_any_other_is_told_without_its_words() {
    let check = |text: &str, expected: &str| match shape().read(text) {
        Ok(value) => assert_eq!(
            (value["kind"].as_str().is_some(), expected),
            (true, ""),
            "{text}"
        ),
        Err(why) => {
            assert!(
                !expected.is_empty() && why.contains(expected),
                "{expected}: {why}"
            );
            assert!(
                !why.contains("secret") && why.chars().count() <= REASON,
                "{why}"
            );
            assert!(!why.contains('\n') && !why.contains('\u{1b}'), "{why:?}");
        }
    };
    check("{\"kind\": \"must\"}", "");
    check(" ```json\n{\"kind\": \"nice\", \"n\": 3}\n``` ", "");
    check("{\"kind\": \"nice\", \"kind\": \"must\"}", "");
    check("{\"kind\": \"secret\"}", "at /kind");
    check("{\"kind\": \"must\", \"n\": 1e400}", "not JSON");
    check("{\"kind\": \"must\", \"n\": 1e300}", "at /n");
    check("{\"kind\": \"must\", \"n\": NaN}", "not JSON");
    check(
        "{\"kind\": \"must\", \"submit\": \"secret\"}",
        "Additional properties",
    );
    check(
        "{\"kind\": \"must\", \"words\": [\"secret words\"]}",
        "at /words/0",
    );
    check(
        "{\"kind\": \"must\", \"words\": [\"\", \"\", \"\", \"\"]}",
        "at /words",
    );
    check(
        &format!("{{\"kind\": \"{}\"}}", "secret".repeat(200_000)),
        "at /kind",
    );
    check(&"[".repeat(100_000), "not JSON");
    check(&"{\"a\":".repeat(100_000), "not JSON");
    check("", "not JSON");
    check("```", "not JSON");
    check("\u{1b}[31m secret", "not JSON");
}

#[test]
fn a_model_is_asked_again_twice_with_what_was_wrong_and_then_given_up() {
    let (prompt, shape) = (prompt(), shape());
    let mut dialogue = Dialogue::new(&prompt, &shape);
    assert_eq!(dialogue.user(), "What?");
    let (step, outcome) = dialogue.take(&answer("{}"), |_| Ok(()));
    assert_eq!(step, Step::Again);
    assert!(matches!(outcome, Outcome::Invalid(_)), "{outcome:?}");
    assert!(dialogue.user().starts_with("What?") && dialogue.user().contains("kind"));
    let refuse = |_: &Value| Err("the quote is not in the text".to_owned());
    let (step, outcome) = dialogue.take(&answer("{\"kind\": \"must\"}"), refuse);
    assert_eq!(step, Step::Again);
    assert_eq!(
        outcome,
        Outcome::Refused("the quote is not in the text".to_owned())
    );
    assert!(dialogue.user().contains("not in the text") && !dialogue.user().contains("/kind"));
    let (step, _) = dialogue.take(&answer("no"), |_| Ok(()));
    assert_eq!(step, Step::GiveUp);

    let mut dialogue = Dialogue::new(&prompt, &shape);
    let (step, outcome) = dialogue.take(&answer("{\"kind\": \"must\"}"), |_| Ok(()));
    assert_eq!(
        (step, outcome),
        (Step::Use(json!({"kind": "must"})), Outcome::Ok)
    );
}

#[test]
fn a_cut_answer_gets_more_room_once_and_counts_as_no_repair() {
    let (prompt, shape) = (prompt(), shape());
    let mut dialogue = Dialogue::new(&prompt, &shape);
    let cut = ChatAnswer {
        cut: true,
        ..answer("{\"kind\": \"mu")
    };
    assert_eq!(dialogue.take(&cut, |_| Ok(())), (Step::Again, Outcome::Cut));
    assert_eq!((dialogue.room(), dialogue.repairs()), (80, 0));
    assert_eq!(
        dialogue.take(&cut, |_| Ok(())),
        (Step::GiveUp, Outcome::Cut)
    );
    // Whole by chance: it is used.
    let whole = ChatAnswer {
        cut: true,
        ..answer("{\"kind\": \"must\"}")
    };
    let (step, _) = Dialogue::new(&prompt, &shape).take(&whole, |_| Ok(()));
    assert!(matches!(step, Step::Use(_)));
}

#[test]
fn whatever_a_model_writes_ends_in_a_step_and_no_panic() {
    let mut random = fastrand::Rng::with_seed(7);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        "\"kind\"",
        ":",
        ",",
        "\"must\"",
        "\"n\"",
        "1e9",
        "-0",
        "\\u0000",
        "null",
        "```",
        "\"",
        "\u{202e}",
        "𝔘",
        " ",
        "{\"kind\": \"nice\"}",
    ];
    let (prompt, shape) = (prompt(), shape());
    let mut used = 0;
    for _ in 0..5_000 {
        let mut dialogue = Dialogue::new(&prompt, &shape);
        loop {
            let count = random.usize(0..8);
            let text: String = (0..count)
                .map(|_| pieces[random.usize(..pieces.len())])
                .collect();
            let given = ChatAnswer {
                cut: random.bool(),
                ..answer(&text)
            };
            match dialogue.take(&given, |_| Ok(())).0 {
                Step::Again => {}
                Step::GiveUp => break,
                Step::Use(value) => {
                    used += 1;
                    assert!(shape.check(&value).is_ok());
                    break;
                }
            }
        }
    }
    assert!(used > 50, "{used}");
}
