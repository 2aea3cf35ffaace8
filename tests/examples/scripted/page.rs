//! The classic form of the practice employer, read with patterns: enough for a
//! browser that has no screen.

use std::sync::LazyLock;

use agent_approval::FieldKind;
use agent_core::form::{Control, Meaning};
use regex::Regex;

/// A form as the page states it.
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) controls: Vec<Named>,
    /// Hidden names and values.
    pub(crate) hidden: Vec<(String, String)>,
}

/// A control and the name it has on the wire.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) control: Control,
}

/// A pattern of ours, which is right.
#[allow(clippy::unwrap_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static FORM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?s)<form id="application_form"[^>]*action="([^"]*)"[^>]*>(.*?)</form>"#)
});
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?s)<label for="([^"]+)">(.*?)</label>.*?<(input|textarea|select)([^>]*\bid="([^"]+)"[^>]*)>"#,
    )
});
static HIDDEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"<input type="hidden" name="([^"]*)" value="([^"]*)">"#));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"<[^>]*>"));

/// Reads the form. Only text fields and files are read: the fault tests apply
/// to openings that ask for nothing else.
pub(crate) fn read(page: &str) -> Option<Form> {
    let form = FORM.captures(page)?;
    let inner = form.get(2)?.as_str();
    let mut controls = Vec::new();
    for field in FIELD.captures_iter(inner) {
        let (label, tag, attributes) = (&field[2], &field[3], &field[4]);
        if field[1] != field[5] {
            continue;
        }
        let attribute = |name: &str| {
            let start = attributes.find(&format!("{name}=\""))? + name.len() + 2;
            attributes.get(start..)?.split('"').next().map(unescaped)
        };
        let kind = match (tag, attribute("type").as_deref()) {
            ("input", Some("file")) => FieldKind::File,
            ("input", _) => FieldKind::Text,
            ("textarea", _) => FieldKind::LongText,
            _ => continue,
        };
        let name = unescaped(&TAG.replace_all(label, ""));
        controls.push(Named {
            name: attribute("name")?,
            control: Control {
                index: controls.len(),
                name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                description: String::new(),
                role: "textbox".to_owned(),
                kind,
                required: attributes.contains("aria-required=\"true\""),
                options: Vec::new(),
                max_length: attribute("maxlength").and_then(|most| most.parse().ok()),
                meaning: meaning(attribute("autocomplete").as_deref()),
                accept: attribute("accept")
                    .map(|types| {
                        types
                            .split(',')
                            .map(|kind| kind.trim().to_owned())
                            .collect()
                    })
                    .unwrap_or_default(),
            },
        });
    }
    Some(Form {
        action: unescaped(form.get(1)?.as_str()),
        controls,
        hidden: HIDDEN
            .captures_iter(inner)
            .map(|found| (unescaped(&found[1]), unescaped(&found[2])))
            .collect(),
    })
}

/// The reference on a page that confirms.
pub(crate) fn reference(page: &str) -> Option<String> {
    let after = page.split("Reference: ").nth(1)?;
    let reference = after.split('<').next()?.trim();
    Some(format!("Reference: {reference}"))
}

fn meaning(token: Option<&str>) -> Option<Meaning> {
    match token? {
        "given-name" => Some(Meaning::FirstName),
        "family-name" => Some(Meaning::LastName),
        "email" => Some(Meaning::Email),
        "tel" => Some(Meaning::Phone),
        _ => None,
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
