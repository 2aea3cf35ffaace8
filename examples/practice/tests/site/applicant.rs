//! Somebody who fills every field of a page, as a browser would send it.

use practice::{OpeningInfo, Shape};
use serde_json::{Map, Value, json};

use crate::client::{Answer, Client};
use crate::html::tags;

pub(crate) const UPLOADS: &str = "grnhse-prod-jben-us-east-1.s3.amazonaws.com";
pub(crate) const CHALLENGE: &str = "www.recaptcha.net";
const RESUME: &[u8] = b"%PDF-1.7 \xff\xfe not really";

/// What is about to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Filled {
    shape: Shape,
    pub(crate) host: String,
    pub(crate) target: String,
    pub(crate) fields: Vec<(String, String)>,
    /// Field, file name, bytes. The newer page's are in the store already.
    pub(crate) files: Vec<(String, String, Vec<u8>)>,
}

/// Loads an opening's page and fills all of it.
pub(crate) async fn fill(client: &Client, opening: &OpeningInfo) -> Filled {
    let (host, target) = place(&opening.form_url);
    let page = client.get(&host, &target).await.unwrap();
    assert_eq!(page.status, 200, "{}", opening.form_url);
    let html = page.text();
    match opening.shape {
        Shape::GreenhouseClassic | Shape::Lever => fill_native(opening.shape, &host, &html),
        Shape::GreenhouseNew => fill_facts(client, &host, &html).await,
    }
}

/// The facts from which the newer page's script builds the form.
pub(crate) fn facts(html: &str) -> Value {
    let (_, after) = html.split_once("id=\"page-facts\">").unwrap();
    serde_json::from_str(after.split_once("</script>").unwrap().0).unwrap()
}

pub(crate) fn place(url: &str) -> (String, String) {
    let (host, path) = url
        .strip_prefix("https://")
        .unwrap()
        .split_once('/')
        .unwrap();
    (host.to_owned(), format!("/{path}"))
}

fn text_for(name: &str) -> String {
    match name {
        _ if name.contains("email") => "ada@example.com".to_owned(),
        _ if name.contains("phone") => "+49 30 5550100".to_owned(),
        _ => format!("Zoë 😀 \"{}\"", name.len()),
    }
}

fn fill_native(shape: Shape, host: &str, html: &str) -> Filled {
    let all = tags(html);
    let form = all.iter().find(|t| t.name == "form").unwrap();
    assert_eq!(form.get("enctype"), "multipart/form-data");
    let mut filled = Filled {
        shape,
        host: host.to_owned(),
        target: form.get("action").to_owned(),
        fields: Vec::new(),
        files: Vec::new(),
    };
    if let Some(elsewhere) = form.get("action").strip_prefix("https://") {
        let (host, path) = elsewhere.split_once('/').unwrap();
        (filled.host, filled.target) = (host.to_owned(), format!("/{path}"));
    }
    let mut ticked: Vec<String> = Vec::new();
    for (at, tag) in all.iter().enumerate() {
        let name = tag.get("name").to_owned();
        if name.is_empty() || matches!(tag.get("type"), "submit" | "button") {
            continue;
        }
        let value = match (tag.name.as_str(), tag.get("type")) {
            ("input", "hidden") => tag.get("value").to_owned(),
            ("input", "file") => {
                filled
                    .files
                    .push((name, "cv.pdf".to_owned(), RESUME.to_vec()));
                continue;
            }
            ("input", "radio" | "checkbox") => {
                if tag.get("type") == "radio" && ticked.contains(&name) {
                    continue;
                }
                ticked.push(name.clone());
                tag.get("value").to_owned()
            }
            ("select", _) => {
                let options = all[at + 1..].iter().take_while(|t| t.name == "option");
                let first = options.map(|o| o.get("value")).find(|v| !v.is_empty());
                first.unwrap().to_owned()
            }
            ("input" | "textarea", _) => text_for(&name),
            _ => continue,
        };
        filled.fields.push((name, value));
    }
    filled
}

async fn fill_facts(client: &Client, host: &str, html: &str) -> Filled {
    let facts = facts(html);
    let text = |key: &str| facts[key].as_str().unwrap().to_owned();
    let hidden = tags(html);
    let posting = hidden
        .iter()
        .find(|t| t.get("name") == "job_post_id")
        .unwrap();
    let token = client.post(CHALLENGE, "/token", "site=x").await.unwrap();
    let token = token.json()["token"].as_str().unwrap().to_owned();
    let mut fields = vec![
        ("authenticity_token".to_owned(), text("token")),
        ("job_post_id".to_owned(), posting.get("value").to_owned()),
        ("challenge_token".to_owned(), token),
    ];
    let mut add = |name: &str, value: String| {
        fields.push((format!("job_application[{name}]"), value));
    };
    for field in facts["fields"].as_array().unwrap() {
        let name = field["name"].as_str().unwrap();
        let first = || field["options"][0]["value"].as_str().unwrap().to_owned();
        match field["kind"].as_str().unwrap() {
            "file" => {
                let key = format!("{}-{name}", text("key"));
                assert_eq!(store(client, &text("uploads"), &key).await, 201);
                add(&format!("{name}_url"), text("uploads") + &key);
            }
            "combobox" | "radio" => add(name, first()),
            "checkbox" => add(&format!("{name}]["), first()),
            _ => add(name, text_for(name)),
        }
    }
    let action = text("action");
    let (host, target) = if action.starts_with("https://") {
        place(&action)
    } else {
        (host.to_owned(), action)
    };
    Filled {
        shape: Shape::GreenhouseNew,
        host,
        target,
        fields,
        files: Vec::new(),
    }
}

/// Posts the resume to the store, and returns its status.
async fn store(client: &Client, uploads: &str, key: &str) -> u16 {
    let (host, target) = place(uploads);
    let form = Filled {
        shape: Shape::GreenhouseClassic,
        host,
        target,
        fields: vec![("key".to_owned(), key.to_owned())],
        files: vec![("file".to_owned(), "my cv.pdf".to_owned(), RESUME.to_vec())],
    };
    form.send(client).await.unwrap().status
}

impl Filled {
    /// Puts another value into a field.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let mut found = self.fields.iter_mut().filter(|(key, _)| key == name);
        let (_, old) = found.next().unwrap_or_else(|| panic!("no field {name}"));
        *old = value.to_owned();
    }

    pub(crate) async fn send(&self, client: &Client) -> std::io::Result<Answer> {
        let (kind, body) = match self.shape {
            Shape::GreenhouseClassic | Shape::Lever => (
                "multipart/form-data; boundary=----WebKitFormBoundaryX",
                self.multipart(),
            ),
            Shape::GreenhouseNew => ("application/json", self.json().to_string().into_bytes()),
        };
        let headers = [("Content-Type", kind), ("Origin", "https://here.example")];
        client
            .send("POST", &self.host, &self.target, &headers, &body)
            .await
    }

    fn multipart(&self) -> Vec<u8> {
        let mut body = Vec::new();
        let quoted = |text: &str| text.replace('"', "%22");
        let mut part = |head: String, content: &[u8]| {
            body.extend(b"------WebKitFormBoundaryX\r\nContent-Disposition: form-data; ");
            body.extend(head.as_bytes());
            body.extend(b"\r\n\r\n");
            body.extend(content);
            body.extend(b"\r\n");
        };
        for (name, value) in &self.fields {
            part(format!("name=\"{}\"", quoted(name)), value.as_bytes());
        }
        for (name, file, bytes) in &self.files {
            let head = format!("name=\"{}\"; filename=\"{}\"", quoted(name), quoted(file));
            part(head + "\r\nContent-Type: application/pdf", bytes);
        }
        body.extend(b"------WebKitFormBoundaryX--\r\n");
        body
    }

    fn json(&self) -> Value {
        let mut top = Map::new();
        let mut inner = Map::new();
        for (name, value) in &self.fields {
            match name
                .strip_prefix("job_application[")
                .and_then(|n| n.strip_suffix(']'))
            {
                Some(name) => match name.strip_suffix("][") {
                    Some(name) => inner.insert(name.to_owned(), json!([value])),
                    None => inner.insert(name.to_owned(), json!(value)),
                },
                None => top.insert(name.clone(), json!(value)),
            };
        }
        top.insert("job_application".to_owned(), inner.into());
        top.into()
    }
}
