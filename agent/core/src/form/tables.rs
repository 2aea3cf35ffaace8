//! The rules of `questions.txt`, read once.
#![deny(clippy::indexing_slicing)]

use std::sync::LazyLock;

use super::{
    class::QuestionClass,
    phrase::{Folded, Rule},
};
use crate::text::rows;

const TEXT: &str = include_str!("../../assets/questions.txt");

/// All rules, in the order of the text.
pub(super) struct Tables {
    benign: Vec<Rule>,
    classes: Vec<(QuestionClass, Rule)>,
    choices: Vec<(QuestionClass, Rule)>,
    decline: Vec<Rule>,
    found: Vec<Rule>,
    open: Vec<Rule>,
}

/// The rules that are built in.
pub(super) fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| read(TEXT));
    &TABLES
}

impl Tables {
    /// `text` without the phrases that mean something else.
    pub(super) fn without_benign(&self, text: Folded) -> Folded {
        self.benign.iter().fold(text, Folded::without)
    }

    /// The first class that has a rule for `text`.
    pub(super) fn class(&self, text: &Folded) -> Option<QuestionClass> {
        first(&self.classes, text)
    }

    /// The first class that has a rule for these choices.
    pub(super) fn class_of_choices(&self, choices: &Folded) -> Option<QuestionClass> {
        first(&self.choices, choices)
    }

    /// Whether a choice keeps the answer to oneself.
    pub(super) fn is_decline(&self, choice: &Folded) -> bool {
        self.decline.iter().any(|rule| rule.holds(choice))
    }

    /// Whether a question asks how the person came to the opening.
    pub(super) fn is_of_finding(&self, text: &Folded) -> bool {
        self.found.iter().any(|rule| rule.holds(text))
    }

    /// Whether a question wants a text in the person's own words.
    pub(super) fn is_open(&self, text: &Folded) -> bool {
        self.open.iter().any(|rule| rule.holds(text))
    }
}

fn first(rules: &[(QuestionClass, Rule)], text: &Folded) -> Option<QuestionClass> {
    let found = rules.iter().find(|(_, rule)| rule.holds(text));
    found.map(|(class, _)| *class)
}

fn read(text: &'static str) -> Tables {
    let mut tables = Tables {
        benign: Vec::new(),
        classes: Vec::new(),
        choices: Vec::new(),
        decline: Vec::new(),
        found: Vec::new(),
        open: Vec::new(),
    };
    for (section, row) in rows(text) {
        let rule = Rule::read(row);
        match (section, section.strip_prefix("choices ")) {
            ("benign", _) => tables.benign.push(rule),
            ("decline", _) => tables.decline.push(rule),
            ("found", _) => tables.found.push(rule),
            ("open", _) => tables.open.push(rule),
            (_, Some(name)) => tables
                .choices
                .extend(QuestionClass::of_name(name).map(|class| (class, rule))),
            (name, None) => tables
                .classes
                .extend(QuestionClass::of_name(name).map(|class| (class, rule))),
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_a_known_one() {
        for (section, row) in rows(TEXT) {
            let name = section.strip_prefix("choices ").unwrap_or(section);
            let known = matches!(section, "benign" | "decline" | "found" | "open");
            assert!(
                known || QuestionClass::of_name(name).is_some_and(QuestionClass::is_sensitive),
                "[{section}] {row}"
            );
        }
        for class in QuestionClass::ALL
            .into_iter()
            .filter(|class| class.is_sensitive())
        {
            assert!(tables().classes.iter().any(|(known, _)| *known == class));
        }
    }
}
