//! Forms that are not what was approved.

use agent_browser::{BrowserError, Filled, Outcome};
use practice::{OpeningInfo, Shape, Trap};

use crate::{
    person,
    world::{Open, World},
};

async fn filled(world: &World, opening: &OpeningInfo) -> (Open, Filled) {
    let mut open = world.open(opening).await;
    let page = open.load().await;
    let filled = open.fill(&person::answers(&page, world.home.path())).await;
    (open, filled)
}

/// These changes, and in the long run also those that the end-to-end stories make.
fn with(these: &[Trap], stories: &[Trap]) -> Vec<Trap> {
    let long = std::env::var_os("AGENT_LONG").is_some();
    let more = if long { stories } else { &[] };
    [these, more].concat()
}

/// Reviews the healthy page; releases under each trap; then the healthy page again.
async fn check(shape: Shape, traps: &[Trap]) {
    let world = World::start().await;
    let opening = world.opening(shape);
    let (reviewing, reviewed) = filled(&world, &opening).await;
    reviewing.close().await;
    for trap in traps {
        world.practice.set_trap(*trap, "");
        let mut open = world.open(&opening).await;
        let page = open.load().await;
        let answers = person::answers(&page, world.home.path());
        match open.session.fill(&answers).await {
            // The page was quicker than the reading back, as on a busy machine.
            Err(BrowserError::Field { .. }) if *trap == Trap::ValueChanged => {}
            filled => {
                filled.unwrap();
                let outcome = open.release(world.permit(&opening, &reviewed)).await;
                let Outcome::Unanswered {
                    forwarded: 0, why, ..
                } = &outcome
                else {
                    panic!("{shape:?} {trap:?}: {outcome:?}");
                };
                assert!(!why.is_empty());
            }
        }
        assert_eq!(world.practice.posts().len(), 0, "{shape:?} {trap:?}");
        open.close().await;
        world.practice.clear_traps();
    }
    let (mut open, _) = filled(&world, &opening).await;
    let outcome = open.release(world.permit(&opening, &reviewed)).await;
    assert!(matches!(outcome, Outcome::Confirmed(_)), "{outcome:?}");
    assert_eq!(world.arrivals(&opening), 1);
    open.close().await;
}

#[tokio::test]
async fn p1_a_changed_classic_form_is_not_released() {
    let traps = with(
        &[Trap::LabelSwapped],
        &[Trap::ValueChanged, Trap::HiddenSwapped, Trap::ActionChanged],
    );
    check(Shape::GreenhouseClassic, &traps).await;
}

#[tokio::test]
async fn p1_a_changed_lever_form_is_not_released() {
    let traps = with(
        &[Trap::ActionOriginChanged, Trap::OptionRemoved],
        &[Trap::FieldAdded],
    );
    check(Shape::Lever, &traps).await;
}
