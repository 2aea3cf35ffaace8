//! Builds the plugins: guests for wasm32-unknown-unknown, each wrapped as a
//! component in `target/plugins`. That target, unlike the WASI ones, makes
//! components that import nothing but the portal contract.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wit_component::ComponentEncoder;

use crate::setup::WASM_TARGET;
use crate::{process, setup, workspace};

/// Guests by crate name, and the folder below `target/plugins` they go to.
/// The hostile one is for tests and is never shipped.
const GUESTS: [(&str, &str); 3] = [("greenhouse", ""), ("lever", ""), ("hostile", "testing")];

/// `cargo xtask plugins`: builds them and says where they are.
pub(crate) fn run() -> Result<()> {
    for component in build(&workspace::root())? {
        println!("{}", component.display());
    }
    Ok(())
}

/// Builds every plugin and returns the components, the test one last. What is
/// up to date is left alone.
pub(crate) fn build(root: &Path) -> Result<Vec<PathBuf>> {
    setup::wasm()?;
    let guests = root.join("target/guests");
    let mut cargo = Command::new(tool("CARGO", "cargo"));
    cargo
        .current_dir(root.join("plugins"))
        .args([
            "build",
            "--quiet",
            "--locked",
            "--release",
            "--target",
            WASM_TARGET,
        ])
        .arg("--target-dir")
        .arg(&guests);
    for (guest, _) in GUESTS {
        cargo.args(["--package", guest]);
    }
    process::run(&mut cargo)?;

    let modules = guests.join(WASM_TARGET).join("release");
    GUESTS
        .iter()
        .map(|(guest, folder)| {
            let module = modules.join(guest).with_extension("wasm");
            let folder = root.join("target/plugins").join(folder);
            let component = folder.join(guest).with_extension("wasm");
            if !is_newer(&component, &module) {
                wrap(&module, &component)?;
            }
            Ok(component)
        })
        .collect()
}

fn wrap(module: &Path, component: &Path) -> Result<()> {
    let bytes = fs::read(module).with_context(|| format!("could not read {}", module.display()))?;
    let encoded = ComponentEncoder::default()
        .validate(true)
        .module(&bytes)
        .and_then(|encoder| encoder.encode())
        .with_context(|| format!("could not make {} a component", module.display()))?;
    let folder = component.parent().unwrap_or(component);
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
    // Written beside and renamed: an interrupted build leaves no half component.
    let half = component.with_extension("wasm.new");
    fs::write(&half, encoded)
        .and_then(|()| fs::rename(&half, component))
        .with_context(|| format!("could not write {}", component.display()))
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    match (modified(file), modified(than)) {
        (Some(file), Some(than)) => file > than,
        (None, _) | (_, None) => false,
    }
}

fn tool(variable: &str, name: &str) -> OsString {
    std::env::var_os(variable).unwrap_or_else(|| name.into())
}
