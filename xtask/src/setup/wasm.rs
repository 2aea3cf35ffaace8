//! The WebAssembly target plugins are built for.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, workspace};

/// The target plugins are built for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure plugins can be built; adds the target when it is missing. Safe to repeat.
pub(super) fn run() -> Result<()> {
    if installed() {
        return Ok(());
    }
    eprintln!("  {WASM_TARGET} is missing; asking rustup for it (about 20 MB, once)");
    let mut command = Command::new("rustup");
    let added = process::run(command.args(["target", "add", WASM_TARGET]));
    if added.is_ok() && installed() {
        return Ok(());
    }
    bail!("{}", advice(added.err()));
}

/// Whether the standard library of the target lies where this rustc looks for it.
fn installed() -> bool {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(workspace::root().join("plugins"));
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    process::capture(&mut rustc).is_ok_and(|dir| Path::new(dir.trim()).is_dir())
}

fn advice(cause: Option<anyhow::Error>) -> String {
    let cause = cause.map_or_else(
        || "rustup said yes, but this rustc does not see it (is `rustc` from another installation?)".to_owned(),
        |error| format!("{error:#}"),
    );
    format!(
        "the Rust target {WASM_TARGET} is needed to build the plugins and could not be added.\n  \
         cause: {cause}\n  \
         With a network: rustup target add {WASM_TARGET}\n  \
         With Debian's packages alone: apt-get install rustc-web cargo-web rust-web-src lld, then in plugins/ run\n    \
         RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld \
         /usr/bin/cargo build -Zbuild-std=std,panic_abort --release --target {WASM_TARGET}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_names_the_cause_and_the_command() {
        let text = advice(Some(anyhow::anyhow!("could not download file")));
        assert!(text.contains("could not download file"), "{text}");
        assert!(
            text.contains("rustup target add wasm32-unknown-unknown"),
            "{text}"
        );
    }
}
