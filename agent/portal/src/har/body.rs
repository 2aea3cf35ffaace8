//! Bodies between bytes and HAR's text fields.
#![deny(clippy::indexing_slicing)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Content, PostData};

/// An answer's body as HAR holds it: text where it is UTF-8 and said to be,
/// base64 otherwise, so that reading gives the same bytes back.
pub(super) fn content(body: &[u8], content_type: &str) -> Content {
    let (text, encoding) = match std::str::from_utf8(body) {
        Ok(text) if says_utf8(content_type) => (text.to_owned(), None),
        Ok(_) | Err(_) => (STANDARD.encode(body), Some("base64".to_owned())),
    };
    Content {
        size: i64::try_from(body.len()).unwrap_or(i64::MAX),
        mime_type: content_type.to_owned(),
        text: Some(text),
        encoding,
    }
}

/// Bytes and type of an answer.
///
/// Browsers write text already decoded; such a body is UTF-8 from here on, and
/// its type must not go on saying otherwise.
pub(super) fn read_content(content: &Content) -> Result<(Vec<u8>, String), String> {
    let kind = content.mime_type.to_ascii_lowercase();
    let text = content.text.as_deref().unwrap_or_default();
    match content.encoding.as_deref() {
        None | Some("") => {
            let kind = if says_utf8(&kind) {
                kind
            } else {
                let essence = kind.split(';').next().unwrap_or_default().trim();
                format!("{essence}; charset=utf-8")
            };
            Ok((text.as_bytes().to_vec(), kind))
        }
        Some("base64") => STANDARD
            .decode(text)
            .map(|bytes| (bytes, kind))
            .map_err(|error| format!("its base64 cannot be read: {error}")),
        Some(other) => Err(format!("its encoding {other:?} is not known")),
    }
}

/// A request's body as it was sent.
pub(super) fn read_post(post: &PostData) -> Vec<u8> {
    match &post.text {
        Some(text) if !text.is_empty() || post.params.is_empty() => text.as_bytes().to_vec(),
        Some(_) | None => form(post.params.iter().map(|pair| (&pair.name, &pair.value))),
    }
}

/// Fields as `application/x-www-form-urlencoded`.
pub(super) fn form<'a>(fields: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<u8> {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
        .into_bytes()
}

/// No charset stated counts as UTF-8.
fn says_utf8(content_type: &str) -> bool {
    content_type
        .to_ascii_lowercase()
        .split(';')
        .filter_map(|parameter| parameter.trim().strip_prefix("charset="))
        .all(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8" | "us-ascii"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], kind: &str, encoding: Option<&str>) {
        let content = content(body, kind);
        assert_eq!(content.encoding.as_deref(), encoding, "{kind}");
        let expected = (body.to_vec(), kind.to_owned());
        assert_eq!(read_content(&content), Ok(expected));
    }

    #[test]
    fn every_body_comes_back_byte_for_byte() {
        check(b"", "", None);
        check("{\"a\":\"ü\"}".as_bytes(), "application/json", None);
        check("ü".as_bytes(), "text/html; charset=\"utf-8\"", None);
        check(
            "ü".as_bytes(),
            "text/html; charset=iso-8859-1",
            Some("base64"),
        );
        check(b"\xfc", "text/html; charset=iso-8859-1", Some("base64"));
        check(b"\xff\x00", "application/json", Some("base64"));
    }

    #[test]
    fn text_a_browser_decoded_is_no_longer_called_latin_1() {
        let content = Content {
            size: 1,
            mime_type: "text/html; charset=ISO-8859-1".to_owned(),
            text: Some("ü".to_owned()),
            encoding: None,
        };
        let expected = (
            "ü".as_bytes().to_vec(),
            "text/html; charset=utf-8".to_owned(),
        );
        assert_eq!(read_content(&content), Ok(expected));
    }
}
