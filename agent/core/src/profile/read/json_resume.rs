//! JSON Resume: 1.0.0 (<https://jsonresume.org/schema>) and the older 0.0.0,
//! which says `company` for `work[].name`, `website` for `url` and
//! `organization` for `volunteer`.
#![deny(clippy::indexing_slicing)]

use serde_json::{Map, Value};

use super::{
    Format, ReadError, Reading,
    dates::{self, When},
    languages,
};
use crate::{
    profile::{Education, Fact, LanguageSkill, Month, Position, Profile},
    text,
};

type Object = Map<String, Value>;

/// Reads a resume. Its plain text is written out section by section, so that
/// every fact has a line to be quoted from.
pub(super) fn read(json: &str) -> Result<Reading, ReadError> {
    let value: Value = serde_json::from_str(json).map_err(|error| ReadError::Json {
        line: error.line(),
        column: error.column(),
    })?;
    let root = value.as_object().ok_or(ReadError::NotAResume)?;
    let basics = root.get("basics").and_then(Value::as_object);
    let lists = ["work", "education"]
        .iter()
        .any(|key| root.get(*key).is_some_and(Value::is_array));
    if basics.is_none() && !lists {
        return Err(ReadError::NotAResume);
    }
    let mut reader = Reader::default();
    if let Some(basics) = basics {
        reader.basics(basics);
    }
    reader.work(root);
    reader.education(root);
    reader.skills(root);
    reader.languages(root);
    reader.certificates(root);
    reader.projects(root);
    let Reader {
        mut profile,
        lines,
        questions,
    } = reader;
    profile.text = lines.join("\n").trim_end().to_owned();
    if profile.text.is_empty() {
        return Err(ReadError::NothingFound);
    }
    Ok(Reading {
        profile,
        format: Format::JsonResume,
        questions,
    })
}

#[derive(Default)]
struct Reader {
    profile: Profile,
    lines: Vec<String>,
    questions: Vec<String>,
}

impl Reader {
    /// Writes a line of the text; its number.
    fn write(&mut self, line: &str) -> Option<u32> {
        self.lines.push(text::line(line));
        u32::try_from(self.lines.len()).ok()
    }

    fn heading(&mut self, heading: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(heading.to_owned());
    }

    fn fact(&mut self, text: &str) -> Fact {
        let line = self.write(text);
        Fact {
            text: text::line(text),
            line,
        }
    }

    /// The objects of a list; items of another kind are asked about.
    fn objects<'a>(&mut self, root: &'a Object, key: &str) -> Vec<&'a Object> {
        let Some(value) = root.get(key).filter(|value| !value.is_null()) else {
            return Vec::new();
        };
        let Some(list) = value.as_array() else {
            self.questions
                .push(format!("“{key}” is not a list, so nothing of it was read."));
            return Vec::new();
        };
        let objects: Vec<_> = list.iter().filter_map(Value::as_object).collect();
        if objects.len() < list.len() {
            let lost = list.len() - objects.len();
            self.questions.push(format!(
                "“{key}”: {lost} of its entries are not objects and were not read."
            ));
        }
        objects
    }

    fn basics(&mut self, basics: &Object) {
        self.profile.name = string(basics, &["name"]).unwrap_or_default();
        self.profile.headline = string(basics, &["label"]);
        self.profile.email = string(basics, &["email"]);
        self.profile.phone = string(basics, &["phone"]);
        self.profile.location = basics.get("location").and_then(location);
        self.profile
            .links
            .extend(string(basics, &["url", "website"]));
        for network in basics
            .get("profiles")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if let Some(url) = network
                .as_object()
                .and_then(|network| string(network, &["url"]))
            {
                self.profile.links.push(url);
            }
        }
        self.profile.summary = string(basics, &["summary"]);
        let profile = &self.profile;
        let top = [
            Some(&profile.name),
            profile.headline.as_ref(),
            profile.location.as_ref(),
            profile.email.as_ref(),
        ];
        let top: Vec<String> = top
            .into_iter()
            .flatten()
            .chain(&profile.phone)
            .chain(&profile.links)
            .chain(&profile.summary)
            .cloned()
            .collect();
        for line in top.iter().filter(|line| !line.is_empty()) {
            self.write(line);
        }
    }

    fn work(&mut self, root: &Object) {
        let held = self.objects(root, "work");
        if !held.is_empty() {
            self.heading("Experience");
        }
        for (number, one) in (1..).zip(held) {
            let title = string(one, &["position", "title"]).unwrap_or_default();
            let employer = string(one, &["name", "company", "organization"]);
            let (start, end) = self.span(one, &format!("work entry {number}"));
            if title.is_empty() {
                self.questions.push(format!(
                    "Work entry {number} has no “position”: what was the title?"
                ));
            }
            if start.is_none() {
                self.questions.push(format!(
                    "Work entry {number} has no readable “startDate”: when did it begin?"
                ));
            }
            let line = self.write(&head(&[Some(&title), employer.as_ref()], one));
            let mut highlights = Vec::new();
            for text in string(one, &["summary"])
                .into_iter()
                .chain(strings(one, "highlights"))
            {
                highlights.push(self.fact(&text));
            }
            self.profile.work.push(Position {
                title,
                employer,
                start,
                end,
                highlights,
                line,
            });
        }
        if self.profile.work.iter().all(|held| held.start.is_some()) {
            self.profile.work.sort_by_key(|held| {
                (
                    held.end.is_some(),
                    std::cmp::Reverse(held.end.max(held.start)),
                )
            });
        }
    }

    fn education(&mut self, root: &Object) {
        let schools = self.objects(root, "education");
        if !schools.is_empty() {
            self.heading("Education");
        }
        for (number, one) in (1..).zip(schools) {
            let institution = string(one, &["institution"]).unwrap_or_default();
            let degree: Vec<String> = [string(one, &["studyType"]), string(one, &["area"])]
                .into_iter()
                .flatten()
                .collect();
            let degree = (!degree.is_empty()).then(|| degree.join(" "));
            let (start, end) = self.span(one, &format!("education entry {number}"));
            let line = self.write(&head(&[degree.as_ref(), Some(&institution)], one));
            self.profile.education.push(Education {
                institution,
                degree,
                start,
                end,
                line,
            });
        }
    }

    fn skills(&mut self, root: &Object) {
        let groups = self.objects(root, "skills");
        if !groups.is_empty() {
            self.heading("Skills");
        }
        for group in groups {
            let name = string(group, &["name"]);
            let keywords = strings(group, "keywords");
            let line = match (&name, keywords.is_empty()) {
                (Some(name), true) => self.write(name),
                (Some(name), false) => self.write(&format!("{name}: {}", keywords.join(", "))),
                (None, _) => self.write(&keywords.join(", ")),
            };
            // A group's name is a skill only when it stands alone ("Rust"), else a heading.
            let named = if keywords.is_empty() {
                name.into_iter().collect()
            } else {
                keywords
            };
            self.profile
                .skills
                .extend(named.into_iter().map(|text| Fact { text, line }));
        }
    }

    fn languages(&mut self, root: &Object) {
        let spoken = self.objects(root, "languages");
        if !spoken.is_empty() {
            self.heading("Languages");
        }
        for one in spoken {
            let Some(name) = string(one, &["language", "name"]) else {
                continue;
            };
            let fluency = string(one, &["fluency", "level"]);
            let line = self.write(&match &fluency {
                Some(fluency) => format!("{name} ({fluency})"),
                None => name.clone(),
            });
            let code = languages::code_of(&name)
                .map(str::to_owned)
                .or_else(|| languages::known_code(&name));
            match code {
                Some(code) => self.profile.languages.push(LanguageSkill {
                    code,
                    fluency,
                    line,
                }),
                None => self.questions.push(format!(
                    "I do not know the language “{name}”: which one is it?"
                )),
            }
        }
    }

    fn certificates(&mut self, root: &Object) {
        let held = self.objects(root, "certificates");
        if !held.is_empty() {
            self.heading("Certificates");
        }
        for one in held {
            let parts: Vec<String> = ["name", "issuer", "date"]
                .iter()
                .filter_map(|key| string(one, &[key]))
                .collect();
            if !parts.is_empty() {
                let fact = self.fact(&parts.join(", "));
                self.profile.certificates.push(fact);
            }
        }
    }

    fn projects(&mut self, root: &Object) {
        let done = self.objects(root, "projects");
        if !done.is_empty() {
            self.heading("Projects");
        }
        for one in done {
            let parts: Vec<String> = [
                string(one, &["name"]),
                string(one, &["description", "summary"]),
            ]
            .into_iter()
            .flatten()
            .collect();
            let all = (!parts.is_empty())
                .then(|| parts.join(": "))
                .into_iter()
                .chain(strings(one, "highlights"));
            for text in all.collect::<Vec<_>>() {
                let fact = self.fact(&text);
                self.profile.projects.push(fact);
            }
        }
    }

    /// Start and end of an entry. A date that cannot be read is asked about.
    fn span(&mut self, one: &Object, whose: &str) -> (Option<Month>, Option<Month>) {
        let mut month = |key: &str| {
            let stated = string(one, &[key])?;
            let found = dates::find(&stated).map(|found| found.when);
            match found {
                Some(When::Once(month)) => Some(month),
                Some(When::Between(..) | When::Since(_)) | None => {
                    let today = dates::find(&format!("2000 - {stated}"));
                    let is_today = today.is_some_and(|found| matches!(found.when, When::Since(_)));
                    if key != "endDate" || !is_today {
                        self.questions
                            .push(format!("“{stated}” in {whose} is no date I can read."));
                    }
                    None
                }
            }
        };
        let (start, end) = (month("startDate"), month("endDate"));
        if let (Some(from), Some(to)) = (start, end)
            && to < from
        {
            self.questions.push(format!(
                "The end of {whose} is before its start: which dates are right?"
            ));
            return (None, None);
        }
        (start, end)
    }
}

/// "Title, Employer (2019-02 – 2020)".
fn head(names: &[Option<&String>], one: &Object) -> String {
    let names: Vec<&str> = names
        .iter()
        .flatten()
        .map(|name| name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let names = names.join(", ");
    let date = |key| string(one, &[key]);
    match (date("startDate"), date("endDate")) {
        (None, None) => names,
        (start, end) => {
            format!(
                "{names} ({} – {})",
                start.unwrap_or_default(),
                end.unwrap_or_else(|| "present".into())
            )
        }
    }
}

/// The first of `keys` that holds a text or number that is not blank.
fn string(one: &Object, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match one.get(*key)? {
        Value::String(text) => Some(text::line(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

fn strings(one: &Object, key: &str) -> Vec<String> {
    let list = one.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(text::line)
        .filter(|text| !text.is_empty())
        .collect()
}

/// City, region and country; the street stays out, nothing needs it.
fn location(value: &Value) -> Option<String> {
    let Some(place) = value.as_object() else {
        return value.as_str().map(text::line);
    };
    let parts: Vec<String> = ["city", "region", "countryCode"]
        .iter()
        .filter_map(|key| string(place, &[key]))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_give_the_same_profile() {
        let newer = r#"{"basics": {"name": "Ada Bell", "url": "https://ada.example"},
            "work": [{"name": "Acme", "position": "Engineer", "startDate": "2019-02-01", "endDate": "2020-03"}]}"#;
        let older = r#"{"basics": {"name": "Ada Bell", "website": "https://ada.example"},
            "work": [{"company": "Acme", "position": "Engineer", "startDate": "2019-02-01", "endDate": "2020-03"}]}"#;
        let (newer, older) = (read(newer).unwrap(), read(older).unwrap());
        assert_eq!(newer, older);
        let held = &newer.profile.work[0];
        assert_eq!(held.employer.as_deref(), Some("Acme"));
        assert_eq!(
            (held.start, held.end),
            (
                Some(Month {
                    year: 2019,
                    month: 2
                }),
                Some(Month {
                    year: 2020,
                    month: 3
                })
            )
        );
        let line = held.line.unwrap() as usize;
        assert_eq!(
            newer.profile.text.lines().nth(line - 1),
            Some("Engineer, Acme (2019-02-01 – 2020-03)")
        );
        assert!(newer.questions.is_empty(), "{:?}", newer.questions);
    }

    #[test]
    fn what_is_no_resume_is_refused() {
        for (json, expected) in [
            (
                "{\"basics\": {\"name\": \"Ada\"",
                ReadError::Json {
                    line: 1,
                    column: 25,
                },
            ),
            ("[1, 2]", ReadError::NotAResume),
            ("{\"menu\": [1, 2, 3]}", ReadError::NotAResume),
            ("{\"basics\": {}}", ReadError::NothingFound),
            ("{\"work\": {}}", ReadError::NotAResume),
            (
                "{\"title\": \"Nurse wanted\", \"skills\": []}",
                ReadError::NotAResume,
            ),
        ] {
            assert_eq!(read(json), Err(expected), "{json}");
        }
    }

    #[test]
    fn odd_values_are_asked_about() {
        for (json, asked) in [
            (
                r#"{"basics":{"name":"A"},"work":{"a":1}}"#,
                "“work” is not a list",
            ),
            (
                r#"{"basics":{"name":"A"},"work":[1]}"#,
                "1 of its entries are not objects",
            ),
            (
                r#"{"basics":{"name":"A"},"work":[{"position":"X","startDate":"soon"}]}"#,
                "“soon” in work entry 1",
            ),
            (
                r#"{"basics":{"name":"A"},"work":[{"position":"X","startDate":"2020","endDate":"2019"}]}"#,
                "before its start",
            ),
            (
                r#"{"basics":{"name":"A"},"languages":[{"language":"Klingon"}]}"#,
                "“Klingon”",
            ),
        ] {
            let reading = read(json).unwrap();
            assert!(
                reading
                    .questions
                    .iter()
                    .any(|question| question.contains(asked)),
                "{:?}",
                reading.questions
            );
        }
        let json = r#"{"basics":{"name":"A"},"work":[{"position":"X","startDate":2020,"endDate":"Present"}]}"#;
        assert_eq!(read(json).unwrap().questions, Vec::<String>::new());
    }
}
