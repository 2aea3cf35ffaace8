//! The questions every form of a portal has, and the voluntary ones.

use super::{Answer, Choice, Key, Question};
use crate::opening::Shape;

const LINE: Answer = Answer::Text("text", "off");

/// Who applies, and the resume.
pub(super) fn first(shape: Shape, location: bool) -> Vec<Question> {
    let text = |kind, autocomplete| Answer::Text(kind, autocomplete);
    let mut questions = match shape {
        Shape::GreenhouseClassic | Shape::GreenhouseNew => vec![
            asked("first_name", "First Name", text("text", "given-name")),
            asked("last_name", "Last Name", text("text", "family-name")),
            asked("email", "Email", text("text", "email")),
            asked("phone", "Phone", text("tel", "tel")),
            asked("resume", "Resume/CV", Answer::File),
        ],
        Shape::Lever => vec![
            asked("resume", "Resume/CV", Answer::File),
            asked("name", "Full name", text("text", "name")),
            asked("email", "Email", text("email", "email")),
            asked("phone", "Phone", text("text", "tel")),
            optional("org", "Current company", LINE),
        ],
    };
    if location {
        let (at, label) = match shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => (4, "Location (City)"),
            Shape::Lever => (4, "Current location"),
        };
        questions.insert(at, optional("location", label, LINE));
    }
    questions
}

pub(super) fn cover_letter(as_file: bool) -> Question {
    if as_file {
        optional("cover_letter", "Cover Letter", Answer::File)
    } else {
        optional("cover_letter_text", "Cover Letter", Answer::LongText)
    }
}

/// Lever's addresses.
pub(super) fn links(github: bool) -> Vec<Question> {
    let mut links = vec![optional("urls[LinkedIn]", "LinkedIn URL", LINE)];
    if github {
        links.push(optional("urls[GitHub]", "GitHub URL", LINE));
    }
    links
}

/// What stands at the end of Lever's forms.
pub(super) fn last(marketing: bool) -> Vec<Question> {
    let mut last = vec![optional(
        "comments",
        "Additional information",
        Answer::LongText,
    )];
    if marketing {
        let yes = choices(&[("1", "Yes, write to me about other jobs")]);
        let label = "May we contact you about future openings?";
        last.push(optional(
            "consent[marketing]",
            label,
            Answer::Checkboxes(yes),
        ));
    }
    last
}

pub(super) fn decline() -> &'static str {
    "Decline to self-identify"
}

/// Gender, race, veteran and disability, none of them required.
pub(super) fn voluntary(shape: Shape, decline: &str) -> Vec<Question> {
    let lists: [(&str, &str, &str, &[&str]); 4] = [
        ("gender", "eeo[gender]", "Gender", &["Male", "Female"]),
        (
            "race",
            "eeo[race]",
            "Race",
            &[
                "Asian",
                "Black",
                "Hispanic or Latino",
                "White",
                "Two or more",
            ],
        ),
        (
            "veteran_status",
            "eeo[veteran]",
            "Veteran Status",
            &["I am not a protected veteran", "I am a protected veteran"],
        ),
        (
            "disability_status",
            "eeo[disability]",
            "Disability Status",
            &["Yes, I have a disability", "No, I have no disability"],
        ),
    ];
    lists
        .into_iter()
        .map(|(greenhouse, lever, label, options)| {
            let numbered = (1..).zip(options.iter().copied().chain([decline]));
            let choices = numbered
                .map(|(number, label): (u32, &str)| Choice {
                    value: match shape {
                        Shape::GreenhouseClassic | Shape::GreenhouseNew => number.to_string(),
                        Shape::Lever => label.to_owned(),
                    },
                    label: label.to_owned(),
                })
                .collect();
            Question {
                key: Key::Voluntary(match shape {
                    Shape::GreenhouseClassic | Shape::GreenhouseNew => greenhouse,
                    Shape::Lever => lever,
                }),
                label: label.to_owned(),
                required: false,
                answer: Answer::Select(choices),
            }
        })
        .collect()
}

fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(value, label): &(&str, &str)| Choice {
        value: (*value).to_owned(),
        label: (*label).to_owned(),
    };
    pairs.iter().map(choice).collect()
}

fn asked(name: &'static str, label: &str, answer: Answer) -> Question {
    Question {
        key: Key::Standard(name),
        label: label.to_owned(),
        required: true,
        answer,
    }
}

fn optional(name: &'static str, label: &str, answer: Answer) -> Question {
    Question {
        required: false,
        ..asked(name, label, answer)
    }
}
