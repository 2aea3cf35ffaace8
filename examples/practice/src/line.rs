//! One connection as the server may ill-treat it: cut in the middle of an
//! answer, or reset.

use std::io::{Error, ErrorKind, Result};
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

const UNLIMITED: usize = usize::MAX;

/// The handle by which an answer treats its connection.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// A second descriptor of the socket; none where it could not be had.
    socket: Option<Arc<OwnedFd>>,
    /// Bytes of answers that may still leave.
    allowance: Arc<AtomicUsize>,
}

impl Line {
    pub(crate) fn of(stream: &TcpStream) -> Self {
        Self {
            socket: stream.as_fd().try_clone_to_owned().ok().map(Arc::new),
            allowance: Arc::new(AtomicUsize::new(UNLIMITED)),
        }
    }

    /// When the connection is closed, it is reset.
    pub(crate) fn reset_when_closed(&self) {
        if let Some(socket) = &self.socket {
            // Without it the connection is closed in the common way.
            let _ = set_socket_linger(socket, Some(Duration::ZERO));
        }
    }

    /// After this many bytes of the answer the connection breaks.
    pub(crate) fn cut_after(&self, bytes: usize) {
        self.allowance.store(bytes, Ordering::SeqCst);
    }

    /// A stream that keeps to what was said of the line.
    pub(crate) fn guard<S>(&self, stream: S) -> Guarded<S> {
        Guarded {
            stream,
            allowance: Arc::clone(&self.allowance),
        }
    }
}

/// A stream that breaks when its allowance is used up.
pub(crate) struct Guarded<S> {
    stream: S,
    allowance: Arc<AtomicUsize>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let allowed = self.allowance.load(Ordering::SeqCst);
        if allowed == UNLIMITED {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        if allowed == 0 {
            // What was written before must leave first.
            return Pin::new(&mut self.stream)
                .poll_flush(context)
                .map(|_| Err(Error::new(ErrorKind::BrokenPipe, "cut, as asked")));
        }
        let some = bytes.get(..allowed.min(bytes.len())).unwrap_or(bytes);
        let written = Pin::new(&mut self.stream).poll_write(context, some);
        if let Poll::Ready(Ok(count)) = written {
            self.allowance.store(allowed - count, Ordering::SeqCst);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
