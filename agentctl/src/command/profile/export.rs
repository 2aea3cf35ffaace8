//! `agentctl profile export`: the profile as JSON Resume.
//!
//! What the standard has no place for stands under one key of its own, `x-agent`.

use agent_api::v1::ShowProfileResponse;
use serde_json::{Map, Value, json};

/// The profile as JSON Resume 1.0.0; `None` when it has a form this program does
/// not know.
pub(super) fn resume(answer: &ShowProfileResponse) -> Option<Value> {
    let profile: Value = serde_json::from_str(&answer.profile_json).ok()?;
    let list = |key: &str| profile.get(key).and_then(Value::as_array);
    let links = list("links")?.iter();
    let networks: Vec<Value> = links.map(|link| json!({ "url": link })).collect();
    let basics = with(
        &profile,
        &[
            ("name", "name"),
            ("headline", "label"),
            ("email", "email"),
            ("phone", "phone"),
            ("summary", "summary"),
        ],
    );
    let mut basics = Value::Object(basics);
    basics["profiles"] = Value::Array(networks);
    if let Some(place) = profile.get("location").filter(|place| place.is_string()) {
        basics["location"] = json!({ "city": place });
    }
    let work = list("work")?.iter().map(|held| {
        let mut one = with(held, &[("employer", "name"), ("title", "position")]);
        one.extend(dates(held));
        one.insert("highlights".to_owned(), texts(held.get("highlights")));
        Value::Object(one)
    });
    let education = list("education")?.iter().map(|school| {
        let mut one = with(
            school,
            &[("institution", "institution"), ("degree", "studyType")],
        );
        one.extend(dates(school));
        Value::Object(one)
    });
    let languages = list("languages")?.iter().map(|spoken| {
        Value::Object(with(
            spoken,
            &[("code", "language"), ("fluency", "fluency")],
        ))
    });
    let named = |key: &str| -> Option<Vec<Value>> {
        let facts = list(key)?.iter();
        Some(
            facts
                .map(|fact| json!({ "name": fact.get("text") }))
                .collect(),
        )
    };
    let projects = list("projects")?.iter().map(|made| {
        let mut one = with(made, &[("name", "name"), ("description", "description")]);
        one.extend(dates(made));
        if let Some(link) = made.pointer("/links/0") {
            one.insert("url".to_owned(), link.clone());
        }
        if let Some(technologies) = made.get("technologies") {
            one.insert("keywords".to_owned(), technologies.clone());
        }
        one.insert("highlights".to_owned(), texts(made.get("achievements")));
        Value::Object(one)
    });
    Some(json!({
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": basics,
        "work": work.collect::<Vec<_>>(),
        "education": education.collect::<Vec<_>>(),
        "skills": skills(&profile)?,
        "languages": languages.collect::<Vec<_>>(),
        "certificates": named("certificates")?,
        "projects": projects.collect::<Vec<_>>(),
        // Every fact with the line it was read from.
        "x-agent": { "revision": answer.revision, "profile": profile },
    }))
}

/// The skills, with the levels the person set.
fn skills(profile: &Value) -> Option<Vec<Value>> {
    let levels = profile.get("levels").and_then(Value::as_object);
    let level = |skill: &str| {
        let mut levels = levels?.iter();
        levels
            .find(|(named, _)| named.to_lowercase() == skill.to_lowercase())
            .map(|(_, level)| format!("{level}/5"))
    };
    let facts = profile.get("skills")?.as_array()?.iter();
    Some(
        facts
            .map(|fact| {
                let name = fact.get("text").and_then(Value::as_str).unwrap_or_default();
                match level(name) {
                    Some(level) => json!({ "name": name, "level": level }),
                    None => json!({ "name": name }),
                }
            })
            .collect(),
    )
}

/// The texts of `one` under the names the standard has for them.
fn with(one: &Value, names: &[(&str, &str)]) -> Map<String, Value> {
    let text = |key: &str| {
        one.get(key)
            .filter(|value| value.as_str().is_some_and(|text| !text.is_empty()))
    };
    names
        .iter()
        .filter_map(|(ours, theirs)| Some(((*theirs).to_owned(), text(ours)?.clone())))
        .collect()
}

/// First and last month.
fn dates(one: &Value) -> Map<String, Value> {
    let month = |key: &str| {
        let month = one.get(key)?;
        let number = |part: &str| month.get(part).and_then(Value::as_i64);
        Some(json!(match (number("year")?, number("month")?) {
            // Only the year was written: the standard takes it alone.
            (year, 0) => format!("{year}"),
            (year, month) => format!("{year}-{month:02}"),
        }))
    };
    [("start", "startDate"), ("end", "endDate")]
        .into_iter()
        .filter_map(|(ours, theirs)| Some((theirs.to_owned(), month(ours)?)))
        .collect()
}

fn texts(facts: Option<&Value>) -> Value {
    let facts = facts.and_then(Value::as_array).into_iter().flatten();
    facts.filter_map(|fact| fact.get("text").cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_exported_as_a_resume_others_read() {
        let profile = json!({
            "name": "Ada Example", "headline": "Engineer", "email": null, "phone": "1",
            "location": "Berlin", "links": ["ada.example"], "summary": null,
            "work": [{"title": "Engineer", "employer": "Kranich", "start": {"year": 2021, "month": 3},
                "end": null, "highlights": [{"text": "built", "line": 3}], "line": 2}],
            "education": [{"institution": "TU", "degree": "MSc", "start": null, "end": {"year": 2012, "month": 0}}],
            "skills": [{"text": "Rust", "line": 9}],
            "levels": {"rust": 4},
            "languages": [{"code": "de", "fluency": "native"}],
            "certificates": [{"text": "CKA", "line": 10}],
            "projects": [{"name": "tide", "links": ["t.example"], "technologies": ["Go"], "achievements": []}],
        });
        let answer = ShowProfileResponse {
            profile_json: profile.to_string(),
            revision: 2,
            imported: None,
            skill_years: Vec::new(),
        };
        let resume = resume(&answer).unwrap();
        let stated = |path: &str| resume.pointer(&format!("/{}", path.replace('.', "/")));
        for (path, expected) in [
            ("basics.label", json!("Engineer")),
            ("basics.location.city", json!("Berlin")),
            ("basics.profiles.0.url", json!("ada.example")),
            ("work.0.position", json!("Engineer")),
            ("work.0.startDate", json!("2021-03")),
            ("work.0.highlights.0", json!("built")),
            ("education.0.endDate", json!("2012")),
            ("skills.0.name", json!("Rust")),
            ("skills.0.level", json!("4/5")),
            ("certificates.0.name", json!("CKA")),
            ("projects.0.keywords.0", json!("Go")),
            ("projects.0.url", json!("t.example")),
            ("x-agent.profile.skills.0.line", json!(9)),
        ] {
            assert_eq!(stated(path), Some(&expected), "{path}");
        }
        assert!(stated("basics.email").is_none());
        assert!(stated("work.0.endDate").is_none());
        let newer = ShowProfileResponse {
            profile_json: "{}".to_owned(),
            ..answer
        };
        assert!(super::resume(&newer).is_none());
    }
}
