//! Small things for recipes.

use crate::{FieldKind, PortalError, Question, Recipe, text};

/// The most questions of a recipe; the host refuses more.
pub const QUESTIONS: usize = 300;
/// The most options of a question; the host refuses more.
pub const OPTIONS: usize = 500;
/// The longest text of a question, in bytes; the host refuses a longer one.
pub const TEXT: usize = 4096;

/// The answer of a plugin that says nothing about forms.
pub fn no_form() -> Result<Recipe, PortalError> {
    Err(PortalError::Unsupported)
}

/// An optional question with nothing stated but its words, cut to what the host
/// takes; none when it has no words.
pub fn question(label: &str, kind: FieldKind) -> Option<Question> {
    let label = text::cut(label.trim(), TEXT).trim_end();
    (!label.is_empty()).then(|| Question {
        label: label.to_owned(),
        help: None,
        kind,
        required: false,
        options: Vec::new(),
        meaning: None,
        locator: None,
    })
}

impl Question {
    /// Adds the texts of its choices. A list that is longer than the host takes
    /// is left to the page: half of it would be wrong.
    pub fn choices<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.options = texts
            .into_iter()
            .map(|text| text::cut(text.trim(), TEXT).trim_end().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        if self.options.len() > OPTIONS {
            self.options.clear();
        }
    }
}

/// The selector of the elements whose `attribute` is exactly `value`.
pub fn named(attribute: &str, value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("[{attribute}=\"{value}\"]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_fits_what_the_host_takes() {
        assert!(question(" \n", FieldKind::Text).is_none());
        let long = question(&"é".repeat(3000), FieldKind::Select);
        let mut long = long.unwrap();
        assert_eq!(long.label.len(), TEXT);
        long.choices(vec!["a "; OPTIONS]);
        assert_eq!(long.options, vec!["a"; OPTIONS]);
        long.choices(vec!["a"; OPTIONS + 1]);
        assert!(long.options.is_empty(), "half a list is not given");
    }

    #[test]
    fn a_selector_quotes_what_it_compares() {
        for (value, expected) in [
            ("urls[LinkedIn]", r#"[name="urls[LinkedIn]"]"#),
            (r#"a"b\c"#, r#"[name="a\"b\\c"]"#),
        ] {
            assert_eq!(named("name", value), expected);
        }
    }
}
