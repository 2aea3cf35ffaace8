//! Who the person is and what they look for.
//!
//! [`Profile`] holds facts and is a superset of JSON Resume 1.0.0
//! (<https://jsonresume.org/schema>) with the line each fact was read from;
//! [`Preferences`] holds wishes.

mod edits;
mod prefs;
mod prefs_keys;
mod project;
pub mod read;

pub use edits::{EditError, Edits, MAX_LEVEL, ProfileKey, ProjectChange};
pub use prefs::{Money, Preferences};
pub use prefs_keys::{PreferenceError, PreferenceKey};
pub use project::Project;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::job::Level;

/// What the person can truthfully say of themselves.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Full name; empty when the CV names none.
    pub name: String,
    /// Headline or present title ("Backend engineer").
    pub headline: Option<String>,
    /// Electronic mail address.
    pub email: Option<String>,
    /// Telephone number, as written.
    pub phone: Option<String>,
    /// Where the person lives, as written.
    pub location: Option<String>,
    /// Links: home page, code, networks.
    pub links: Vec<String>,
    /// Summary paragraph.
    pub summary: Option<String>,
    /// Positions held, newest first.
    pub work: Vec<Position>,
    /// Education, newest first.
    pub education: Vec<Education>,
    /// Skills the CV names in its own skill list, as written.
    pub skills: Vec<Fact>,
    /// Languages spoken.
    pub languages: Vec<LanguageSkill>,
    /// Certificates, licences.
    pub certificates: Vec<Fact>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Levels the person gave their skills, from 1 to [`MAX_LEVEL`]; no CV states them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<String, u8>,
    /// Skills by the other names the person has for them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<String, String>,
    /// The whole CV as plain text: evidence is quoted from here.
    pub text: String,
}

/// A stated fact and the line of the CV that states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The fact.
    pub text: String,
    /// Line in [`Profile::text`], from 1; `None` for facts without one.
    pub line: Option<u32>,
}

/// A position held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Title held; empty when the CV names none.
    pub title: String,
    /// Employer.
    pub employer: Option<String>,
    /// First month.
    pub start: Option<Month>,
    /// Last month; `None` with a `start` means the position is held today.
    pub end: Option<Month>,
    /// What was done, a sentence or bullet each.
    pub highlights: Vec<Fact>,
    /// Line in [`Profile::text`], from 1.
    pub line: Option<u32>,
}

/// A school or degree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Education {
    /// School; empty when the CV names none.
    pub institution: String,
    /// Degree and field, as written.
    pub degree: Option<String>,
    /// First month.
    pub start: Option<Month>,
    /// Last month.
    pub end: Option<Month>,
    /// Line in [`Profile::text`], from 1.
    pub line: Option<u32>,
}

/// A spoken language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageSkill {
    /// ISO 639-1 code.
    pub code: String,
    /// Fluency as written ("C1", "native").
    pub fluency: Option<String>,
    /// Line in [`Profile::text`], from 1.
    pub line: Option<u32>,
}

/// A month of a year. The month is 1 when only the year was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    /// Year of the common era.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
}

impl Month {
    /// Months since year 0, for differences.
    pub const fn index(self) -> i32 {
        self.year as i32 * 12 + self.month as i32 - 1
    }

    /// The month that `text` names as ISO 8601 does: "2024-03", or "2024" for its first.
    pub fn of_iso(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-').unwrap_or((text, "01"));
        let digits = |text: &str, count| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let month = Self {
            year: year.parse().ok().filter(|_| digits(year, 4))?,
            month: month.parse().ok().filter(|_| digits(month, 2))?,
        };
        (1..=12).contains(&month.month).then_some(month)
    }
}

/// Years that `positions` cover up to `today`, overlaps counted once.
pub(crate) fn years_of<'a>(positions: impl IntoIterator<Item = &'a Position>, today: Month) -> f64 {
    let mut spans: Vec<(i32, i32)> = positions
        .into_iter()
        .filter_map(|held| {
            let start = held.start?.index();
            let end = held.end.unwrap_or(today).min(today).index();
            (start <= end).then_some((start, end + 1))
        })
        .collect();
    spans.sort_unstable();
    let (mut months, mut covered) = (0, i32::MIN);
    for (start, end) in spans {
        months += (end - start.max(covered)).max(0);
        covered = covered.max(end);
    }
    f64::from(months) / 12.0
}

impl Profile {
    /// Years worked up to `today`, overlapping positions counted once.
    ///
    /// Positions without a start are not counted; one without an end runs to `today`.
    pub fn years_worked(&self, today: Month) -> f64 {
        years_of(&self.work, today)
    }

    /// Level the newest title names, if it names one.
    pub fn level(&self) -> Option<Level> {
        let newest = self.work.first().map(|held| held.title.as_str());
        newest
            .or(self.headline.as_deref())
            .and_then(crate::normal::level::of_title)
            .map(|found| found.value)
    }
}
