//! Lists that a page keeps in its scripts: its links are made by the browser.

use portal_sdk::scripts;
use serde_json::Value;

/// The addresses of postings in the scripts of the page at `path`.
pub(crate) fn links(html: &str, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for script in scripts(html) {
        let kind = script.tag.value("type").unwrap_or_default();
        if kind.to_ascii_lowercase().contains("ld+json") {
            if let Ok(value) = serde_json::from_str::<Value>(script.text.trim()) {
                items(&value, &mut found);
            }
        } else if script.text.contains("window.pageData") {
            // Paylocity
            let ids = values(script.text, "\"JobId\":");
            found.extend(ids.map(|id| format!("/Recruiting/Jobs/Details/{id}")));
        } else if script.text.contains("phApp.ddo") {
            // Phenom
            let (country, language) = locale(path);
            let ids = values(script.text, "\"jobSeqNo\":");
            found.extend(ids.map(|id| format!("/{country}/{language}/job/{id}")));
        }
    }
    found
}

/// The addresses in the item lists of a JSON-LD document.
fn items(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(many) => many.iter().for_each(|one| items(one, found)),
        Value::Object(thing) => {
            let is_item = thing
                .get("@type")
                .and_then(Value::as_str)
                .is_some_and(|kind| kind.ends_with("ListItem"));
            if is_item {
                let stated = [thing.get("url"), thing.get("item")];
                let texts = stated
                    .into_iter()
                    .flatten()
                    .filter_map(|stated| match stated {
                        Value::Object(item) => item.get("url").or_else(|| item.get("@id")),
                        other => Some(other),
                    });
                found.extend(texts.filter_map(Value::as_str).map(str::to_owned));
            }
            thing.values().for_each(|one| items(one, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The numbers and plain texts that follow `name`.
fn values<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(name).filter_map(move |(at, _)| {
        let after = text
            .get(at + name.len()..)?
            .trim_start()
            .trim_start_matches('"');
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(after.len());
        after
            .get(..end)
            .filter(|value| !value.is_empty() && *value != "null")
    })
}

/// The two first parts of a Phenom site's paths ("/us/en/…").
fn locale(path: &str) -> (&str, &str) {
    let mut parts = path.split(['/', '?']).filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some(country), Some(language))
            if (2..=6).contains(&country.len()) && (2..=5).contains(&language.len()) =>
        {
            (country, language)
        }
        _ => ("global", "en"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_scripts_are_found() {
        for (html, path, expected) in [
            (
                r#"<script>window.pageData = {"Jobs":[{"JobId":417,"JobTitle":"Cook"},{"JobId": 418}]};</script>"#,
                "/recruiting/jobs/All/x",
                &[
                    "/Recruiting/Jobs/Details/417",
                    "/Recruiting/Jobs/Details/418",
                ][..],
            ),
            (
                r#"<script>phApp.ddo = {"jobs":[{"jobSeqNo":"EBBE7EXTERNALEN"},{"jobSeqNo":null}]};</script>"#,
                "/dk/da/search-results?x=1",
                &["/dk/da/job/EBBE7EXTERNALEN"],
            ),
            (
                r#"<script>phApp.ddo = {"jobs":[{"jobSeqNo":"EBBE7"}]};</script>"#,
                "/careers-home",
                &["/global/en/job/EBBE7"],
            ),
            (
                r#"<script type="application/ld+json">{"@type":"ItemList","itemListElement":[
                {"@type":"ListItem","url":"/jobs/1"},{"@type":"ListItem","item":{"url":"/jobs/2"}},
                {"@type":"ListItem","item":"/jobs/3"},{"@type":"ListItem"}]}</script>"#,
                "/",
                &["/jobs/1", "/jobs/2", "/jobs/3"],
            ),
            (r#"<script>var a = {"JobId":1};</script>"#, "/", &[]),
        ] {
            assert_eq!(links(html, path), expected, "{html}");
        }
    }
}
