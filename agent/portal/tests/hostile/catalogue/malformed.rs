//! Files that are no component, or a broken one.

use wasmtime::Engine;

use crate::attack::{Attack, Group};
use crate::ends::Ends;
use crate::support::built;

pub(super) fn attacks() -> Vec<Attack> {
    let file =
        |name, bytes: &[u8], ends| Attack::file(Group::Malformed, name, bytes.to_vec(), ends);
    let no = Ends::NotAComponent;
    let whole = std::fs::read(built("lever.wasm")).unwrap();
    let changed = |at: std::ops::Range<usize>, byte: u8| {
        let mut bytes = whole.clone();
        bytes[at].fill(byte);
        bytes
    };
    // The header, a section, and a length that does not fit into 32 bits.
    let overflow = b"\0asm\x0d\0\x01\0\x01\xff\xff\xff\xff\xff\xff\x01";
    let compiled = Engine::default()
        .precompile_component(b"\0asm\x0d\0\x01\0")
        .unwrap();
    vec![
        file("nothing", b"", no("empty")),
        file("more than a component may have", &[0; 1001], Ends::TooLarge)
            .limited(|limits| limits.component_bytes = 1000),
        file("a text", b"(component)", no("another kind")),
        file(
            "another kind's first bytes",
            &changed(0..4, 0x7f),
            no("another kind"),
        ),
        file(
            "another version",
            b"\0asm\x02\0\x01\0",
            no("another version"),
        ),
        file(
            "a core module",
            &wat::parse_str("(module)").unwrap(),
            no("core module"),
        ),
        file(
            "code that is compiled already",
            &compiled,
            no("compiled code"),
        ),
        file(
            "half of a component",
            &whole[..whole.len() / 2],
            no("damaged"),
        ),
        file(
            "a component without its end",
            &whole[..whole.len() - 1],
            no("damaged"),
        ),
        file("a header alone", &whole[..8], Ends::WrongWorld),
        file(
            "a component with a hole",
            &changed(8..2000, 0xff),
            no("damaged"),
        ),
        file("a length that overflows", overflow, no("damaged")),
        file("one type taken for another", &confused(), no("damaged")),
    ]
}

/// A number of 64 bits, exported as a text.
fn confused() -> Vec<u8> {
    let text = r#"(component
        (core module $m
            (memory (export "memory") 1)
            (func (export "f") (result i64) (i64.const -1)))
        (core instance $i (instantiate $m))
        (func (export "describe") (result string)
            (canon lift (core func $i "f") (memory (core memory $i "memory")))))"#;
    wat::parse_str(text).unwrap()
}
