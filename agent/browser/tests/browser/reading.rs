//! What is read of a page, also of one that shows no form.

use std::fmt::Write;

use agent_browser::{Browser, BrowserError, Chromium, Session, Visit};
use agent_core::{
    application::PersonStop,
    form::{LivePage, Recipe},
};
use practice::{Shape, Trap};

use crate::{recipe::recipe_of, world::World};

/// A page as a table: what a person would say of it.
pub(crate) fn table(page: &LivePage) -> String {
    let mut table = String::new();
    for control in &page.controls {
        let mark = if control.required { "!" } else { " " };
        write!(
            table,
            "{mark} {} | {:?} | {}",
            control.name, control.kind, control.role
        )
        .unwrap();
        if let Some(meaning) = control.meaning {
            write!(table, " | {meaning:?}").unwrap();
        }
        if let Some(most) = control.max_length {
            write!(table, " | at most {most}").unwrap();
        }
        if !control.accept.is_empty() {
            write!(table, " | {}", control.accept.join(" ")).unwrap();
        }
        if !control.description.is_empty() {
            write!(table, " | ({})", control.description).unwrap();
        }
        table.push('\n');
        for option in &control.options {
            writeln!(table, "    - {option}").unwrap();
        }
    }
    table
}

#[tokio::test]
async fn a_wall_in_place_of_the_form_is_told_from_a_form() {
    let world = World::start().await;
    let opening = world.opening(Shape::GreenhouseClassic);
    let mut open = world.open(&opening).await;
    for (trap, expected) in [
        (Some(Trap::LoginWall), Some(PersonStop::Login)),
        (Some(Trap::CaptchaWall), Some(PersonStop::Captcha)),
        (None, None),
    ] {
        world.practice.clear_traps();
        if let Some(trap) = trap {
            world.practice.set_trap(trap, "");
        }
        let page = open.load().await;
        assert_eq!(page.stop, expected, "{trap:?}");
        assert_eq!(page.controls.is_empty(), trap.is_some(), "{trap:?}");
    }
    open.close().await;
}

#[tokio::test]
async fn a_page_without_the_form_says_why() {
    let world = World::start().await;
    let opening = world.opening(Shape::GreenhouseClassic);
    let sound = recipe_of(&opening);
    let gone = Recipe {
        url: "https://boards.greenhouse.io/kranichsystems/jobs/1".to_owned(),
        ..sound.clone()
    };
    let renamed = Recipe {
        form: "#another_form".to_owned(),
        ..sound.clone()
    };
    let elsewhere = Recipe {
        url: "https://boards.greenhouse.io:444/x".to_owned(),
        ..sound.clone()
    };
    let error = load(&world, gone).await.unwrap_err();
    assert!(matches!(error, BrowserError::Closed { .. }), "{error}");
    let error = load(&world, renamed).await.unwrap_err();
    assert!(matches!(error, BrowserError::Changed { .. }), "{error}");
    let error = load(&world, elsewhere).await.unwrap_err();
    assert!(matches!(error, BrowserError::Load { .. }), "{error}");
    load(&world, sound).await.unwrap();
}

async fn load(world: &World, recipe: Recipe) -> Result<LivePage, BrowserError> {
    let visit = Visit {
        recipe,
        dir: world.session_dir(),
        protected: Vec::new(),
    };
    let mut session: Box<dyn Session> = Chromium::new(world.options()).open(visit).await?;
    let page = session.load().await;
    session.close().await;
    page
}
