//! The short fields of a JobPosting.

use serde_json::Value;

use super::value::{address, line, lines, number, property, raw, values};
use super::{clean, value};
use crate::{markup, text};

/// The most benefits taken; the host refuses a posting with more.
const BENEFITS: usize = 100;

/// A text, a number, or the value of a PropertyValue, never its name: that is
/// the company's.
pub(super) fn identifier(posting: &Value) -> Option<String> {
    values(posting, "identifier").iter().find_map(|one| {
        let stated = match one {
            Value::Object(_) => ["value", "@value"]
                .into_iter()
                .find_map(|name| raw(property(one, name)?)),
            other => raw(other),
        };
        clean(&stated?)
    })
}

pub(super) fn company(posting: &Value) -> Option<String> {
    values(posting, "hiringOrganization")
        .iter()
        .find_map(|organization| match organization {
            Value::Object(_) => {
                line(organization, "name").or_else(|| line(organization, "legalName"))
            }
            other => value::plain(other),
        })
}

pub(super) fn company_size(posting: &Value) -> Option<String> {
    let organization = property(posting, "hiringOrganization")?;
    let size = property(organization, "numberOfEmployees")?;
    let whole = |name| number(size, name).map(|n| format!("{n:.0}"));
    match (whole("minValue"), whole("maxValue")) {
        (Some(min), Some(max)) => Some(format!("{min}-{max}")),
        (Some(min), None) => Some(format!("{min}+")),
        (None, _) => value::plain(size),
    }
}

/// The kind of place, and `remote` or the like where a site adds it.
pub(super) fn workplace(posting: &Value) -> Option<String> {
    let stated =
        value::words(posting, "jobLocationType").or_else(|| value::words(posting, "workplaceType"));
    stated.or_else(|| {
        let remote = property(posting, "jobLocation")?;
        let is_virtual = |place: &Value| {
            place
                .as_object()
                .is_some_and(|place| value::is_a(place, "VirtualLocation"))
        };
        match remote {
            Value::Array(many) => many.iter().any(is_virtual),
            one => is_virtual(one),
        }
        .then(|| "TELECOMMUTE".to_owned())
    })
}

pub(super) fn is_remote(posting: &Value) -> bool {
    workplace(posting).is_some_and(|stated| stated.to_ascii_uppercase().contains("TELECOMMUTE"))
}

/// The department of the organization, else the category of the occupation,
/// unless that is a code of a classification ("15-1252.00").
pub(super) fn department(posting: &Value) -> Option<String> {
    let organization = property(posting, "hiringOrganization");
    organization
        .and_then(|organization| line(organization, "department"))
        .or_else(|| line(posting, "department"))
        .or_else(|| {
            lines(posting, "occupationalCategory")
                .into_iter()
                .find(|category| !category.starts_with(|c: char| c.is_ascii_digit()))
        })
}

pub(super) fn language(posting: &Value) -> Option<String> {
    values(posting, "inLanguage")
        .iter()
        .find_map(|language| line(language, "alternateName").or_else(|| value::plain(language)))
}

/// A date as stated; the zero date of some databases is none.
pub(super) fn date(posting: &Value, name: &str) -> Option<String> {
    line(posting, name).filter(|date| !date.starts_with("0000") && !date.starts_with("0001"))
}

/// Where one applies, if the posting says more than its own address.
pub(super) fn apply(posting: &Value, own: &str) -> Option<String> {
    let action = values(posting, "potentialAction")
        .iter()
        .find_map(|action| address(action, "target", own));
    action
        .or_else(|| {
            values(posting, "applicationContact")
                .iter()
                .find_map(|contact| address(contact, "url", own))
        })
        .filter(|apply| apply != own)
}

/// Each benefit of a list; a single text is taken apart at its lines.
pub(super) fn benefits(posting: &Value) -> Vec<String> {
    let stated: Vec<String> = ["jobBenefits", "benefits"]
        .into_iter()
        .flat_map(|name| values(posting, name))
        .filter_map(raw)
        .collect();
    let mut found: Vec<String> = Vec::new();
    for text in stated {
        let html = markup::html(&text);
        let plain = match markup::has_tag(&html) {
            true => crate::html::plain(&html),
            false => text::unescape(&html),
        };
        for benefit in plain.lines() {
            let benefit = benefit.trim_start_matches(['-', '*', '•', '·', ' ']);
            if let Some(benefit) = clean(benefit).filter(|benefit| !found.contains(benefit)) {
                found.push(benefit);
            }
        }
    }
    found.truncate(BENEFITS);
    found
}
