//! The postings of a JSON answer, wherever the portal puts the list.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use crate::{PortalError, read_json};

/// The list at the first of these `keys` that holds one, or the answer itself
/// where it is the list. Each element is kept as text until its turn, so that a
/// large board is in memory once. Without a list the answer for `what` is `changed`.
pub fn rows<'a>(
    body: &'a [u8],
    keys: &[&str],
    what: &str,
) -> Result<Vec<&'a RawValue>, PortalError> {
    if first(body) == Some(b'[') {
        return read_json(body, what);
    }
    let fields = fields(body, what)?;
    let lists = keys.iter().filter_map(|key| fields.get(*key));
    lists
        .filter_map(|raw| serde_json::from_str(raw.get()).ok())
        .next()
        .ok_or_else(|| {
            PortalError::Changed(format!(
                "the JSON for {what} has no list at {}",
                keys.join(" or ")
            ))
        })
}

/// The thing at the first of these `keys` that holds an object, or the answer
/// itself: portals wrap a single posting, or do not. Whether it is a posting is
/// for its reader to see.
pub fn row<'a>(body: &'a [u8], keys: &[&str], what: &str) -> Result<&'a RawValue, PortalError> {
    let fields = fields(body, what)?;
    let inner = keys.iter().filter_map(|key| fields.get(*key));
    match inner.copied().find(|raw| raw.get().starts_with('{')) {
        Some(inner) => Ok(inner),
        None => read_json(body, what),
    }
}

fn fields<'a>(body: &'a [u8], what: &str) -> Result<BTreeMap<String, &'a RawValue>, PortalError> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Fields<'a>(#[serde(borrow)] BTreeMap<String, &'a RawValue>);
    read_json::<Fields<'a>>(body, what).map(|fields| fields.0)
}

fn first(body: &[u8]) -> Option<u8> {
    body.iter().copied().find(|b| !b.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<usize>) {
        let found = rows(json.as_bytes(), &["jobs", "results"], "board acme");
        match (&found, expected) {
            (Ok(found), Some(count)) => assert_eq!(found.len(), count, "{json}"),
            (Err(PortalError::Changed(_)), None) => {}
            _ => panic!("{json}: {found:?}"),
        }
    }

    #[test]
    fn a_list_is_found_bare_or_at_its_key() {
        check("[1, null, {}]", Some(3));
        check(" []", Some(0));
        check(r#"{"jobs": [1], "results": [1, 2]}"#, Some(1));
        check(r#"{"jobs": null, "results": [1, 2]}"#, Some(2));
        check(r#"{"jobs": null}"#, None);
        check(r#"{"error": "no"}"#, None);
        check(r#"{"jobs": [1"#, None);
        check("null", None);
    }

    #[test]
    fn a_single_thing_is_found_bare_or_at_its_key() {
        for (json, expected) in [
            (r#"{"offer": {"id": 1}}"#, r#"{"id": 1}"#),
            (r#"{"id": 1, "offer": null}"#, r#"{"id": 1, "offer": null}"#),
        ] {
            let found = row(json.as_bytes(), &["offer"], "posting 1").unwrap();
            assert_eq!(found.get(), expected);
        }
        for json in ["[]", "", "{\"a\""] {
            let error = row(json.as_bytes(), &["offer"], "posting 1").map(drop);
            assert!(matches!(error, Err(PortalError::Changed(_))), "{json}");
        }
    }
}
