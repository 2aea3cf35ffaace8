//! The server's end of the socket: one daemon per home, no foreign users.

use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::{UnixListener, UnixStream};
use tokio::time::Sleep;
use tokio_stream::Stream;

use crate::paths::{Home, PathError};

/// Pause after a failed accept; out of file descriptors, it would fail again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Why the daemon cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another daemon serves this home.
    #[error("a daemon runs already for {home}{}; stop it with: agentctl stop", process(.pid))]
    SecondDaemon {
        /// The home.
        home: PathBuf,
        /// Its process, when its lock file tells.
        pid: Option<u32>,
    },
    /// The path of the socket cannot be told.
    #[error(transparent)]
    Path(#[from] PathError),
    /// A directory of the daemon belongs to another user.
    #[error("{path} belongs to user {owner}; remove it or set AGENTD_HOME to another directory")]
    ForeignDirectory {
        /// The directory.
        path: PathBuf,
        /// User id of its owner.
        owner: u32,
    },
    /// Something that is not a socket lies where the socket should be.
    #[error("{path} is in the way of the socket and is not a socket; move it away")]
    InTheWay {
        /// What was found.
        path: PathBuf,
    },
    /// The system refused a step.
    #[error("cannot {step} {path}")]
    Io {
        /// What was tried.
        step: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn process(pid: &Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

/// A bound socket: the connections to serve, and the right to be the daemon of this home.
#[derive(Debug)]
pub struct Bound {
    /// Connections of this user, for tonic's `serve_with_incoming`.
    pub incoming: Incoming,
    /// To be kept until the daemon has finished all its work.
    pub guard: Guard,
}

/// Holds the home's lock; on drop, the socket file is removed and the lock freed.
#[derive(Debug)]
pub struct Guard {
    path: PathBuf,
    _lock: File,
}

impl Guard {
    /// Path of the socket.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Nothing can be done about a failure here, and the next start clears a stale socket.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Becomes the daemon of this home and listens on its socket.
///
/// Directories are made with mode 0700 and the socket with 0600. A socket left
/// by a killed daemon is removed when nobody answers on it. Needs a tokio
/// runtime.
pub fn bind(home: &Home) -> Result<Bound, BindError> {
    let path = home.socket()?;
    private_dir(home.root())?;
    private_dir(&home.run_dir())?;
    if let Some(dir) = path.parent() {
        private_dir(dir)?;
    }
    let lock = lock(home)?;
    clear_stale(home, &path)?;
    let listener = UnixListener::bind(&path).map_err(at("bind", &path))?;
    // The directory lets nobody else in meanwhile.
    let guard = Guard { path, _lock: lock };
    let path = guard.path();
    std::fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(at("restrict", path))?;
    Ok(Bound {
        incoming: Incoming {
            listener,
            own: rustix::process::geteuid().as_raw(),
            pause: None,
        },
        guard,
    })
}

/// Makes a directory of this user with mode 0700, or narrows an existing one to it.
pub fn private_dir(path: &Path) -> Result<(), BindError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(at("create", path))?;
    let found = std::fs::symlink_metadata(path).map_err(at("inspect", path))?;
    // The home itself may be a link to another disk; what it leads to is judged.
    let found = if found.is_symlink() && found.uid() == own_uid() {
        std::fs::metadata(path).map_err(at("inspect", path))?
    } else {
        found
    };
    if found.uid() != own_uid() {
        return Err(BindError::ForeignDirectory {
            path: path.to_owned(),
            owner: found.uid(),
        });
    }
    if found.mode() & 0o077 != 0 {
        std::fs::set_permissions(path, Permissions::from_mode(0o700))
            .map_err(at("restrict", path))?;
    }
    Ok(())
}

fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

fn lock(home: &Home) -> Result<File, BindError> {
    let path = home.lock_file();
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(at("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            return Err(BindError::SecondDaemon {
                home: home.root().to_owned(),
                pid: text.trim().parse().ok(),
            });
        }
        Err(TryLockError::Error(source)) => return Err(at("lock", &path)(source)),
    }
    file.set_len(0).map_err(at("write", &path))?;
    writeln!(file, "{}", std::process::id()).map_err(at("write", &path))?;
    Ok(file)
}

fn clear_stale(home: &Home, path: &Path) -> Result<(), BindError> {
    match std::fs::symlink_metadata(path) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(at("inspect", path)(source)),
        Ok(found) if !found.file_type().is_socket() => {
            return Err(BindError::InTheWay {
                path: path.to_owned(),
            });
        }
        Ok(_) => {}
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Err(refused) if refused.kind() == io::ErrorKind::ConnectionRefused => {
            std::fs::remove_file(path).map_err(at("remove", path))
        }
        // The lock is ours, but something answers: a lock file deleted by hand.
        _ => Err(BindError::SecondDaemon {
            home: home.root().to_owned(),
            pid: None,
        }),
    }
}

fn at(step: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BindError {
    move |source| BindError::Io {
        step,
        path: path.to_owned(),
        source,
    }
}

/// Connections of this user. Those of others are closed before a byte is read.
///
/// Failed accepts do not end it: the daemon stays reachable once the cause is gone.
#[derive(Debug)]
pub struct Incoming {
    listener: UnixListener,
    own: u32,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Stream for Incoming {
    type Item = io::Result<UnixStream>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(pause) = &mut self.pause {
                if pause.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                self.pause = None;
            }
            match self.listener.poll_accept(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok((stream, _))) if is_of_user(&stream, self.own) => {
                    return Poll::Ready(Some(Ok(stream)));
                }
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(_)) => {
                    self.pause = Some(Box::pin(tokio::time::sleep(ACCEPT_PAUSE)));
                }
            }
        }
    }
}

fn is_of_user(stream: &UnixStream, uid: u32) -> bool {
    stream.peer_cred().is_ok_and(|peer| peer.uid() == uid)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_stream::StreamExt;

    use super::*;
    use crate::paths::Environment;

    fn home() -> (TempDir, Home) {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(&dir.path().join("home"), &Environment::default()).unwrap();
        (dir, home)
    }

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().mode() & 0o777
    }

    #[tokio::test]
    async fn only_the_user_may_enter_and_nothing_is_left_behind() {
        let (_dir, home) = home();
        let bound = bind(&home).unwrap();
        assert_eq!(mode(home.root()), 0o700);
        assert_eq!(mode(&home.run_dir()), 0o700);
        assert_eq!(mode(bound.guard.path()), 0o600);
        let path = bound.guard.path().to_owned();
        drop(bound);
        assert!(!path.exists());
        bind(&home).unwrap();
    }

    #[tokio::test]
    async fn a_second_daemon_is_refused_with_the_process_of_the_first() {
        let (_dir, home) = home();
        let first = bind(&home).unwrap();
        let error = bind(&home).unwrap_err();
        assert!(
            matches!(&error, BindError::SecondDaemon { pid: Some(pid), .. } if *pid == std::process::id()),
            "{error}"
        );
        assert!(first.guard.path().exists(), "the first keeps its socket");
    }

    #[tokio::test]
    async fn a_live_socket_without_a_lock_is_not_taken_over() {
        let (_dir, home) = home();
        let first = bind(&home).unwrap();
        std::fs::remove_file(home.lock_file()).unwrap();
        assert!(matches!(
            bind(&home).unwrap_err(),
            BindError::SecondDaemon { .. }
        ));
        assert!(first.guard.path().exists());
    }

    #[tokio::test]
    async fn a_stale_socket_is_replaced_and_a_file_in_its_place_is_not() {
        let (_dir, home) = home();
        let path = home.socket().unwrap();
        private_dir(&home.run_dir()).unwrap();
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        drop(bind(&home).unwrap());

        std::fs::write(&path, "letters").unwrap();
        assert!(matches!(
            bind(&home).unwrap_err(),
            BindError::InTheWay { .. }
        ));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "letters");
    }

    #[tokio::test]
    async fn a_foreign_user_is_dropped_unread_and_the_own_one_served() {
        let (_dir, home) = home();
        let mut bound = bind(&home).unwrap();
        let path = bound.guard.path().to_owned();
        let own = bound.incoming.own;

        // Root may not become another user in every test environment; the
        // daemon taking itself for another user is the same comparison.
        bound.incoming.own = own + 1;
        let mut client = UnixStream::connect(&path).await.unwrap();
        client.write_all(b"PRI * HTTP/2.0").await.unwrap();
        let mut answer = Vec::new();
        let read = async { client.read_to_end(&mut answer).await };
        tokio::select! {
            _ = bound.incoming.next() => panic!("a foreign user was let in"),
            _ = read => {}
        }
        assert!(answer.is_empty());

        bound.incoming.own = own;
        let client = UnixStream::connect(&path);
        let (served, client) = tokio::join!(bound.incoming.next(), client);
        served.unwrap().unwrap();
        client.unwrap();
    }
}
