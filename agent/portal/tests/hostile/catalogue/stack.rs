//! Guests that call themselves, in each place where the host calls them.

use crate::attack::{Attack, Group};
use crate::ends::Ends;
use crate::guest::Guest;

const DEEPER: &str = "
    (func $even (param $n i32) (result i32)
        (i32.add (local.get $n) (call $odd (i32.add (local.get $n) (i32.const 1)))))
    (func $odd (param $n i32) (result i32)
        (i32.mul (local.get $n) (call $even (i32.add (local.get $n) (i32.const 1)))))";

pub(super) fn attacks() -> Vec<Attack> {
    let ends = || Ends::Trapped("stack");
    let guest = |name, guest: Guest| Attack::guest(Group::Stack, name, &guest, ends());
    vec![
        Attack::key(Group::Stack, "recursion", "recursion", ends()),
        Attack::key(
            Group::Stack,
            "a panic",
            "panic",
            Ends::Trapped("unreachable"),
        ),
        guest(
            "recursion of two",
            Guest::discovering("(call $even (i32.const 0))").with(DEEPER),
        ),
        guest(
            "recursion before the first call",
            Guest::idle().with(&format!(
                "{DEEPER} (func $begin (drop (call $even (i32.const 0)))) (start $begin)"
            )),
        ),
        guest(
            "recursion while it takes its arguments",
            Guest {
                realloc: "(call $even (i32.const 0))".to_owned(),
                ..Guest::idle().with(DEEPER)
            },
        ),
        guest(
            "recursion with large frames",
            Guest::discovering("(call $large (i64.const 1))").with(&large_frames()),
        ),
    ]
}

fn large_frames() -> String {
    let locals = 6000;
    let keep: String = (1..=locals)
        .map(|n| format!("(local.set {n} (i64.mul (local.get 0) (i64.const {n})))\n"))
        .collect();
    let sum: String = (1..=locals)
        .map(|n| format!("(local.set 0 (i64.xor (local.get 0) (local.get {n})))\n"))
        .collect();
    format!(
        "(func $large (param i64) (result i32) (local {})
            {keep}
            (local.set 0 (i64.extend_i32_u (call $large (local.get 0))))
            {sum}
            (i32.wrap_i64 (local.get 0)))",
        "i64 ".repeat(locals)
    )
}
