//! P4: while a form is filled and waits for its review, nothing of the person
//! leaves, whatever the page tries; once approved, it leaves once.

mod canary;
mod nest;
mod reach;

use practice::{Shape, Trap, TrapClass};

use nest::Nest;

use crate::harness::long;

const SHAPES: [Shape; 3] = [Shape::GreenhouseClassic, Shape::GreenhouseNew, Shape::Lever];

fn traps(class: TrapClass) -> Vec<Trap> {
    let all = Trap::ALL.iter().copied();
    all.filter(|trap| trap.class() == class).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_with_every_leak_trap_set_no_canary_leaves_and_the_approved_form_arrives_once() {
    let mut nest = Nest::build().await;
    for (shape, asks) in SHAPES.into_iter().zip([
        "How did you hear",
        "What would you look at first",
        "What name should we use",
    ]) {
        let opening = nest.opening(shape, asks);
        nest.apply(&opening, &traps(TrapClass::Leak));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_page_that_sends_in_its_own_way_sends_no_canary_before_and_once_after_approval() {
    let mut nest = Nest::build().await;
    let opening = nest.opening(Shape::Lever, "How did you hear");
    nest.apply(
        &opening,
        &[Trap::ScriptRetry, Trap::SelfSubmit, Trap::EnterSubmits],
    );
    // It says that something went wrong, though the portal took the form.
    let opening = nest.opening(Shape::GreenhouseNew, "How did you hear");
    nest.apply(&opening, &[Trap::DoubleSubmit]);
    // A page that asks for nothing but the form, as hundreds of others do.
    if long() {
        let opening = nest.opening(Shape::GreenhouseClassic, "How did you hear");
        nest.apply(&opening, &[]);
    }
}

/// Every trap alone at every kind of page.
#[tokio::test(flavor = "multi_thread")]
async fn p4_no_single_trap_at_any_kind_of_page_gets_a_canary() {
    if !long() {
        eprintln!("skipped: set AGENT_LONG=1 to try every trap at every kind of page");
        return;
    }
    let mut nest = Nest::build().await;
    for trap in [TrapClass::Resend, TrapClass::Leak]
        .into_iter()
        .flat_map(traps)
    {
        for shape in SHAPES {
            let opening = nest.opening(shape, "");
            nest.apply(&opening, &[trap]);
        }
    }
}
