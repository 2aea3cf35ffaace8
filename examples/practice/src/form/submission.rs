//! A submission, taken apart: multipart, URL-encoded or JSON.
#![deny(clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A file as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedFile {
    /// Name of its field.
    pub name: String,
    /// The file name the sender gave.
    pub file_name: String,
    /// Bytes.
    pub size: usize,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl ReceivedFile {
    pub(crate) fn new(name: &str, file_name: &str, bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        Self {
            name: name.to_owned(),
            file_name: file_name.to_owned(),
            size: bytes.len(),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// Fields and files in the order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Submission {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) files: Vec<ReceivedFile>,
}

impl Submission {
    /// Reads a body by its content type.
    pub(crate) fn read(content_type: &str, body: &[u8]) -> Result<Self, String> {
        let (kind, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        match kind.trim() {
            "multipart/form-data" => {
                let boundary = parameter(parameters, "boundary")
                    .ok_or_else(|| "the form has no boundary".to_owned())?;
                multipart(&boundary, body)
            }
            "application/x-www-form-urlencoded" => Ok(Self {
                fields: url::form_urlencoded::parse(body).into_owned().collect(),
                files: Vec::new(),
            }),
            "application/json" => {
                let value = serde_json::from_slice(body)
                    .map_err(|error| format!("the body is not JSON: {error}"))?;
                let mut read = Self::default();
                read.flatten("", &value);
                Ok(read)
            }
            other => Err(format!("{other:?} is no form")),
        }
    }

    /// The first value under a name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// `{"a":{"b":[1,2]}}` is `a[b][]=1`, `a[b][]=2`.
    fn flatten(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Object(map) => {
                for (key, value) in map {
                    let inner = if name.is_empty() {
                        key.clone()
                    } else {
                        format!("{name}[{key}]")
                    };
                    self.flatten(&inner, value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.flatten(&format!("{name}[]"), item);
                }
            }
            Value::String(text) => self.fields.push((name.to_owned(), text.clone())),
            Value::Bool(_) | Value::Number(_) => {
                self.fields.push((name.to_owned(), value.to_string()));
            }
        }
    }
}

/// RFC 7578, as browsers write it.
fn multipart(boundary: &str, body: &[u8]) -> Result<Submission, String> {
    let cut_short = || "the form was cut short".to_owned();
    let opening = format!("--{boundary}");
    let separator = format!("\r\n--{boundary}");
    let mut read = Submission::default();
    let mut rest = body
        .strip_prefix(opening.as_bytes())
        .ok_or_else(cut_short)?;
    while !rest.starts_with(b"--") {
        let part = rest.strip_prefix(b"\r\n").ok_or_else(cut_short)?;
        let (head, after) = split_at(part, b"\r\n\r\n").ok_or_else(cut_short)?;
        let (content, next) = split_at(after, separator.as_bytes()).ok_or_else(cut_short)?;
        read.add_part(&String::from_utf8_lossy(head), content)?;
        rest = next;
    }
    Ok(read)
}

impl Submission {
    fn add_part(&mut self, head: &str, content: &[u8]) -> Result<(), String> {
        let disposition = head
            .split("\r\n")
            .find_map(|line| {
                let (name, value) = line.split_once(':')?;
                let wanted = name.eq_ignore_ascii_case("content-disposition");
                wanted.then_some(value)
            })
            .ok_or_else(|| "a part has no disposition".to_owned())?;
        let name = parameter(disposition, "name").ok_or_else(|| "a part has no name".to_owned())?;
        match parameter(disposition, "filename") {
            // What a browser sends for a file nobody chose.
            Some(file) if file.is_empty() && content.is_empty() => {}
            Some(file) => self.files.push(ReceivedFile::new(&name, &file, content)),
            None => {
                let value = String::from_utf8(content.to_vec())
                    .map_err(|_| format!("{name:?} is not UTF-8"))?;
                self.fields.push((name, value));
            }
        }
        Ok(())
    }
}

/// Browsers escape quotes and line ends in names as `%22`, `%0D` and `%0A`, so
/// the next quote ends a value.
fn parameter(header: &str, name: &str) -> Option<String> {
    let header = format!("; {}", header.trim());
    let (_, value) = header.split_once(&format!("; {name}="))?;
    let end = match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map_or(quoted, |(value, _)| value),
        None => value.split_once(';').map_or(value, |(value, _)| value),
    };
    let value = end.replace("%22", "\"");
    Some(value.replace("%0D", "\r").replace("%0A", "\n"))
}

fn split_at<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|w| w == mark)?;
    Some((bytes.get(..at)?, bytes.get(at + mark.len()..)?))
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop here"
)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        of.iter().map(owned).collect()
    }

    #[test]
    fn fields_are_read_from_each_kind_of_body() {
        let check = |kind: &str, body: &str, expected: &[(&str, &str)]| {
            let read = Submission::read(kind, body.as_bytes()).unwrap();
            assert_eq!(read.fields, pairs(expected), "{kind}");
        };
        let two = &[("a[b]", "1 & ü"), ("c[]", "x"), ("c[]", "y")];
        let body = "a%5Bb%5D=1+%26+%C3%BC&c[]=x&c[]=y";
        check("application/x-www-form-urlencoded", body, two);
        let body = r#"{"a":{"b":"1 & ü"},"c":["x","y"],"d":null}"#;
        check("application/json", body, two);
        let body = "--q\r\nContent-Disposition: form-data; name=\"a[b]\"\r\n\r\n1 & ü\r\n\
                    --q\r\nContent-Disposition: form-data; name=\"c[]\"\r\n\r\nx\r\n\
                    --q\r\nContent-Disposition: form-data; name=\"c[]\"\r\n\r\ny\r\n--q--\r\n";
        check("multipart/form-data; boundary=q", body, two);
    }

    #[test]
    fn files_keep_name_size_and_hash_and_an_unchosen_one_is_none() {
        let body = "--q\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"my %22cv%22; 1.txt\"\r\n\
                    Content-Type: text/plain\r\n\r\nab\r\n\r\nc\r\n\
                    --q\r\nContent-Disposition: form-data; name=\"letter\"; filename=\"\"\r\n\
                    Content-Type: application/octet-stream\r\n\r\n\r\n--q--\r\n";
        let read = Submission::read("multipart/form-data; boundary=q", body.as_bytes()).unwrap();
        let expected = ReceivedFile::new("cv", "my \"cv\"; 1.txt", b"ab\r\n\r\nc");
        assert_eq!((read.files, read.fields), (vec![expected], vec![]));
    }

    #[test]
    fn a_broken_body_is_refused() {
        for (kind, body) in [
            ("multipart/form-data", "--q--"),
            ("multipart/form-data; boundary=q", "--q\r\nContent-Dis"),
            ("multipart/form-data; boundary=q", ""),
            ("application/json", "{"),
            ("text/plain", "a=b"),
        ] {
            assert!(
                Submission::read(kind, body.as_bytes()).is_err(),
                "{kind} {body}"
            );
        }
    }
}
