//! JSON-LD in a page: finding it, mending what people write by hand, and
//! collecting the postings in it.

mod mend;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::value::is_a;
use crate::script::scripts;
use crate::text;

/// How deep postings are looked for, and how often a reference is followed.
const DEPTH: usize = 24;

/// The JobPostings of a page's JSON-LD scripts.
pub(super) fn of_page(html: &str) -> Vec<Value> {
    scripts(html)
        .filter(|script| {
            script
                .tag
                .value("type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        })
        // Cheaper than reading what cannot hold one.
        .filter(|script| mentions(script.text))
        .flat_map(|script| in_text(script.text))
        .collect()
}

/// Letters may be written as escapes, the name of the type seldom is.
fn mentions(text: &str) -> bool {
    let name = "jobposting";
    text.as_bytes()
        .windows(name.len())
        .any(|window| window.eq_ignore_ascii_case(name.as_bytes()))
}

pub(super) fn in_text(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for document in documents(text) {
        let mut named = HashMap::new();
        name(&document, &mut named, DEPTH);
        let mut postings = Vec::new();
        collect(&document, &mut postings, DEPTH);
        for posting in postings {
            let resolved = posting
                .iter()
                .map(|(key, value)| (key.clone(), resolve(value, &named)))
                .collect();
            found.push(Value::Object(resolved));
        }
    }
    found
}

/// The JSON values in a script, mended where needed.
fn documents(text: &str) -> Vec<Value> {
    let bare = unwrapped(text);
    if let Some(found) = parsed(bare).or_else(|| parsed(&mend::mended(bare))) {
        return found;
    }
    if bare.contains("&quot;") || bare.contains("&#34;") {
        let plain = text::unescape(bare);
        return parsed(&plain)
            .or_else(|| parsed(&mend::mended(&plain)))
            .unwrap_or_default();
    }
    Vec::new()
}

fn parsed(text: &str) -> Option<Vec<Value>> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let found: Result<Vec<Value>, _> = values.collect();
    found.ok().filter(|found| !found.is_empty())
}

/// The script without the comment or CDATA marks some editors put round it.
fn unwrapped(text: &str) -> &str {
    const MARK: &str = "<![CDATA[";
    // Marks stand at the edges; further inside they belong to a text.
    const EDGE: usize = 20;
    let mut bare = text.trim();
    if let Some(at) = bare.find(MARK).filter(|at| *at < EDGE) {
        bare = bare.get(at + MARK.len()..).unwrap_or(bare);
    }
    if let Some(at) = bare.rfind("]]>").filter(|at| bare.len() - at < EDGE) {
        bare = bare.get(..at).unwrap_or(bare);
    }
    let start = bare.find(['{', '[']).unwrap_or(0);
    let end = bare.rfind(['}', ']']).map_or(bare.len(), |at| at + 1);
    bare.get(start..end).unwrap_or(bare)
}

/// Every thing of a document that has an `@id` and more than that.
fn name<'a>(value: &'a Value, named: &mut HashMap<&'a str, &'a Value>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        Value::Array(many) => many.iter().for_each(|one| name(one, named, depth)),
        Value::Object(thing) => {
            if let Some(id) = thing.get("@id").and_then(Value::as_str)
                && thing.len() > 1
            {
                named.entry(id).or_insert(value);
            }
            thing.values().for_each(|one| name(one, named, depth));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn collect<'a>(value: &'a Value, found: &mut Vec<&'a Map<String, Value>>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        Value::Array(many) => many.iter().for_each(|one| collect(one, found, depth)),
        Value::Object(thing) if is_a(thing, "JobPosting") => found.push(thing),
        Value::Object(thing) => thing.values().for_each(|one| collect(one, found, depth)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A value with references to things named elsewhere replaced by those: the
/// things themselves and those in a list.
fn resolve(value: &Value, named: &HashMap<&str, &Value>) -> Value {
    match value {
        Value::Array(many) => many.iter().map(|one| resolve(one, named)).collect(),
        Value::Object(thing) if thing.len() <= 2 => thing
            .get("@id")
            .and_then(Value::as_str)
            .and_then(|id| named.get(id))
            .map_or_else(|| value.clone(), |thing| (*thing).clone()),
        other => other.clone(),
    }
}
