//! Positions held and education, with their dates.
#![deny(clippy::indexing_slicing)]

use super::{
    Object, Reader,
    value::{string, strings},
};
use crate::profile::{
    Education, Month, Position,
    read::dates::{self, When},
};

impl Reader {
    pub(super) fn work(&mut self, root: &Object) {
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
    }

    pub(super) fn education(&mut self, root: &Object) {
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
            // They have no field of their own, but a letter may tell of them.
            if let Some(score) = string(one, &["score", "gpa"]) {
                self.write(&format!("Score: {score}"));
            }
            for course in strings(one, "courses") {
                self.write(&course);
            }
            self.profile.education.push(Education {
                institution,
                degree,
                start,
                end,
                line,
            });
        }
    }

    /// Start and end of an entry. A date that cannot be read is asked about.
    pub(super) fn span(&mut self, one: &Object, whose: &str) -> (Option<Month>, Option<Month>) {
        let mut month = |key: &str| {
            let stated = string(one, &[key])?;
            let found = dates::find(&stated).map(|found| found.when);
            match found {
                Some(When::Once(month)) => Some(month),
                Some(When::Between(..) | When::Since(_)) | None => {
                    if key != "endDate" || !dates::says_today(&stated) {
                        self.questions
                            .push(format!("“{stated}” in {whose} is no date I can read."));
                    }
                    None
                }
            }
        };
        let (start, end) = (month("startDate"), month("endDate"));
        if let (Some(from), Some(to)) = (start, end)
            && from.is_after(to)
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
