//! A body as pairs of name and value.
#![deny(clippy::indexing_slicing)]

use std::rc::Rc;

use super::{WireBody, WireRefusal, WireRequest, encoded::percent_decoded, json, multipart};

/// More than any form has; bounds the work on a hostile body.
pub(super) const MOST_PAIRS: usize = 4096;

/// The content of files is left out by browsers; what is left is text.
const MOST_BYTES: usize = 32 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) name: Rc<str>,
    pub(super) value: PairValue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PairValue {
    Text(String),
    File { name: String, content: Vec<u8> },
}

impl Pair {
    pub(super) fn text(name: &Rc<str>, value: String) -> Self {
        Self {
            name: Rc::clone(name),
            value: PairValue::Text(value),
        }
    }
}

/// What a body carries.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) list: Vec<Pair>,
    /// Every other text in it: names, heads of parts.
    pub(super) texts: Vec<String>,
    pub(super) form: BodyForm,
    /// Whether an empty file may be one whose content is not shown.
    pub(super) files_left_out: bool,
}

/// How a body is written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyForm {
    #[default]
    Urlencoded,
    Multipart,
    Json,
}

/// Reads a body as its content type says; `None` for one of another type.
pub(super) fn read(request: &WireRequest<'_>) -> Result<Option<Pairs>, WireRefusal> {
    let (bytes, files_left_out) = match request.body {
        WireBody::Unseen => return Err(WireRefusal::BodyUnseen),
        WireBody::Whole(bytes) => (bytes, false),
        WireBody::WithoutFiles(bytes) => (bytes, true),
    };
    if bytes.len() > MOST_BYTES {
        return Err(WireRefusal::Malformed {
            what: "it is larger than any form",
        });
    }
    let content_type = request.content_type.unwrap_or_default();
    let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    let essence = essence.trim().to_ascii_lowercase();
    let (pairs, form) = match essence.as_str() {
        "application/x-www-form-urlencoded" => {
            let text = std::str::from_utf8(bytes).map_err(|_| WireRefusal::Malformed {
                what: "it is not UTF-8",
            })?;
            (urlencoded(text)?, BodyForm::Urlencoded)
        }
        "multipart/form-data" => {
            let boundary = boundary(parameters).ok_or(WireRefusal::Malformed {
                what: "its header names no boundary",
            })?;
            (multipart::parse(bytes, boundary)?, BodyForm::Multipart)
        }
        // A script that names no type sends its text as plain.
        "text/plain" | "application/json" => (json::parse(bytes)?, BodyForm::Json),
        other if other.ends_with("+json") => (json::parse(bytes)?, BodyForm::Json),
        _ => return Ok(None),
    };
    Ok(Some(Pairs {
        form,
        files_left_out,
        ..pairs
    }))
}

/// Reads `a=b&c=d` as the URL standard does.
pub(super) fn urlencoded(text: &str) -> Result<Pairs, WireRefusal> {
    let mut pairs = Pairs::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name)?;
        pairs
            .list
            .push(Pair::text(&name.as_str().into(), decoded(value)?));
        pairs.texts.push(name);
        if pairs.list.len() > MOST_PAIRS {
            return Err(WireRefusal::TooMany { most: MOST_PAIRS });
        }
    }
    Ok(pairs)
}

fn decoded(text: &str) -> Result<String, WireRefusal> {
    let bytes = percent_decoded(text.replace('+', " ").as_bytes());
    String::from_utf8(bytes).map_err(|_| WireRefusal::Malformed {
        what: "a value is not UTF-8",
    })
}

/// The boundary among a content type's parameters.
fn boundary(parameters: &str) -> Option<&str> {
    let mut named = parameters.split(';').filter_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then_some(value)
    });
    let value = named.next().filter(|_| named.next().is_none())?;
    let value = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value);
    (!value.contains('"')).then_some(value)
}
