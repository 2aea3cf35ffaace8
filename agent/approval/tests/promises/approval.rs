//! Each reason to refuse an approval, and beside it one that holds.

use agent_approval::*;
use serde_json::{Value, json};

use crate::{random::Random, sample};

const NOW: i64 = 1_800_000_000;

fn key(seed: u8) -> SecretKey {
    SecretKey::from_random(&[seed; 32])
}

fn approval(key: &SecretKey) -> Approval {
    Approval {
        purpose: Purpose::Submit,
        manifest: sample::manifest().digest().unwrap(),
        signed_at: NOW,
        valid_until: NOW + i64::from(Lifetime::DEFAULT.seconds()),
        key: key.public().id(),
    }
}

/// Verifies against the sample's manifest with the first key, `after` seconds later.
fn check(signed: &SignedApproval, after: i64) -> Result<Approval, ApprovalError> {
    let manifest = sample::manifest().digest().unwrap();
    signed.verify(&key(1).public(), manifest, NOW + after)
}

fn sign(edit: impl FnOnce(&mut Approval)) -> SignedApproval {
    let mut approval = approval(&key(1));
    edit(&mut approval);
    SignedApproval::sign(&key(1), &approval).unwrap()
}

#[test]
fn p1_what_was_signed_is_accepted_and_nothing_else() {
    let good = sign(|_| {});
    assert_eq!(check(&good, 0), Ok(approval(&key(1))));
    let another = key(2);
    let by_another = SignedApproval::sign(&another, &approval(&another)).unwrap();
    let found = another.public().id();
    let expected = key(1).public().id();
    assert_eq!(
        check(&by_another, 0),
        Err(ApprovalError::OtherKey { expected, found })
    );
    assert!(
        by_another
            .verify(&another.public(), approval(&key(1)).manifest, NOW)
            .is_ok()
    );

    // Another key that claims to be the accepted one.
    let forged = SignedApproval {
        bytes: good.bytes.clone(),
        signature: by_another.signature,
    };
    assert_eq!(check(&forged, 0), Err(ApprovalError::WrongSignature));
    let unsigned = SignedApproval {
        bytes: good.bytes,
        signature: [0; 64],
    };
    assert_eq!(check(&unsigned, 0), Err(ApprovalError::WrongSignature));
}

#[test]
fn p1_an_approval_of_another_application_is_refused() {
    let mut other = sample::manifest();
    other.application = "ffffffffffffffffffffffffffffffff".into();
    let mut replayed = sample::manifest();
    replayed.nonce = Nonce::from_bytes([8; 16]);
    for other in [other, replayed] {
        let found = other.digest().unwrap();
        let signed = sign(|approval| approval.manifest = found);
        let expected = sample::manifest().digest().unwrap();
        assert_eq!(
            check(&signed, 0),
            Err(ApprovalError::OtherManifest { expected, found })
        );
        assert!(signed.verify(&key(1).public(), found, NOW).is_ok());
    }
}

#[test]
fn p1_an_approval_holds_for_its_time_only() {
    let four_hours = i64::from(Lifetime::DEFAULT.seconds());
    let good = sign(|_| {});
    for after in [0, 1, four_hours - 1, -120] {
        assert!(check(&good, after).is_ok(), "{after} s after");
    }
    for (after, ago) in [
        (four_hours, 0),
        (four_hours + 1, 1),
        (i64::MAX - NOW, i64::MAX - NOW - four_hours),
    ] {
        assert_eq!(
            check(&good, after),
            Err(ApprovalError::Expired { ago }),
            "{after} s after"
        );
    }
    assert_eq!(
        check(&good, -121),
        Err(ApprovalError::NotYetValid { ahead: 121 })
    );
    for seconds in [15 * 60, 24 * 3600] {
        assert!(
            check(&sign(|approval| approval.valid_until = NOW + seconds), 0).is_ok(),
            "{seconds}"
        );
    }
    for seconds in [
        -1,
        0,
        15 * 60 - 1,
        24 * 3600 + 1,
        1 << 32,
        i64::MAX - NOW,
        i64::MIN + NOW,
    ] {
        let signed = sign(|approval| approval.valid_until = NOW + seconds);
        let refused = ApprovalError::Lifetime {
            seconds: seconds.into(),
        };
        assert_eq!(check(&signed, 0), Err(refused));
    }
    let extreme =
        sign(|approval| (approval.signed_at, approval.valid_until) = (i64::MIN, i64::MAX));
    assert!(matches!(
        check(&extreme, 0),
        Err(ApprovalError::Lifetime { .. })
    ));
}

/// The signature of the first key over bytes no program of ours would sign:
/// made by signing as a rotation does, so that the domain differs too.
#[test]
fn p1_a_signature_made_for_something_else_is_refused() {
    let rotation = SignedRotation::sign(&key(1), key(2).public(), NOW).unwrap();
    let moved = SignedApproval {
        bytes: sign(|_| {}).bytes,
        signature: rotation.signature,
    };
    assert_eq!(check(&moved, 0), Err(ApprovalError::WrongSignature));
    let as_approval = SignedApproval {
        bytes: rotation.bytes,
        signature: rotation.signature,
    };
    assert!(matches!(
        check(&as_approval, 0),
        Err(ApprovalError::Malformed { .. })
    ));
    assert!(check(&sign(|_| {}), 0).is_ok());
}

#[test]
fn signing_for_another_key_is_refused() {
    let refused = SignedApproval::sign(&key(2), &approval(&key(1)));
    assert!(matches!(refused, Err(ApprovalError::OtherKey { .. })));
    assert!(SignedApproval::sign(&key(1), &approval(&key(1))).is_ok());
}

#[test]
fn p1_every_flipped_bit_of_a_signed_approval_is_refused() {
    let good = sign(|_| {});
    assert!(check(&good, 0).is_ok());
    for bit in 0..8 * good.bytes.len() {
        let mut flipped = good.clone();
        flipped.bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(check(&flipped, 0).is_err(), "bit {bit} of the bytes");
    }
    for bit in 0..8 * good.signature.len() {
        let mut flipped = good.clone();
        flipped.signature[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            check(&flipped, 0),
            Err(ApprovalError::WrongSignature),
            "bit {bit} of the signature"
        );
    }
}

#[test]
fn p1_every_member_of_an_approval_is_signed() {
    let good = sign(|_| {});
    let whole: Value = serde_json::from_slice(&good.bytes).unwrap();
    let members = whole.as_object().unwrap();
    assert_eq!(
        members.len(),
        5,
        "a new member needs a case here: {members:?}"
    );
    for (name, value) in members {
        let other = match value {
            Value::Number(number) => json!(number.as_i64().unwrap() + 1),
            Value::String(text) if text == "submit" => json!("withdraw"),
            Value::String(text) => json!(text.chars().rev().collect::<String>()),
            other => panic!("{name} is {other}"),
        };
        let member = format!("\"{name}\":");
        let text = String::from_utf8(good.bytes.clone()).unwrap();
        let bytes = text.replacen(&format!("{member}{value}"), &format!("{member}{other}"), 1);
        assert_ne!(bytes, text, "{name}");
        let edited = SignedApproval {
            bytes: bytes.into(),
            signature: good.signature,
        };
        assert!(check(&edited, 0).is_err(), "{name}");
        let cut = text.replacen(&format!("{member}{value}"), "\"x\":0", 1);
        let cut = SignedApproval {
            bytes: cut.into(),
            signature: good.signature,
        };
        assert!(
            matches!(check(&cut, 0), Err(ApprovalError::Malformed { .. })),
            "{name}"
        );
    }
    assert!(check(&good, 0).is_ok());
}

#[test]
fn hostile_bytes_are_refused_without_a_panic() {
    let good = sign(|_| {});
    let mut random = Random(3);
    for _ in 0..10_000 {
        let mut bytes = good.bytes.clone();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes[at] = random.next().to_le_bytes()[0],
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, random.next().to_le_bytes()[0]),
                _ => bytes.extend_from_within(at..),
            }
        }
        let edited = SignedApproval {
            bytes,
            signature: good.signature,
        };
        assert_eq!(check(&edited, 0).is_ok(), edited == good);
    }
    let huge = SignedApproval {
        bytes: vec![b'['; 1 << 20],
        signature: [1; 64],
    };
    assert!(matches!(
        check(&huge, 0),
        Err(ApprovalError::Malformed { .. })
    ));
}

/// The first key's signature over bytes this crate would not sign.
fn sign_bytes(bytes: &str) -> SignedApproval {
    use ed25519_dalek::Signer as _;
    let signed = [b"jobagent approval 1\0", bytes.as_bytes()].concat();
    let signature = ed25519_dalek::SigningKey::from_bytes(&[1; 32]).sign(&signed);
    SignedApproval {
        bytes: bytes.into(),
        signature: signature.to_bytes(),
    }
}

#[test]
fn p1_a_good_signature_over_another_purpose_or_another_encoding_is_refused() {
    let text = String::from_utf8(sign(|_| {}).bytes).unwrap();
    assert_eq!(
        sign_bytes(&text),
        sign(|_| {}),
        "the test signs as the crate does"
    );
    let other = ApprovalError::OtherPurpose {
        found: "withdraw".into(),
    };
    let withdraw = sign_bytes(&text.replace("\"submit\"", "\"withdraw\""));
    assert_eq!(check(&withdraw, 0), Err(other));
    let digest = sample::manifest().digest().unwrap().to_string();
    let spellings = [
        format!("{text} "),
        text.replace("\":", "\": "),
        text.replace(&digest, &digest.to_uppercase()),
        text.replace("submit", "sub\\u006dit"),
    ];
    for other in spellings {
        let refused = check(&sign_bytes(&other), 0);
        assert_eq!(refused, Err(ApprovalError::NotCanonical), "{other}");
    }
    let more = text.replacen('{', "{\"note\":1,", 1);
    assert!(matches!(
        check(&sign_bytes(&more), 0),
        Err(ApprovalError::Malformed { .. })
    ));
}
