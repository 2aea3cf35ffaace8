//! P1: a form that is not the one that was approved is not sent; it comes back
//! to review with what changed.

use std::collections::BTreeSet;

use agent_approval::{ManifestDigest, Sha256};
use practice::{OpeningInfo, Shape, Trap, TrapClass};

use crate::harness::{
    forms::{Forms, path},
    long,
};

/// A question with a list of choices that many forms ask.
const CHOICE: &str = "Are you legally authorized";

/// Changes of the newer form that show in nothing but the request that its script
/// makes at the end.
const LATE: [Trap; 3] = [
    Trap::ValueChangedAtSubmit,
    Trap::ActionChanged,
    Trap::ActionOriginChanged,
];

/// A trap, and what is then named: in the review or, where the change shows only
/// when the form is about to be sent, in the application's history.
struct Change {
    trap: Trap,
    names: &'static str,
}

const fn change(trap: Trap, names: &'static str) -> Change {
    Change { trap, names }
}

/// Approves what waits while `set` is in force and asserts that nothing leaves
/// and that a new manifest waits, with what changed.
fn held(forms: &Forms, id: &str, set: &Change) {
    let (before, posts) = (forms.home.manifest(id), forms.posts());
    let row = forms
        .home
        .send(id)
        .unwrap_or_else(|status| panic!("{}: {status}\n{}", set.trap.name(), forms.home.stderr()));
    assert_eq!(
        row.stage,
        "awaiting-approval",
        "{}: {row:?}",
        set.trap.name()
    );
    assert_eq!(forms.posts(), posts, "{}", set.trap.name());
    let review = forms.home.review(id);
    assert_ne!(
        ManifestDigest::of(&review.manifest),
        ManifestDigest::of(&before),
        "{}",
        set.trap.name()
    );
    let history = forms.home.detail(id).history;
    let mut said: Vec<&str> = history.iter().map(|entry| entry.text.as_str()).collect();
    for difference in &review.differences {
        said.push(&difference.field);
        said.extend(difference.before.as_deref());
        said.extend(difference.after.as_deref());
    }
    assert!(
        said.iter().any(|said| said.contains(set.names)),
        "{}: {:?}\n{history:?}",
        set.trap.name(),
        review.differences
    );
}

/// Sets one trap after the other at one form, each approved form being that of
/// the trap before, and sends the healthy form at last.
fn check(forms: &Forms, opening: &OpeningInfo, changes: &[Change]) {
    let id = forms.prepared(opening);
    for set in changes {
        forms.employer.clear_traps();
        forms.employer.set_trap(set.trap, path(opening));
        held(forms, &id, set);
    }
    forms.employer.clear_traps();
    let healthy = forms.home.json(&["discard", &id])["stage"].clone();
    assert_eq!(healthy, "discarded");
    let id = forms.prepared(opening);
    forms.sent_once(&id, opening);
}

/// One of each kind of change. The browser's own tests hold the others back, the
/// story of a removed choice is among those of bad input, and the long run below
/// tries every one at every kind of form.
#[tokio::test(flavor = "multi_thread")]
async fn p1_a_form_changed_after_approval_is_not_sent_and_comes_back_with_the_difference() {
    let forms = Forms::read().await;
    let classic = forms.opening(Shape::GreenhouseClassic, CHOICE);
    check(
        &forms,
        &classic,
        &[
            change(Trap::ValueChanged, "First Name"),
            change(Trap::HiddenSwapped, "job_post_id"),
            change(Trap::ActionChanged, "Where the form goes"),
            change(Trap::OptionRenamed, CHOICE),
            change(Trap::RequiredChanged, ""),
        ],
    );
    let lever = forms.opening(Shape::Lever, CHOICE);
    check(
        &forms,
        &lever,
        &[
            change(Trap::ValueChangedAtSubmit, ""),
            change(Trap::FieldAdded, "What is your date of birth?"),
        ],
    );
    assert_eq!(forms.employer.applications().len(), 2);
}

/// The approved file has left for the store when the form is refused: the person
/// is asked, and no application has arrived.
fn check_after_upload(forms: &Forms, opening: &OpeningInfo, trap: Trap) {
    let id = forms.prepared(opening);
    forms.employer.set_trap(trap, path(opening));
    let before = forms.posts();
    let row = forms.home.send(&id).unwrap();
    assert_eq!(row.stage, "outcome-unknown", "{row:?}");
    assert!(forms.arrivals(opening).is_empty());
    assert_eq!(forms.posts(), before + 1, "the file and nothing else");
    forms.employer.clear_traps();
    forms
        .home
        .json(&["applications", "settle", &id, "--not-sent"]);
    forms.home.wait_stage(&id, &["awaiting-approval"]);
    forms.sent_once(&id, opening);
}

/// Every trap that changes the form, at every kind of page, each with its twin.
#[tokio::test(flavor = "multi_thread")]
async fn p1_every_change_of_every_kind_of_form_is_held() {
    if !long() {
        eprintln!("skipped: set AGENT_LONG=1 to try every change at every kind of form");
        return;
    }
    let forms = Forms::read().await;
    let changes = Trap::ALL
        .iter()
        .copied()
        .filter(|trap| trap.class() == TrapClass::Change);
    for shape in [Shape::GreenhouseClassic, Shape::GreenhouseNew, Shape::Lever] {
        // One opening may be posted in several places; it is applied to once.
        let mut titles = BTreeSet::new();
        let mut openings = forms.openings(shape).into_iter().filter(|opening| {
            let mut asked = opening.required.iter();
            asked.any(|label| label.starts_with(CHOICE)) && titles.insert(opening.title.clone())
        });
        for trap in changes.clone() {
            let opening = openings.next().expect("an opening for every trap");
            if shape == Shape::GreenhouseNew && LATE.contains(&trap) {
                check_after_upload(&forms, &opening, trap);
            } else {
                check(&forms, &opening, &[change(trap, "")]);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_file_changed_after_review_is_not_sent_and_the_reviewed_one_is_with_its_twin() {
    let forms = Forms::read().await;
    let opening = forms.opening(Shape::GreenhouseClassic, "");
    let id = forms.prepared(&opening);
    let before = agent_approval::Manifest::decode(&forms.home.manifest(&id)).unwrap();
    let file = before.snapshots[0].files[0].clone();
    let on_disk = forms
        .home
        .paths()
        .documents_dir()
        .join(file.sha256.to_string())
        .join(&file.name);
    assert_eq!(Sha256::of(&std::fs::read(&on_disk).unwrap()), file.sha256);
    let other = "A CV the person never saw.";
    for tamper in [Some(other), None] {
        match tamper {
            Some(text) => std::fs::write(&on_disk, text).unwrap(),
            None => std::fs::remove_file(&on_disk).unwrap(),
        }
        let row = forms.home.send(&id).unwrap();
        assert_eq!(row.stage, "awaiting-approval", "{row:?}");
        assert_eq!(forms.posts(), 0);
        let review = forms.home.review(&id);
        let [difference] = review.differences.as_slice() else {
            panic!("{:?}", review.differences);
        };
        assert_eq!(difference.field, file.field);
        let sum = tamper.map(|text| Sha256::of(text.as_bytes()).to_string());
        match (&difference.after, sum) {
            (Some(after), Some(sum)) => assert!(after.contains(&sum), "{after}"),
            (after, sum) => assert_eq!((after, sum), (&None, None)),
        }
    }
    forms.sent_once(&id, &opening);
    let sent = &forms.arrivals(&opening)[0].files[0];
    assert_eq!(sent.sha256, file.sha256.to_string());
}
