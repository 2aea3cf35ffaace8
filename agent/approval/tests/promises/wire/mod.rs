//! Whether a request is the approved one: a good request in each encoding, and
//! what must not be changed about it.

mod files;
mod hostile;
mod json;
mod protected;
mod submit;
mod upload;

use agent_approval::*;

use crate::sample;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Urlencoded,
    Multipart,
    Json,
}

const ALL: [Encoding; 3] = [Encoding::Urlencoded, Encoding::Multipart, Encoding::Json];
const FORMS: [Encoding; 2] = [Encoding::Urlencoded, Encoding::Multipart];

/// A request and what it is held against, before it is encoded.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) manifest: Manifest,
    pub(crate) release: usize,
    pub(crate) sent_as: Vec<SentAs>,
    pub(crate) hidden_names: Vec<String>,
    pub(crate) protected: Vec<ProtectedValue>,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) pairs: Vec<(String, String)>,
    /// Name, file name, content.
    pub(crate) files: Vec<(String, String, Vec<u8>)>,
    pub(crate) files_left_out: bool,
}

impl Case {
    /// A request that is as approved. Only `multipart` and JSON carry the CV.
    pub(crate) fn good(encoding: Encoding) -> Self {
        let mut manifest = sample::manifest();
        let letter = sample::LETTER.replace('\n', "\r\n");
        let pairs = [
            ("first", "Ada Lovelace"),
            ("phone", "+491701234567"),
            ("known", "Ada Lovelace"),
            ("letter", &letter),
            ("country", "DE"),
            ("lang[]", "de"),
            ("lang[]", "fr"),
            ("city", "Berlin"),
            ("permit", "1"),
            ("days", "Mon"),
            ("days", "Wed"),
            ("notice", "on"),
            ("pronouns", ""),
            ("authenticity_token", "r4nd0m+/=="),
            ("job", "4711"),
        ];
        let files = vec![("cv".into(), "ada.pdf".into(), sample::CV.to_vec())];
        if encoding == Encoding::Urlencoded {
            manifest.snapshots[0]
                .fields
                .retain(|field| field.name != "CV");
            manifest.snapshots[0]
                .files
                .retain(|file| file.field != "CV");
        }
        let sent = |field: &str, values: &[&str]| SentAs {
            field: field.into(),
            name: None,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let protected = [
            ("home address", "Engine Street 5"),
            ("expected salary", "72000 EUR"),
            ("second telephone", "+44 (20) 7946-0000"),
            ("mail address", "ada@engines.example"),
            ("born", "1815"),
        ];
        Self {
            manifest,
            release: sample::SUBMIT,
            sent_as: vec![
                sent("Country", &["DE"]),
                sent("Languages", &["de", "fr"]),
                sent("Permit", &["1"]),
            ],
            hidden_names: vec!["utm".into()],
            protected: protected
                .map(|(what, value)| ProtectedValue {
                    what: what.into(),
                    value: value.into(),
                })
                .into(),
            method: "POST".into(),
            url: "https://jobs.example/apply/1".into(),
            pairs: pairs
                .map(|(name, value)| (name.into(), value.into()))
                .into(),
            files: if encoding == Encoding::Urlencoded {
                Vec::new()
            } else {
                files
            },
            files_left_out: false,
        }
    }

    pub(crate) fn pair(&mut self, name: &str) -> &mut String {
        &mut self.pairs.iter_mut().find(|pair| pair.0 == name).unwrap().1
    }

    pub(crate) fn drop(&mut self, name: &str) {
        self.pairs.retain(|pair| pair.0 != name);
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.pairs.push((name.into(), value.into()));
    }

    pub(crate) fn check(&self, encoding: Encoding) -> Result<(), WireRefusal> {
        let (content_type, body) = self.encode(encoding);
        let body = if self.files_left_out {
            WireBody::WithoutFiles(&body)
        } else {
            WireBody::Whole(&body)
        };
        self.check_body(Some(&content_type), body)
    }

    pub(crate) fn check_body(
        &self,
        content_type: Option<&str>,
        body: WireBody<'_>,
    ) -> Result<(), WireRefusal> {
        let against = WireCheck {
            manifest: &self.manifest,
            release: self.release,
            sent_as: &self.sent_as,
            hidden_names: &self.hidden_names,
            protected: &self.protected,
        };
        against.check(&WireRequest {
            method: &self.method,
            url: &self.url,
            content_type,
            body,
        })
    }

    pub(crate) fn encode(&self, encoding: Encoding) -> (String, Vec<u8>) {
        match encoding {
            Encoding::Urlencoded => {
                let body = url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(&self.pairs)
                    .finish();
                ("application/x-www-form-urlencoded".into(), body.into())
            }
            Encoding::Multipart => (
                format!("multipart/form-data; boundary={BOUNDARY}"),
                self.multipart(),
            ),
            Encoding::Json => {
                let mut answers: Vec<_> = self
                    .pairs
                    .iter()
                    .map(|(name, value)| serde_json::json!({ "id": 7, "path": { name.as_str(): [value] } }))
                    .collect();
                for (name, file, content) in &self.files {
                    use base64::Engine as _;
                    let content = base64::engine::general_purpose::STANDARD.encode(content);
                    let content = format!("data:application/pdf;base64,{content}");
                    answers.push(serde_json::json!({ name.as_str(): content, "file_name": file }));
                }
                let body = serde_json::json!({ "application": answers, "challenge": "03AGdBq", "ready": false });
                (
                    "application/json; charset=utf-8".into(),
                    serde_json::to_vec_pretty(&body).unwrap(),
                )
            }
        }
    }

    fn multipart(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in &self.pairs {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (name, file, content) in &self.files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/pdf\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            if !self.files_left_out {
                body.extend_from_slice(content);
            }
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        body
    }
}

pub(crate) const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

/// The same edit in each of `encodings`; beside it the request without the edit.
pub(crate) fn check(
    encodings: &[Encoding],
    edit: impl Fn(&mut Case),
    expected: &Result<(), WireRefusal>,
) {
    for encoding in encodings {
        let mut case = Case::good(*encoding);
        assert_eq!(case.check(*encoding), Ok(()), "the good one, {encoding:?}");
        edit(&mut case);
        assert_eq!(case.check(*encoding), *expected, "{encoding:?}");
    }
}
