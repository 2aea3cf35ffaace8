//! Healthy pages: what is approved arrives, once, with a receipt.

use std::collections::BTreeMap;

use practice::{PracticeOptions, Shape};

use crate::harness::forms::Forms;

/// How many are submitted: the numbers.
fn wanted() -> usize {
    match std::env::var_os("AGENT_LONG") {
        Some(_) => 300,
        None => 20,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_receipts_and_arrivals_as_approvals_at_healthy_pages() {
    let wanted = wanted();
    // The written boards have too few postings for the long run.
    let forms = Forms::read_of(PracticeOptions {
        bulk: (wanted > 100).then_some(wanted * 6),
        ..PracticeOptions::default()
    })
    .await;
    let mut kinds = [
        forms.openings(Shape::GreenhouseClassic).into_iter(),
        forms.openings(Shape::GreenhouseNew).into_iter(),
        forms.openings(Shape::Lever).into_iter(),
    ];
    let mut sent = BTreeMap::new();
    let mut shapes = [0; 3];
    for turn in (0..3).cycle() {
        if sent.len() == wanted {
            break;
        }
        let opening = kinds[turn].next().expect("an opening of this kind is left");
        // One opening may be posted in several places; it is applied to once.
        let done = forms.home.prepare_work(&forms.home.job(&opening), |_| {});
        if !matches!(&done, Ok(row) if row.stage != "submitted") {
            continue;
        }
        let id = forms.prepared(&opening);
        forms.sent_once(&id, &opening);
        sent.insert(id, opening);
        shapes[turn] += 1;
    }
    assert!(shapes.iter().all(|shape| *shape > 0), "{shapes:?}");

    let listed = forms
        .home
        .json(&["applications", "list", "--all", "--limit", "500"]);
    let listed = listed["applications"].as_array().unwrap();
    let at = |stage: &str| listed.iter().filter(|row| row["stage"] == stage).count();
    assert_eq!(at("submitted"), wanted);
    assert_eq!(
        at("outcome-unknown") + at("not-submitted") + at("submitting"),
        0
    );
    assert_eq!(forms.employer.applications().len(), wanted);
    let verified = forms.home.json(&["applications", "verify"]);
    assert_eq!(
        (&verified["valid"], &verified["failed"]),
        (&wanted.into(), &0.into())
    );
}
