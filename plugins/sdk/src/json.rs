//! Fields of other people's JSON: present, null, missing or of another type.
//!
//! Used with `#[serde(default, deserialize_with = "…")]`, so that one odd field
//! costs that field and not the posting.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text, or a number or truth value written as text; none for anything else
/// and for blank text. Surrounding white space is cut.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = from.deserialize_any(Scalar)?;
    Ok(text.and_then(|text| {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            None
        } else if trimmed.len() == text.len() {
            Some(text.into_owned())
        } else {
            Some(trimmed.to_owned())
        }
    }))
}

/// A number, or a text that is one; none for anything else.
pub fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let text = from.deserialize_any(Scalar)?;
    Ok(text
        .and_then(|text| text.trim().parse().ok())
        .filter(|n: &f64| n.is_finite()))
}

/// Whether the value says yes: `true`, 1, or a text that is one of these or "yes".
pub fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    let text = from.deserialize_any(Scalar)?.unwrap_or_default();
    let text = text.trim();
    Ok(["true", "1", "yes"]
        .iter()
        .any(|yes| text.eq_ignore_ascii_case(yes)))
}

/// A `T`, or none where the value does not have its shape.
pub fn lenient<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let raw: &serde_json::value::RawValue = Deserialize::deserialize(from)?;
    Ok(serde_json::from_str(raw.get()).ok())
}

/// The elements of a list that have the shape of a `T`; empty where it is no list.
pub fn list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let elements: Option<Vec<&serde_json::value::RawValue>> = lenient(from)?;
    Ok(elements
        .unwrap_or_default()
        .into_iter()
        .filter_map(|raw| serde_json::from_str(raw.get()).ok())
        .collect())
}

/// Any scalar as text; structures are read over and give none.
struct Scalar;

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_owned())))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(value.to_string())))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Fields {
        #[serde(default, deserialize_with = "text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "number")]
        number: Option<f64>,
        #[serde(default, deserialize_with = "list")]
        list: Vec<u32>,
        #[serde(default, deserialize_with = "truth")]
        truth: bool,
    }

    #[test]
    fn yes_is_written_in_many_ways() {
        for (json, expected) in [
            ("true", true),
            ("1", true),
            (r#""Yes""#, true),
            (r#""1""#, true),
            ("false", false),
            ("null", false),
            ("[true]", false),
            (r#""no""#, false),
        ] {
            let fields: Fields = serde_json::from_str(&format!("{{\"truth\":{json}}}")).unwrap();
            assert_eq!(fields.truth, expected, "{json}");
        }
    }

    fn check(json: &str, text: Option<&str>, number: Option<f64>, list: &[u32]) {
        let fields: Fields = serde_json::from_str(json).unwrap();
        assert_eq!(fields.text.as_deref(), text, "{json}");
        assert_eq!(fields.number, number, "{json}");
        assert_eq!(fields.list, list, "{json}");
    }

    #[test]
    fn an_odd_field_costs_that_field_alone() {
        check("{}", None, None, &[]);
        check(
            r#"{"text":null,"number":null,"list":null}"#,
            None,
            None,
            &[],
        );
        check(
            r#"{"text":" a\u00e9 ","number":1.5,"list":[1,2]}"#,
            Some("aé"),
            Some(1.5),
            &[1, 2],
        );
        check(
            r#"{"text":42,"number":"7","list":[1,"x",null,3]}"#,
            Some("42"),
            Some(7.0),
            &[1, 3],
        );
        check(
            r#"{"text":{"a":[1]},"number":[1],"list":{"a":1}}"#,
            None,
            None,
            &[],
        );
        check(
            r#"{"text":["a"],"number":"many","list":"a"}"#,
            None,
            None,
            &[],
        );
        check(
            r#"{"text":true,"number":true,"list":0}"#,
            Some("true"),
            None,
            &[],
        );
        check(r#"{"text":"  ","number":""}"#, None, None, &[]);
    }
}
