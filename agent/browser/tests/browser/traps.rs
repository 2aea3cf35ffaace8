//! Forms that are not what was approved.

use agent_browser::{Filled, Outcome};
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

/// Reviews the healthy page; releases under each trap; then the healthy page again.
async fn check(shape: Shape, traps: &[Trap]) {
    let world = World::start().await;
    let opening = world.opening(shape);
    let (reviewing, reviewed) = filled(&world, &opening).await;
    reviewing.close().await;
    for trap in traps {
        world.practice.set_trap(*trap, "");
        let (mut open, _) = filled(&world, &opening).await;
        let outcome = open.release(world.permit(&opening, &reviewed)).await;
        let Outcome::Unanswered {
            forwarded: 0, why, ..
        } = &outcome
        else {
            panic!("{shape:?} {trap:?}: {outcome:?}");
        };
        assert!(!why.is_empty());
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
    let traps = [
        Trap::ValueChanged,
        Trap::HiddenSwapped,
        Trap::LabelSwapped,
        Trap::ActionChanged,
    ];
    check(Shape::GreenhouseClassic, &traps).await;
}

#[tokio::test]
async fn p1_a_changed_lever_form_is_not_released() {
    check(
        Shape::Lever,
        &[
            Trap::ActionOriginChanged,
            Trap::OptionRemoved,
            Trap::FieldAdded,
        ],
    )
    .await;
}
