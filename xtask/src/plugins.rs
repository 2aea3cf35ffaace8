//! Builds the plugins: guests for wasm32-unknown-unknown, each wrapped as a
//! component in `target/plugins`. That target, unlike the WASI ones, makes
//! components that import nothing but the portal contract.

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use wit_component::ComponentEncoder;

use crate::setup::WASM_TARGET;
use crate::{process, setup, workspace};

/// How the crates of guests begin that misbehave for the tests. They are built
/// into a folder of their own and never shipped.
const HOSTILE: &str = "hostile";

/// `cargo xtask plugins`: builds them and says where they are.
pub(crate) fn run() -> Result<()> {
    for component in build(&workspace::root())? {
        println!("{}", component.display());
    }
    Ok(())
}

/// Builds every member of `plugins/` that is a guest, and returns the
/// components, those for tests last. What is up to date is left alone.
pub(crate) fn build(root: &Path) -> Result<Vec<PathBuf>> {
    setup::wasm()?;
    let guests = guests()?;
    let target = root.join("target/guests");
    let mut cargo = Command::new(tool("CARGO", "cargo"));
    cargo
        .current_dir(root.join("plugins"))
        .args([
            "build",
            "--quiet",
            "--locked",
            "--release",
            // One guest that does not build keeps no other from it.
            "--keep-going",
            "--target",
            WASM_TARGET,
        ])
        .arg("--target-dir")
        .arg(&target);
    for guest in &guests {
        cargo.args(["--package", guest]);
    }
    let built = process::run(&mut cargo);

    let modules = target.join(WASM_TARGET).join("release");
    let mut components = Vec::new();
    for guest in &guests {
        let module = modules.join(guest.replace('-', "_")).with_extension("wasm");
        let folder = root.join("target/plugins");
        let folder = if guest.starts_with(HOSTILE) {
            folder.join("testing")
        } else {
            folder
        };
        let component = folder.join(guest).with_extension("wasm");
        if built.is_err() && !module.exists() {
            continue;
        }
        if !is_newer(&component, &module) {
            wrap(&module, &component)?;
        }
        components.push(component);
    }
    built.map(|()| components)
}

/// Names of the members of `plugins/` that make a guest, those for tests last.
fn guests() -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        targets: Vec<Target>,
    }
    #[derive(Deserialize)]
    struct Target {
        crate_types: Vec<String>,
    }
    let output = process::capture(workspace::plugins_cargo().args([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let metadata: Metadata =
        serde_json::from_str(&output).context("cargo metadata answered something unreadable")?;
    let is_guest = |package: &Package| {
        let mut types = package
            .targets
            .iter()
            .flat_map(|target| &target.crate_types);
        types.any(|kind| kind == "cdylib")
    };
    let mut names: Vec<String> = metadata
        .packages
        .into_iter()
        .filter(is_guest)
        .map(|package| package.name)
        .collect();
    names.sort_by_key(|name| (name.starts_with(HOSTILE), name.clone()));
    Ok(names)
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
    // Written beside and renamed: an interrupted build leaves no half component,
    // and two builds at once do not write into one file.
    let write = || {
        let mut half = tempfile::Builder::new()
            .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
            .tempfile_in(folder)?;
        half.write_all(&encoded)?;
        half.persist(component).map_err(|error| error.error)?;
        std::io::Result::Ok(())
    };
    write().with_context(|| format!("could not write {}", component.display()))
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
