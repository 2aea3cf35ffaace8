//! Reading through the encodings a value can hide in.

/// How deep encodings are read: base64 within percent-encoding, and the reverse.
const DEPTH: usize = 2;

/// Runs of base64 letters shorter than this are words, not encoded values.
const SHORTEST_RUN: usize = 6;

/// Bytes with `%XX` resolved; a `%` without two hexadecimal digits stands for itself.
pub(super) fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| {
        bytes
            .get(at)
            .and_then(|byte| char::from(*byte).to_digit(16))
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let value = match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(value.unwrap_or(*byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    decoded
}

/// `text` itself and every reading of it through percent-encoding and base64.
pub(super) fn readings(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    let mut level = vec![text.to_owned()];
    for _ in 0..DEPTH {
        level = level.iter().flat_map(|text| decoded_once(text)).collect();
        all.extend(level.iter().cloned());
    }
    all
}

fn decoded_once(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.contains('%') {
        found.push(lossy(&percent_decoded(text.as_bytes())));
    }
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        found.push(lossy(&percent_decoded(spaced.as_bytes())));
    }
    let is_letter = |byte: &u8| sextet(*byte).is_some();
    for run in text.as_bytes().split(|byte| !is_letter(byte)) {
        if run.len() < SHORTEST_RUN {
            continue;
        }
        // The encoded value may begin anywhere within a longer run.
        for start in 0..4 {
            let decoded = run.get(start..).map(from_base64).unwrap_or_default();
            // Random bytes hold no readable words; keeping them would only cost time.
            if let Some(readable) = readable(&decoded) {
                found.push(readable);
            }
        }
    }
    found
}

/// The readable parts of decoded bytes, if there are any.
fn readable(bytes: &[u8]) -> Option<String> {
    let text = lossy(bytes);
    let parts: Vec<_> = text
        .split(|char: char| {
            char == char::REPLACEMENT_CHARACTER || char.is_control() && !char.is_whitespace()
        })
        .filter(|part| part.chars().count() >= super::MIN_PROTECTED)
        .collect();
    (!parts.is_empty()).then(|| parts.join("\u{0}"))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The bytes a run of base64 letters stands for, of either alphabet, padding or not.
pub(super) fn from_base64(run: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(run.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for value in run.iter().filter_map(|byte| sextet(*byte)) {
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap_or_default());
        }
    }
    bytes
}

/// The value of a letter of base64, standard or for addresses (RFC 4648).
fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}
