//! Keys in files: plain, sealed, damaged.

use agent_approval::{KeyError, PublicKey, SealBytes, SecretKey};

use crate::random::Random;

const RANDOM: SealBytes = SealBytes {
    salt: [3; 16],
    nonce: [4; 24],
};

fn key() -> SecretKey {
    SecretKey::from_random(&[5; 32])
}

/// What opening gives: the public half, or the refusal.
fn open(text: &str, passphrase: Option<&str>) -> Result<PublicKey, KeyError> {
    SecretKey::open(text, passphrase).map(|key| key.public())
}

#[test]
fn a_key_comes_back_from_its_file() {
    let plain = key().to_plain_file().unwrap();
    assert_eq!(open(&plain, None), Ok(key().public()));
    assert_eq!(open(&plain, Some("unneeded")), Ok(key().public()));
    assert_eq!(SecretKey::is_sealed(&plain), Ok(false));

    let sealed = key().to_sealed_file("correct horse", &RANDOM).unwrap();
    assert_eq!(open(&sealed, Some("correct horse")), Ok(key().public()));
    assert_eq!(
        open(&sealed, Some("Correct horse")),
        Err(KeyError::WrongPassphrase)
    );
    assert_eq!(open(&sealed, Some("")), Err(KeyError::WrongPassphrase));
    assert_eq!(open(&sealed, None), Err(KeyError::NeedsPassphrase));
    assert_eq!(SecretKey::is_sealed(&sealed), Ok(true));

    let other = SealBytes {
        salt: [9; 16],
        ..RANDOM
    };
    assert_ne!(
        *sealed,
        *key().to_sealed_file("correct horse", &other).unwrap()
    );
}

#[test]
fn the_secret_is_in_no_sealed_file_and_in_no_debug_text() {
    let bytes: [u8; 32] = Random(11).bytes();
    let key = SecretKey::from_random(&bytes);
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let base64 = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(bytes)
    };
    assert!(
        key.to_plain_file().unwrap().contains(&base64),
        "the test looks for the right text"
    );
    for text in [
        key.to_sealed_file("p", &RANDOM).unwrap().to_string(),
        format!("{key:?}"),
    ] {
        assert!(!text.contains(&base64) && !text.contains(&hex), "{text}");
    }
}

#[test]
fn a_damaged_file_is_not_taken_for_a_wrong_passphrase() {
    let plain = key().to_plain_file().unwrap();
    let sealed = key().to_sealed_file("p", &RANDOM).unwrap();
    let mut random = Random(4);
    for text in [&*plain, &*sealed] {
        assert!(open(text, Some("p")).is_ok());
        for _ in 0..400 {
            let mut bytes = text.trim_end().as_bytes().to_vec();
            let at = random.below(bytes.len());
            bytes[at] = bytes[at] % 95 + 32;
            let edited = String::from_utf8(bytes).unwrap();
            let refused = open(&edited, Some("p")).unwrap_err();
            let newer = matches!(refused, KeyError::NewerVersion { .. });
            assert!(
                newer || matches!(refused, KeyError::Damaged { .. }),
                "{edited}: {refused}"
            );
        }
        for end in 0..text.trim_end().len() {
            let cut = open(&text[..end], Some("p"));
            assert!(
                matches!(cut, Err(KeyError::Damaged { .. })),
                "{end}: {cut:?}"
            );
        }
    }
}

#[test]
fn a_later_version_says_so_whatever_else_it_holds() {
    let later = r#"{"jobagent-secret-key":2,"anything":[]}"#;
    assert_eq!(
        open(later, None),
        Err(KeyError::NewerVersion { found: 2, known: 1 })
    );
    let older = key().to_plain_file().unwrap().replacen(":1,", ":0,", 1);
    assert!(matches!(open(&older, None), Err(KeyError::Damaged { .. })));
}

#[test]
fn a_file_cannot_ask_for_all_the_memory() {
    let sealed = key().to_sealed_file("p", &RANDOM).unwrap();
    // The check is no secret: whoever writes a hostile file writes it too.
    let body = |text: &str| {
        let start = text.find("\"body\":").unwrap() + 7;
        text[start..text.find(",\"check\":").unwrap()].to_owned()
    };
    let before = body(&sealed);
    for (from, to) in [
        ("19456", "4000000000"),
        ("\"passes\":2", "\"passes\":4000000"),
        ("\"lanes\":1", "\"lanes\":64"),
    ] {
        let after = before.replacen(from, to, 1);
        assert_ne!(before, after);
        let hash = |body: &str| agent_approval::Sha256::of(body.as_bytes()).to_string();
        let hostile =
            sealed
                .replacen(&before, &after, 1)
                .replacen(&hash(&before), &hash(&after), 1);
        assert!(
            matches!(open(&hostile, Some("p")), Err(KeyError::Damaged { .. })),
            "{to}"
        );
    }
    // Within the limits the parameters are bound to the sealed bytes.
    let after = before.replacen("\"passes\":2", "\"passes\":1", 1);
    let hash = |body: &str| agent_approval::Sha256::of(body.as_bytes()).to_string();
    let cheaper = sealed
        .replacen(&before, &after, 1)
        .replacen(&hash(&before), &hash(&after), 1);
    assert_eq!(open(&cheaper, Some("p")), Err(KeyError::WrongPassphrase));
}

#[test]
fn a_public_key_is_one_line() {
    let public = key().public();
    let line = public.to_line();
    assert!(
        line.starts_with("jobagent-ed25519 ") && line.ends_with('\n'),
        "{line}"
    );
    for good in [
        line.clone(),
        line.trim_end().to_owned(),
        line.replace('\n', "\r\n"),
    ] {
        assert_eq!(PublicKey::from_line(&good), Ok(public), "{good:?}");
    }
    assert_eq!(public.to_string().parse(), Ok(public));
    let bad = [
        String::new(),
        public.to_string(),
        line.replacen("jobagent", "other", 1),
        line.replacen(' ', "  ", 1),
        format!("{line}{line}"),
        line[..line.len() - 2].to_owned(),
        // The neutral point: anything would be signed under it.
        format!("jobagent-ed25519 01{}", "0".repeat(62)),
    ];
    for bad in bad {
        assert!(
            matches!(PublicKey::from_line(&bad), Err(KeyError::Damaged { .. })),
            "{bad:?}"
        );
    }
}

#[test]
fn a_key_is_named_after_its_public_half() {
    let other = SecretKey::from_random(&[6; 32]);
    assert_eq!(key().public().id(), key().public().id());
    assert_ne!(key().public().id(), other.public().id());
}

#[test]
fn a_file_with_the_halves_of_two_keys_is_damaged() {
    let file = key().to_plain_file().unwrap();
    let other = SecretKey::from_random(&[6; 32]).public().to_string();
    let body = |text: &str| {
        let start = text.find("\"body\":").unwrap() + 7;
        text[start..text.find(",\"check\":").unwrap()].to_owned()
    };
    let hash = |text: &str| agent_approval::Sha256::of(body(text).as_bytes()).to_string();
    let mixed = file.replacen(&key().public().to_string(), &other, 1);
    assert!(
        file.contains(&hash(&file)),
        "the test computes the check as the crate does"
    );
    let mixed = mixed.replacen(&hash(&file), &hash(&mixed), 1);
    let refused = open(&mixed, None);
    let halves = KeyError::Damaged {
        what: "its two halves do not belong together",
    };
    assert_eq!(refused, Err(halves));
}
