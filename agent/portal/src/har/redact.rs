//! Takes out of a recording what belongs to a person or opens a door.

use super::{Entry, FormBodies, Pair, PostData};

/// What stands where a value was.
const REDACTED: &str = "[redacted]";

/// Headers whose values are never kept.
const SECRET_HEADERS: &[&str] = &[
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
    "x-csrf-token",
];

/// Removes cookies, credentials and, unless told to keep them, the values of
/// forms. Names stay, so that a reader sees what was there.
pub fn redact(entry: &mut Entry, forms: FormBodies) {
    let Entry {
        request, response, ..
    } = entry;
    request.cookies.clear();
    response.cookies.clear();
    hide_headers(&mut request.headers);
    hide_headers(&mut response.headers);
    match (forms, &mut request.post_data) {
        (FormBodies::Redact, Some(post)) => hide_form(post),
        (FormBodies::Keep, Some(_)) | (FormBodies::Redact | FormBodies::Keep, None) => {}
    }
}

fn hide_form(post: &mut PostData) {
    let kind = post.mime_type.to_ascii_lowercase();
    let plain = kind.starts_with("application/x-www-form-urlencoded");
    if !plain && !kind.starts_with("multipart/form-data") {
        return;
    }
    let text = post.text.take();
    // A multipart body without its fields is not worth taking apart: it goes.
    if plain && post.params.is_empty() {
        post.params = url::form_urlencoded::parse(text.unwrap_or_default().as_bytes())
            .map(|(name, value)| Pair {
                name: name.into_owned(),
                value: value.into_owned(),
            })
            .collect();
    }
    for field in &mut post.params {
        REDACTED.clone_into(&mut field.value);
    }
}

fn hide_headers(headers: &mut [Pair]) {
    for header in headers {
        if SECRET_HEADERS
            .iter()
            .any(|secret| header.name.eq_ignore_ascii_case(secret))
        {
            REDACTED.clone_into(&mut header.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::har::Har;

    fn entry(mime: &str, text: &str) -> Entry {
        serde_json::from_value(serde_json::json!({
            "request": {
                "method": "POST", "url": "https://jobs.example.com/apply",
                "cookies": [{"name": "sid", "value": "canary-cookie"}],
                "headers": [
                    {"name": "Cookie", "value": "sid=canary-cookie"},
                    {"name": "AUTHORIZATION", "value": "Bearer canary-token"},
                    {"name": "accept", "value": "*/*"},
                ],
                "postData": {"mimeType": mime, "text": text},
            },
            "response": {
                "status": 200,
                "cookies": [{"name": "sid", "value": "canary-cookie"}],
                "headers": [{"name": "Set-Cookie", "value": "sid=canary-cookie"}],
                "content": {"size": 2, "mimeType": "text/plain", "text": "ok"},
            },
        }))
        .unwrap()
    }

    fn check(mime: &str, text: &str, forms: FormBodies, kept: &str) {
        let mut entry = entry(mime, text);
        redact(&mut entry, forms);
        let written = serde_json::to_string(&Har {
            log: crate::har::Log {
                version: "1.2".to_owned(),
                creator: crate::har::Creator::default(),
                entries: vec![entry],
            },
        })
        .unwrap();
        assert!(!written.contains("canary-"), "{written}");
        assert!(written.contains("*/*"), "{written}");
        assert!(written.contains(kept), "{written}");
    }

    #[test]
    fn p4_cookies_credentials_and_form_values_do_not_reach_the_file() {
        let form = "application/x-www-form-urlencoded";
        check(form, "email=canary-mail&x=1", FormBodies::Redact, "email");
        check(
            "multipart/form-data; boundary=b",
            "--b canary-mail",
            FormBodies::Redact,
            "multipart",
        );
        check(form, "city=Graz", FormBodies::Keep, "city=Graz");
        check(
            "application/json",
            "{\"q\":1}",
            FormBodies::Redact,
            "{\\\"q\\\":1}",
        );
    }
}
