//! What a build and its tests need beyond a plain Rust toolchain.

mod browser;
mod wasm;

use anyhow::Result;

pub(crate) use self::wasm::WASM_TARGET;

/// Makes sure everything is there, and installs what is missing where it may.
/// Safe to repeat.
pub(crate) fn run() -> Result<()> {
    wasm()?;
    browser()
}

/// Makes sure plugins can be built.
pub(crate) fn wasm() -> Result<()> {
    wasm::run()
}

/// Makes sure forms can be filled.
pub(crate) fn browser() -> Result<()> {
    browser::run()
}
