//! Every member of what is approved is in the digest.

use std::collections::{BTreeMap, BTreeSet};

use agent_approval::{FieldKind, Manifest, ManifestError, Source};
use serde_json::{Value, json};

use crate::{random::Random, sample};

/// Words that can stand in for each other in enumerations, so that a change of
/// variant is tried too and not only text that no type takes.
const WORDS: [&str; 15] = [
    "text",
    "long-text",
    "select",
    "multi-select",
    "combobox",
    "radio",
    "checkbox",
    "checkbox-group",
    "file",
    "fact",
    "bank",
    "drafted",
    "person",
    "page",
    "none",
];
const KEYS: [&str; 4] = ["text", "chosen", "ticked", "file"];

/// Paths (RFC 6901) of every value in a JSON value, leaves and branches.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                paths(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                paths(member, &format!("{at}/{key}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn flipped_digit(text: &str) -> Option<String> {
    let hex = text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (first, rest) = text.split_at_checked(1)?;
    hex.then(|| format!("{}{rest}", if first == "0" { "1" } else { "0" }))
}

/// Other values that might be taken in place of this one.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(bool) => vec![json!(!bool)],
        Value::Number(number) => vec![json!(number.as_i64().unwrap() + 1)],
        Value::String(text) => {
            let mut others = vec![
                json!(format!("{text}x")),
                json!(""),
                json!(" "),
                json!(text.to_uppercase()),
            ];
            others.extend(flipped_digit(text).map(Value::from));
            others.extend(WORDS.map(Value::from));
            others.push(json!({ "upload": { "field": "Name" } }));
            others.push(json!({ "text": text }));
            others.retain(|other| other != value);
            others
        }
        Value::Array(items) => {
            let mut others = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let mut without = items.clone();
                without.remove(index);
                let mut twice = items.clone();
                twice.insert(index, item.clone());
                others.extend([json!(without), json!(twice)]);
            }
            let mut turned = items.clone();
            turned.reverse();
            others.extend((turned != *items).then(|| json!(turned)));
            others
        }
        Value::Object(members) => {
            let mut others = Vec::new();
            for (key, member) in members {
                let mut without = members.clone();
                without.remove(key);
                others.push(json!(without));
                for other in KEYS.iter().filter(|other| *other != key) {
                    let mut renamed = without.clone();
                    renamed.insert((*other).to_owned(), member.clone());
                    others.push(json!(renamed));
                }
            }
            let mut more = members.clone();
            more.insert("note".into(), json!("x"));
            others.push(json!(more));
            others
        }
    }
}

#[test]
fn p1_every_member_of_the_manifest_and_of_the_snapshot_changes_the_digest() {
    let manifest = sample::manifest();
    let digest = manifest.digest().unwrap();
    let whole = serde_json::to_value(&manifest).unwrap();
    let twin: Manifest = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(
        twin.digest().unwrap(),
        digest,
        "the same content is the same digest"
    );
    let mut all = Vec::new();
    paths(&whole, "", &mut all);
    let (mut refused, mut changed) = (0, 0);
    for path in &all {
        let here = whole.pointer(path).unwrap();
        let mut taken = 0;
        for other in others(here) {
            let mut edited = whole.clone();
            *edited.pointer_mut(path).unwrap() = other.clone();
            let Ok(edited) = serde_json::from_value::<Manifest>(edited) else {
                refused += 1;
                continue;
            };
            // Upper-case digits are the same bytes, written in another way: they
            // are read from JSON here and refused by `decode` below.
            if edited == manifest {
                assert_eq!(other, json!(here.as_str().map(str::to_uppercase)), "{path}");
                continue;
            }
            assert_ne!(edited.digest().unwrap(), digest, "{path} -> {other}");
            let only_nonce = path == "/nonce";
            assert_eq!(
                manifest.differences(&edited).is_empty(),
                only_nonce,
                "{path} -> {other}"
            );
            taken += 1;
        }
        let leaf = !here.is_object() && !here.is_array();
        assert!(
            !leaf || taken > 0,
            "no other value of {path} was taken: nothing was tried"
        );
        changed += taken;
    }
    assert!(
        all.len() > 150 && changed > 400 && refused > 400,
        "{} {changed} {refused}",
        all.len()
    );
}

#[test]
fn the_sample_holds_every_variant() {
    let text = String::from_utf8(sample::manifest().encode().unwrap()).unwrap();
    let kind = |kind: FieldKind| match kind {
        FieldKind::Text => Some(FieldKind::LongText),
        FieldKind::LongText => Some(FieldKind::Select),
        FieldKind::Select => Some(FieldKind::MultiSelect),
        FieldKind::MultiSelect => Some(FieldKind::Combobox),
        FieldKind::Combobox => Some(FieldKind::Radio),
        FieldKind::Radio => Some(FieldKind::Checkbox),
        FieldKind::Checkbox => Some(FieldKind::CheckboxGroup),
        FieldKind::CheckboxGroup => Some(FieldKind::File),
        FieldKind::File => None,
    };
    let source = |source: Source| match source {
        Source::Fact => Some(Source::Bank),
        Source::Bank => Some(Source::Drafted),
        Source::Drafted => Some(Source::Person),
        Source::Person => Some(Source::Page),
        Source::Page => Some(Source::None),
        Source::None => None,
    };
    for kind in std::iter::successors(Some(FieldKind::Text), |one| kind(*one)) {
        let member = format!("\"kind\":{}", serde_json::to_string(&kind).unwrap());
        assert!(text.contains(&member), "{member}");
    }
    for source in std::iter::successors(Some(Source::Fact), |one| source(*one)) {
        let member = format!("\"source\":{}", serde_json::to_string(&source).unwrap());
        assert!(text.contains(&member), "{member}");
    }
    for value in [
        "\"empty\"",
        "{\"text\":",
        "{\"chosen\":",
        "{\"ticked\":true",
        "{\"ticked\":false",
        "{\"file\":",
    ] {
        assert!(text.contains(&format!("\"value\":{value}")), "{value}");
    }
    assert!(text.contains("{\"upload\":") && text.contains("\"kind\":\"submit\""));
}

#[test]
fn p1_one_content_has_one_encoding() {
    let manifest = sample::manifest();
    let bytes = manifest.encode().unwrap();
    assert_eq!(Manifest::decode(&bytes).unwrap(), manifest);
    let text = String::from_utf8(bytes.clone()).unwrap();
    // Sorted by hand: whether a JSON value sorts its members is a feature that
    // another crate of the build may switch.
    let members: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let alphabetical = serde_json::to_string(&members).unwrap();
    assert_ne!(alphabetical, text);
    let upper = text.replace(
        &manifest.nonce.to_string(),
        &manifest.nonce.to_string().to_uppercase(),
    );
    let escaped = text.replace("Lovelace", "Lovel\\u0061ce");
    let others = [
        format!("{text} "),
        format!("\n{text}"),
        alphabetical,
        escaped,
        text.replace("\":", "\": "),
    ];
    for other in others {
        assert!(
            matches!(
                Manifest::decode(other.as_bytes()),
                Err(ManifestError::Encoding)
            ),
            "{other}"
        );
    }
    assert!(
        upper == text
            || matches!(
                Manifest::decode(upper.as_bytes()),
                Err(ManifestError::Encoding)
            )
    );
    let later = text.replacen("\"version\":1", "\"version\":2", 1);
    let later = Manifest::decode(later.as_bytes());
    assert!(
        matches!(later, Err(ManifestError::Version { found: 2 })),
        "{later:?}"
    );
}

#[test]
fn p1_ten_thousand_changed_bytes_are_another_digest_or_no_manifest() {
    let manifest = sample::manifest();
    let (bytes, digest) = (manifest.encode().unwrap(), manifest.digest().unwrap());
    let mut random = Random(1);
    let mut read = 0;
    for _ in 0..10_000 {
        let mut edited = bytes.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(edited.len());
            match random.below(3) {
                0 => edited[at] ^= 1 << random.below(8),
                1 => drop(edited.remove(at)),
                _ => edited.insert(at, random.next().to_le_bytes()[0]),
            }
        }
        if edited == bytes {
            continue;
        }
        if let Ok(other) = Manifest::decode(&edited) {
            read += 1;
            assert_ne!(other, manifest);
            assert_ne!(other.digest().unwrap(), digest);
        }
    }
    assert!(
        read > 500,
        "only {read} of the changed bytes were a manifest"
    );
}

#[test]
fn every_manifest_with_another_nonce_is_another() {
    let mut random = Random(2);
    let digests: BTreeSet<_> = (0..100)
        .map(|_| {
            let mut manifest = sample::manifest();
            manifest.nonce = agent_approval::Nonce::from_bytes(random.bytes());
            manifest.digest().unwrap()
        })
        .collect();
    assert_eq!(digests.len(), 100);
}
