//! The approval key as a person meets it, through the program.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod parts;

use agent_approval::{PublicKey, SecretKey};

use parts::fake::Served;
use parts::run;
use parts::terminal::Terminal;

#[test]
fn a_key_is_rotated_saved_and_never_overwritten() {
    let served = Served::new(Vec::new());
    let home = served.home.root();
    let present = || {
        let text = std::fs::read_to_string(served.home.secret_key_file()).unwrap();
        SecretKey::open(&text, None).unwrap().public()
    };
    let before = present();
    let (code, stdout, stderr) = run(home, &["key", "rotate"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stdout.contains("2 approvals went back to review"),
        "{stdout}"
    );
    assert_ne!(present(), before);
    let public = std::fs::read_to_string(served.home.public_key_file()).unwrap();
    assert_eq!(PublicKey::from_line(&public).unwrap(), present());
    assert_eq!(run(home, &["key", "rotate"]).0, 0, "and once more");
    let (_, stdout, _) = run(home, &["--json", "key", "show"]);
    let shown: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(shown["key_id"], present().id().to_string());
    assert_eq!(shown["daemon"]["rotations"], 2);
    assert!(!served.home.keys_dir().join("approval.key.old").exists());

    let backup = home.join("saved.key");
    let file = backup.to_str().unwrap();
    let (code, stdout, _) = run(home, &["key", "backup", "--plain", file]);
    assert!(code == 0 && stdout.contains("not sealed"), "{stdout}");
    let saved = std::fs::read_to_string(&backup).unwrap();
    assert_eq!(SecretKey::open(&saved, None).unwrap().public(), present());
    let (code, _, stderr) = run(home, &["key", "backup", "--plain", file]);
    assert!(code == 1 && stderr.contains("exists already"), "{stderr}");
    // Without a terminal there is nobody to ask for a passphrase.
    let other = home.join("other.key");
    assert_eq!(run(home, &["key", "backup", other.to_str().unwrap()]).0, 1);
    assert!(!other.exists());
}

#[test]
fn init_makes_the_key_once_and_never_in_the_place_of_a_lost_one() {
    let served = Served::new(Vec::new());
    let home = served.home.root();
    std::fs::remove_dir_all(served.home.keys_dir()).unwrap();
    let cv = home.join("cv.md");
    std::fs::write(&cv, "# Ada Example").unwrap();
    let init = ["init", cv.to_str().unwrap()];
    let (code, stdout, stderr) = run(home, &init);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("agentctl key backup FILE"), "{stdout}");
    let made = std::fs::read_to_string(served.home.secret_key_file()).unwrap();
    assert!(SecretKey::open(&made, None).is_ok());
    assert!(served.home.pinned_key_file().exists(), "the daemon saw it");

    let (_, stdout, _) = run(home, &["--json", "init", init[1]]);
    let again: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(again["key"], "kept");
    assert_eq!(again["name"], "Ada Example");
    let kept = std::fs::read_to_string(served.home.secret_key_file()).unwrap();
    assert_eq!(kept, made);

    std::fs::remove_file(served.home.secret_key_file()).unwrap();
    let (code, stdout, _) = run(home, &init);
    assert_eq!(code, 0);
    assert!(stdout.contains("is missing"), "{stdout}");
    assert!(!served.home.secret_key_file().exists());
}

#[test]
fn init_seals_the_key_when_asked_to() {
    let served = Served::new(Vec::new());
    let home = served.home.root();
    std::fs::remove_dir_all(served.home.keys_dir()).unwrap();
    let cv = home.join("cv.md");
    std::fs::write(&cv, "# Ada Example").unwrap();
    let mut terminal = Terminal::open(home, &["init", cv.to_str().unwrap(), "--passphrase"]);
    terminal.wait_for("New passphrase:");
    terminal.type_line("correct horse battery");
    terminal.wait_for("The same again:");
    terminal.type_line("correct horse battery");
    assert_eq!(terminal.end(), 0, "{}", terminal.seen);
    let made = std::fs::read_to_string(served.home.secret_key_file()).unwrap();
    assert!(SecretKey::is_sealed(&made).unwrap());
    assert!(SecretKey::open(&made, Some("correct horse battery")).is_ok());
}
