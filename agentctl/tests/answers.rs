//! Answering what a form asks, as a person has it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod parts;

use agent_api::v1::PendingQuestion;

use parts::fake::{Served, manifest};
use parts::run;
use parts::terminal::Terminal;

fn asked() -> Served {
    let served = Served::new(vec![manifest(1, "")]);
    let question = |number: u32, kind: &str, label: &str| PendingQuestion {
        number,
        label: label.to_owned(),
        kind: kind.to_owned(),
        required: true,
        keepable: true,
        ..PendingQuestion::default()
    };
    served.state.lock().unwrap().questions = vec![
        PendingQuestion {
            options: vec!["Yes".to_owned(), "No".to_owned()],
            ..question(1, "radio", "Do you need sponsorship?")
        },
        PendingQuestion {
            suggestion: "80,000 EUR".to_owned(),
            ..question(2, "text", "Salary expectation")
        },
        question(3, "long-text", "Why here?"),
        PendingQuestion {
            keepable: false,
            ..question(4, "checkbox", "I confirm that this is true")
        },
    ];
    served
}

#[test]
fn p3_each_question_is_asked_and_enter_alone_takes_no_suggestion() {
    let served = asked();
    let mut terminal = Terminal::open(served.home.root(), &["answer"]);
    terminal.wait_for("Do you need sponsorship?");
    terminal.wait_for("number of your choice: ");
    terminal.type_line("3");
    terminal.wait_for("none of the 2 choices");
    terminal.wait_for("number of your choice: ");
    terminal.type_line("2");
    terminal.wait_for("[Y/n] ");
    terminal.type_line("");
    terminal.wait_for("80,000 EUR");
    terminal.wait_for("answer: ");
    terminal.type_line("");
    terminal.wait_for("must be answered");
    terminal.wait_for("answer: ");
    terminal.type_line("=");
    terminal.wait_for("[Y/n] ");
    terminal.type_line("n");
    terminal.wait_for("a single . ends it");
    terminal.type_line("First line");
    terminal.type_line("");
    terminal.type_line("last line");
    terminal.type_line(".");
    terminal.wait_for("[Y/n] ");
    terminal.type_line("y");
    terminal.wait_for("yes or no: ");
    terminal.type_line("yes");
    terminal.wait_for("Nothing has been sent.");
    assert_eq!(terminal.end(), 0);

    let state = served.state.lock().unwrap();
    let given: Vec<_> = state.given[0]
        .answers
        .iter()
        .map(|answer| (answer.number, answer.values.join("+"), answer.keep))
        .collect();
    let expected = [
        (1, "No", true),
        (2, "80,000 EUR", false),
        (3, "First line\n\nlast line", true),
        (4, "yes", false),
    ];
    let expected = expected.map(|(number, value, keep)| (number, value.to_owned(), keep));
    assert_eq!(given, expected);
}

#[test]
fn questions_are_answered_from_a_script_too() {
    let served = asked();
    let home = served.home.root();
    let id = manifest(1, "").application;
    let (code, stdout, _) = run(home, &["--json", "answer", &id]);
    let pending: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(code, 0);
    assert_eq!(pending["questions"][1]["suggestion"], "80,000 EUR");
    let text = home.join("why.txt");
    std::fs::write(&text, "Because.\nReally.\n").unwrap();
    let file = format!("3={}", text.display());
    let (code, _, stderr) = run(
        home,
        &[
            "answer",
            &id,
            "--set",
            "1=no",
            "--set",
            "2=75k",
            "--set-file",
            &file,
            "--set",
            "4=yes",
            "--keep",
        ],
    );
    assert_eq!(code, 0, "{stderr}");
    let (code, _, stderr) = run(home, &["answer", &id, "--set", "1=maybe"]);
    assert_eq!(code, 2, "{stderr}");
    let state = served.state.lock().unwrap();
    assert_eq!(state.given.len(), 1);
    let answers = &state.given[0].answers;
    assert_eq!(answers[2].values, ["Because.\nReally."]);
    let kept: Vec<bool> = answers.iter().map(|answer| answer.keep).collect();
    assert_eq!(
        kept,
        [true, true, true, false],
        "the last one cannot be kept"
    );
}

#[test]
fn preparing_shows_each_step_and_says_that_nothing_was_sent() {
    let served = Served::new(vec![manifest(1, ""), manifest(2, "")]);
    let ids = [1, 2].map(|number| manifest(number, "").application);
    let home = served.home.root();
    let (code, stdout, stderr) = run(home, &["prepare", &ids[0], &ids[1]]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("working …"), "{stderr}");
    assert!(stdout.contains("Engineer 1") && stdout.contains("Engineer 2"));
    assert!(stdout.contains("Nothing has been sent."), "{stdout}");
    let (code, stdout, stderr) = run(home, &["prepare", &ids[0], "ffff"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stdout.contains("Engineer 1"), "the other one was prepared");
    let (_, stdout, _) = run(home, &["--json", "prepare", &ids[0]]);
    let last: serde_json::Value = serde_json::from_str(stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["done"]["stage"], "awaiting-approval");
}
