//! Places as Workable states them: objects or texts, in a list or alone.

use portal_sdk::{json, place};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

#[derive(Default, Deserialize)]
pub(crate) struct Place {
    /// Of a place that was written as one text.
    #[serde(default, deserialize_with = "json::text")]
    location_str: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, alias = "subregion", deserialize_with = "json::text")]
    region: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    hidden: Option<String>,
}

/// Places as objects or texts, in a list or alone.
pub(crate) fn all<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Place>, D::Error> {
    let one = |raw: &RawValue| {
        let named = serde_json::from_str::<String>(raw.get()).ok();
        let text = named.map(|text| Place {
            location_str: Some(text),
            ..Place::default()
        });
        text.or_else(|| serde_json::from_str(raw.get()).ok())
    };
    let raw: &RawValue = Deserialize::deserialize(from)?;
    Ok(match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        Ok(many) => many.into_iter().filter_map(one).collect(),
        Err(_) => one(raw).into_iter().collect(),
    })
}

impl Place {
    /// Its parts from small to large, or its one text.
    pub(crate) fn name(&self) -> Option<String> {
        let parts = [&self.city, &self.region, &self.country];
        place(parts.map(Option::as_deref)).or_else(|| self.location_str.clone())
    }

    /// Whether the company keeps it off its page.
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden.as_deref() == Some("true")
    }
}
