//! The parts of a `multipart/form-data` body (RFC 7578) as browsers write it.
//!
//! Strict: what a browser never writes is refused, for a server might read it
//! in another way than this program.
#![deny(clippy::indexing_slicing)]

use super::{
    WireRefusal,
    pairs::{MOST_PAIRS, Pair, PairValue, Pairs},
};

/// RFC 2046 allows 70 characters.
const LONGEST_BOUNDARY: usize = 70;

const DISPOSITION: &str = "content-disposition";
const TYPE: &str = "content-type";

pub(super) fn parse(body: &[u8], boundary: &str) -> Result<Pairs, WireRefusal> {
    if boundary.is_empty() || boundary.len() > LONGEST_BOUNDARY {
        return Err(malformed("its boundary has no allowed length"));
    }
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let mut rest = body
        .strip_prefix(first.as_bytes())
        .ok_or(malformed("it does not begin with its boundary"))?;
    let mut pairs = Pairs::default();
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            return if matches!(end, b"" | b"\r\n") {
                Ok(pairs)
            } else {
                Err(malformed("something follows its end"))
            };
        }
        let part = rest
            .strip_prefix(b"\r\n")
            .ok_or(malformed("a boundary is not a line"))?;
        let (part, after) = split(part, next.as_bytes()).ok_or(malformed("it has no end"))?;
        pairs.list.push(read_part(part, &mut pairs.texts)?);
        if pairs.list.len() > MOST_PAIRS {
            return Err(WireRefusal::TooMany { most: MOST_PAIRS });
        }
        rest = after;
    }
}

fn read_part(part: &[u8], texts: &mut Vec<String>) -> Result<Pair, WireRefusal> {
    let (head, content) = split(part, b"\r\n\r\n").ok_or(malformed("a part has no head"))?;
    let head = std::str::from_utf8(head).map_err(|_| malformed("a head is not UTF-8"))?;
    let mut disposition = None;
    for line in head.split("\r\n") {
        let (name, value) = line
            .split_once(':')
            .ok_or(malformed("a head has no name"))?;
        let again = match name.to_ascii_lowercase().as_str() {
            DISPOSITION => disposition.replace(value.trim()).is_some(),
            TYPE => {
                texts.push(value.trim().to_owned());
                false
            }
            _ => return Err(malformed("a head is one browsers do not write")),
        };
        if again {
            return Err(malformed("a head stands twice"));
        }
    }
    let disposition = disposition.ok_or(malformed("a part has no name"))?;
    let (name, file) = read_disposition(disposition)?;
    let shared = name.as_str().into();
    texts.push(name);
    let value = match file {
        Some(file) => PairValue::File {
            name: file,
            content: content.to_vec(),
        },
        None => {
            let text = std::str::from_utf8(content).map_err(|_| malformed("text is not UTF-8"))?;
            PairValue::Text(text.to_owned())
        }
    };
    Ok(Pair {
        name: shared,
        value,
    })
}

/// `form-data; name="…"` with or without `; filename="…"`.
fn read_disposition(value: &str) -> Result<(String, Option<String>), WireRefusal> {
    let rest = value
        .strip_prefix("form-data; name=\"")
        .ok_or(malformed("a part is not of a form"))?;
    let (name, rest) = rest.split_once('"').ok_or(malformed("a name has no end"))?;
    if rest.is_empty() {
        return Ok((unescaped(name), None));
    }
    let file = rest
        .strip_prefix("; filename=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|file| !file.contains('"'))
        .ok_or(malformed("a part says more than name and file name"))?;
    Ok((unescaped(name), Some(unescaped(file))))
}

/// The HTML standard escapes these three in names, and nothing else.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// What is before and after the first `mark`.
fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes
        .windows(mark.len())
        .position(|window| window == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

fn malformed(what: &'static str) -> WireRefusal {
    WireRefusal::Malformed { what }
}
