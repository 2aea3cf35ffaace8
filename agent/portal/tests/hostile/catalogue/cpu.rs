//! Guests that never come to an end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use agent_portal::limits::Limits;
use futures::FutureExt;
use futures::future::BoxFuture;

use crate::attack::{Attack, Group, Outcome};
use crate::ends::Ends;
use crate::guest::Guest;
use crate::scene::Stage;
use crate::site::{After, Answer};
use crate::support::Pages;

pub(super) fn attacks() -> Vec<Attack> {
    let timed =
        |name, guest: Guest| Attack::guest(Group::Cpu, name, &guest, Ends::TimedOut).timed();
    vec![
        Attack::key(
            Group::Cpu,
            "a loop, by the processor's time",
            "loop",
            Ends::ComputedTooLong,
        )
        .computing(Duration::from_secs(1)),
        Attack::key(Group::Cpu, "a loop, by time", "loop", Ends::TimedOut).timed(),
        timed("two functions that call each other", each_other()),
        timed("memory filled again and again", filling()),
        timed("jumps through a table", jumping()),
        timed("a loop before the first call", before_the_call()),
        timed("a loop while it takes its arguments", taking()),
        timed("a loop after its answer was read", after_the_answer()),
        Attack::calls(
            Group::Cpu,
            "a loop over an address",
            over_an_address,
            Ends::TimedOut,
        )
        .timed(),
        // Nobody computes, and time goes by all the same.
        Attack::page(
            Group::Cpu,
            "a page that never comes",
            |_| Answer(Vec::new(), After::Hold),
            Ends::TimedOutFetching,
        )
        .timed(),
    ]
}

/// Whoever adds a board by its address asks every plugin whether it is its own.
fn over_an_address<'a>(stage: &'a Stage, limits: &'a Limits) -> BoxFuture<'a, (Outcome, Duration)> {
    async {
        let mut session = stage.hostile(limits, Arc::new(Pages::default())).await;
        let start = Instant::now();
        let claimed = session.claim("https://hostile.example/loop").await;
        let taken = start.elapsed();
        let honest = session.claim("https://hostile.example/honest").await;
        assert_eq!(honest.unwrap().unwrap().key, "honest");
        session.close().await;
        (
            vec![claimed.map(|board| panic!("claimed {board:?}"))],
            taken,
        )
    }
    .boxed()
}

const LOOP: &str = "(loop $again (br $again))";

/// Twice as much work with each step, and never deep.
fn each_other() -> Guest {
    Guest::discovering("(call $even (i32.const 62))").with(
        "(func $even (param $n i32) (result i32)
            (if (result i32) (i32.eqz (local.get $n)) (then (i32.const 1)) (else
                (i32.add (call $odd (i32.sub (local.get $n) (i32.const 1)))
                         (call $odd (i32.sub (local.get $n) (i32.const 1)))))))
        (func $odd (param $n i32) (result i32)
            (i32.add (call $even (i32.sub (local.get $n) (i32.const 1)))
                     (call $even (i32.sub (local.get $n) (i32.const 1)))))",
    )
}

/// One instruction of much work, which is not interrupted.
fn filling() -> Guest {
    let mut guest = Guest::discovering(
        "(loop $again
            (memory.fill (i32.const 0) (local.get $n) (i32.const 65000000))
            (memory.copy (i32.const 0) (i32.const 1) (i32.const 64000000))
            (local.set $n (i32.add (local.get $n) (i32.const 1)))
            (br $again))
        unreachable",
    );
    guest.pages = 1000;
    guest
}

fn jumping() -> Guest {
    let blocks = 64;
    let labels: String = (0..=blocks).map(|label| format!("{label} ")).collect();
    let body = format!(
        "(loop $again
            {}
            (local.set $n (i32.add (local.get $n) (i32.const 7)))
            (br_table {labels} (i32.and (local.get $n) (i32.const 63)))
            {}
            (br $again))
        unreachable",
        "(block ".repeat(blocks),
        ")".repeat(blocks),
    );
    Guest::discovering(body)
}

fn before_the_call() -> Guest {
    Guest::idle().with(&format!("(func $begin {LOOP}) (start $begin)"))
}

fn taking() -> Guest {
    Guest {
        realloc: format!("{LOOP} unreachable"),
        ..Guest::idle()
    }
}

fn after_the_answer() -> Guest {
    Guest {
        post: LOOP.to_owned(),
        ..Guest::idle()
    }
}
