//! The catalogue of attacks: what a hostile component, or a server that answers
//! one, can try. Every row ends in an error of its kind, within its limit and a
//! quarter; an honest plugin beside it answers all along; nothing arrives where
//! nothing was granted; and the process that hosts all this is left as it was.
//!
//! A run takes every row once. `AGENT_LONG=1` takes rounds of them until, after two
//! to warm up, a thousand attacks more have run. What they cost is printed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod attack;
mod catalogue;
mod ends;
mod footprint;
mod guest;
mod rounds;
mod run;
mod scene;
mod sinks;
// Each test program uses a part of these.
#[allow(dead_code)]
#[path = "../broker_over_tls/site.rs"]
mod site;
#[allow(dead_code)]
#[path = "../support/mod.rs"]
mod support;

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::attack::Group;
use crate::rounds::Rounds;
use crate::scene::Scene;

/// Attacks that a long run makes at least, once it is warm.
const LONG: usize = 1000;

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// One test for all rows: what is measured is the whole process.
#[tokio::test]
async fn p5_no_attack_of_the_catalogue_does_any_harm() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |found| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        before(found);
    }));
    let attacks = catalogue::all();
    for group in Group::ALL {
        let found = attacks.iter().filter(|row| row.group == group).count();
        assert!(found >= group.least(), "{group:?} has {found} attacks");
    }
    assert!(attacks.len() >= 72);

    let most = match std::env::var_os("AGENT_LONG") {
        Some(_) => LONG + rounds::WARMING * attacks.len(),
        None => attacks.len(),
    };
    let mut scene = Scene::new().await;
    let rounds = Rounds::run(&mut scene, &attacks, most).await;
    eprintln!("{rounds}");
    rounds.expect_no_harm();
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "panics");
    scene.close().await;
}
