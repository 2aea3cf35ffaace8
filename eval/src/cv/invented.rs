//! Values of a profile that the text of its file does not hold.

use agent_core::profile::{Month, Profile};

/// Each such value, with the field it is in.
pub(super) fn values(profile: &Profile, text: &str) -> Vec<String> {
    let text = squeezed(text);
    let mut found = Vec::new();
    let mut check = |field: &str, value: &str| {
        if !value.is_empty() && !holds(&text, value) {
            found.push(format!("{field} “{value}”"));
        }
    };
    check("name", &profile.name);
    for (field, value) in [
        ("headline", &profile.headline),
        ("email", &profile.email),
        ("phone", &profile.phone),
        ("location", &profile.location),
    ] {
        check(field, value.as_deref().unwrap_or_default());
    }
    for link in &profile.links {
        check("link", link);
    }
    for held in &profile.work {
        check("title", &held.title);
        check("employer", held.employer.as_deref().unwrap_or_default());
        for month in [held.start, held.end].into_iter().flatten() {
            check("year", &year(month, &text));
        }
    }
    for school in &profile.education {
        check("institution", &school.institution);
        check("degree", school.degree.as_deref().unwrap_or_default());
        for month in [school.start, school.end].into_iter().flatten() {
            check("year", &year(month, &text));
        }
    }
    for skill in &profile.skills {
        check("skill", &skill.text);
    }
    for one in &profile.certificates {
        check("certificate", &one.text);
    }
    for one in &profile.projects {
        check("project", &one.name);
    }
    found
}

/// The year as the text has it: in full, or its last two digits.
fn year(month: Month, text: &str) -> String {
    let full = month.year.to_string();
    let short = full.get(2..).unwrap_or_default();
    if text.contains(&full) || !text.contains(short) {
        full
    } else {
        short.to_owned()
    }
}

/// Whether every word of `value` stands in the text, in order where they are
/// not parts put together ("City, Region" of two fields).
fn holds(text: &str, value: &str) -> bool {
    text.contains(&squeezed(value))
        || value
            .split([',', '|', ' '])
            .all(|part| text.contains(&squeezed(part)))
}

/// Letters and digits alone, lower case.
fn squeezed(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_text_does_not_hold_is_named() {
        let profile = Profile {
            name: "Ada Bell".to_owned(),
            headline: Some("Cook".to_owned()),
            ..Profile::default()
        };
        assert_eq!(values(&profile, "ADA\nBell, cook"), Vec::<String>::new());
        assert_eq!(values(&profile, "Ada Bell"), ["headline “Cook”"]);
    }
}
