//! Finds the `agentd` program and runs it as a child.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Failure;
use crate::session::Place;

/// Where `agentd` may be, in the order it is looked for.
#[derive(Debug, Default)]
struct Candidates {
    /// `AGENTD_BIN`: the person's own word, so nothing else is tried beside it.
    named: Option<PathBuf>,
    /// Directory of this program.
    beside: Option<PathBuf>,
    /// Directories of `PATH`.
    path: Vec<PathBuf>,
}

/// Prepares a run of `agentd` for the home of this command.
pub(super) fn command(place: &Place) -> Result<Command, Failure> {
    let mut command = Command::new(path()?);
    if place.named {
        command.env("AGENTD_HOME", place.home.root());
    }
    Ok(command)
}

/// Finds the program.
pub(super) fn path() -> Result<PathBuf, Failure> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    find(&Candidates {
        named: set("AGENTD_BIN").map(PathBuf::from),
        beside: std::env::current_exe()
            .ok()
            .and_then(|program| program.parent().map(Path::to_owned)),
        path: set("PATH")
            .map(|path| std::env::split_paths(&path).collect())
            .unwrap_or_default(),
    })
}

fn find(candidates: &Candidates) -> Result<PathBuf, Failure> {
    if let Some(named) = &candidates.named {
        return if is_program(named) {
            // Later, the child runs in another directory.
            std::path::absolute(named).map_err(|error| Failure::file("find", named, &error))
        } else {
            Err(Failure::refused(format!(
                "AGENTD_BIN names {}, which is no program",
                named.display()
            ))
            .reason("no-agentd")
            .hint("set it to the agentd program, or unset it"))
        };
    }
    let name = OsStr::new("agentd");
    candidates
        .beside
        .iter()
        .chain(candidates.path.iter().filter(|dir| dir.is_absolute()))
        .map(|dir| dir.join(name))
        .find(|program| is_program(program))
        .ok_or_else(|| {
            Failure::refused("the program agentd is neither beside agentctl nor on the PATH")
                .reason("no-agentd")
                .hint("install it beside agentctl, or set AGENTD_BIN to it")
        })
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path)
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn program(dir: &Path) -> PathBuf {
        std::fs::create_dir_all(dir).unwrap();
        let path = dir.join("agentd");
        std::fs::write(&path, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn the_named_program_wins_then_the_one_beside_then_the_path() {
        let dir = tempfile::tempdir().unwrap();
        let [named, beside, path] = ["named", "beside", "path"].map(|name| dir.path().join(name));
        let (in_named, in_beside, in_path) = (program(&named), program(&beside), program(&path));
        let mut candidates = Candidates {
            named: Some(in_named.clone()),
            beside: Some(beside),
            path: vec![dir.path().to_owned(), path],
        };
        assert_eq!(find(&candidates).unwrap(), in_named);
        candidates.named = None;
        assert_eq!(find(&candidates).unwrap(), in_beside);
        std::fs::set_permissions(&in_beside, PermissionsExt::from_mode(0o644)).unwrap();
        assert_eq!(find(&candidates).unwrap(), in_path);
        candidates.path.clear();
        assert!(find(&candidates).is_err());
        candidates.named = Some(dir.path().join("gone"));
        assert!(find(&candidates).is_err());
    }
}
