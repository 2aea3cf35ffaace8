//! Who the person is and what they look for.
//!
//! [`Profile`] holds facts and is a superset of JSON Resume 1.0.0
//! (<https://jsonresume.org/schema>) with the line each fact was read from;
//! [`Preferences`] holds wishes.

mod cv_name;
mod edits;
mod month;
mod prefs;
mod prefs_keys;
mod project;
pub mod read;

pub use cv_name::{CvName, CvNameError, VariantName};
pub use edits::{EditError, Edits, MAX_LEVEL, ProfileKey, ProjectChange};
pub use month::Month;
pub(crate) use month::years_of;
pub use prefs::{Money, Preferences};
pub use prefs_keys::{PreferenceError, PreferenceKey};
pub use project::Project;
pub(crate) use read::{language_code, language_name};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::job::Level;

/// The most positions still to come that are asked about.
const MOST_AHEAD: usize = 5;

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

impl Profile {
    /// Years worked up to `today`, overlapping positions counted once.
    ///
    /// Positions without a start are not counted; one without an end runs to `today`.
    /// A year without a month counts from, or to, its middle: "2019 – 2021" is two
    /// years, and "2016 – 2019, 2019 – 2021" is five.
    pub fn years_worked(&self, today: Month) -> f64 {
        years_of(&self.work, today)
    }

    /// Asks about positions that begin after `today`, a sentence each: they count
    /// as no experience, and a mistyped year would go unseen.
    pub fn questions_of_time(&self, today: Month) -> Vec<String> {
        let ahead = self.work.iter().filter_map(|held| {
            let start = held.start.filter(|start| start.is_after(today))?;
            let names = [held.title.as_str(), held.employer.as_deref().unwrap_or_default()];
            let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            let line = held.line.map_or_else(String::new, |line| format!("Line {line}: "));
            Some(format!(
                "{line}“{}” begins in {start}, which is still to come: it counts as no experience until then. Is that the right date?",
                crate::text::quote(&names.join(", "), 100)
            ))
        });
        ahead.take(MOST_AHEAD).collect()
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
