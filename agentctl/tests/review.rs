//! The review as a person has it: the program on a terminal, and a daemon's
//! socket served by the test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod parts;

use agent_approval::{Manifest, SignedApproval};

use parts::fake::{Served, manifest};
use parts::run;
use parts::terminal::Terminal;

fn digits(manifest: &Manifest) -> String {
    manifest.digest().unwrap().short()
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[test]
fn p1_only_the_digits_of_what_was_shown_sign_and_once() {
    let first = manifest(1, "the first");
    let second = manifest(2, "the second");
    let served = Served::new(vec![first.clone(), second.clone()]);
    let mut terminal = Terminal::open(served.home.root(), &["review"]);
    terminal.wait_for("PRACTICE");
    terminal.wait_for("Application 1 of 2");
    terminal.wait_for("MODEL WROTE THIS");
    terminal.wait_for("> ");
    for wrong in ["y", "yes", "", "000000", &digits(&second), "approve"] {
        terminal.type_line(wrong);
        terminal.wait_for("Nothing was signed");
        terminal.wait_for("> ");
    }
    assert!(served.state.lock().unwrap().approved.is_empty());

    terminal.type_line(&digits(&first));
    terminal.wait_for("SENT. The portal confirmed it.");
    terminal.wait_for("REF-20817");
    terminal.wait_for("Application 2 of 2");
    terminal.wait_for("> ");
    terminal.type_line("s");
    assert_eq!(terminal.end(), 0);

    let state = served.state.lock().unwrap();
    let [approved] = state.approved.as_slice() else {
        panic!("{}", state.approved.len());
    };
    assert_eq!(approved.id, first.application);
    let signed = SignedApproval {
        bytes: approved.approval.clone(),
        signature: approved.signature.as_slice().try_into().unwrap(),
    };
    let approval = signed
        .verify(&served.key.public(), first.digest().unwrap(), now())
        .unwrap();
    assert_eq!(approval.valid_until - approval.signed_at, 4 * 3600);
}

#[test]
fn p1_what_was_typed_before_the_review_was_shown_signs_nothing() {
    let only = manifest(1, "the first");
    let served = Served::new(vec![only.clone()]);
    served.gate.forget_permits(usize::MAX);

    let mut terminal = Terminal::open(served.home.root(), &["review"]);
    terminal.type_line(&digits(&only));
    // The terminal echoes it, so it has arrived before anything was shown.
    terminal.wait_for(&digits(&only));
    served.gate.add_permits(1);
    terminal.wait_for("> ");
    terminal.type_line("y");
    terminal.wait_for("Nothing was signed");
    assert!(served.state.lock().unwrap().approved.is_empty());
    terminal.wait_for("> ");
    terminal.type_line(&digits(&only));
    terminal.wait_for("SENT.");
    assert_eq!(terminal.end(), 0);
    assert_eq!(served.state.lock().unwrap().approved.len(), 1);
}

#[test]
fn p1_after_an_edit_the_old_digits_sign_nothing() {
    let before = manifest(1, "as it was");
    let served = Served::new(vec![before.clone()]);
    let mut terminal = Terminal::open(served.home.root(), &["review", "--valid", "30m"]);
    terminal.wait_for("> ");
    terminal.type_line("e 9");
    terminal.wait_for("no answer with this number");
    terminal.wait_for("> ");
    terminal.type_line("e 1");
    terminal.wait_for("new answer");
    terminal.type_line("as it is");
    terminal.wait_for("keep for other forms? [Y/n] ");
    terminal.type_line("n");
    terminal.wait_for("┃ as it is");
    terminal.wait_for("> ");
    terminal.type_line(&digits(&before));
    terminal.wait_for("Nothing was signed");
    terminal.wait_for("> ");
    let after = served.state.lock().unwrap().waiting[0].clone();
    assert_ne!(digits(&before), digits(&after));
    terminal.type_line(&digits(&after));
    terminal.wait_for("SENT.");
    assert_eq!(terminal.end(), 0);

    let state = served.state.lock().unwrap();
    assert_eq!(state.approved.len(), 1);
    let edit = &state.edited[0].edits[0];
    assert_eq!((edit.field, edit.keep), (0, false));
}

#[test]
fn a_discard_asks_for_a_reason_and_can_be_taken_back() {
    let served = Served::new(vec![manifest(1, "the first")]);
    let mut terminal = Terminal::open(served.home.root(), &["approve"]);
    terminal.wait_for("> ");
    terminal.type_line("d");
    terminal.wait_for("keeps it: ");
    terminal.end_input();
    terminal.wait_for("> ");
    assert!(served.state.lock().unwrap().discarded.is_empty());
    terminal.type_line("d");
    terminal.wait_for("keeps it: ");
    terminal.type_line("too far away");
    terminal.wait_for("It is not sent.");
    assert_eq!(terminal.end(), 0);
    let state = served.state.lock().unwrap();
    assert_eq!(state.discarded[0].reason, "too far away");
    assert!(state.approved.is_empty());
}

#[test]
fn p1_without_a_terminal_one_can_look_and_not_sign() {
    let only = manifest(1, "the first");
    let served = Served::new(vec![only.clone()]);
    let home = served.home.root();
    for args in [["review"].as_slice(), &["approve"], &["review", "0101"]] {
        let (code, stdout, stderr) = run(home, args);
        assert_eq!((code, stdout.as_str()), (1, ""), "{args:?}");
        assert!(stderr.contains("needs a terminal"), "{stderr}");
    }
    let (code, stdout, _) = run(home, &["review", "--list"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("Engineer 1"), "{stdout}");
    let (code, stdout, _) = run(home, &["review", "--show", "1"]);
    assert!(code == 0 && stdout.contains("┃ the first"), "{stdout}");
    let (code, stdout, _) = run(home, &["--json", "review", "--show", "1"]);
    let shown: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(code, 0);
    assert_eq!(shown["digest"], only.digest().unwrap().to_string());
    assert_eq!(shown["manifest"]["employer"], "Kranich");
    for wrong in ["--yes", "--all", "--approve"] {
        assert_eq!(run(home, &["review", wrong]).0, 2, "{wrong}");
    }
    assert_eq!(run(home, &["review", "--valid", "25h"]).0, 2);
    assert!(served.state.lock().unwrap().approved.is_empty());
}

#[test]
fn p1_a_sealed_key_asks_for_its_passphrase_before_it_signs() {
    let only = manifest(1, "the first");
    let served = Served::new(vec![only.clone()]);
    let home = served.home.root();
    let file = home.join("passphrase");
    std::fs::write(&file, "correct horse battery\n").unwrap();
    let file = file.to_str().unwrap();
    let args = ["key", "passphrase", "--new-passphrase-file", file];
    assert_eq!(run(home, &args).0, 0);

    let mut terminal = Terminal::open(home, &["review"]);
    terminal.wait_for("> ");
    terminal.type_line(&digits(&only));
    terminal.wait_for("Passphrase of your approval key:");
    terminal.type_line("something else");
    terminal.wait_for("does not open the key");
    terminal.wait_for("Passphrase of your approval key:");
    assert!(served.state.lock().unwrap().approved.is_empty());
    terminal.type_line("correct horse battery");
    terminal.wait_for("SENT.");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.seen.contains("horse"), "it is not shown");
    assert_eq!(served.state.lock().unwrap().approved.len(), 1);
}
