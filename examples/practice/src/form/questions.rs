//! Which questions an opening asks: always the same for the same opening, and
//! not all of them everywhere.

use super::standard::{self, decline, voluntary};
use super::{Action, Answer, Choice, Form, Key, Question};
use crate::bulk::Words;
use crate::opening::{Opening, Shape};

/// What a person must confirm; no one may answer it for them.
const ATTESTATION: &str = "I certify that the information I have given is true and complete";

/// What a person must state alone, each time anew.
const POLICY: &str =
    "I confirm that I wrote my answers in my own words and did not use AI to write them";

const SHARED: [&str; 2] = [
    "How did you hear about this job?",
    "What name should we use when we talk to you?",
];

pub(super) fn form(opening: &Opening) -> Form {
    let seed = seed(opening);
    let mut words = Words(seed);
    let mut own = Own::new(opening, seed);
    // A quarter asks little; the rest leaves out this or that.
    let brief = words.below(4) == 0;
    let mut some = |chances: u64| !brief && words.below(4) < chances;

    let mut questions = standard::first(opening.shape, some(2));
    match opening.shape {
        Shape::GreenhouseClassic | Shape::GreenhouseNew => {
            if some(2) {
                questions.push(standard::cover_letter(some(2)));
            }
            if some(3) {
                own.ask("LinkedIn Profile", false, Answer::Text("text", "off"));
            }
        }
        Shape::Lever => questions.extend(standard::links(some(2))),
    }
    own.short(opening, some(2));
    if some(3) {
        let country = country(opening);
        let label = format!("Are you legally authorized to work in {country}?");
        own.yes_no(&label, true);
    }
    if some(1) {
        let label = "Will you now or in the future require sponsorship for employment visa status?";
        own.yes_no(label, true);
    }
    if some(2) {
        let label = format!("Why would you like to work at {}?", opening.company.trim());
        own.ask(&label, false, Answer::LongText);
    }
    if some(2) {
        let choices = own.choices(&["Full-time", "Part-time", "Either is fine"]);
        let required = some(2);
        own.ask("Which hours suit you?", required, Answer::Radio(choices));
    }
    if some(2) {
        let choices = own.choices(&["English", "German", "French", "Another language"]);
        let label = "In which languages could you do this job?";
        own.ask(label, false, Answer::Checkboxes(choices));
    }
    if some(2) {
        let label = "What are your salary expectations?";
        own.ask(label, false, Answer::Text("text", "off"));
    }
    if some(1) {
        let choices = own.choices(&["At once", "Within a month", "Within three months", "Later"]);
        own.ask("When could you start?", true, Answer::Select(choices));
    }
    match (some(2), some(2)) {
        (true, true) => own.yes_no(ATTESTATION, true),
        (true, false) => {
            let choices = own.choices(&["I confirm"]);
            own.ask(ATTESTATION, true, Answer::Checkboxes(choices));
        }
        (false, _) => {}
    }
    if some(1) && seed.is_multiple_of(3) {
        own.yes_no(POLICY, true);
    }
    questions.append(&mut own.questions);
    if opening.shape == Shape::Lever {
        questions.extend(standard::last(some(2)));
    }
    if some(2) {
        questions.extend(voluntary(opening.shape, decline()));
    }
    Form {
        questions,
        action: Action {
            host: opening.shape.host().to_owned(),
            path: opening.form_path(),
        },
        posting: match opening.shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => opening.id.clone(),
            Shape::Lever => uuid(!seed),
        },
        card: uuid(seed),
    }
}

/// The employer's own questions, numbered as they come.
struct Own {
    questions: Vec<Question>,
    shape: Shape,
    next: u64,
    unique: u64,
}

impl Own {
    fn new(opening: &Opening, seed: u64) -> Self {
        let next = match opening.shape {
            Shape::GreenhouseClassic | Shape::Lever => 12_000_000 + seed % 700_000 * 10,
            Shape::GreenhouseNew => 14_000_000_002 + seed % 70_000_000 * 1_000,
        };
        Self {
            questions: Vec::new(),
            shape: opening.shape,
            next,
            unique: seed >> 8,
        }
    }

    fn ask(&mut self, label: &str, required: bool, answer: Answer) {
        self.questions.push(Question {
            key: Key::Custom(self.next),
            label: label.to_owned(),
            required,
            answer,
        });
        self.next += 1;
    }

    fn yes_no(&mut self, label: &str, required: bool) {
        let choice = |value: &str, label: &str| Choice {
            value: self.value(value, label),
            label: label.to_owned(),
        };
        let choices = vec![choice("1", "Yes"), choice("0", "No")];
        self.ask(label, required, Answer::YesNo(choices));
    }

    /// Ids of options have no gaps and no meaning.
    fn choices(&self, labels: &[&str]) -> Vec<Choice> {
        let numbered = labels.iter().zip(self.next * 10 + 1..);
        numbered
            .map(|(label, value)| Choice {
                value: self.value(&value.to_string(), label),
                label: (*label).to_owned(),
            })
            .collect()
    }

    /// Lever sends the text of an option, Greenhouse its number.
    fn value(&self, number: &str, label: &str) -> String {
        match self.shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => number.to_owned(),
            Shape::Lever => label.to_owned(),
        }
    }

    /// The one short question every form has: the same at many employers, or
    /// asked nowhere else.
    fn short(&mut self, opening: &Opening, common: bool) {
        let title = opening.title.trim();
        let pick = self.unique % 3;
        let label = match (common, pick) {
            (true, _) => SHARED[usize::from(self.unique.is_multiple_of(8))].to_owned(),
            (false, 0) => SHARED[0].to_owned(),
            (false, 1) => format!("Which piece of your work fits the job of {title} best?"),
            (false, _) => format!("What would you look at first as {title}?"),
        };
        self.ask(&label, true, Answer::Text("text", "off"));
    }
}

/// FNV-1a over what identifies the opening.
fn seed(opening: &Opening) -> u64 {
    let bytes = opening.token.bytes().chain([0]).chain(opening.id.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn uuid(seed: u64) -> String {
    let mut words = Words(seed);
    let (high, low) = (words.below(u64::MAX), words.below(u64::MAX));
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// Employers' systems hold codes and names in several languages.
fn country(opening: &Opening) -> &str {
    match opening.country.as_deref() {
        None => "the country of this job",
        Some("DE" | "Deutschland") => "Germany",
        Some("AT") => "Austria",
        Some("CH" | "Suisse") => "Switzerland",
        Some("FR") => "France",
        Some("BE") => "Belgium",
        Some("US") => "the United States",
        Some("GB" | "United Kingdom") => "the United Kingdom",
        Some(other) => other,
    }
}
