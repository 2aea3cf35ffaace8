//! A site's own filters, to ask for a large site in parts.

use portal_sdk::{is_name, json};
use serde::Deserialize;

use super::cursor::Part;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Facet {
    #[serde(default, deserialize_with = "json::text")]
    facet_parameter: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    values: Vec<Value>,
}

/// A choice of a filter, or a filter inside a group of filters.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Value {
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    count: Option<f64>,
    #[serde(default, deserialize_with = "json::text")]
    facet_parameter: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    values: Vec<Value>,
}

/// A filter's choices with their counts, in the order of their ids, which is the
/// same at every answer.
struct Choices<'a> {
    parameter: &'a str,
    ids: Vec<(&'a str, f64)>,
}

/// The first part of a site with `total` postings: of the filter that reaches
/// every posting in the smallest parts. None where no filter does.
pub(crate) fn first(facets: &[Facet], total: u32) -> Option<Part> {
    let total = f64::from(total);
    let largest = |choices: &Choices<'_>| choices.ids.iter().map(|(_, n)| *n).fold(0.0, f64::max);
    let reaching = all(facets).into_iter().filter(|choices| {
        let sum: f64 = choices.ids.iter().map(|(_, count)| count).sum();
        sum >= total && largest(choices) < total
    });
    let finest = reaching.min_by(|one, other| largest(one).total_cmp(&largest(other)))?;
    part(&finest, None)
}

/// The part that comes after `part`.
pub(crate) fn after(facets: &[Facet], part: &Part) -> Option<Part> {
    let all = all(facets);
    let choices = all
        .iter()
        .find(|choices| choices.parameter == part.parameter)?;
    self::part(choices, Some(&part.id))
}

fn part(choices: &Choices<'_>, after: Option<&str>) -> Option<Part> {
    let mut ids = choices.ids.iter().map(|(id, _)| *id);
    let id = ids.find(|id| after.is_none_or(|after| *id > after))?;
    Some(Part {
        parameter: choices.parameter.to_owned(),
        id: id.to_owned(),
        offset: 0,
        size: None,
    })
}

fn all(facets: &[Facet]) -> Vec<Choices<'_>> {
    let mut found: Vec<Choices<'_>> = Vec::new();
    for facet in facets {
        let Some(parameter) = facet.facet_parameter.as_deref() else {
            continue;
        };
        collect(parameter, &facet.values, &mut found);
    }
    for choices in &mut found {
        choices
            .ids
            .sort_unstable_by(|one, other| one.0.cmp(other.0));
        choices.ids.dedup_by(|one, other| one.0 == other.0);
    }
    found
}

/// Groups are one deep: "where" holds "country" and "city".
fn collect<'a>(parameter: &'a str, values: &'a [Value], found: &mut Vec<Choices<'a>>) {
    let ids = values.iter().filter_map(|value| {
        let id = value.id.as_deref().filter(|id| is_name(id))?;
        Some((id, value.count.filter(|count| *count >= 0.0)?))
    });
    let ids: Vec<(&str, f64)> = ids.collect();
    if is_name(parameter) && !ids.is_empty() {
        found.push(Choices { parameter, ids });
    }
    for value in values {
        if let Some(inner) = value
            .facet_parameter
            .as_deref()
            .filter(|_| value.id.is_none())
        {
            collect(inner, &value.values, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACETS: &str = r#"[
        {"facetParameter":"timeType","values":[{"id":"full","count":1900},{"id":"part","count":200}]},
        {"facetParameter":"where","values":[
            {"facetParameter":"country","values":[{"id":"no","count":900},{"id":"be","count":1200}]},
            {"facetParameter":"city","values":[{"id":"oslo","count":500},{"descriptor":"x"},7]}]},
        {"facetParameter":"level","values":[{"id":"a b","count":1000},{"id":"b","count":5000}]},
        {"values":[{"id":"x","count":2000}]}, null]"#;

    fn facets() -> Vec<Facet> {
        #[derive(Deserialize)]
        struct Holder {
            #[serde(deserialize_with = "json::list")]
            facets: Vec<Facet>,
        }
        let holder: Holder = serde_json::from_str(&format!("{{\"facets\":{FACETS}}}")).unwrap();
        holder.facets
    }

    #[test]
    fn the_filter_that_reaches_all_in_the_smallest_parts_is_taken() {
        let part = first(&facets(), 2000).unwrap();
        assert_eq!(
            (part.parameter.as_str(), part.id.as_str()),
            ("country", "be")
        );
        let next = after(&facets(), &part).unwrap();
        assert_eq!(next.id, "no");
        assert_eq!(after(&facets(), &next), None);
        assert_eq!(first(&facets(), 3000), None, "no filter reaches them all");
        assert_eq!(first(&[], 2000), None);
    }
}
