//! The client's end of the socket.

use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;
use tonic::transport::{Channel, Endpoint};
use tower::service_fn;

use crate::paths::{Home, PathError};

/// Why there is no connection to the daemon.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No daemon listens for this home.
    #[error("the daemon is not running (no answer at {path})")]
    NotRunning {
        /// Where its socket would be.
        path: PathBuf,
    },
    /// The path of the socket cannot be told.
    #[error(transparent)]
    Path(#[from] PathError),
    /// Something else lies where the socket should be.
    #[error("{path} is not a socket; remove it and start the daemon again")]
    NotASocket {
        /// What was found.
        path: PathBuf,
    },
    /// The socket, or the process behind it, belongs to another user.
    #[error("{path} belongs to user {owner}, not to you; nothing was sent to it")]
    Foreign {
        /// The socket.
        path: PathBuf,
        /// User id of its owner.
        owner: u32,
    },
    /// Other users may write to the socket, so that it is not trusted.
    #[error("{path} is open to other users (mode {mode:o}); restart the daemon to close it")]
    Open {
        /// The socket.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The system refused the connection.
    #[error("cannot connect to {path}")]
    Refused {
        /// The socket.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something listens that does not speak gRPC.
    #[error("{path} does not answer as the daemon does")]
    Transport {
        /// The socket.
        path: PathBuf,
        /// What the transport said.
        source: tonic::transport::Error,
    },
}

/// Connects to the daemon of this home.
///
/// The socket and the process behind it must belong to this user. The channel
/// connects again by itself, with the same checks, when the daemon restarts.
pub async fn connect(home: &Home) -> Result<Channel, ConnectError> {
    let path = home.socket()?;
    // The first connection is made here, where its fault still has a type.
    let first = Arc::new(Mutex::new(Some(open(&path).await?)));
    let connector = {
        let path = path.clone();
        service_fn(move |_: tonic::transport::Uri| {
            let ready = first.lock().unwrap_or_else(PoisonError::into_inner).take();
            let path = path.clone();
            async move {
                let stream = match ready {
                    Some(stream) => stream,
                    None => open(&path).await?,
                };
                Ok::<_, ConnectError>(TokioIo::new(stream))
            }
        })
    };
    Endpoint::from_static("http://agentd.invalid")
        .connect_with_connector(connector)
        .await
        .map_err(|source| ConnectError::Transport { path, source })
}

async fn open(path: &Path) -> Result<UnixStream, ConnectError> {
    let own = rustix::process::geteuid().as_raw();
    check(path, own)?;
    let stream = UnixStream::connect(path)
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound => {
                ConnectError::NotRunning {
                    path: path.to_owned(),
                }
            }
            _ => ConnectError::Refused {
                path: path.to_owned(),
                source,
            },
        })?;
    let peer = stream.peer_cred().map_err(|source| ConnectError::Refused {
        path: path.to_owned(),
        source,
    })?;
    if peer.uid() != own {
        return Err(ConnectError::Foreign {
            path: path.to_owned(),
            owner: peer.uid(),
        });
    }
    Ok(stream)
}

/// Refuses a socket that another user made or may write to.
fn check(path: &Path, own: u32) -> Result<(), ConnectError> {
    let found = match std::fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(source) if source.kind() == io::ErrorKind::NotFound => {
            return Err(ConnectError::NotRunning {
                path: path.to_owned(),
            });
        }
        Err(source) => {
            return Err(ConnectError::Refused {
                path: path.to_owned(),
                source,
            });
        }
    };
    let path = path.to_owned();
    if !found.file_type().is_socket() {
        return Err(ConnectError::NotASocket { path });
    }
    if found.uid() != own {
        return Err(ConnectError::Foreign {
            path,
            owner: found.uid(),
        });
    }
    match found.mode() & 0o777 {
        mode if mode & 0o077 != 0 => Err(ConnectError::Open { path, mode }),
        _ => Ok(()),
    }
}
