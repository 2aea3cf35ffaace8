//! What most application forms ask, for an answer sheet where a portal does not
//! say what its form asks.

use super::{FieldKind, Meaning, Question};

/// The questions nearly every form asks, in their usual order; none is known to
/// be required.
pub fn usual_questions() -> Vec<Question> {
    let line = FieldKind::Text;
    [
        ("First name", line, Meaning::FirstName),
        ("Last name", line, Meaning::LastName),
        ("Email", line, Meaning::Email),
        ("Phone", line, Meaning::Phone),
        ("City", line, Meaning::Location),
        ("Resume/CV", FieldKind::File, Meaning::Resume),
        ("Cover letter", FieldKind::LongText, Meaning::CoverLetter),
        ("LinkedIn profile", line, Meaning::LinkedIn),
        ("GitHub", line, Meaning::GitHub),
        ("Website", line, Meaning::Website),
        ("Current company", line, Meaning::CurrentCompany),
    ]
    .map(|(label, kind, meaning)| Question {
        label: label.to_owned(),
        help: None,
        kind,
        required: false,
        options: Vec::new(),
        meaning: Some(meaning),
        locator: None,
    })
    .to_vec()
}
