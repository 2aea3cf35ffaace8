//! Guests that want more memory than they get, or make the host want it.

use wit_component::StringEncoding;

use crate::attack::{Attack, Group};
use crate::ends::Ends;
use crate::guest::{ANSWER, FREE, Guest, answer, field, nesting, posting_with, size, store};

/// Of a guest that is given room for large lists, which are zeros where nothing
/// else is said.
const WIDE: usize = 1 << 20;

pub(super) fn attacks() -> Vec<Attack> {
    let guest = |name, guest: Guest, ends| Attack::guest(Group::Memory, name, &guest, ends);
    let key = |name, key, ends| Attack::key(Group::Memory, name, key, ends);
    let with = |name, inner, copies, ends| {
        let bytes = nesting(&Guest::idle().component(), inner, copies);
        Attack::component(Group::Memory, name, bytes, ends)
    };
    let exhausted = || Ends::BadResult("fuel");
    vec![
        key("memory that grows", "memory", Ends::OutOfMemory),
        key("many pieces of all sizes", "fragments", Ends::OutOfMemory),
        with(
            "four memories that fit alone",
            "(component (core module $m (memory 320)) (core instance (instantiate $m)))",
            4,
            Ends::OutOfMemory,
        ),
        with(
            "tables that fit alone",
            "(component (core module $m (table 4000 funcref)) (core instance (instantiate $m)))",
            4,
            Ends::OutOfMemory,
        ),
        with(
            "instances without number",
            "(component (core module $m) (core instance (instantiate $m)))",
            120,
            Ends::BadResult("instance count"),
        ),
        guest("a table that grows", growing_table(), Ends::OutOfMemory),
        guest(
            "a table of nine million at the start",
            Guest::idle().with("(table 9000000 funcref)"),
            Ends::OutOfMemory,
        ),
        guest(
            "four gibibytes at the start",
            pages(65536),
            Ends::OutOfMemory,
        ),
        guest(
            "a list of a gibibyte that is not there",
            wide(answer(&[("postings", WIDE, (1 << 30) / size("posting"))])),
            Ends::BadResult("out of bounds"),
        ),
        guest(
            "a million empty texts",
            wide(answer(&[("dropped", WIDE, 1 << 20)])),
            exhausted(),
        ),
        guest("lists that share their items", shared_places(), exhausted()),
        guest(
            "a text that is in every posting",
            shared_text(),
            exhausted(),
        ),
        guest(
            "a text that is no UTF-8",
            Guest::discovering(posting_with("title", 2048, 3))
                .with(r#"(data (i32.const 2048) "\ff\fe\fd")"#),
            Ends::BadResult("utf-8"),
        ),
        guest(
            "a text that is no UTF-16",
            Guest {
                encoding: StringEncoding::UTF16,
                ..Guest::discovering(posting_with("title", 2048, 1))
                    .with(r#"(data (i32.const 2048) "\00\d8")"#)
            },
            Ends::BadResult("surrogate"),
        ),
        guest(
            "room for arguments that is not there",
            Guest {
                realloc: "(i32.const -8)".to_owned(),
                ..Guest::idle()
            },
            Ends::BadResult("realloc"),
        ),
        guest(
            "an answer at an odd address",
            Guest::discovering("(i32.const 524289)"),
            Ends::BadResult("align"),
        ),
        guest(
            "an answer that is no case of its kind",
            Guest::discovering(store(ANSWER, 9) + &answer(&[])),
            Ends::BadResult("discriminant"),
        ),
        key("forty mebibytes of text", "huge-result", exhausted()),
        key(
            "more postings than a page has",
            "many-postings",
            Ends::TooLarge,
        ),
        key(
            "a description that is too long",
            "long-fields",
            Ends::Harmless(|page, _| {
                page.postings.len() == 1 && page.dropped[0].contains("too long")
            }),
        ),
    ]
}

fn pages(pages: u32) -> Guest {
    Guest {
        pages,
        ..Guest::idle()
    }
}

/// With sixteen mebibytes.
fn wide(body: String) -> Guest {
    Guest {
        pages: 256,
        ..Guest::discovering(body)
    }
}

fn growing_table() -> Guest {
    Guest::discovering(
        "(loop $again
            (if (i32.eq (table.grow $table (ref.null func) (i32.const 1000)) (i32.const -1))
                (then unreachable))
            (br $again))
        unreachable",
    )
    .with("(table $table 1 funcref)")
}

/// A page of two thousand postings, in each of which this field, a text or a
/// list, is the same part of memory.
fn sharing(name: &str, address: usize, length: usize) -> Guest {
    let (postings, step) = (2000, size("posting"));
    let at = field("posting", name);
    let end = FREE + postings * step;
    wide(format!(
        "(local.set $at (i32.const {FREE}))
        (loop $next
            (i32.store offset={at} (local.get $at) (i32.const {address}))
            (i32.store offset={} (local.get $at) (i32.const {length}))
            (local.set $at (i32.add (local.get $at) (i32.const {step})))
            (br_if $next (i32.lt_u (local.get $at) (i32.const {end}))))
        {}",
        at + 4,
        answer(&[("postings", FREE, postings)])
    ))
}

/// Two hundred million texts, were they read.
fn shared_places() -> Guest {
    sharing("locations", 2 << 20, 100_000)
}

/// Sixteen gibibytes, were they read.
fn shared_text() -> Guest {
    sharing("title", 2 << 20, 8 << 20)
}
