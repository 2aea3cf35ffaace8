//! The service manager of this machine: systemd for users, or launchd.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{launchd, run, systemd};
use crate::error::Failure;
use crate::session::Place;

/// launchd takes a while to let go of a service.
const LETTING_GO: Duration = Duration::from_secs(30);

/// A service manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manager {
    /// systemd's manager of the user.
    Systemd,
    /// launchd's domain of the user.
    Launchd,
}

/// How the file of the service stands to what this build would write.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// There is none.
    None,
    /// As this build would write it.
    Current,
    /// As another build wrote it, or for another program.
    Older,
    /// It is for another home.
    Foreign {
        /// That home; none is the usual one.
        home: Option<String>,
    },
}

impl Manager {
    /// The one whose program is there, this system's own first.
    pub(super) fn find() -> Result<Self, Failure> {
        let own = if cfg!(target_os = "macos") {
            [Self::Launchd, Self::Systemd]
        } else {
            [Self::Systemd, Self::Launchd]
        };
        own.into_iter()
            .find(|manager| is_on_path(manager.program()))
            .ok_or_else(none)
    }

    /// Name for people and programs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Launchd => "launchd",
        }
    }

    const fn program(self) -> &'static str {
        match self {
            Self::Systemd => "systemctl",
            Self::Launchd => "launchctl",
        }
    }

    /// Where the file of the service belongs.
    pub(super) fn file(self) -> Result<PathBuf, Failure> {
        let set = |name| {
            let value = std::env::var_os(name).map(PathBuf::from);
            value.filter(|path| path.is_absolute())
        };
        let home = set("HOME").ok_or_else(|| {
            Failure::refused("HOME does not name a directory").hint("set HOME to your own")
        })?;
        Ok(match self {
            Self::Systemd => set("XDG_CONFIG_HOME")
                .unwrap_or_else(|| home.join(".config"))
                .join("systemd/user")
                .join(systemd::UNIT),
            Self::Launchd => home
                .join("Library/LaunchAgents")
                .join(format!("{}.plist", launchd::LABEL)),
        })
    }

    /// What the file says for this home and program.
    pub(super) fn content(self, place: &Place, program: &Path) -> Result<String, Failure> {
        match self {
            Self::Systemd => systemd::unit(place, program),
            Self::Launchd => launchd::agent(place, program),
        }
    }

    /// How the file that is there stands to `content`.
    pub(super) fn standing(self, place: &Place, content: &str) -> Standing {
        let Some(there) = self
            .file()
            .ok()
            .and_then(|file| std::fs::read_to_string(file).ok())
        else {
            return Standing::None;
        };
        if there == content {
            return Standing::Current;
        }
        let home = match self {
            Self::Systemd => systemd::home_of(&there),
            Self::Launchd => launchd::home_of(&there),
        };
        let ours = place.named.then(|| place.home.root().display().to_string());
        match home {
            home if home == ours => Standing::Older,
            // A file without a home is for the usual one.
            None => Standing::Foreign { home: None },
            Some(home) if ours.is_none() && is_root_of(place, &home) => Standing::Older,
            Some(home) => Standing::Foreign { home: Some(home) },
        }
    }

    /// Refuses where no service manager answers.
    pub(super) fn check(self) -> Result<(), Failure> {
        let asks = match self {
            Self::Systemd => words(&["systemctl", "--user", "show-environment"]),
            Self::Launchd => vec![
                "launchctl".to_owned(),
                "print".to_owned(),
                launchd::domain(),
            ],
        };
        match run::succeeds(&asks) {
            true => Ok(()),
            false => Err(none()),
        }
    }

    /// The commands of an installation, in their order.
    pub(super) fn install_commands(self, file: &Path) -> Vec<String> {
        let commands = match self {
            Self::Systemd => systemd::install().to_vec(),
            Self::Launchd => launchd::install(file).to_vec(),
        };
        commands.iter().map(|words| words.join(" ")).collect()
    }

    /// The commands of a removal, in their order.
    pub(super) fn uninstall_commands(self) -> Vec<String> {
        let commands = match self {
            Self::Systemd => vec![systemd::stop(), systemd::reload()],
            Self::Launchd => vec![launchd::stop()],
        };
        commands.iter().map(|words| words.join(" ")).collect()
    }

    /// Has the manager take the file up and run it, also when it runs already.
    pub(super) fn install(self, file: &Path) -> Result<(), Failure> {
        match self {
            Self::Systemd => systemd::install()
                .iter()
                .try_for_each(|words| run::must(words)),
            Self::Launchd => {
                if run::succeeds(&launchd::look()) {
                    run::must(&launchd::stop())?;
                }
                let deadline = Instant::now() + LETTING_GO;
                let [enable, bootstrap] = launchd::install(file);
                run::must(&enable)?;
                loop {
                    match run::must(&bootstrap) {
                        Ok(()) => return Ok(()),
                        // The one that was stopped is still on its way out.
                        Err(failure) if Instant::now() > deadline => return Err(failure),
                        Err(_) => std::thread::sleep(Duration::from_millis(250)),
                    }
                }
            }
        }
    }

    /// Stops the service and takes it from what starts at log-in.
    pub(super) fn uninstall(self) -> Result<(), Failure> {
        match self {
            Self::Systemd => run::must(&systemd::stop()),
            Self::Launchd if run::succeeds(&launchd::look()) => run::must(&launchd::stop()),
            Self::Launchd => Ok(()),
        }
    }

    /// Has the manager forget a file that was removed.
    pub(super) fn forget(self) -> Result<(), Failure> {
        match self {
            Self::Systemd => run::must(&systemd::reload()),
            Self::Launchd => Ok(()),
        }
    }

    /// Stops the service and starts it again.
    pub(super) fn restart(self, file: &Path) -> Result<(), Failure> {
        match self {
            Self::Systemd => run::must(&words(&["systemctl", "--user", "restart", systemd::UNIT])),
            Self::Launchd if run::succeeds(&launchd::look()) => run::must(&launchd::kick()),
            Self::Launchd => self.install(file),
        }
    }

    /// Whether it starts with the person's session.
    pub(super) fn is_enabled(self) -> bool {
        match self {
            Self::Systemd => run::succeeds(&words(&[
                "systemctl",
                "--user",
                "--quiet",
                "is-enabled",
                systemd::UNIT,
            ])),
            Self::Launchd => run::succeeds(&launchd::look()),
        }
    }

    /// Whether it runs.
    pub(super) fn is_active(self) -> bool {
        match self {
            Self::Systemd => run::succeeds(&words(&[
                "systemctl",
                "--user",
                "--quiet",
                "is-active",
                systemd::UNIT,
            ])),
            Self::Launchd => run::succeeds(&launchd::look()),
        }
    }

    /// Where to read what a daemon that does not come up says.
    pub(super) const fn where_it_says(self) -> &'static str {
        match self {
            Self::Systemd => "what it says: journalctl --user -u agentd -n 30",
            Self::Launchd => "what it says is in the logs folder of the home: agentctl config path",
        }
    }
}

/// Words of a command.
pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn is_root_of(place: &Place, home: &str) -> bool {
    place.home.root() == Path::new(home)
}

fn is_on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

fn none() -> Failure {
    Failure::refused("no service manager answers here: neither systemd's for users nor launchd")
        .reason("no-service-manager")
        .hint(
            "the daemon runs without one too: agentctl start (for example from your log-in script)",
        )
}
