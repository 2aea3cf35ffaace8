//! Pieces of forms as HTML.

use serde_json::Value;

pub(crate) use crate::portal::markup::escape;

use super::validation::Problem;
use super::{Choice, Key};

/// What is different at each load of a page.
pub(crate) struct Load<'a> {
    /// The token the submission must bring back.
    pub(crate) csrf: &'a str,
    /// Goes into the ids of elements.
    pub(crate) salt: &'a str,
    /// Complaints about the submission before.
    pub(crate) problems: &'a [Problem],
}

pub(crate) fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n",
        escape(name),
        escape(value)
    )
}

/// A native list, with nothing chosen.
pub(crate) fn select(attributes: &str, first: &str, choices: &[Choice]) -> String {
    let options: String = choices
        .iter()
        .map(|choice| {
            let (value, label) = (escape(&choice.value), escape(&choice.label));
            format!("<option value=\"{value}\">{label}</option>\n")
        })
        .collect();
    format!("<select {attributes}>\n<option value=\"\">{first}</option>\n{options}</select>\n")
}

/// Facts for a page's script, kept from ending their own element.
pub(crate) fn facts(value: &Value) -> String {
    let text = value.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"page-facts\">{text}</script>\n")
}

/// What the server complains about; nothing when it does not.
pub(crate) fn problem_list(attributes: &str, problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let items: String = problems
        .iter()
        .map(|problem| format!("<li>{}</li>\n", escape(&problem.message)))
        .collect();
    format!("<div {attributes} role=\"alert\">\n<ul>\n{items}</ul>\n</div>\n")
}

/// File types an employer takes, for those fields that are files.
pub(crate) const ACCEPT: &str = ".pdf,.doc,.docx,.txt,.rtf";

/// An element's id, different at each load.
pub(crate) fn salted(key: Key, salt: &str) -> String {
    format!("{}_{salt}", escape(&key.name()))
}
