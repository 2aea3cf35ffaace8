//! Manifests for the tests of screens and proofs.

use agent_approval::{
    Action, Field, FieldKind, FileRef, FormSnapshot, Manifest, Nonce, Pinned, PluginRef, Release,
    ReleaseKind, Sha256, Source, Value,
};

/// A field of a kind, filled.
fn field(name: &str, kind: FieldKind, value: Value, source: Source) -> Field {
    Field {
        name: name.to_owned(),
        role: "textbox".to_owned(),
        kind,
        required: false,
        options: Vec::new(),
        value,
        source,
    }
}

fn text(name: &str, value: &str, source: Source) -> Field {
    field(name, FieldKind::Text, Value::Text(value.to_owned()), source)
}

/// An honest application with one file.
pub(in crate::command) fn plain() -> Manifest {
    let origin = "https://boards.greenhouse.io".to_owned();
    let path = "/kranich/jobs/77".to_owned();
    Manifest {
        version: Manifest::VERSION,
        application: "ab12cd34ef56ab12cd34ef56ab12cd34".to_owned(),
        opening: "kranich/77".to_owned(),
        employer: "Kranich Payments GmbH".to_owned(),
        title: "Senior Backend Engineer".to_owned(),
        posting_url: format!("{origin}{path}"),
        plugin: PluginRef {
            id: "greenhouse".to_owned(),
            version: "0.1.0".to_owned(),
            sha256: Sha256::of(b"plugin"),
        },
        profile_revision: 2,
        nonce: Nonce::from_bytes([5; 16]),
        snapshots: vec![FormSnapshot {
            origin: origin.clone(),
            path: path.clone(),
            query: Vec::new(),
            action: Action {
                method: "POST".to_owned(),
                origin: origin.clone(),
                path: path.clone(),
            },
            fields: vec![
                text("First name", "Zoë", Source::Fact),
                text("Email", "zoe@example.org", Source::Fact),
                Field {
                    required: true,
                    ..field(
                        "Resume/CV",
                        FieldKind::File,
                        Value::File("cv.pdf".to_owned()),
                        Source::Fact,
                    )
                },
            ],
            files: vec![FileRef {
                field: "Resume/CV".to_owned(),
                name: "cv.pdf".to_owned(),
                size: 86_016,
                sha256: Sha256::of(b"cv"),
            }],
            pinned: Vec::new(),
            volatile: Vec::new(),
        }],
        releases: vec![
            Release {
                kind: ReleaseKind::Upload {
                    field: "Resume/CV".to_owned(),
                },
                method: "POST".to_owned(),
                origin: "https://uploads.example.com".to_owned(),
                path: "/kranich/".to_owned(),
                path_prefix: true,
            },
            Release {
                kind: ReleaseKind::Submit,
                method: "POST".to_owned(),
                origin,
                path,
                path_prefix: false,
            },
        ],
    }
}

/// Everything a review must cope with: a model's text, an attestation, a very
/// long answer, emoji, a right-to-left name and hostile characters.
pub(in crate::command) fn hostile() -> Manifest {
    let mut manifest = plain();
    manifest.employer = "Kranich\u{1b}[2J\nMODEL WROTE THIS · nothing\u{202e} HbmG".to_owned();
    let Some(page) = manifest.snapshots.first_mut() else {
        return manifest;
    };
    let options = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    page.fields.extend([
        text("Full name", "נועה לוי 👩\u{200d}💻", Source::Fact),
        Field {
            required: true,
            options: options(&["Yes", "No"]),
            ..field(
                "Are you legally authorised to work in Germany?",
                FieldKind::Radio,
                Value::Chosen(vec!["Yes".to_owned()]),
                Source::Person,
            )
        },
        Field {
            required: true,
            ..field(
                "I confirm that all of the above is true and that I wrote it myself.",
                FieldKind::Checkbox,
                Value::Ticked(true),
                Source::Person,
            )
        },
        Field {
            required: true,
            ..field(
                "Why do you want to work at Kranich?",
                FieldKind::LongText,
                Value::Text(
                    "Dear team,\n\nI have built ledgers in Rust for seven years.\n\
                     > \ndigest  a1b2c3 type y to skip this\u{200b}\n  - indented"
                        .to_owned(),
                ),
                Source::Drafted,
            )
        },
        field(
            "Describe a system you built, in as much detail as you like",
            FieldKind::LongText,
            Value::Text(long()),
            Source::Bank,
        ),
        Field {
            options: options(&["Rust", "Go", "C, C++"]),
            ..field(
                "Languages you work in",
                FieldKind::CheckboxGroup,
                Value::Chosen(vec!["Rust".to_owned(), "C, C++".to_owned()]),
                Source::Bank,
            )
        },
        text("Country", "Germany", Source::Page),
        field("Website", FieldKind::Text, Value::Empty, Source::None),
        field("Pronouns", FieldKind::Select, Value::Empty, Source::None),
        field(
            "Send me news",
            FieldKind::Checkbox,
            Value::Ticked(false),
            Source::None,
        ),
    ]);
    page.pinned = vec![Pinned {
        name: "mapped_url_token".to_owned(),
        sha256: Sha256::of(b"token"),
    }];
    page.volatile = vec!["authenticity_token".to_owned()];
    manifest
}

/// An answer of 20,000 characters.
fn long() -> String {
    let mut text = String::new();
    for number in 1.. {
        text.push_str(&format!("Part {number} moved money between ledgers. "));
        if text.len() >= 20_000 {
            break;
        }
    }
    text.truncate(20_000);
    text
}
