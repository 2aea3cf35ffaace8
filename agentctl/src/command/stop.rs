//! `agentctl stop`: ends the daemon after the step at hand.

use std::path::Path;
use std::time::Duration;

use agent_api::v1::ShutdownRequest;
use serde::Serialize;
use tokio::time::Instant;

use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::Screen;
use crate::session::{Place, Session};

/// How long a step at hand may take to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pause between looks at the socket.
const LOOK: Duration = Duration::from_millis(20);

#[derive(Serialize)]
struct Answer {
    stopped: bool,
}

/// Stops the daemon and waits until its socket is gone.
pub(super) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let stopped = end(place, output).await?;
    output.show(&Answer { stopped }, draw)
}

/// Stops the daemon and waits until its socket is gone; says whether it ran.
pub(super) async fn end(place: &Place, output: &mut Output) -> Result<bool, Failure> {
    let session = match Session::open_any(place, output).await {
        Ok(session) => session,
        // What was asked for is so already.
        Err(failure) if failure.kind() == Kind::NotRunning => {
            return Ok(false);
        }
        Err(failure) => return Err(failure),
    };
    let pid = session.status.pid;
    session.daemon().shutdown(ShutdownRequest {}).await?;
    // An open connection would keep a graceful server waiting.
    drop(session);

    let socket = place.home.socket()?;
    let deadline = Instant::now() + PATIENCE;
    while !is_gone(&socket) {
        if Instant::now() > deadline {
            return Err(Failure::refused(format!(
                "the daemon (process {pid}) is still finishing after {} s",
                PATIENCE.as_secs()
            ))
            .reason("stop-slow")
            .hint("it stops by itself; look again with: agentctl status"));
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(true)
}

fn draw(answer: &Answer, screen: &mut Screen, _: &Clock) {
    screen.line([match answer.stopped {
        true => "The daemon has stopped.",
        false => "The daemon was not running.",
    }
    .into()]);
}

/// Tells whether the socket file was removed, which the daemon does last.
fn is_gone(socket: &Path) -> bool {
    std::fs::symlink_metadata(socket)
        .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}
