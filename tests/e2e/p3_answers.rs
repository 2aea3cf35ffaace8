//! P3: what only the person knows waits for them, and what they said once
//! serves the next form.

use agent_approval::{Field, Manifest, Source, Value as Held};
use agent_core::form::{QuestionClass, Wording, allowed, classify};
use practice::{OpeningInfo, Shape};
use serde_json::Value;

use crate::harness::forms::Forms;

const HEARD: &str = "How did you hear about this job?";
const HOURS: &str = "Which hours suit you?";
const CERTIFY: &str = "I certify that the information I have given is true and complete";
const SALARY: &str = "What are your salary expectations?";
const GENDER: &str = "Gender";

/// Stands in the preferences and may stand on no form.
const PAY_FLOOR: &str = "97531";

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_question_and_an_attestation_wait_and_the_answers_serve_the_next_form() {
    let forms = Forms::read().await;
    let home = &forms.home;
    home.json(&[
        "prefs",
        "set",
        "pay-floor",
        &format!("{PAY_FLOOR} EUR/year"),
    ]);

    // Nothing known answers the first form: all it requires is asked, and no more.
    let first = forms.asking(&[HEARD, HOURS, CERTIFY], &[SALARY], |opening| {
        opening.shape == Shape::GreenhouseClassic
    });
    let row = home.prepare(&home.job(&first));
    assert_eq!(row["stage"], "needs-input", "{row}");
    let id = row["id"].as_str().unwrap();
    let asked = forms.asked(id);
    assert_eq!(labels(&asked), first.required);
    let certify = asked.iter().find(|one| label(one) == CERTIFY).unwrap();
    assert_eq!(certify["question_class"], "attestation");
    assert_eq!(certify["suggestion"], "", "nobody suggests what to certify");
    let certified = certify["options"][0].as_str().unwrap().to_owned();
    let manifest = forms.answered(id, &asked, "At a meetup by the river");
    for label in &first.required {
        assert_eq!(field(&manifest, label).source, Source::Person, "{label}");
    }
    assert_eq!(field(&manifest, SALARY).value, Held::Empty);
    assert_eq!(field(&manifest, "First Name").source, Source::Fact);

    // Forms of other employers with the same words ask only what is new.
    let [second, third] = forms.others_like(&first);
    let row = home.prepare(&home.job(&second.opening));
    assert_eq!(row["stage"], "needs-input", "{row}");
    let id = row["id"].as_str().unwrap();
    let asked = forms.asked(id);
    assert_eq!(labels(&asked), second.open);
    let manifest = forms.answered(id, &asked, "From a poster at the tram stop");
    for label in &second.open {
        assert_eq!(field(&manifest, label).source, Source::Person, "{label}");
    }
    for (label, chosen) in [(HOURS, "Full-time"), (CERTIFY, certified.as_str())] {
        let field = field(&manifest, label);
        assert_eq!(field.source, Source::Bank, "{label}");
        assert_eq!(field.value, Held::Chosen(vec![chosen.to_owned()]));
    }

    // A kept answer is used as it stands now, and one that was removed is asked for.
    let (hours, certify) = (forms.kept(HOURS), forms.kept(CERTIFY));
    for kept in [&hours, &certify] {
        assert_eq!(kept.as_ref().unwrap()["used"], 1, "{kept:?}");
    }
    let number = |kept: Option<Value>| kept.unwrap()["id"].to_string();
    home.json(&["answers", "edit", &number(hours), "Part-time"]);
    home.json(&["answers", "remove", &number(certify)]);
    assert_eq!(forms.kept(CERTIFY), None);
    let row = home.prepare(&home.job(&third.opening));
    assert_eq!(row["stage"], "needs-input", "{row}");
    let id = row["id"].as_str().unwrap();
    let asked = forms.asked(id);
    let asked_for = labels(&asked);
    assert!(asked_for.contains(&CERTIFY.to_owned()), "{asked_for:?}");
    assert!(!asked_for.contains(&HOURS.to_owned()), "{asked_for:?}");
    let manifest = forms.answered(id, &asked, "From the ferry's radio");
    let hours = field(&manifest, HOURS);
    assert_eq!(hours.source, Source::Bank);
    assert_eq!(hours.value, Held::Chosen(vec!["Part-time".to_owned()]));
    assert_eq!(field(&manifest, CERTIFY).source, Source::Person);
    assert_eq!(forms.posts(), 0, "and nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_value_changed_in_review_is_the_persons_and_shows_in_the_difference() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let opening = forms.asking(&[HEARD], &[SALARY, GENDER], |opening| {
        opening.shape == Shape::Lever
    });
    let id = forms.prepared(&opening);
    let manifest = forms.honest(&id);
    for voluntary in [
        SALARY,
        GENDER,
        "Race",
        "Veteran Status",
        "Disability Status",
    ] {
        let field = field(&manifest, voluntary);
        assert_eq!(
            (field.source, &field.value),
            (Source::None, &Held::Empty),
            "{voluntary}"
        );
    }

    for (label, given, held) in [
        (SALARY, "61000 EUR", Held::Text("61000 EUR".to_owned())),
        (GENDER, "Female", Held::Chosen(vec!["Female".to_owned()])),
        (
            "Full name",
            "Mira L. Lindqvist",
            Held::Text("Mira L. Lindqvist".to_owned()),
        ),
    ] {
        let row = home.edit(&id, label, given).unwrap();
        assert_eq!(row.stage, "awaiting-approval", "{row:?}");
        let manifest = forms.honest(&id);
        let field = field(&manifest, label);
        assert_eq!(
            (field.source, &field.value),
            (Source::Person, &held),
            "{label}"
        );
        let changed = home.review(&id).differences;
        assert!(
            changed.iter().all(|one| one.field == field.name),
            "{changed:?}"
        );
        let told = |words: &str| {
            let mut after = changed.iter().filter_map(|one| one.after.as_deref());
            after.any(|after| after.contains(words))
        };
        assert!(told(given) && told("answered for this form"), "{changed:?}");
    }
    assert_eq!(forms.posts(), 0, "a change sends nothing");
    forms.sent_once(&id, &opening);
    let arrived = forms.arrivals(&opening);
    for value in ["61000 EUR", "Female", "Mira L. Lindqvist"] {
        let there = arrived[0].fields.iter().any(|(_, there)| there == value);
        assert!(there, "{value} in {arrived:#?}");
    }
}

/// A form after the first, and what it will ask beyond what is kept.
struct Next {
    opening: OpeningInfo,
    open: Vec<String>,
}

impl Forms {
    /// An opening that requires and offers questions with these words.
    pub(crate) fn asking(
        &self,
        required: &[&str],
        optional: &[&str],
        also: impl Fn(&OpeningInfo) -> bool,
    ) -> OpeningInfo {
        let holds = |labels: &[String], wanted: &[&str]| {
            wanted
                .iter()
                .all(|wanted| labels.iter().any(|label| label == wanted))
        };
        let found = self.all_openings().find(|opening| {
            holds(&opening.required, required)
                && holds(&opening.optional, optional)
                && also(opening)
        });
        found.unwrap_or_else(|| panic!("no form asks {required:?} and {optional:?}"))
    }

    /// Every opening without a stop.
    fn all_openings(&self) -> impl Iterator<Item = OpeningInfo> {
        [Shape::GreenhouseClassic, Shape::GreenhouseNew, Shape::Lever]
            .into_iter()
            .flat_map(|shape| self.openings(shape))
    }

    /// What an application asks.
    pub(crate) fn asked(&self, id: &str) -> Vec<Value> {
        let asked = self.home.json(&["answer", id]);
        asked["questions"].as_array().unwrap().clone()
    }

    /// Answers what is asked, keeping it: the first choice, or `words`. Gives what
    /// then waits for review.
    fn answered(&self, id: &str, asked: &[Value], words: &str) -> Manifest {
        let mut args = vec!["answer".to_owned(), id.to_owned(), "--keep".to_owned()];
        for question in asked {
            assert_eq!(question["required"], true, "{question}");
            let answer = question["options"][0].as_str().unwrap_or(words);
            args.push("--set".to_owned());
            args.push(format!("{}={answer}", question["number"]));
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        self.home.json(&args);
        self.honest(id)
    }

    /// What waits for review, after a look at where each value comes from.
    pub(crate) fn honest(&self, id: &str) -> Manifest {
        let manifest = Manifest::decode(&self.home.manifest(id)).unwrap();
        for field in &manifest.snapshots[0].fields {
            let class = classify(&Wording::of_field(field));
            assert!(allowed(field.source, class), "{class:?}: {field:?}");
            assert!(
                field.source != Source::Drafted || class == QuestionClass::OpenText,
                "{class:?}: {field:?}"
            );
            let text = format!("{:?}", field.value);
            assert!(!text.contains(PAY_FLOOR), "{field:?}");
        }
        manifest
    }

    /// Two forms of other employers that ask for the hours and the certificate in
    /// the same words, so that kept answers serve them, and for something more.
    fn others_like(&self, first: &OpeningInfo) -> [Next; 2] {
        let mut found: Vec<Next> = Vec::new();
        for opening in self.all_openings() {
            let asks = |wanted: &str| opening.required.iter().any(|label| label == wanted);
            let known = |token: &str| found.iter().any(|next| next.opening.token == token);
            if opening.token == first.token
                || known(&opening.token)
                || !asks(HOURS)
                || !asks(CERTIFY)
            {
                continue;
            }
            let job = self.home.job(&opening);
            let sheet = self.home.json(&["prepare", "--by-hand", &job]);
            let lines = sheet["lines"].as_array().unwrap();
            let banked = |wanted: &str| {
                let mut lines = lines.iter();
                lines.any(|line| line["label"] == wanted && line["source"] == "bank")
            };
            let open = lines
                .iter()
                .filter(|line| line["required"] == true && line["value"] == "");
            let open: Vec<String> = open.map(label).collect();
            if banked(HOURS) && banked(CERTIFY) && !open.is_empty() {
                found.push(Next { opening, open });
            }
        }
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (Some(one), Some(other)) => [one, other],
            _ => panic!("fewer than two other employers ask the same and more"),
        }
    }

    /// The kept answer to a question.
    fn kept(&self, question: &str) -> Option<Value> {
        let kept = self.home.json(&["answers", "list"]);
        let kept = kept["answers"].as_array().unwrap().clone();
        kept.into_iter()
            .find(|answer| words(&answer["question"]) == question)
    }
}

fn labels(asked: &[Value]) -> Vec<String> {
    asked.iter().map(label).collect()
}

fn label(asked: &Value) -> String {
    words(&asked["label"])
}

/// The words of a question, without the star that pages write behind some.
fn words(text: &Value) -> String {
    let text = text.as_str().unwrap();
    text.trim_end_matches([' ', '*', '✱']).to_owned()
}

/// The field of a page with this name; pages write a star behind some.
pub(crate) fn field<'a>(manifest: &'a Manifest, name: &str) -> &'a Field {
    let mut fields = manifest.snapshots[0].fields.iter();
    let found = fields.find(|field| field.name.starts_with(name));
    found.unwrap_or_else(|| panic!("the form has no field {name:?}"))
}
