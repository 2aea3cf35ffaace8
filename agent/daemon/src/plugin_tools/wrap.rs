//! `agentd plugin-wrap`: a module as cargo makes it, wrapped as a component.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use wit_component::ComponentEncoder;

/// Options of `agentd plugin-wrap`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The module
    module: PathBuf,
    /// File to write the component to
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Wraps it. The file is whole or not there.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let Args { module, out } = args;
    let bytes =
        std::fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let component = ComponentEncoder::default()
        .validate(true)
        .module(&bytes)
        .and_then(|encoder| encoder.encode())
        .with_context(|| format!("{} cannot be made a component", module.display()))?;
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let write = || {
        let mut half = tempfile::Builder::new()
            .permissions(std::fs::Permissions::from_mode(0o644))
            .tempfile_in(folder)?;
        half.write_all(&component)?;
        half.persist(out).map_err(|error| error.error)?;
        std::io::Result::Ok(())
    };
    write().with_context(|| format!("cannot write {}", out.display()))
}
