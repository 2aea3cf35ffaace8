//! JSON Resume: 1.0.0 (<https://jsonresume.org/schema>) and the older 0.0.0,
//! which says `company` for `work[].name`, `website` for `url` and
//! `organization` for `volunteer`.
#![deny(clippy::indexing_slicing)]

mod career;
mod projects;
mod value;

use serde_json::{Map, Value};

use self::value::{location, string, strings};
use super::{Format, ReadError, Reading, languages};
use crate::{
    profile::{Fact, LanguageSkill, Profile},
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
    reader.others(root);
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
            match languages::code_of_any(&name) {
                Some(code) => self.profile.languages.push(LanguageSkill {
                    code: code.to_owned(),
                    fluency,
                    line,
                }),
                None => self.questions.push(format!(
                    "I do not know the language “{name}”: which one is it?"
                )),
            }
        }
    }

    /// What has no place of its own in a profile stands in its text.
    fn others(&mut self, root: &Object) {
        for (key, heading, parts) in [
            (
                "volunteer",
                "Volunteering",
                ["position", "organization", "startDate", "endDate"],
            ),
            ("awards", "Awards", ["title", "awarder", "date", "summary"]),
        ] {
            let held = self.objects(root, key);
            if !held.is_empty() {
                self.heading(heading);
            }
            for one in held {
                let parts = parts.iter().filter_map(|key| string(one, &[key]));
                let line = parts.collect::<Vec<String>>().join(", ");
                if !line.is_empty() {
                    self.write(&line);
                }
                if key == "volunteer" {
                    let done = string(one, &["summary"]).into_iter();
                    for done in done.chain(strings(one, "highlights")) {
                        self.write(&done);
                    }
                }
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Month;

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
    fn scores_courses_and_unpaid_work_stand_in_the_text() {
        let json = r#"{"basics": {"name": "Ada Bell"},
            "education": [{"institution": "Leeds", "score": "1.7", "courses": ["Optics"]}],
            "volunteer": [{"position": "Coach", "organization": "Row Club",
                "startDate": "2020-01", "highlights": ["Trained 8 rowers"]}]}"#;
        let profile = read(json).unwrap().profile;
        let lines: Vec<&str> = profile.text.lines().collect();
        for line in [
            "Score: 1.7",
            "Optics",
            "Coach, Row Club, 2020-01",
            "Trained 8 rowers",
        ] {
            assert!(lines.contains(&line), "{line}: {lines:?}");
        }
        assert_eq!(profile.education.len(), 1);
        assert!(profile.work.is_empty());
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
