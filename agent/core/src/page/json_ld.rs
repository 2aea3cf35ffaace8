//! schema.org JobPosting in JSON-LD (<https://schema.org/JobPosting>), as pages
//! really write it.

use serde_json::{Map, Value};

use super::value::{number, text, texts, things};
use crate::job::{Posting, StatedPay};

/// How deep a posting may be nested in other things.
const MAX_DEPTH: usize = 12;

/// The postings in these scripts; what is not JSON is passed over.
pub(super) fn postings(scripts: &[String]) -> Vec<Posting> {
    let mut found = Vec::new();
    for script in scripts {
        if let Some(value) = parse(script) {
            collect(&value, 0, &mut found);
        }
    }
    found
}

/// JSON as pages write it: in comments, with line ends inside texts, with a
/// semicolon behind it.
fn parse(script: &str) -> Option<Value> {
    let words = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(words).ok().or_else(|| {
        let clean: String = words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&clean).ok()
    })
}

fn collect(value: &Value, depth: usize, found: &mut Vec<Posting>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(item, depth + 1, found)),
        Value::Object(fields) if is_posting(fields) => found.push(posting(fields)),
        Value::Object(fields) => fields
            .values()
            .for_each(|inner| collect(inner, depth + 1, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_posting(fields: &Map<String, Value>) -> bool {
    texts(fields.get("@type"))
        .iter()
        .any(|kind| kind == "JobPosting" || kind.ends_with("/JobPosting"))
}

fn posting(fields: &Map<String, Value>) -> Posting {
    let get = |name: &str| fields.get(name);
    let employer = get("hiringOrganization");
    let mut locations: Vec<String> = things(get("jobLocation"))
        .into_iter()
        .filter_map(place)
        .collect();
    let remote = texts(get("jobLocationType"))
        .iter()
        .any(|kind| kind.to_ascii_uppercase().contains("TELECOMMUTE"));
    if remote && locations.is_empty() {
        locations = things(get("applicantLocationRequirements"))
            .into_iter()
            .filter_map(place)
            .collect();
    }
    locations.dedup();
    Posting {
        external_id: String::new(),
        url: text(get("url"))
            .or_else(|| text(get("mainEntityOfPage")))
            .or_else(|| text(get("@id")))
            .unwrap_or_default(),
        title: text(get("title"))
            .or_else(|| text(get("name")))
            .unwrap_or_default(),
        company: text(employer).filter(|name| !name.starts_with("http")),
        locations,
        workplace: remote.then(|| "Remote".to_owned()),
        description_html: text(get("description")),
        pay: pay(get("baseSalary")),
        employment: joined(get("employmentType")).map(|words| words.replace('_', " ")),
        department: text(get("occupationalCategory")).filter(|words| words.len() < 100),
        language: text(get("inLanguage")),
        posted_at: text(get("datePosted")),
        closes_at: text(get("validThrough")),
        requisition_id: text(get("identifier")),
        benefits: texts(get("jobBenefits"))
            .into_iter()
            .filter(|words| words.len() < 300)
            .collect(),
        industry: joined(get("industry")),
        ..Posting::default()
    }
}

fn joined(value: Option<&Value>) -> Option<String> {
    let words = texts(value).join(", ");
    (!words.is_empty()).then_some(words)
}

/// "Porto, Norte, PT" out of a place, its address, or a text.
fn place(value: &Value) -> Option<String> {
    let address = value.get("address").unwrap_or(value);
    if let Value::Object(fields) = address {
        let mut parts: Vec<String> = Vec::new();
        for key in ["addressLocality", "addressRegion", "addressCountry"] {
            if let Some(part) = text(fields.get(key)).filter(|part| !parts.contains(part)) {
                parts.push(part);
            }
        }
        if !parts.is_empty() {
            return Some(parts.join(", "));
        }
    }
    text(Some(address)).or_else(|| text(Some(value)))
}

fn pay(value: Option<&Value>) -> Option<StatedPay> {
    let value = *things(value).first()?;
    let amount = value.get("value").unwrap_or(value);
    let single = number(Some(amount)).or_else(|| number(amount.get("value")));
    let stated = StatedPay {
        text: value.as_str().map(str::to_owned),
        min: number(amount.get("minValue")).or(single),
        max: number(amount.get("maxValue")).or(single),
        currency: text(value.get("currency")).or_else(|| text(amount.get("currency"))),
        period: text(amount.get("unitText")).or_else(|| text(value.get("unitText"))),
    };
    (stated.min.is_some() || stated.max.is_some() || stated.text.is_some()).then_some(stated)
}
