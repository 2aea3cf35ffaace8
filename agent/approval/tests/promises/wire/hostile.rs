//! Bytes of any kind end in an answer, and never in an acceptance of too much.

use agent_approval::*;

use super::{ALL, BOUNDARY, Case};
use crate::random::Random;

/// Pieces that mean something to one of the parsers.
const PIECES: [&str; 16] = [
    "&",
    "=",
    "%",
    "%2",
    "%ff",
    "+",
    "\r\n",
    "--",
    "\"",
    "\\u00",
    "{",
    "]",
    ":",
    "\u{0}",
    "Content-Disposition: form-data; name=\"x\"\r\n\r\n",
    "Engine Street 5",
];

#[test]
fn p1_ten_thousand_hostile_bodies_never_panic_and_never_carry_a_protected_value() {
    let mut random = Random(8);
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..10_000 {
        let encoding = ALL[round % ALL.len()];
        let mut case = Case::good(encoding);
        case.files_left_out = random.below(2) == 0;
        let (mut content_type, mut body) = case.encode(encoding);
        for _ in 0..random.below(4) {
            mutate(&mut body, &mut random);
        }
        if random.below(16) == 0 {
            content_type = case.encode(ALL[random.below(ALL.len())]).0;
        }
        let known = [WireBody::Whole(&body), WireBody::WithoutFiles(&body)]
            [usize::from(case.files_left_out)];
        match case.check_body(Some(&content_type), known) {
            Err(_) => refused += 1,
            Ok(()) => {
                accepted += 1;
                let text = String::from_utf8_lossy(&body).replace('+', " ");
                // The part of a file is the file's, byte for byte, or left out.
                assert!(!text.contains("Engine Street 5"), "{content_type}: {text}");
            }
        }
    }
    assert!(
        accepted > 2_000 && refused > 2_000,
        "{accepted} accepted, {refused} refused"
    );
}

#[test]
fn hostile_addresses_and_types_never_panic() {
    let mut random = Random(9);
    for round in 0..5_000 {
        let encoding = ALL[round % ALL.len()];
        let mut case = Case::good(encoding);
        let (content_type, body) = case.encode(encoding);
        let mut url = format!("{}?gh_jid=4711&x=%20y", case.url).into_bytes();
        let mut kind = content_type.into_bytes();
        for _ in 0..=random.below(3) {
            mutate(&mut url, &mut random);
            mutate(&mut kind, &mut random);
        }
        case.url = String::from_utf8_lossy(&url).into_owned();
        let answer = case.check_body(
            Some(&String::from_utf8_lossy(&kind)),
            WireBody::Whole(&body),
        );
        assert!(
            answer.is_err() || !case.url.contains("Engine"),
            "{}",
            case.url
        );
    }
    for boundary in ["", "\"", "\"\"", &"x".repeat(71), BOUNDARY] {
        let case = Case::good(ALL[1]);
        let kind = format!("multipart/form-data; boundary={boundary}");
        assert!(
            case.check_body(Some(&kind), WireBody::Whole(b"--"))
                .is_err()
        );
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    match random.below(5) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => bytes.truncate(at),
        2 => {
            let piece = PIECES[random.below(PIECES.len())];
            bytes.splice(at..at, piece.bytes());
        }
        3 => {
            let end = (at + random.below(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let end = (at + random.below(200)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
    }
}
