//! Healthy pages: what is approved arrives, once, with a receipt.

use std::collections::{BTreeMap, BTreeSet};

use practice::{OpeningInfo, PracticeOptions, Shape};

use crate::harness::{forms::Forms, long};

/// How many are submitted: the numbers.
fn wanted() -> usize {
    if long() { 300 } else { 20 }
}

/// The next of these openings. In the ordinary run one that asks what was answered
/// before goes first: it takes a browser to learn what a form asks.
fn next(openings: &mut Vec<OpeningInfo>, answered: &BTreeSet<String>) -> OpeningInfo {
    let known = |opening: &OpeningInfo| {
        opening
            .required
            .iter()
            .all(|asked| answered.contains(asked))
    };
    let first = openings
        .iter()
        .position(|opening| !long() && known(opening));
    assert!(!openings.is_empty(), "an opening of this kind is left");
    openings.remove(first.unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_receipts_and_arrivals_as_approvals_at_healthy_pages() {
    let wanted = wanted();
    // The written boards have too few postings for the long run.
    let forms = if long() {
        Forms::read_of(PracticeOptions {
            bulk: Some(wanted * 6),
            ..PracticeOptions::default()
        })
        .await
    } else {
        Forms::read().await
    };
    let mut kinds = [Shape::GreenhouseClassic, Shape::GreenhouseNew, Shape::Lever]
        .map(|shape| forms.openings(shape));
    let mut answered = BTreeSet::new();
    let mut sent = BTreeMap::new();
    let mut shapes = [0; 3];
    for turn in (0..3).cycle() {
        if sent.len() == wanted {
            break;
        }
        let opening = next(&mut kinds[turn], &answered);
        // One opening may be posted in several places; it is applied to once.
        let done = forms.home.prepare_work(&forms.home.job(&opening), |_| {});
        if !matches!(&done, Ok(row) if row.stage != "submitted") {
            continue;
        }
        let id = forms.prepared(&opening);
        forms.sent_once(&id, &opening);
        answered.extend(opening.required.clone());
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
