//! From one key to the next.

use agent_approval::{KeyChain, PublicKey, RotationError, SecretKey, SignedRotation};

fn key(seed: u8) -> SecretKey {
    SecretKey::from_random(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    key(seed).public()
}

fn rotate(from: u8, to: u8, at: i64) -> SignedRotation {
    SignedRotation::sign(&key(from), public(to), at).unwrap()
}

#[test]
fn a_chain_leads_from_the_pinned_key_to_the_present_one() {
    let chain = KeyChain::follow(public(1), &[rotate(1, 2, 100), rotate(2, 3, 200)]).unwrap();
    assert_eq!(*chain.current(), public(3));
    for (seconds, seed) in [
        (i64::MIN, 1),
        (99, 1),
        (100, 2),
        (199, 2),
        (200, 3),
        (i64::MAX, 3),
    ] {
        assert_eq!(*chain.key_at(seconds), public(seed), "at {seconds}");
    }
    for seed in [1, 2, 3] {
        assert_eq!(chain.key(public(seed).id()), Some(&public(seed)));
    }
    assert_eq!(chain.key(public(4).id()), None);
    let alone = KeyChain::follow(public(1), &[]).unwrap();
    assert_eq!(*alone.current(), public(1));
}

#[test]
fn p1_only_the_present_key_can_name_the_next() {
    let follow = |rotations: &[SignedRotation]| {
        KeyChain::follow(public(1), rotations).map(|chain| *chain.current())
    };
    assert_eq!(follow(&[rotate(1, 2, 100)]), Ok(public(2)));
    let other_key = |expected: u8, found: u8| RotationError::OtherKey {
        expected: public(expected).id(),
        found: public(found).id(),
    };
    // Signed by a key that was never the person's, and by one that has gone.
    assert_eq!(follow(&[rotate(9, 2, 100)]), Err(other_key(1, 9)));
    assert_eq!(
        follow(&[rotate(1, 2, 100), rotate(1, 3, 200)]),
        Err(other_key(2, 1))
    );
    assert_eq!(
        follow(&[rotate(2, 3, 200), rotate(1, 2, 100)]),
        Err(other_key(1, 2))
    );
    let forged = SignedRotation {
        signature: rotate(9, 2, 100).signature,
        ..rotate(1, 2, 100)
    };
    assert_eq!(
        follow(&[forged]),
        Err(RotationError::WrongSignature {
            key: public(1).id()
        })
    );
    let back = RotationError::Repeated {
        key: public(1).id(),
    };
    assert_eq!(follow(&[rotate(1, 2, 100), rotate(2, 1, 200)]), Err(back));
    let to_itself = RotationError::Repeated {
        key: public(1).id(),
    };
    assert_eq!(follow(&[rotate(1, 1, 100)]), Err(to_itself));
    let backwards = RotationError::Backwards { at: 99, last: 100 };
    assert_eq!(
        follow(&[rotate(1, 2, 100), rotate(2, 3, 99)]),
        Err(backwards)
    );
}

#[test]
fn a_refused_rotation_leaves_the_chain_as_it_was() {
    let mut chain = KeyChain::follow(public(1), &[]).unwrap();
    assert!(chain.extend(&rotate(9, 2, 100)).is_err());
    assert_eq!(*chain.current(), public(1));
    chain.extend(&rotate(1, 2, 100)).unwrap();
    assert_eq!(*chain.current(), public(2));
}

#[test]
fn every_flipped_bit_of_a_rotation_is_refused() {
    let good = rotate(1, 2, 100);
    assert!(good.verify(&public(1)).is_ok());
    for bit in 0..8 * (good.bytes.len() + 64) {
        let mut flipped = good.clone();
        match flipped.bytes.get_mut(bit / 8) {
            Some(byte) => *byte ^= 1 << (bit % 8),
            None => flipped.signature[bit / 8 - good.bytes.len()] ^= 1 << (bit % 8),
        }
        assert!(flipped.verify(&public(1)).is_err(), "bit {bit}");
    }
}

#[test]
fn a_rotation_is_one_line() {
    let rotation = rotate(1, 2, 100);
    let line = rotation.to_line();
    assert_eq!(SignedRotation::from_line(&line), Ok(rotation));
    let bad = [
        "",
        "jobagent-rotation",
        "jobagent-rotation a b",
        &line[..line.len() - 6],
        &format!("{} x", line.trim_end()),
    ];
    for bad in bad {
        assert!(
            matches!(
                SignedRotation::from_line(bad),
                Err(RotationError::Malformed { .. })
            ),
            "{bad:?}"
        );
    }
}

#[test]
fn a_good_signature_over_another_encoding_of_a_rotation_is_refused() {
    use ed25519_dalek::Signer as _;
    let sign = |text: &str| {
        let signed = [b"jobagent rotation 1\0", text.as_bytes()].concat();
        let signature = ed25519_dalek::SigningKey::from_bytes(&[1; 32]).sign(&signed);
        SignedRotation {
            bytes: text.into(),
            signature: signature.to_bytes(),
        }
    };
    let text = String::from_utf8(rotate(1, 2, 100).bytes).unwrap();
    assert_eq!(
        sign(&text),
        rotate(1, 2, 100),
        "the test signs as the crate does"
    );
    for other in [format!("{text} "), text.replace("\":", "\": ")] {
        let refused = sign(&other).verify(&public(1));
        assert!(
            matches!(refused, Err(RotationError::Malformed { .. })),
            "{other}"
        );
    }
}
