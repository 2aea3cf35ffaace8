//! Objects of other people's JSON, asked by name: for portals that write the same
//! field in several ways, or keep it under one of several names.

use serde_json::{Map, Value};

use crate::{Page, Posting, epoch, markup};

/// How deep [`Fields::holding`] looks.
const DEPTH: usize = 12;

/// An object. Names are compared without case, `_` and `-`: "posted_ts" finds
/// "postedTs".
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// The object `value` is; none where it is something else.
    pub fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// The outermost object in `value` that has a field of this name, null or not.
    /// Lists are looked through as well.
    pub fn holding(value: &'a Value, name: &str) -> Option<Self> {
        fn look<'a>(value: &'a Value, name: &str, left: usize) -> Option<Fields<'a>> {
            let left = left.checked_sub(1)?;
            match value {
                Value::Object(map) if map.keys().any(|key| same(key, name)) => Some(Fields(map)),
                Value::Object(map) => map.values().find_map(|inner| look(inner, name, left)),
                Value::Array(list) => list.iter().find_map(|inner| look(inner, name, left)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            }
        }
        look(value, name, DEPTH)
    }

    /// The field of this name; none where it is missing or null.
    pub fn get(self, name: &str) -> Option<&'a Value> {
        // The exact name first: two names may differ in case alone.
        self.0
            .get(name)
            .or_else(|| {
                self.0
                    .iter()
                    .find_map(|(key, value)| same(key, name).then_some(value))
            })
            .filter(|value| !value.is_null())
    }

    /// Names and values of all fields.
    pub fn all(self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The first of these fields that is a text that is not blank, or a number, as
    /// it stands but for white space around it; a list of such joined by commas.
    pub fn text(self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.get(name))
            .find_map(text)
    }

    /// [`Fields::text`] as one line without markup.
    pub fn line(self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.get(name))
            .find_map(line)
    }

    /// The first of these fields that is a number, or a text that is one.
    pub fn number(self, names: &[&str]) -> Option<f64> {
        let fields = names.iter().filter_map(|name| self.get(name));
        fields.filter_map(number).next()
    }

    /// The first of these fields that is a whole number from 0 on.
    pub fn count(self, names: &[&str]) -> Option<u32> {
        let number = self.number(names)?;
        // Saturating: what does not fit is cut by the filter.
        (number >= 0.0 && number <= f64::from(u32::MAX)).then_some(number as u32)
    }

    /// The first of these fields that is a truth value, written as one, as a number
    /// or as a word.
    pub fn flag(self, names: &[&str]) -> Option<bool> {
        names
            .iter()
            .filter_map(|name| self.get(name))
            .find_map(|value| match value {
                Value::Bool(flag) => Some(*flag),
                Value::Number(number) => number.as_f64().map(|number| number != 0.0),
                Value::String(word) => match word.trim().to_lowercase().as_str() {
                    "true" | "yes" | "y" | "1" => Some(true),
                    "false" | "no" | "n" | "0" => Some(false),
                    _ => None,
                },
                Value::Null | Value::Array(_) | Value::Object(_) => None,
            })
    }

    /// The first of these fields that is a moment, as the contract has it: epoch
    /// seconds and milliseconds as milliseconds, a text as it stands.
    pub fn moment(self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .filter_map(|name| self.get(name))
            .find_map(|value| match number(value) {
                Some(number) => epoch::milliseconds(number),
                None => line(value),
            })
    }

    /// The elements of a list; one that stands alone is a list of itself.
    pub fn list(self, name: &str) -> &'a [Value] {
        match self.get(name) {
            Some(Value::Array(list)) => list,
            Some(alone) => std::slice::from_ref(alone),
            None => &[],
        }
    }

    /// The texts of a list as lines without markup; those that are blank or
    /// something else are left out.
    pub fn lines(self, name: &str) -> Vec<String> {
        self.list(name).iter().filter_map(line).collect()
    }

    /// The objects of a list.
    pub fn objects(self, name: &str) -> impl Iterator<Item = Self> {
        self.list(name).iter().filter_map(Self::of)
    }

    /// The field of this name, if it is an object.
    pub fn object(self, name: &str) -> Option<Self> {
        self.get(name).and_then(Self::of)
    }
}

/// A page of all of `rows`; a posting `read` refuses is left out with its reason.
pub fn gather<'a>(rows: &'a [Value], read: impl Fn(Fields<'a>) -> Result<Posting, String>) -> Page {
    let mut page = Page {
        postings: Vec::new(),
        next: None,
        total: None,
        dropped: Vec::new(),
    };
    for (index, row) in rows.iter().enumerate() {
        match Fields::of(row)
            .ok_or_else(|| "is no object".to_owned())
            .and_then(&read)
        {
            Ok(posting) => page.postings.push(posting),
            Err(why) => page.dropped.push(format!("posting {}: {why}", index + 1)),
        }
    }
    page
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => {
            let texts: Vec<String> = list
                .iter()
                .filter(|inner| inner.is_string() || inner.is_number())
                .filter_map(text)
                .collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

fn line(value: &Value) -> Option<String> {
    text(value).and_then(|text| markup::stated(Some(&text)))
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
    .filter(|number: &f64| number.is_finite())
}

fn same(key: &str, name: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = char> {
        name.chars()
            .filter(|c| !matches!(c, '_' | '-'))
            .map(|c| c.to_ascii_lowercase())
    }
    letters(key).eq(letters(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_is_found_however_it_is_written() {
        let value = json!({"postedTs": 5, "Display-Job_ID": " 7 ", "none": null, "a": [" x&amp;y ", 2, null, {}], "o": {"b": 1}});
        let fields = Fields::of(&value).unwrap();
        assert_eq!(fields.text(&["posted_ts"]).as_deref(), Some("5"));
        assert_eq!(fields.text(&["none", "displayJobId"]).as_deref(), Some("7"));
        assert_eq!(fields.text(&["none", "o", "gone"]), None);
        assert_eq!(fields.line(&["a"]).as_deref(), Some("x&y, 2"));
        assert_eq!(fields.lines("a"), ["x&y", "2"]);
        assert_eq!(fields.lines("displayJobId"), ["7"]);
        assert_eq!(fields.objects("a").count(), 1);
        assert_eq!(fields.number(&["displayJobId"]), Some(7.0));
        assert_eq!(fields.object("O").and_then(|o| o.count(&["b"])), Some(1));
        assert!(Fields::of(&json!([])).is_none());
    }

    #[test]
    fn a_truth_value_and_a_moment_are_read_in_several_spellings() {
        let value = json!({"a": true, "b": "No", "c": 1, "d": "perhaps", "s": 1_790_000_000, "t": "1790000000123", "u": "2026-09-11"});
        let fields = Fields::of(&value).unwrap();
        let flags = ["a", "b", "c", "d", "e"].map(|name| fields.flag(&[name]));
        assert_eq!(flags, [Some(true), Some(false), Some(true), None, None]);
        let moments = ["s", "t", "u", "e"].map(|name| fields.moment(&[name]));
        let expected = [
            Some("1790000000000"),
            Some("1790000000123"),
            Some("2026-09-11"),
            None,
        ];
        assert_eq!(moments, expected.map(|moment| moment.map(str::to_owned)));
    }

    #[test]
    fn the_outermost_object_with_a_field_is_found() {
        let value = json!([{"x": {"jobs": null}}, {"jobs": [1]}]);
        let found = Fields::holding(&value, "Jobs").unwrap();
        assert!(found.list("jobs").is_empty());
        assert!(Fields::holding(&value, "rows").is_none());
        let mut deep = json!({"jobs": []});
        for _ in 0..DEPTH {
            deep = json!([deep]);
        }
        assert!(Fields::holding(&deep, "jobs").is_none());
    }

    #[test]
    fn what_is_no_posting_is_left_out_with_its_reason() {
        let rows = [json!({"id": 1}), json!("x"), json!({})];
        let page = gather(&rows, |fields| {
            let id = fields.text(&["id"]).ok_or("has no id")?;
            Ok(crate::posting(id, "u".into(), "t".into()))
        });
        assert_eq!(page.postings.len(), 1);
        assert_eq!(
            page.dropped,
            ["posting 2: is no object", "posting 3: has no id"]
        );
    }
}
