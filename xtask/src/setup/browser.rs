//! Chromium and chromedriver, with which forms are filled.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Names under which Chromium is installed.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
/// Where macOS keeps it.
const CHROMIUM_APP: &str = "/Applications/Chromium.app/Contents/MacOS/Chromium";
const CHROMEDRIVER: &str = "chromedriver";

/// One way to install both, tried where its program is there.
struct Installer {
    program: &'static str,
    needs_root: bool,
    commands: &'static [&'static [&'static str]],
}

const INSTALLERS: [Installer; 4] = [
    Installer {
        program: "apt-get",
        needs_root: true,
        commands: &[
            &["apt-get", "update"],
            &[
                "apt-get",
                "install",
                "--yes",
                "--no-install-recommends",
                "chromium",
                "chromium-driver",
            ],
        ],
    },
    Installer {
        program: "dnf",
        needs_root: true,
        commands: &[&["dnf", "install", "--assumeyes", "chromium", "chromedriver"]],
    },
    Installer {
        program: "pacman",
        needs_root: true,
        commands: &[&["pacman", "--sync", "--noconfirm", "chromium"]],
    },
    Installer {
        program: "brew",
        needs_root: false,
        commands: &[&["brew", "install", "--cask", "chromium", "chromedriver"]],
    },
];

/// Makes sure both programs are there; installs them when it may.
pub(super) fn run() -> Result<()> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(installer) = INSTALLERS.iter().find(|way| on_path(way.program).is_some()) else {
        bail!(
            "{}: install Chromium and chromedriver of one version",
            say(&missing)
        );
    };
    if installer.needs_root && !is_root() {
        let typed: Vec<String> = installer
            .commands
            .iter()
            .map(|command| format!("sudo {}", command.join(" ")))
            .collect();
        bail!("{}; install with: {}", say(&missing), typed.join(" && "));
    }
    eprintln!(
        "  {}; asking {} for them (about 100 MB, once)",
        say(&missing),
        installer.program
    );
    for command in installer.commands {
        if let [program, args @ ..] = command {
            let mut child = Command::new(program);
            process::run(child.args(args).env("DEBIAN_FRONTEND", "noninteractive"))?;
        }
    }
    let missing = self::missing();
    if !missing.is_empty() {
        bail!("{} after the installation too", say(&missing));
    }
    Ok(())
}

fn missing() -> Vec<&'static str> {
    let chromium =
        CHROMIUM.iter().any(|name| on_path(name).is_some()) || Path::new(CHROMIUM_APP).is_file();
    let mut missing = Vec::new();
    if !chromium {
        missing.push("Chromium");
    }
    if on_path(CHROMEDRIVER).is_none() {
        missing.push(CHROMEDRIVER);
    }
    missing
}

fn say(missing: &[&str]) -> String {
    let verb = if missing.len() == 1 { "is" } else { "are" };
    format!("{} {verb} missing", missing.join(" and "))
}

/// The program of this name in the folders of PATH.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}

fn is_root() -> bool {
    process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_in_one_line() {
        assert_eq!(say(&["Chromium"]), "Chromium is missing");
        assert_eq!(
            say(&["Chromium", "chromedriver"]),
            "Chromium and chromedriver are missing"
        );
        assert_eq!(on_path("no-such-program-anywhere"), None);
    }
}
