//! P1: a page that sends by itself, or more than once, sends nothing before the
//! approval and one application after it.

use practice::{OpeningInfo, Shape, Trap};

use crate::harness::{
    forms::{Forms, path},
    long,
};

/// What a page does, at which kind of page, and where it may lead.
type Manner = (Trap, Shape, &'static [&'static str]);

/// What a page does, and where it may lead. One that submits itself while it is
/// filled is cut off by the gate, and may be another page afterwards; one that
/// submits itself beside us is two submissions at once, of which the gate lets out
/// one or none, and whose answer the page may lose.
const MANNERS: [Manner; 6] = [
    (
        Trap::SelfSubmit,
        Shape::GreenhouseClassic,
        &["submitted", "outcome-unknown", "awaiting-approval"],
    ),
    (Trap::EnterSubmits, Shape::Lever, &["submitted"]),
    // What the ordinary run leaves to the gate's own tests and to those of P4.
    (Trap::ScriptRetry, Shape::Lever, &["submitted"]),
    (Trap::ScriptRetry, Shape::Lever, &["submitted"]),
    (
        Trap::DoubleSubmit,
        Shape::GreenhouseClassic,
        &["submitted", "outcome-unknown", "awaiting-approval"],
    ),
    (
        Trap::DoubleSubmit,
        Shape::Lever,
        &["submitted", "outcome-unknown", "awaiting-approval"],
    ),
];

fn manners() -> &'static [Manner] {
    if long() { &MANNERS } else { &MANNERS[..2] }
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_page_that_submits_itself_on_enter_or_twice_sends_one_approved_application() {
    let forms = Forms::read().await;
    let mut used: Vec<String> = Vec::new();
    for (trap, shape, ends) in manners().iter().copied() {
        let mut openings = forms.openings(shape).into_iter();
        let opening = openings
            .find(|opening| !used.contains(&opening.title))
            .unwrap();
        used.push(opening.title.clone());
        forms.employer.set_trap(trap, path(&opening));
        let before = forms.posts();
        let id = forms.prepared(&opening);
        // A line end in an answer is the nearest to Enter that an answer holds.
        let phone = "+49 30\n5550 0142\n";
        let row = forms.home.edit(&id, "Phone", phone).unwrap();
        assert_eq!(row.stage, "awaiting-approval", "{}: {row:?}", trap.name());
        assert_eq!(forms.posts(), before, "{} before its approval", trap.name());
        let row = forms.home.send(&id).unwrap();
        assert!(
            ends.contains(&row.stage.as_str()),
            "{}: {row:?}\n{:?}",
            trap.name(),
            forms.home.detail(&id).history
        );
        let sent = forms.posts() - before;
        let expected = match row.stage.as_str() {
            "submitted" => 1..=1,
            "awaiting-approval" => 0..=0,
            // The page may cut off what was on its way.
            _ => 0..=1,
        };
        assert!(expected.contains(&sent), "{}: {sent} {row:?}", trap.name());
        if settled(&forms, &id, &opening) == "awaiting-approval" {
            forms.employer.clear_traps();
            forms.sent_once(&id, &opening);
        }
        assert_eq!(forms.arrivals(&opening).len(), 1, "{}", trap.name());
    }
}

/// Settles a doubt as a person does who asks the employer; gives the stage.
fn settled(forms: &Forms, id: &str, opening: &OpeningInfo) -> String {
    if forms.home.stage(id) == "outcome-unknown" {
        let word = match forms.arrivals(opening).len() {
            0 => "--not-sent",
            _ => "--sent",
        };
        forms.home.json(&["applications", "settle", id, word]);
    }
    let over = ["submitted", "awaiting-approval"];
    let row = forms.home.wait_stage(id, &over);
    row["stage"].as_str().unwrap().to_owned()
}
