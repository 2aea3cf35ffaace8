//! The contract's types and traits, generated from the WIT.
#![allow(missing_docs, unreachable_pub, clippy::all)]

wasmtime::component::bindgen!({
    path: "../../wit/portal/0.1",
    world: "portal",
    imports: { default: trappable },
});
