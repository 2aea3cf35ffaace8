//! The description, and the sections some sites keep beside it.

use serde_json::Value;

use super::value::values;
use crate::{Posting, html, markup};

/// Properties that hold a part of the text, with the heading they get.
const SECTIONS: [(&str, &str); 7] = [
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("experienceRequirements", "Experience"),
    ("educationRequirements", "Education"),
    ("incentiveCompensation", "Compensation"),
    ("incentives", "Incentives"),
];

/// How much of a section's beginning must stand in the description for the
/// section to be a part of it, in characters.
const BEGINNING: usize = 60;

pub(super) fn describe(posting: &mut Posting, value: &Value) {
    let stated = values(value, "description")
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join("\n\n");
    markup::describe(posting, &stated);
    let known = squeezed(
        &match (&posting.description_html, &posting.description_text) {
            (Some(html), _) => html::plain(html),
            (None, Some(text)) => text.clone(),
            (None, None) => String::new(),
        },
    );
    let mut more = String::new();
    for (name, heading) in SECTIONS {
        let Some(section) = section(value, name) else {
            continue;
        };
        let beginning: String = squeezed(&html::plain(&section))
            .chars()
            .take(BEGINNING)
            .collect();
        if !beginning.is_empty() && !known.contains(&beginning) {
            more.push_str(&format!("\n<h3>{heading}</h3>\n{section}"));
        }
    }
    if more.is_empty() {
        return;
    }
    let text = posting.description_text.take();
    let html = posting
        .description_html
        .get_or_insert_with(|| markup::of_plain(text.as_deref().unwrap_or_default()));
    html.push_str(&more);
    posting.description_html = Some(html.trim_start().to_owned());
}

/// A section as HTML: text, or a list of texts.
fn section(value: &Value, name: &str) -> Option<String> {
    let texts: Vec<&str> = values(value, name)
        .iter()
        .filter_map(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    match texts.as_slice() {
        [] => None,
        [one] => Some(of_text(one)),
        many => Some(listed(many.iter().copied())),
    }
}

fn of_text(text: &str) -> String {
    let found = markup::html(text);
    if markup::has_tag(&found) {
        return found;
    }
    // Items of a list that was flattened, as Meta writes them.
    let items: Vec<&str> = found.split("&nbsp;").map(str::trim).collect();
    let begins = |item: &&&str| item.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if items.len() > 1 && items.iter().filter(begins).count() == items.len() {
        let items: Vec<String> = items
            .iter()
            .map(|item| crate::text::unescape(item))
            .collect();
        return listed(items.iter().map(String::as_str));
    }
    markup::of_plain(&crate::text::unescape(&found))
}

fn listed<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: String = items
        .map(|item| match markup::has_tag(item) {
            true => format!("<li>{item}</li>"),
            false => format!(
                "<li>{}</li>",
                item.replace('&', "&amp;").replace('<', "&lt;")
            ),
        })
        .collect();
    format!("<ul>{items}</ul>")
}

/// Letters and digits alone, for comparing texts that were laid out differently.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
