//! A manifest in which every member and every variant occurs.

use agent_approval::*;

pub(crate) const CV: &[u8] = b"%PDF-1.7 the curriculum of Ada Lovelace";
pub(crate) const LETTER: &str = "Dear all,\nI count & compute – à vous.\n\nAda";

pub(crate) fn manifest() -> Manifest {
    let release = |kind, method: &str, origin: &str, path: &str, path_prefix| Release {
        kind,
        method: method.into(),
        origin: origin.into(),
        path: path.into(),
        path_prefix,
    };
    let upload = ReleaseKind::Upload {
        field: "Portfolio".into(),
    };
    Manifest {
        version: Manifest::VERSION,
        application: "0123456789abcdef0123456789abcdef".into(),
        opening: "acme/analyst/berlin".into(),
        employer: "Acme".into(),
        title: "Analyst of engines".into(),
        posting_url: "https://jobs.example/acme/1".into(),
        plugin: PluginRef {
            id: "greenhouse".into(),
            version: "0.2.0".into(),
            sha256: Sha256::of(b"component"),
        },
        profile_revision: 12,
        nonce: Nonce::from_bytes([7; 16]),
        snapshots: vec![page()],
        releases: vec![
            release(upload, "PUT", "https://store.example", "/uploads/", true),
            release(
                ReleaseKind::Submit,
                "POST",
                "https://jobs.example",
                "/apply/1",
                false,
            ),
        ],
    }
}

/// The release that uploads, and the one that submits.
pub(crate) const UPLOAD: usize = 0;
pub(crate) const SUBMIT: usize = 1;

pub(crate) fn field(name: &str, kind: FieldKind, value: Value, source: Source) -> Field {
    Field {
        name: name.into(),
        role: "textbox".into(),
        kind,
        required: true,
        options: Vec::new(),
        value,
        source,
    }
}

fn choice(name: &str, kind: FieldKind, options: &[&str], chosen: &[&str]) -> Field {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Field {
        role: "combobox".into(),
        options: owned(options),
        ..field(name, kind, Value::Chosen(owned(chosen)), Source::Bank)
    }
}

fn page() -> FormSnapshot {
    use FieldKind::*;
    let text = |text: &str| Value::Text(text.into());
    let file = |field: &str, name: &str, content: &[u8]| FileRef {
        field: field.into(),
        name: name.into(),
        size: content.len().try_into().unwrap(),
        sha256: Sha256::of(content),
    };
    let pinned = |name: &str, value: &str| Pinned {
        name: name.into(),
        sha256: Sha256::of(value.as_bytes()),
    };
    FormSnapshot {
        origin: "https://jobs.example".into(),
        path: "/acme/1".into(),
        query: vec![
            ("gh_jid".into(), "4711".into()),
            ("for".into(), "acme".into()),
        ],
        action: Action {
            method: "POST".into(),
            origin: "https://jobs.example".into(),
            path: "/apply/1".into(),
        },
        fields: vec![
            field("Name", Text, text("Ada Lovelace"), Source::Fact),
            field("Phone", Text, text("+49 170 1234567"), Source::Fact),
            field("Known as", Text, text("Ada Lovelace"), Source::Person),
            field("Letter", LongText, text(LETTER), Source::Drafted),
            choice(
                "Country",
                Select,
                &["France", "Germany", "Italy"],
                &["Germany"],
            ),
            choice(
                "Languages",
                MultiSelect,
                &["de", "en", "fr"],
                &["German", "French"],
            ),
            choice("City", Combobox, &["Berlin", "Bonn"], &["Berlin"]),
            choice("Permit", Radio, &["Yes", "No"], &["Yes"]),
            choice(
                "Days",
                CheckboxGroup,
                &["Mon", "Tue", "Wed"],
                &["Mon", "Wed"],
            ),
            field("Newsletter", Checkbox, Value::Ticked(false), Source::Page),
            field(
                "I have read the notice",
                Checkbox,
                Value::Ticked(true),
                Source::Person,
            ),
            field("CV", File, Value::File("ada.pdf".into()), Source::Fact),
            field(
                "Portfolio",
                File,
                Value::File("works.pdf".into()),
                Source::Fact,
            ),
            field("Pronouns", Text, Value::Empty, Source::None),
        ],
        files: vec![
            file("CV", "ada.pdf", CV),
            file("Portfolio", "works.pdf", b"works"),
        ],
        pinned: vec![pinned("form_version", "17"), pinned("job", "4711")],
        volatile: vec!["authenticity_token".into(), "render_time".into()],
    }
}
