//! Files of jobs in whatever JSON they are.

use std::{collections::BTreeMap, fs, path::Path};

use agent_core::{
    ids::SourceId,
    job::{self, Job, Posting, StatedPay},
};
use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

/// The jobs of a file by the field each names, "" where it names none; `None`
/// when the file is not one of jobs.
pub(super) fn read(path: &Path) -> Result<Option<BTreeMap<String, Vec<Job>>>> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !extension.is_some_and(|extension| ["json", "jsonl", "ndjson"].contains(&extension)) {
        return Ok(None);
    }
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let values = serde_json::Deserializer::from_slice(&bytes)
        .into_iter::<Value>()
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| format!("{}", path.display()))?;
    let source = SourceId::of("eval", &path.to_string_lossy());
    let mut fields: BTreeMap<String, Vec<Job>> = BTreeMap::new();
    for (at, stated) in listed(&values).into_iter().enumerate() {
        let posting = posting(stated, at);
        let job = job::read(source, "Unnamed", &posting)
            .with_context(|| format!("{}: job {}", path.display(), at + 1))?;
        let field = words(stated, &["field", "profession"]).unwrap_or_default();
        fields.entry(field).or_default().push(job);
    }
    match (fields.is_empty(), values.iter().any(is_resume)) {
        (true, true) => Ok(None),
        (true, false) => bail!("{} holds neither jobs nor a CV", path.display()),
        (false, _) => Ok(Some(fields)),
    }
}

fn is_resume(value: &Value) -> bool {
    value.get("basics").is_some() || value.get("work").is_some()
}

/// The jobs among the values: themselves, or the first list of jobs they hold.
fn listed(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    for value in values {
        match value {
            Value::Array(all) => found.extend(listed(all)),
            Value::Object(_) if is_resume(value) => {}
            Value::Object(fields) if any(fields, TITLE).is_some() => found.push(fields),
            Value::Object(fields) => {
                let lists = fields.values().filter(|value| value.is_array());
                let jobs = lists.map(|list| listed(std::slice::from_ref(list)));
                found.extend(
                    jobs.into_iter()
                        .find(|jobs| !jobs.is_empty())
                        .unwrap_or_default(),
                );
            }
            _ => {}
        }
    }
    found
}

const TITLE: &[&str] = &["title", "jobtitle", "name", "position", "role", "text"];

/// Reads the fields under the names that boards give them.
fn posting(stated: &Map<String, Value>, at: usize) -> Posting {
    let id = words(stated, &["nativeid", "externalid", "jobid", "id", "slug"]);
    let description: Vec<String> = [
        &[
            "description",
            "content",
            "body",
            "descriptionhtml",
            "descriptionplain",
            "text",
            "summary",
        ][..],
        &["responsibilities", "duties"],
        &["requirements", "qualifications"],
        &["skills"],
        &["nicetohave", "preferred"],
    ]
    .iter()
    .filter_map(|names| any(stated, names))
    .map(|value| flat(value, "\n"))
    .collect();
    let description = description.join("\n");
    let is_html = description.contains("</");
    let (html, text) = match is_html {
        true => (Some(description), None),
        false => (None, Some(description)),
    };
    Posting {
        external_id: id.unwrap_or_else(|| at.to_string()),
        url: words(stated, &["url", "link", "joburl", "absoluteurl"])
            .filter(|url| url.starts_with("http"))
            .unwrap_or_else(|| format!("https://jobs.example/{at}")),
        title: words(stated, TITLE).unwrap_or_default(),
        company: words(
            stated,
            &["company", "companyname", "employer", "organization"],
        ),
        locations: places(stated),
        workplace: words(
            stated,
            &["workplace", "workmode", "workplacetype", "remotetype"],
        )
        .or_else(|| remote(stated)),
        description_html: html,
        description_text: text,
        pay: any(stated, &["salary", "pay", "compensation"]).map(pay),
        employment: words(
            stated,
            &["employment", "employmenttype", "contract", "jobtype"],
        ),
        level: words(stated, &["level", "seniority", "experiencelevel"]),
        department: words(stated, &["department", "team", "category"]),
        language: words(stated, &["language", "lang"]),
        posted_at: words(stated, &["postedat", "posted", "date", "publishedat"]),
        industry: words(stated, &["industry", "sector"]),
        ..Posting::default()
    }
}

fn remote(stated: &Map<String, Value>) -> Option<String> {
    let value = any(stated, &["remote", "isremote"])?;
    match value {
        Value::Bool(true) => Some("remote".to_owned()),
        Value::String(words) if !words.is_empty() => Some(words.clone()),
        _ => None,
    }
}

/// Places as text each; one that is an object from its parts.
fn places(stated: &Map<String, Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::Object(place) => {
            let part = |names| words(place, names);
            let parts = [
                part(&["city", "name", "locality"]),
                part(&["region", "state"]),
                part(&["country", "countrycode"]),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        other => flat(other, ", "),
    };
    let value = any(stated, &["locations", "location", "place", "city"]);
    let mut places: Vec<String> = match value {
        Some(Value::Array(all)) => all.iter().map(one).collect(),
        Some(value) => vec![one(value)],
        None => Vec::new(),
    };
    places.retain(|place| !place.trim().is_empty());
    if places.is_empty() {
        places.extend(words(stated, &["country"]));
    }
    places
}

fn pay(value: &Value) -> StatedPay {
    let Value::Object(fields) = value else {
        return StatedPay {
            text: Some(flat(value, " ")),
            ..StatedPay::default()
        };
    };
    let number = |names| any(fields, names).and_then(Value::as_f64);
    StatedPay {
        text: words(fields, &["text", "label"]),
        min: number(&["minimum", "min", "from"]),
        max: number(&["maximum", "max", "to"]),
        currency: words(fields, &["currency"]),
        period: words(fields, &["period", "interval", "unit"]),
    }
}

/// The first of these fields that is there and not empty. Names are compared
/// without case and joints: "work_mode" is "workMode".
fn any<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        let found = fields.iter().find(|(key, _)| {
            let bare = key.chars().filter(|character| character.is_alphanumeric());
            bare.flat_map(char::to_lowercase).eq(name.chars())
        });
        found
            .map(|(_, value)| value)
            .filter(|value| !flat(value, "").trim().is_empty())
    })
}

fn words(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    any(fields, names).map(|value| match value {
        Value::Object(inner) => words(inner, &["name", "title"]).unwrap_or_default(),
        other => flat(other, ", "),
    })
}

/// All text and numbers of a value.
fn flat(value: &Value, between: &str) -> String {
    match value {
        Value::Null | Value::Bool(_) => String::new(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(all) => join(all.iter(), between),
        Value::Object(fields) => join(fields.values(), between),
    }
}

fn join<'a>(values: impl Iterator<Item = &'a Value>, between: &str) -> String {
    let texts = values.map(|value| flat(value, between));
    texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_read_from_the_shapes_boards_have() {
        let check = |json: &str, title: &str, place: &str, words: &str| {
            let value: Value = serde_json::from_str(json).unwrap();
            let values = [value];
            let found = listed(&values);
            assert_eq!(found.len(), 1, "{json}");
            let posting = posting(found[0], 0);
            assert_eq!(posting.title, title);
            assert_eq!(posting.locations, [place]);
            let text = posting
                .description_html
                .or(posting.description_text)
                .unwrap();
            assert!(text.contains(words), "{text}");
        };
        check(
            r#"[{"title": "Nurse", "location": "Leeds", "description": "Care for patients"}]"#,
            "Nurse",
            "Leeds",
            "Care",
        );
        check(
            r#"{"count": 1, "jobs": [{"jobTitle": "Chef", "locations": [{"city": "Lyon", "country": "FR"}],
                "description": "<p>Cook</p>", "requirements": ["HACCP"]}]}"#,
            "Chef",
            "Lyon, FR",
            "HACCP",
        );
        check(
            r#"{"title": "Buyer", "country": "DE", "skills": [{"name": "SAP", "keywords": ["MM"]}]}"#,
            "Buyer",
            "DE",
            "SAP\nMM",
        );
    }
}
