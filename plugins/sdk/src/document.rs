//! Answers of any kind, for plugins that look at what they got.

use crate::PortalError;
use crate::answer::{good, not_fetched};
use crate::contract::jobagent::portal::http;

/// What a server answered with success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Address that answered, after redirects.
    pub url: String,
    /// `content-type`, lower case.
    pub content_type: String,
    /// Body.
    pub body: Vec<u8>,
}

impl Document {
    /// The body as text: UTF-8, or Latin-1 where the answer says so.
    pub fn text(&self) -> String {
        match std::str::from_utf8(&self.body) {
            Ok(text) => text.to_owned(),
            Err(_) if self.is_latin() => self.body.iter().map(|b| char::from(*b)).collect(),
            Err(_) => String::from_utf8_lossy(&self.body).into_owned(),
        }
    }

    fn is_latin(&self) -> bool {
        const NAMES: [&str; 3] = ["iso-8859-1", "iso-8859-15", "windows-1252"];
        let head = self.body.get(..2048).unwrap_or(&self.body);
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        NAMES.iter().any(|name| {
            self.content_type.contains(name) || head.contains(&format!("charset={name}"))
        })
    }
}

/// Whatever is at `url`. A status that is no success is an error, as in
/// [`crate::Answer::json`].
pub fn get_document(url: &str, what: &str) -> Result<Document, PortalError> {
    let response = http::get(url).map_err(not_fetched)?;
    good(response.status, what)?;
    Ok(Document {
        url: response.url,
        content_type: response.content_type,
        body: response.body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_encoding() {
        for (kind, body, expected) in [
            ("text/html", "Köln".as_bytes(), "Köln"),
            ("text/html; charset=iso-8859-1", b"K\xf6ln", "Köln"),
            (
                "text/html",
                b"<meta charset=ISO-8859-1>K\xf6ln",
                "<meta charset=ISO-8859-1>Köln",
            ),
            ("text/html", b"K\xf6ln", "K\u{fffd}ln"),
        ] {
            let document = Document {
                url: String::new(),
                content_type: kind.to_owned(),
                body: body.to_vec(),
            };
            assert_eq!(document.text(), expected);
        }
    }
}
