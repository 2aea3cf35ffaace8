//! Finding Chromium and chromedriver. The two must be of one major version:
//! chromedriver refuses every other browser, with words that help nobody.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use crate::session::BrowserError;

/// Longest wait for a program to say its version.
const VERSION: Duration = Duration::from_secs(20);

/// The two programs, found and of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    pub(super) chromium: Program,
    pub(super) chromedriver: Program,
}

/// A program that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) path: PathBuf,
    /// As it states it ("156.0.8078.79").
    pub(super) version: String,
}

/// What is looked for.
struct Wanted {
    program: &'static str,
    names: &'static [&'static str],
    /// Where it lies when no search path leads to it.
    places: &'static [&'static str],
    advice: &'static str,
}

const CHROMIUM: Wanted = Wanted {
    program: "Chromium",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ],
    places: &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    advice: if cfg!(target_os = "macos") {
        "install it (brew install --cask chromium), or set its path in the configuration"
    } else {
        "install it (on Debian and Ubuntu: apt install chromium), or set its path in the configuration"
    },
};

const CHROMEDRIVER: Wanted = Wanted {
    program: "chromedriver",
    names: &["chromedriver", "chromium.chromedriver"],
    places: &[
        "/usr/lib/chromium/chromedriver",
        "/usr/lib/chromium-browser/chromedriver",
        "/opt/homebrew/bin/chromedriver",
        "/usr/local/bin/chromedriver",
    ],
    advice: if cfg!(target_os = "macos") {
        "install it (brew install --cask chromedriver), or set its path in the configuration"
    } else {
        "install it (on Debian and Ubuntu: apt install chromium-driver), or set its path in the configuration"
    },
};

/// Finds both. A path that was set is the only one looked at.
pub(super) async fn find(
    chromium: Option<&Path>,
    chromedriver: Option<&Path>,
) -> Result<Programs, BrowserError> {
    let search = env::var_os("PATH").unwrap_or_default();
    let (chromium, chromedriver) = tokio::try_join!(
        found(&CHROMIUM, chromium, &search),
        found(&CHROMEDRIVER, chromedriver, &search)
    )?;
    if major(&chromium.version) != major(&chromedriver.version) {
        return Err(BrowserError::Versions {
            driver: chromedriver.version,
            browser: chromium.version,
        });
    }
    Ok(Programs {
        chromium,
        chromedriver,
    })
}

async fn found(
    wanted: &Wanted,
    set: Option<&Path>,
    search: &OsStr,
) -> Result<Program, BrowserError> {
    let missing = |advice: String| BrowserError::Missing {
        program: wanted.program,
        advice,
    };
    let path = match set {
        Some(path) if path.is_file() => path.to_owned(),
        Some(path) => return Err(missing(format!("there is no file {}", path.display()))),
        None => look(wanted, search).ok_or_else(|| missing(wanted.advice.to_owned()))?,
    };
    let answer = Command::new(&path)
        .arg("--version")
        .kill_on_drop(true)
        .output();
    let said = match timeout(VERSION, answer).await {
        Ok(Ok(output)) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Ok(Err(error)) => {
            return Err(missing(format!(
                "{} does not start: {error}",
                path.display()
            )));
        }
        Err(_) => {
            return Err(missing(format!(
                "{} does not say its version",
                path.display()
            )));
        }
    };
    match version(&said) {
        Some(version) => Ok(Program {
            version: version.to_owned(),
            path,
        }),
        None => Err(missing(format!(
            "{} does not say its version",
            path.display()
        ))),
    }
}

fn look(wanted: &Wanted, search: &OsStr) -> Option<PathBuf> {
    let on_path = env::split_paths(search)
        .flat_map(|dir| wanted.names.iter().map(move |name| dir.join(name)));
    on_path
        .chain(wanted.places.iter().map(PathBuf::from))
        .find(|path| path.is_file())
}

/// The first word of numbers and dots ("Chromium 156.0.8078.79 built on Debian").
fn version(said: &str) -> Option<&str> {
    said.split_whitespace().find(|word| {
        word.contains('.')
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_what_the_programs_say() {
        let check = |said: &str, expected: Option<&str>| assert_eq!(version(said), expected);
        check(
            "Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n",
            Some("156.0.8078.79"),
        );
        check(
            "ChromeDriver 156.0.8078.79 (a21ce95c24ce-refs/branch-heads/8078@{#1704})",
            Some("156.0.8078.79"),
        );
        check("Google Chrome 99.1.2.3 \n", Some("99.1.2.3"));
        check("no such thing", None);
        check("", None);
    }

    #[test]
    fn a_missing_program_says_what_to_install() {
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(
            look(
                &Wanted {
                    places: &[],
                    ..CHROMIUM
                },
                empty.path().as_os_str()
            ),
            None
        );
        std::fs::write(empty.path().join("chromium-browser"), "").unwrap();
        assert_eq!(
            look(
                &Wanted {
                    places: &[],
                    ..CHROMIUM
                },
                empty.path().as_os_str()
            ),
            Some(empty.path().join("chromium-browser"))
        );
        for wanted in [CHROMIUM, CHROMEDRIVER] {
            assert!(wanted.advice.contains("install it"), "{}", wanted.advice);
        }
    }
}
