//! What a question is about, told by its words: which answers nobody but the
//! person may give.
//!
//! In doubt a question counts as sensitive: then the person is asked once more.
#![deny(clippy::indexing_slicing)]

use agent_approval::{Field, FieldKind, Source};
use serde::{Deserialize, Serialize};

use super::{
    Control, Meaning, Question,
    known::{self, Known},
    phrase::Folded,
    tables::{Tables, tables},
};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionClass {
    /// Anything else.
    Plain,
    /// A plain fact by which a person is named, reached or known.
    Contact,
    /// A text in the person's own words.
    OpenText,
    /// Pay, present or wanted.
    Salary,
    /// Start date and notice period.
    Notice,
    /// Leave to work or to drive: permit, visa, sponsorship, citizenship, age of majority.
    Eligibility,
    /// Record, contracts and ties: convictions, non-competes, relatives, earlier employment.
    Legal,
    /// Gender, origin, health, age, belief, family.
    Demographic,
    /// A statement that the person makes ("I certify …").
    Attestation,
    /// Leave to use data or to make contact.
    Consent,
    /// A statement about how the application is made ("no AI", "no automated applications").
    Policy,
    /// A signature.
    Signature,
}

impl QuestionClass {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Plain,
        Self::Contact,
        Self::OpenText,
        Self::Salary,
        Self::Notice,
        Self::Eligibility,
        Self::Legal,
        Self::Demographic,
        Self::Attestation,
        Self::Consent,
        Self::Policy,
        Self::Signature,
    ];

    /// Whether only the person can answer: no model drafts it and nothing is
    /// concluded from the profile.
    pub const fn is_sensitive(self) -> bool {
        match self {
            Self::Plain | Self::Contact | Self::OpenText => false,
            Self::Salary
            | Self::Notice
            | Self::Eligibility
            | Self::Legal
            | Self::Demographic
            | Self::Attestation
            | Self::Consent
            | Self::Policy
            | Self::Signature => true,
        }
    }

    /// Whether the person answers each time anew: no earlier answer is used.
    pub const fn is_stop(self) -> bool {
        matches!(self, Self::Policy | Self::Signature)
    }

    /// Name, in kebab-case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Contact => "contact",
            Self::OpenText => "open-text",
            Self::Salary => "salary",
            Self::Notice => "notice",
            Self::Eligibility => "eligibility",
            Self::Legal => "legal",
            Self::Demographic => "demographic",
            Self::Attestation => "attestation",
            Self::Consent => "consent",
            Self::Policy => "policy",
            Self::Signature => "signature",
        }
    }

    /// The class with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// Whether a value from `source` may stand in a field of this class.
///
/// Holds for every field of a manifest, whoever composed it.
pub const fn allowed(source: Source, class: QuestionClass) -> bool {
    match source {
        Source::Person | Source::None => true,
        Source::Bank | Source::Page => !class.is_stop(),
        Source::Fact => !class.is_sensitive(),
        // A model drafts prose and nothing else: it chooses, ticks and states nothing.
        Source::Drafted => matches!(class, QuestionClass::OpenText),
    }
}

/// The words of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording<'a> {
    /// The label.
    pub label: &'a str,
    /// Help text; empty when there is none.
    pub help: &'a str,
    /// Texts of the choices.
    pub options: &'a [String],
    /// How it is answered.
    pub kind: FieldKind,
}

impl<'a> Wording<'a> {
    /// The words of a control on a page.
    pub fn of_control(control: &'a Control) -> Self {
        Self {
            label: &control.name,
            help: &control.description,
            options: &control.options,
            kind: control.kind,
        }
    }

    /// The words of a question as the portal states it.
    pub fn of_question(question: &'a Question) -> Self {
        Self {
            label: &question.label,
            help: question.help.as_deref().unwrap_or_default(),
            options: &question.options,
            kind: question.kind,
        }
    }

    /// The words of a field that was read back.
    pub fn of_field(field: &'a Field) -> Self {
        Self {
            label: &field.name,
            help: "",
            options: &field.options,
            kind: field.kind,
        }
    }
}

/// Tells what a question is about.
pub fn classify(wording: &Wording<'_>) -> QuestionClass {
    let tables = tables();
    let label = tables.without_benign(Folded::of(wording.label));
    let help = tables.without_benign(Folded::of(wording.help));
    let of_label = tables.class(&label);
    // A stop may be told by label and help together: "Full name" / "counts as signature".
    let stop = if help.words().is_empty() {
        of_label
    } else {
        let both = format!("{} {}", label.words(), help.words());
        tables.class(&Folded::of(&both))
    };
    if let Some(stop) = stop.filter(|class| class.is_stop()) {
        return stop;
    }
    match known::of_label(wording.label) {
        Some(Known::Meaning(Meaning::CoverLetter)) => return QuestionClass::OpenText,
        Some(_) => return QuestionClass::Contact,
        None => {}
    }
    let told = of_label
        .or_else(|| tables.class(&help))
        .or_else(|| of_choices(tables, wording.options));
    if let Some(class) = told {
        return class;
    }
    // A model would have to make it up.
    let found = tables.is_of_finding(&label) || tables.is_of_finding(&help);
    match wording.kind {
        // To tick a single box is to state what stands beside it.
        FieldKind::Checkbox => QuestionClass::Attestation,
        FieldKind::Text | FieldKind::LongText if found => QuestionClass::Plain,
        FieldKind::LongText => QuestionClass::OpenText,
        FieldKind::Text if tables.is_open(&label) => QuestionClass::OpenText,
        FieldKind::Text
        | FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::CheckboxGroup
        | FieldKind::File => QuestionClass::Plain,
    }
}

fn of_choices(tables: &Tables, options: &[String]) -> Option<QuestionClass> {
    // Long lists are countries, schools and the like: they tell nothing.
    if options.is_empty() || options.len() > 40 {
        return None;
    }
    let all: Vec<String> = options
        .iter()
        .map(|option| Folded::of(option).words().to_owned())
        .collect();
    // A mark that no alternative contains keeps neighbours apart.
    tables.class_of_choices(&Folded::of(&all.join(" 0x ")))
}

#[cfg(test)]
mod tests;
