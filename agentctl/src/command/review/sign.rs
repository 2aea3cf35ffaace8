//! The decision: what is typed at the prompt, and the signature.

use agent_api::v1::{ApplicationRow, ApproveRequest};
use agent_approval::{Approval, Lifetime, ManifestDigest, Purpose, SecretKey, SignedApproval};

use super::item::Item;
use crate::error::Failure;
use crate::screen::{BOLD, COMMAND, DIM, Screen, Span, WARN};
use crate::session::Session;

/// What the person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// The first six characters of the digest were typed.
    Sign,
    /// Change the answer of a field, if its number was typed too.
    Edit(Option<usize>),
    /// The person's no.
    Discard,
    /// Decide later.
    Skip,
    /// Show everything.
    Whole,
    /// End the review.
    Quit,
    /// Nothing of the above: nothing happens.
    Nothing,
}

/// Reads a decision. Only the six characters alone sign; there is no word,
/// such as yes, that does.
pub(super) fn decide(typed: &str, digest: &ManifestDigest) -> Decision {
    let typed = typed.trim();
    if typed.eq_ignore_ascii_case(&digest.short()) {
        return Decision::Sign;
    }
    let mut words = typed.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("e"), None, None) => Decision::Edit(None),
        (Some("e"), Some(number), None) => match number.parse() {
            Ok(number) => Decision::Edit(Some(number)),
            Err(_) => Decision::Nothing,
        },
        (Some("d"), None, None) => Decision::Discard,
        (Some("s"), None, None) => Decision::Skip,
        (Some("v"), None, None) => Decision::Whole,
        (Some("q"), None, None) => Decision::Quit,
        _ => Decision::Nothing,
    }
}

/// Draws the digest and what can be typed.
pub(super) fn draw_prompt(digest: &ManifestDigest, screen: &mut Screen) {
    screen.blank();
    draw_digest(digest, screen);
    screen.line([
        Span::new("To sign and send it", BOLD),
        ", type the first six characters of the digest.".into(),
    ]);
    let keys = [
        ("e 4", "change answer 4"),
        ("d", "discard"),
        ("s", "skip"),
        ("v", "see the whole"),
        ("q", "quit"),
    ];
    let mut spans = Vec::new();
    for (key, what) in keys {
        spans.push(Span::new(format!("  {key}"), COMMAND));
        spans.push(format!(" {what}").into());
    }
    screen.line(spans);
}

/// The digest in groups of six on two lines, the first one marked.
pub(super) fn draw_digest(digest: &ManifestDigest, screen: &mut Screen) {
    let digits: Vec<char> = digest.to_string().chars().collect();
    let groups: Vec<String> = digits
        .chunks(6)
        .map(|group| group.iter().collect())
        .collect();
    for (number, line) in groups.chunks(6).enumerate() {
        let (lead, first, rest) = match (number, line) {
            (0, [first, rest @ ..]) => ("digest  ", first.as_str(), rest),
            (_, all) => ("        ", "", all),
        };
        let gap = if first.is_empty() { "" } else { " " };
        screen.line([
            Span::new(lead, DIM),
            Span::new(first, WARN.bold()),
            Span::new(format!("{gap}{}", rest.join(" ")), DIM),
        ]);
    }
}

/// A signature over the digest of what was shown, valid from `now` on.
pub(super) fn sign(
    digest: ManifestDigest,
    key: &SecretKey,
    now: i64,
    lifetime: Lifetime,
) -> Result<SignedApproval, Failure> {
    let approval = Approval {
        purpose: Purpose::Submit,
        manifest: digest,
        signed_at: now,
        valid_until: now + i64::from(lifetime.seconds()),
        key: key.public().id(),
    };
    SignedApproval::sign(key, &approval).map_err(|error| Failure::refused(error.to_string()))
}

/// Hands the signature over; the sending begins at once.
pub(super) async fn approve(
    session: &Session,
    item: &Item,
    signed: SignedApproval,
) -> Result<ApplicationRow, Failure> {
    let request = ApproveRequest {
        id: item.row.id.clone(),
        approval: signed.bytes,
        signature: signed.signature.to_vec(),
    };
    Ok(session.reviews().approve(request).await?.into_inner())
}

/// Reads how long an approval can be used: "15m" to "24h".
pub(super) fn lifetime(text: &str) -> Result<Lifetime, String> {
    let unit = |suffix: char, seconds: u32| {
        let number = text.strip_suffix(suffix)?.parse::<u32>().ok()?;
        number.checked_mul(seconds)
    };
    unit('m', 60)
        .or_else(|| unit('h', 3600))
        .and_then(Lifetime::of_seconds)
        .ok_or_else(|| "it is 15m to 24h, such as 30m or 4h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest() -> ManifestDigest {
        format!("a1b2c3{}", "d4".repeat(29)).parse().unwrap()
    }

    #[test]
    fn p1_only_the_six_digits_alone_sign() {
        for typed in ["a1b2c3", "A1B2C3", "  a1b2c3 "] {
            assert_eq!(decide(typed, &digest()), Decision::Sign, "{typed:?}");
        }
        for typed in [
            "",
            " ",
            "y",
            "Y",
            "yes",
            "ok",
            "sign",
            "approve",
            "all",
            "a",
            "1",
            "a1b2c",
            "a1b2c4",
            "a1b2c3d",
            "a1b2c3d4",
            "b1b2c3",
            "a1b2c3 y",
            "y a1b2c3",
            "a1 b2c3",
            "a1b2c3\ny",
            "000000",
            "ａ1b2c3",
            "a1b2с3",
            "e x",
            "e 1 2",
            "sd",
            "D",
            "q!",
        ] {
            assert_eq!(decide(typed, &digest()), Decision::Nothing, "{typed:?}");
        }
        let whole = digest().to_string();
        assert_eq!(decide(&whole, &digest()), Decision::Nothing);
    }

    #[test]
    fn the_other_keys_do_what_the_prompt_says() {
        for (typed, expected) in [
            ("e", Decision::Edit(None)),
            ("e 12", Decision::Edit(Some(12))),
            ("d", Decision::Discard),
            ("s", Decision::Skip),
            ("v", Decision::Whole),
            ("q", Decision::Quit),
        ] {
            assert_eq!(decide(typed, &digest()), expected);
        }
    }

    #[test]
    fn p1_the_signature_is_over_what_was_shown_and_for_its_time_alone() {
        let key = SecretKey::from_random(&[7; 32]);
        let signed = sign(digest(), &key, 1_000, Lifetime::DEFAULT).unwrap();
        let verify = |digest, now| signed.verify(&key.public(), digest, now);
        assert!(verify(digest(), 1_000).is_ok());
        assert!(verify(ManifestDigest::from_bytes([1; 32]), 1_000).is_err());
        assert!(verify(digest(), 1_000 + 4 * 3600).is_err());
    }

    #[test]
    fn a_lifetime_is_within_its_bounds() {
        for (text, seconds) in [
            ("15m", Some(900)),
            ("4h", Some(14_400)),
            ("24h", Some(86_400)),
            ("1440m", Some(86_400)),
            ("14m", None),
            ("25h", None),
            ("4", None),
            ("99999999h", None),
            ("-1h", None),
        ] {
            assert_eq!(
                lifetime(text).ok().map(Lifetime::seconds),
                seconds,
                "{text}"
            );
        }
    }
}
