//! What a person reads in a CV, as JSON Resume.

use std::fs;
use std::path::Path;

use agent_core::profile::read;
use anyhow::{Context as _, Result};
use serde::Deserialize;

/// The parts that are compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Expected {
    pub(super) basics: Basics,
    pub(super) work: Vec<Work>,
    pub(super) education: Vec<School>,
    skills: Vec<Group>,
    pub(super) certificates: Vec<Named>,
    pub(super) projects: Vec<Named>,
    /// ISO 639-1 codes of the languages.
    #[serde(skip)]
    pub(super) languages: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Basics {
    pub(super) name: Option<String>,
    pub(super) label: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    url: Option<String>,
    pub(super) summary: Option<String>,
    location: Option<Place>,
    profiles: Vec<Network>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Place {
    city: Option<String>,
    region: Option<String>,
    address: Option<String>,
    country_code: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Network {
    url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Work {
    pub(super) name: Option<String>,
    pub(super) position: Option<String>,
    pub(super) start_date: Option<String>,
    pub(super) end_date: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct School {
    pub(super) institution: Option<String>,
    study_type: Option<String>,
    area: Option<String>,
    pub(super) start_date: Option<String>,
    pub(super) end_date: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Group {
    name: Option<String>,
    keywords: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    pub(super) name: String,
}

impl Expected {
    /// Reads `NAME.expected.json` beside `NAME.pdf`.
    pub(super) fn beside(cv: &Path) -> Result<Self> {
        let path = cv.with_extension("expected.json");
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).with_context(|| format!("{name} cannot be read"))?;
        let mut expected: Self =
            serde_json::from_str(&text).with_context(|| format!("{name} is no JSON Resume"))?;
        // Languages go by name in any language: the product's table tells the code.
        let reading = read::from_bytes("expected.json", text.as_bytes()).with_context(|| name)?;
        let spoken = reading.profile.languages.into_iter();
        expected.languages = spoken.map(|language| language.code).collect();
        Ok(expected)
    }

    /// The most telling part of where the person lives.
    pub(super) fn place(&self) -> Option<&str> {
        let place = self.basics.location.as_ref()?;
        [
            &place.city,
            &place.region,
            &place.address,
            &place.country_code,
        ]
        .into_iter()
        .find_map(Option::as_deref)
    }

    pub(super) fn links(&self) -> Vec<&str> {
        let networks = self.basics.profiles.iter().map(|network| &network.url);
        let all = [&self.basics.url].into_iter().chain(networks);
        all.filter_map(Option::as_deref).collect()
    }

    /// Skills one by one: the keywords of a group, or its name when it has none.
    pub(super) fn skills(&self) -> Vec<&str> {
        self.skills
            .iter()
            .flat_map(|group| {
                let own = group.keywords.is_empty().then_some(group.name.as_deref());
                let keywords = group.keywords.iter().map(String::as_str);
                own.flatten().into_iter().chain(keywords)
            })
            .collect()
    }
}

impl School {
    /// Degree and field.
    pub(super) fn degree(&self) -> Option<String> {
        let parts: Vec<&str> = [&self.study_type, &self.area]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .filter(|part| !part.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}
