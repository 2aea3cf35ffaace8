//! Embeds what `agentctl plugin new` writes: the example plugin, the SDK it is
//! built with and the contract. So a plugin is begun with one program, outside
//! this repository too, and cannot fall behind what is built here.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Folders of the repository, and where their files go in a new crate.
const FOLDERS: [(&str, &str); 3] = [
    ("examples/plugin", ""),
    ("plugins/sdk", "vendor/plugins/sdk/"),
    ("wit/portal/0.1", "vendor/wit/portal/0.1/"),
];
/// The SDK's workspace: it names the versions of its dependencies.
const WORKSPACE: (&str, &str) = ("plugins/Cargo.toml", "vendor/plugins/Cargo.toml");

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = manifest.parent().ok_or("agentctl lies in no repository")?;
    let mut list = String::from("&[\n");
    for (folder, to) in FOLDERS {
        let folder = root.join(folder);
        let mut files = Vec::new();
        collect(&folder, &mut files)?;
        files.sort();
        for file in files {
            let name = file
                .strip_prefix(&folder)?
                .to_str()
                .ok_or("a name is not UTF-8")?;
            entry(&mut list, &format!("{to}{name}"), &file)?;
        }
    }
    let file = root.join(WORKSPACE.0);
    println!("cargo:rerun-if-changed={}", file.display());
    entry(&mut list, WORKSPACE.1, &file)?;
    list.push_str("]\n");
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("new_plugin.rs"),
        list,
    )?;
    Ok(())
}

fn entry(list: &mut String, name: &str, file: &Path) -> std::fmt::Result {
    writeln!(
        list,
        "    ({name:?}, include_bytes!({:?})),",
        file.display().to_string()
    )
}

/// The files of a folder that are written by hand.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let built = path.ends_with("target") || path.extension().is_some_and(|e| e == "wasm");
        if built {
            continue;
        }
        println!("cargo:rerun-if-changed={}", path.display());
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
