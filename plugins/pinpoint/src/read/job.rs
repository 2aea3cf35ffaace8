//! A posting in Pinpoint's JSON.

use portal_sdk::json;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
pub(super) struct Job {
    #[serde(default, deserialize_with = "json::text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) path: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) key_responsibilities_header: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) key_responsibilities: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) skills_knowledge_expertise_header: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) skills_knowledge_expertise: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) benefits_header: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) benefits: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) workplace_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) workplace_type_text: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) employment_type: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) employment_type_text: Option<String>,
    /// The amounts in words.
    #[serde(default, deserialize_with = "json::text")]
    pub(super) compensation: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    pub(super) compensation_minimum: Option<f64>,
    #[serde(default, deserialize_with = "json::number")]
    pub(super) compensation_maximum: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) compensation_currency: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) compensation_frequency: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) compensation_visible: Option<bool>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) deadline_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) published_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) created_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) requisition_id: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) company: Option<Named>,
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) department: Option<Named>,
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) division: Option<Named>,
    #[serde(default, deserialize_with = "json::lenient")]
    location: Option<Location>,
    #[serde(default, deserialize_with = "json::list")]
    locations: Vec<Location>,
    /// The opening behind the posting.
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) job: Option<Inner>,
}

impl Job {
    pub(super) fn places(&self) -> impl Iterator<Item = &Location> {
        self.location.iter().chain(&self.locations)
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Inner {
    #[serde(default, deserialize_with = "json::text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    pub(super) requisition_id: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) department: Option<Named>,
    #[serde(default, deserialize_with = "json::lenient")]
    pub(super) division: Option<Named>,
}

/// A name, or a thing that has one.
pub(super) struct Named(pub(super) String);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Thing {
            #[serde(default, deserialize_with = "json::text")]
            name: Option<String>,
        }
        let raw: &serde_json::value::RawValue = Deserialize::deserialize(from)?;
        let name = match serde_json::from_str::<Thing>(raw.get()) {
            Ok(thing) => thing.name,
            Err(_) => json::text(&mut serde_json::Deserializer::from_str(raw.get()))
                .map_err(serde::de::Error::custom)?,
        };
        name.map(Self)
            .ok_or_else(|| serde::de::Error::custom("no name"))
    }
}

#[derive(Default)]
pub(super) struct Location {
    pub(super) name: Option<String>,
    pub(super) city: Option<String>,
    pub(super) province: Option<String>,
    pub(super) country: Option<String>,
}

impl<'de> Deserialize<'de> for Location {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Thing {
            #[serde(default, deserialize_with = "json::text")]
            name: Option<String>,
            #[serde(default, deserialize_with = "json::text")]
            city: Option<String>,
            #[serde(default, deserialize_with = "json::text")]
            province: Option<String>,
            #[serde(default, deserialize_with = "json::text")]
            country: Option<String>,
        }
        let raw: &serde_json::value::RawValue = Deserialize::deserialize(from)?;
        Ok(match serde_json::from_str::<Thing>(raw.get()) {
            Ok(thing) => Self {
                name: thing.name,
                city: thing.city,
                province: thing.province,
                country: thing.country,
            },
            Err(_) => Self {
                name: json::text(&mut serde_json::Deserializer::from_str(raw.get()))
                    .map_err(serde::de::Error::custom)?,
                ..Self::default()
            },
        })
    }
}
