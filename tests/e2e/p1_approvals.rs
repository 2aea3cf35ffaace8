//! P1: nothing but the person's own signature, over exactly what waits, sends
//! an application, and it sends one.

use agent_api::reason;
use agent_approval::{Approval, Lifetime, ManifestDigest, Purpose, SecretKey, SignedApproval};
use practice::Shape;

use crate::harness::forms::{Forms, reason_of};

/// What is signed, changed in one way.
struct Forgery {
    what: &'static str,
    signed: SignedApproval,
}

/// A signature by `key` over a digest, from `from` to `to` seconds from now.
fn between(key: &SecretKey, manifest: ManifestDigest, from: i64, to: i64) -> SignedApproval {
    let now = jiff::Timestamp::now().as_second();
    let approval = Approval {
        purpose: Purpose::Submit,
        manifest,
        signed_at: now + from,
        valid_until: now + to,
        key: key.public().id(),
    };
    SignedApproval::sign(key, &approval).unwrap()
}

/// An honest approval of `digest` with some of its bytes changed.
fn altered(honest: &SignedApproval, from: &str, to: &str) -> SignedApproval {
    let text = String::from_utf8(honest.bytes.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    SignedApproval {
        bytes: text.replace(from, to).into_bytes(),
        ..honest.clone()
    }
}

fn forgeries(key: &SecretKey, digest: ManifestDigest, other: ManifestDigest) -> Vec<Forgery> {
    let life = i64::from(Lifetime::DEFAULT.seconds());
    let least = i64::from(Lifetime::LEAST.seconds());
    let most = i64::from(Lifetime::MOST.seconds());
    let stranger = SecretKey::from_random(&[7; 32]);
    let honest = between(key, digest, 0, life);
    let claims_ours = altered(
        &between(&stranger, digest, 0, life),
        &stranger.public().id().to_string(),
        &key.public().id().to_string(),
    );
    let mut all = vec![
        ("another application's", between(key, other, 0, life)),
        (
            "a digest of nothing",
            between(key, ManifestDigest::of(b""), 0, life),
        ),
        ("another key", between(&stranger, digest, 0, life)),
        ("another key under our name", claims_ours),
        ("expired", between(key, digest, -life - 1, -1)),
        ("expired this second", between(key, digest, -life, 0)),
        ("of the future", between(key, digest, 600, 600 + life)),
        ("too short a life", between(key, digest, 0, least - 1)),
        ("too long a life", between(key, digest, 0, most + 1)),
        (
            "an end before its beginning",
            between(key, digest, 0, -life),
        ),
        ("for another purpose", altered(&honest, "submit", "review")),
        ("spaces", altered(&honest, ",", ", ")),
        (
            "another digest",
            altered(&honest, &digest.to_string(), &other.to_string()),
        ),
        (
            "no bytes",
            SignedApproval {
                bytes: Vec::new(),
                ..honest.clone()
            },
        ),
        (
            "the manifest's own bytes",
            SignedApproval {
                bytes: vec![b'{'; 4096],
                ..honest.clone()
            },
        ),
        (
            "a signature of zeros",
            SignedApproval {
                signature: [0; 64],
                ..honest.clone()
            },
        ),
    ];
    for bit in [0, 255, 256, 511] {
        let mut flipped = honest.clone();
        flipped.signature[bit / 8] ^= 1 << (bit % 8);
        all.push(("one bit of the signature", flipped));
    }
    for at in [0, honest.bytes.len() / 2, honest.bytes.len() - 1] {
        let mut flipped = honest.clone();
        flipped.bytes[at] ^= 1;
        all.push(("one bit of the approval", flipped));
    }
    all.into_iter()
        .map(|(what, signed)| Forgery { what, signed })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_no_approval_but_the_persons_own_and_in_time_sends_and_it_sends_once() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let (first, second) = (
        forms.opening(Shape::GreenhouseClassic, ""),
        forms.opening(Shape::Lever, ""),
    );
    let (id, other) = (forms.prepared(&first), forms.prepared(&second));
    let digest = ManifestDigest::of(&home.manifest(&id));
    let other_digest = ManifestDigest::of(&home.manifest(&other));

    for Forgery { what, signed } in forgeries(&home.key(), digest, other_digest) {
        let refused = reason_of(home.hand_over(&id, &signed));
        assert_eq!(refused, reason::APPROVAL_REFUSED, "{what}");
    }
    for length in [0, 1, 63, 65, 128] {
        let refused = reason_of(home.hand_over_raw(&id, home.sign(&id).bytes, vec![1; length]));
        assert_eq!(
            refused,
            reason::APPROVAL_REFUSED,
            "a signature of {length} bytes"
        );
    }
    assert_eq!(home.stage(&id), "awaiting-approval");
    assert_eq!(
        ManifestDigest::of(&home.manifest(&id)),
        digest,
        "the same waits"
    );
    assert_eq!(forms.posts(), 0);

    // One that runs out while the form is read again: taken, and not used.
    let least = i64::from(Lifetime::LEAST.seconds());
    let late = loop {
        let late = between(&home.key(), digest, 2 - least, 2);
        // On a busy machine it may run out on its way already; then another is tried.
        match home.hand_over(&id, &late) {
            Ok(_) => break late,
            refused => assert_eq!(reason_of(refused), reason::APPROVAL_REFUSED),
        }
    };
    home.wait_stage(&id, &["awaiting-approval"]);
    assert_eq!(forms.posts(), 0);

    // The twin, which then cannot be used again: not here, not elsewhere.
    let honest = home.sign(&id);
    home.hand_over(&id, &honest).unwrap();
    let row = home.follow_work(&id, |_| {}).unwrap();
    assert_eq!(row.stage, "submitted", "{row:?}\n{}", home.stderr());
    assert_eq!(forms.arrivals(&first).len(), 1);
    for spent in [&honest, &late] {
        let replayed = reason_of(home.hand_over(&id, spent));
        assert_eq!(replayed, reason::WRONG_STAGE);
        let elsewhere = reason_of(home.hand_over(&other, spent));
        assert_eq!(elsewhere, reason::APPROVAL_REFUSED);
    }
    assert_eq!(forms.posts(), 1);
    forms.sent_once(&other, &second);
    let verified = home.json(&["applications", "verify"]);
    assert_eq!(verified["valid"], 2, "{verified}");
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_no_command_key_or_rpc_approves_but_a_signature() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let opening = forms.opening(Shape::GreenhouseClassic, "");
    let id = forms.prepared(&opening);
    let digest = ManifestDigest::of(&home.manifest(&id));
    let digits = digest.to_string()[..6].to_owned();

    // Signing needs a terminal; digits that come through a pipe sign nothing.
    for args in [
        vec!["review"],
        vec!["review", &id],
        vec!["approve"],
        vec!["approve", &id],
    ] {
        let said = home.refused(&args, 1);
        assert!(said.contains("terminal"), "{args:?}: {said}");
        let said = piped(home, &args, &format!("{digits}\ny\n"));
        assert!(said.contains("terminal"), "{args:?}: {said}");
    }
    for args in [vec!["review", "--list"], vec!["review", "--show", &id]] {
        assert!(
            !piped(home, &args, &format!("{digits}\n")).contains("error"),
            "{args:?}"
        );
    }
    // Nothing on the command line stands for a signature.
    for flag in [
        "--yes",
        "-y",
        "--all",
        "--force",
        "--approve",
        "--auto",
        "--sign",
    ] {
        for verb in ["review", "approve", "prepare"] {
            assert_eq!(
                home.ctl(&[verb, &id, flag]).status.code(),
                Some(2),
                "{verb} {flag}"
            );
        }
    }
    // Nor does anything in the configuration or the person's wishes.
    for key in ["auto-approve", "auto-submit", "approve", "review", "submit"] {
        home.refused(&["prefs", "set", key, "yes"], 1);
        let file = home.path().join("draft.toml");
        std::fs::write(&file, format!("[applications]\n\"{key}\" = true\n")).unwrap();
        home.refused(&["config", "check", file.to_str().unwrap()], 1);
    }
    // Nor what else can be asked of the daemon about it.
    home.refused(&["applications", "settle", &id, "--sent"], 1);
    home.prepare(&id);
    home.follow_work(&id, |_| {}).unwrap();
    assert_eq!(home.stage(&id), "awaiting-approval");
    assert_eq!(
        ManifestDigest::of(&home.manifest(&id)),
        digest,
        "the same waits"
    );
    assert_eq!(forms.posts(), 0);
    forms.sent_once(&id, &opening);
}

/// Runs `agentctl` with something on its standard input; gives what it said.
fn piped(home: &crate::harness::Home, args: &[&str], typed: &str) -> String {
    use std::{io::Write as _, process::Stdio};
    let mut child = home
        .agentctl()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}
