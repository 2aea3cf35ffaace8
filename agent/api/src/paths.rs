//! Where everything of one agent lies on disk.
//!
//! All of a person's files are under one root; only the configuration file lies
//! where the platform keeps configuration, unless `AGENTD_HOME` names the root.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use sha2::{Digest, Sha256};

/// Longest socket path used, in bytes. The kernel's limit is 104 on macOS and 108 on Linux.
pub const MAX_SOCKET_PATH: usize = 100;

/// The parts of the process environment that paths depend on.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `AGENTD_HOME`: the root, before all else.
    pub agentd_home: Option<PathBuf>,
    /// The platform's directory for data of this program.
    pub data_dir: Option<PathBuf>,
    /// The platform's directory for configuration of this program.
    pub config_dir: Option<PathBuf>,
    /// `XDG_RUNTIME_DIR`.
    pub runtime_dir: Option<PathBuf>,
    /// Directory for temporary files.
    pub temp_dir: PathBuf,
    /// Effective user, part of names in the shared temporary directory.
    pub uid: u32,
}

impl Environment {
    /// Reads the environment of this process.
    pub fn of_process() -> Self {
        let dirs = ProjectDirs::from("", "", "agentd");
        let set = |name| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        Self {
            agentd_home: set("AGENTD_HOME"),
            data_dir: dirs.as_ref().map(|dirs| dirs.data_dir().to_owned()),
            config_dir: dirs.as_ref().map(|dirs| dirs.config_dir().to_owned()),
            runtime_dir: set("XDG_RUNTIME_DIR").filter(|dir| dir.is_absolute()),
            temp_dir: std::env::temp_dir(),
            uid: rustix::process::geteuid().as_raw(),
        }
    }
}

/// Why the paths of the agent cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// Neither `AGENTD_HOME` nor a home directory is known.
    #[error("no home directory is known; set AGENTD_HOME to a directory for the agent")]
    NoHome,
    /// The working directory is gone, so that a relative path means nothing.
    #[error("cannot make {path} an absolute path")]
    NotAbsolute {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Neither the home nor the fallback directories give a short enough socket path.
    #[error(
        "the socket path {path} has {length} bytes and the system allows {MAX_SOCKET_PATH}; \
         set XDG_RUNTIME_DIR or AGENTD_HOME to a shorter path"
    )]
    SocketTooLong {
        /// The shortest path found.
        path: PathBuf,
        /// Its length in bytes.
        length: usize,
    },
}

/// The directories and files of one agent, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
    config_file: PathBuf,
    short_run_dir: PathBuf,
}

impl Home {
    /// Finds the home in the environment: `AGENTD_HOME`, else the platform's directories.
    pub fn resolve(environment: &Environment) -> Result<Self, PathError> {
        if let Some(root) = &environment.agentd_home {
            return Self::at(root, environment);
        }
        let root = environment.data_dir.as_ref().ok_or(PathError::NoHome)?;
        let mut home = Self::at(root, environment)?;
        if let Some(config_dir) = &environment.config_dir {
            home.config_file = config_dir.join("config.toml");
        }
        Ok(home)
    }

    /// Puts everything under `root`, as `AGENTD_HOME` and `--home` do.
    ///
    /// A relative path is taken from the working directory. Links are not
    /// followed: the directory need not exist yet.
    pub fn at(root: &Path, environment: &Environment) -> Result<Self, PathError> {
        let root = std::path::absolute(root).map_err(|source| PathError::NotAbsolute {
            path: root.to_owned(),
            source,
        })?;
        let short_run_dir = match &environment.runtime_dir {
            Some(dir) => dir.join(format!("agentd-{}", short_hash(&root))),
            None => environment.temp_dir.join(format!(
                "agentd-{}-{}",
                environment.uid,
                short_hash(&root)
            )),
        };
        Ok(Self {
            config_file: root.join("config.toml"),
            root,
            short_run_dir,
        })
    }

    /// Directory that holds everything of the person.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The TOML file the person writes; need not exist.
    pub fn config_file(&self) -> &Path {
        &self.config_file
    }

    /// The SQLite database.
    pub fn database(&self) -> PathBuf {
        self.root.join("agent.db")
    }

    /// Portal components, installed and dropped.
    pub fn plugins_dir(&self) -> PathBuf {
        self.root.join("plugins")
    }

    /// Logs of the daemon.
    pub fn log_dir(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Files that can be made again at a cost in time: compiled components, fetched pages.
    pub fn cache_dir(&self) -> PathBuf {
        self.root.join("cache")
    }

    /// Files of the running daemon and of the terminal session; safe to delete when it is stopped.
    pub fn run_dir(&self) -> PathBuf {
        self.root.join("run")
    }

    /// Held locked by the running daemon, with its process id as text.
    pub fn lock_file(&self) -> PathBuf {
        self.run_dir().join("agentd.lock")
    }

    /// The keys of approvals: the person's own and what the daemon trusts.
    pub fn keys_dir(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The person's secret key. Only `agentctl` reads it.
    pub fn secret_key_file(&self) -> PathBuf {
        self.keys_dir().join("approval.key")
    }

    /// The public half of the person's key, written by `agentctl` when it made the key.
    pub fn public_key_file(&self) -> PathBuf {
        self.keys_dir().join("approval.pub")
    }

    /// The first public key the daemon saw. Never written again.
    pub fn pinned_key_file(&self) -> PathBuf {
        self.keys_dir().join("pinned.pub")
    }

    /// Rotations, each signed by the key before: `0001`, `0002`, ….
    pub fn rotations_dir(&self) -> PathBuf {
        self.keys_dir().join("rotations")
    }

    /// Folders of browser sessions; empty when none runs.
    pub fn browser_dir(&self) -> PathBuf {
        self.root.join("browser")
    }

    /// Journals of the gate, one file per intent.
    pub fn gate_dir(&self) -> PathBuf {
        self.root.join("gate")
    }

    /// Files of the person to attach, named by their content.
    pub fn documents_dir(&self) -> PathBuf {
        self.root.join("documents")
    }

    /// Marks a practice home and holds the address and authority of its practice server.
    pub fn practice_file(&self) -> PathBuf {
        self.root.join("practice.toml")
    }

    /// Tells whether this is a practice home.
    pub fn is_practice(&self) -> bool {
        self.practice_file().exists()
    }

    /// The daemon's socket, in the run directory of the home.
    ///
    /// Where that path is too long for the system, it is in a directory of the
    /// runtime or temporary directory that is named by a hash of the home.
    pub fn socket(&self) -> Result<PathBuf, PathError> {
        let near = self.run_dir().join("agentd.sock");
        if length(&near) <= MAX_SOCKET_PATH {
            return Ok(near);
        }
        let short = self.short_run_dir.join("agentd.sock");
        match length(&short) {
            fits if fits <= MAX_SOCKET_PATH => Ok(short),
            length => Err(PathError::SocketTooLong {
                path: short,
                length,
            }),
        }
    }
}

fn length(path: &Path) -> usize {
    path.as_os_str().len()
}

fn short_hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment() -> Environment {
        Environment {
            data_dir: Some("/home/ada/.local/share/agentd".into()),
            config_dir: Some("/home/ada/.config/agentd".into()),
            runtime_dir: Some("/run/user/1000".into()),
            temp_dir: "/tmp".into(),
            uid: 1000,
            ..Environment::default()
        }
    }

    #[test]
    fn the_platform_directories_are_used_without_agentd_home() {
        let home = Home::resolve(&environment()).unwrap();
        assert_eq!(
            home.database(),
            Path::new("/home/ada/.local/share/agentd/agent.db")
        );
        assert_eq!(
            home.config_file(),
            Path::new("/home/ada/.config/agentd/config.toml")
        );
        assert_eq!(
            home.socket().unwrap(),
            Path::new("/home/ada/.local/share/agentd/run/agentd.sock")
        );
    }

    #[test]
    fn agentd_home_holds_the_configuration_too() {
        let home = Home::resolve(&Environment {
            agentd_home: Some("/srv/agent".into()),
            ..environment()
        })
        .unwrap();
        assert_eq!(home.root(), Path::new("/srv/agent"));
        assert_eq!(home.config_file(), Path::new("/srv/agent/config.toml"));
    }

    #[test]
    fn a_relative_home_becomes_absolute() {
        let home = Home::at(Path::new("agent"), &environment()).unwrap();
        assert!(home.root().is_absolute());
    }

    #[test]
    fn no_home_at_all_is_said() {
        let error = Home::resolve(&Environment::default()).unwrap_err();
        assert!(matches!(error, PathError::NoHome));
    }

    #[test]
    fn a_long_home_moves_the_socket_and_nothing_else() {
        let long = Path::new("/srv").join("x".repeat(120));
        let home = Home::at(&long, &environment()).unwrap();
        let socket = home.socket().unwrap();
        assert!(socket.starts_with("/run/user/1000"), "{}", socket.display());
        assert_eq!(home.lock_file(), long.join("run/agentd.lock"));

        let other = Home::at(&long.join("y"), &environment()).unwrap();
        assert_ne!(other.socket().unwrap(), socket);

        let without = Environment {
            runtime_dir: None,
            ..environment()
        };
        let socket = Home::at(&long, &without).unwrap().socket().unwrap();
        assert!(socket.starts_with("/tmp"), "{}", socket.display());
        assert!(socket.to_string_lossy().contains("-1000-"));
    }

    #[test]
    fn a_socket_path_that_fits_nowhere_is_refused_with_advice() {
        let deep = Path::new("/srv").join("x".repeat(120));
        let home = Home::at(
            &deep,
            &Environment {
                runtime_dir: Some(deep.clone()),
                ..environment()
            },
        )
        .unwrap();
        let message = home.socket().unwrap_err().to_string();
        assert!(message.contains("AGENTD_HOME"), "{message}");
    }
}
