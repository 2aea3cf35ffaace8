//! What becomes of a release.

use agent_browser::Outcome;
use agent_core::application::PersonStop;
use practice::{OpeningInfo, Shape, Trap};

use crate::{person, world::World};

/// Fills everything, and releases it under this trap.
async fn apply(world: &World, opening: &OpeningInfo, trap: Option<Trap>) -> Outcome {
    let mut open = world.open(opening).await;
    let page = open.load().await;
    let filled = open.fill(&person::answers(&page, world.home.path())).await;
    if let Some(trap) = trap {
        world.practice.set_trap(trap, "");
    }
    let outcome = open.release(world.permit(opening, &filled)).await;
    open.close().await;
    outcome
}

async fn check_healthy(shape: Shape) {
    let world = World::start().await;
    let opening = world.opening(shape);
    let outcome = apply(&world, &opening, None).await;
    let Outcome::Confirmed(evidence) = outcome else {
        panic!("{shape:?}: {outcome:?} {:?}", world.refusals());
    };
    assert_eq!(
        evidence.reference.into_iter().collect::<Vec<_>>(),
        world.references()
    );
    assert!(
        evidence.text.contains("Thank you for applying"),
        "{}",
        evidence.text
    );
    assert!(evidence.screenshot.starts_with(b"\x89PNG"));
    assert_eq!(world.arrivals(&opening), 1);
}

#[tokio::test]
async fn p2_a_classic_application_arrives_once_and_is_confirmed() {
    check_healthy(Shape::GreenhouseClassic).await;
}

#[tokio::test]
async fn p2_an_application_with_uploads_arrives_once_and_is_confirmed() {
    check_healthy(Shape::GreenhouseNew).await;
}

#[tokio::test]
async fn p2_a_lever_application_arrives_once_and_is_confirmed() {
    check_healthy(Shape::Lever).await;
}

#[tokio::test]
async fn a_refusal_is_told_with_the_portals_messages() {
    for shape in [Shape::GreenhouseClassic, Shape::GreenhouseNew] {
        let world = World::start().await;
        let opening = world.opening(shape);
        let outcome = apply(&world, &opening, Some(Trap::Refuses)).await;
        let Outcome::Refused { messages, evidence } = outcome else {
            panic!("{shape:?}: {outcome:?}");
        };
        assert!(messages.iter().all(|message| !message.is_empty()) && !messages.is_empty());
        assert!(
            evidence.text.contains(messages[0].lines().next().unwrap()),
            "{messages:?}"
        );
        assert_eq!(
            (world.arrivals(&opening), world.references()),
            (1, Vec::new())
        );
    }
}

#[tokio::test]
async fn p2_an_answer_that_says_nothing_is_never_taken_for_one() {
    for (shape, trap) in [
        (Shape::GreenhouseNew, Trap::ErrorAfterAccept),
        (Shape::Lever, Trap::ErrorAfterAccept),
        (Shape::GreenhouseClassic, Trap::ReadAndClose),
    ] {
        let world = World::start().await;
        let opening = world.opening(shape);
        let mut open = world.open_patient(&opening, 6).await;
        let page = open.load().await;
        let filled = open.fill(&person::answers(&page, world.home.path())).await;
        world.practice.set_trap(trap, "");
        let outcome = open.release(world.permit(&opening, &filled)).await;
        let Outcome::Unanswered {
            forwarded,
            stop: None,
            ..
        } = outcome
        else {
            panic!("{shape:?} {trap:?}: {outcome:?}");
        };
        assert!(forwarded > 0, "{shape:?} {trap:?}");
        assert_eq!(world.arrivals(&opening), 1, "{shape:?} {trap:?}");
        open.close().await;
    }
}

#[tokio::test]
async fn a_code_that_was_sent_to_the_person_is_asked_of_them() {
    let world = World::start().await;
    let opening = world.opening(Shape::Lever);
    let outcome = apply(&world, &opening, Some(Trap::CodeWall)).await;
    let Outcome::Unanswered {
        forwarded, stop, ..
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!(stop, Some(PersonStop::Code));
    assert!(forwarded > 0);
}
