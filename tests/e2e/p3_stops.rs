//! P3: statements that are the person's alone, and answers a page gives in
//! their place.

use agent_approval::{Source, Value as Held};
use practice::{Shape, Trap};
use serde_json::Value;

use crate::{
    harness::{
        forms::{Forms, path},
        long,
    },
    p3_answers::field,
};

const POLICY: &str =
    "I confirm that I wrote my answers in my own words and did not use AI to write them";

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_statement_about_ai_is_left_to_the_person_with_a_sheet_of_everything_else() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let mut openings = forms.listed();
    openings.retain(|opening| {
        opening.required.iter().any(|label| label == POLICY)
            && opening
                .required
                .iter()
                .any(|label| label.starts_with("Are you legally"))
    });
    let mut shapes = Vec::new();
    openings.retain(|opening| {
        let new = !shapes.contains(&opening.shape);
        shapes.push(opening.shape);
        new
    });
    assert!(openings.len() >= 2, "{openings:?}");
    for opening in &openings {
        let job = home.job(opening);
        let row = home.prepare(&job);
        assert_eq!(row["stage"], "needs-person", "{row}");
        let id = row["id"].as_str().unwrap();
        assert!(row["next"].as_str().unwrap().contains("--by-hand"), "{row}");
        home.refused(&["answer", id, "--set", "0=Yes"], 1);

        let sheet = home.json(&["prepare", "--by-hand", id]);
        let lines = sheet["lines"].as_array().unwrap();
        let line = |label: &str| {
            let found = lines.iter().find(|line| line["label"] == label);
            found.unwrap_or_else(|| panic!("{label} in {sheet}"))
        };
        for label in opening.required.iter().chain(&opening.optional) {
            line(label);
        }
        // What is theirs to say is left open, with the reason; facts stand there.
        for label in &opening.required {
            let (value, why) = (&line(label)["value"], &line(label)["why"]);
            assert!(value == "" && why != "", "{label}: {}", line(label));
        }
        let held: Vec<&Value> = lines.iter().filter(|line| line["value"] != "").collect();
        let values: Vec<&str> = held
            .iter()
            .filter_map(|line| line["value"].as_str())
            .collect();
        for fact in ["mira.lindqvist@example.org", "+49 30 5550 0142"] {
            assert!(values.contains(&fact), "{fact} in {values:?}");
        }
        assert!(held.iter().all(|line| line["source"] == "fact"), "{held:?}");
        assert!(!sheet["files"].as_array().unwrap().is_empty());
        assert_ne!(sheet["letter"], "");
        let sent = home.json(&["applications", "add", id, "--sent", "2026-11-02"]);
        assert_eq!(sent["stage"], "submitted", "{sent}");
    }
    assert_eq!(forms.posts(), 0, "the agent sent none of them");
    // The benign twin: the same employers' other forms are filled.
    let opening = forms.opening(openings[0].shape, "Are you legally");
    let id = forms.prepared(&opening);
    forms.sent_once(&id, &opening);
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_choice_the_page_made_is_shown_as_the_pages_and_goes_only_when_approved() {
    let forms = Forms::read().await;
    let home = &forms.home;
    let shapes = [Shape::Lever, Shape::GreenhouseClassic];
    for shape in shapes.into_iter().take(if long() { 2 } else { 1 }) {
        let opening = forms.asking(&[], &["Gender"], |opening| opening.shape == shape);
        forms.employer.set_trap(Trap::Preselected, path(&opening));
        let id = forms.prepared(&opening);
        let manifest = forms.honest(&id);
        let gender = field(&manifest, "Gender");
        assert_eq!(gender.source, Source::Page);
        assert_eq!(gender.value, Held::Chosen(vec!["Male".to_owned()]));
        let screen = home.ctl(&["review", "--show", &id]);
        let screen = String::from_utf8(screen.stdout).unwrap();
        let told = screen.lines().any(|line| line.contains("page"));
        assert!(told, "{screen}");

        // The person's word goes before the page's.
        let row = home
            .edit(&id, "Gender", "Decline to self-identify")
            .unwrap();
        assert_eq!(row.stage, "awaiting-approval", "{row:?}");
        let manifest = forms.honest(&id);
        let gender = field(&manifest, "Gender");
        assert_eq!(gender.source, Source::Person);
        assert_eq!(
            gender.value,
            Held::Chosen(vec!["Decline to self-identify".to_owned()])
        );
        forms.sent_once(&id, &opening);
    }
}
