//! `agentctl start`: runs the daemon in the background, without a service.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use agent_api::socket::private_dir;
use serde::Serialize;
use tokio::time::Instant;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::{daemon_program, next};
use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::Screen;
use crate::session::{Place, Session};
use crate::text;

/// How long a daemon may take to be ready; migrating a large database takes longest.
const PATIENCE: Duration = Duration::from_secs(120);

/// Pause between looks at a starting daemon.
const LOOK: Duration = Duration::from_millis(50);

/// Lines of its output that are shown when it ends at once.
const LAST_LINES: usize = 10;

/// A daemon that serves, and whether this command started it.
pub(super) struct Running {
    /// The connection to it.
    pub(super) session: Session,
    started: bool,
}

#[derive(Serialize)]
struct Answer {
    started: bool,
    pid: u32,
    version: String,
    home: String,
}

/// Starts the daemon when it is not running, and says what it found.
pub(super) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let running = ensure(place, output).await?;
    let status = running.session.status;
    let next = next::step(&status);
    let answer = Answer {
        started: running.started,
        pid: status.pid,
        version: status.version,
        home: status.home,
    };
    output.show(&answer, |answer, screen, clock| {
        draw(answer, screen, clock);
        screen.next(next);
    })
}

fn draw(answer: &Answer, screen: &mut Screen, _: &Clock) {
    let how = if answer.started {
        "runs"
    } else {
        "runs already"
    };
    screen.line([format!(
        "The daemon {how} (process {}) for {}",
        answer.pid, answer.home
    )
    .into()]);
}

/// Connects to the daemon, which is started first when it is not running.
pub(super) async fn ensure(place: &Place, output: &mut Output) -> Result<Running, Failure> {
    match Session::open(place, output).await {
        Ok(session) => Ok(Running {
            session,
            started: false,
        }),
        Err(failure) if failure.kind() == Kind::NotRunning => {
            output.note("Starting the daemon …");
            let session = start(place, output).await?;
            Ok(Running {
                session,
                started: true,
            })
        }
        Err(failure) => Err(failure),
    }
}

async fn start(place: &Place, output: &mut Output) -> Result<Session, Failure> {
    let mut command = daemon_program::command(place)?;
    private_dir(place.home.root())?;
    private_dir(&place.home.log_dir())?;
    let log = place.home.log_dir().join("agentd.out");
    let file = open_log(&log)?;
    let copy = file
        .try_clone()
        .map_err(|error| Failure::file("open", &log, &error))?;
    // A process group of its own: the terminal's Ctrl-C and hang-up do not reach it.
    let mut child = command
        .arg("run")
        .process_group(0)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(copy)
        .spawn()
        .map_err(|error| Failure::file("run", Path::new(command.get_program()), &error))?;

    let deadline = Instant::now() + PATIENCE;
    loop {
        let ended = has_ended(&mut child)?;
        match serving(place, output).await {
            Ok(Some(session)) => return Ok(session),
            Ok(None) => {}
            Err(failure) if failure.kind() == Kind::NotRunning => {}
            Err(failure) => return Err(failure),
        }
        if let Some(how) = ended {
            return Err(
                Failure::refused(format!("the daemon ended while starting ({how})"))
                    .reason("start-failed")
                    .log(last_lines(&log))
                    .hint(format!("its output is in {}", log.display())),
            );
        }
        if Instant::now() > deadline {
            return Err(Failure::refused(format!(
                "the daemon (process {}) is not ready after {} s",
                child.id(),
                PATIENCE.as_secs()
            ))
            .reason("start-slow")
            .log(last_lines(&log))
            .hint("it goes on starting; look again with: agentctl status"));
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Waits for a daemon that something else starts.
pub(super) async fn until_serving(place: &Place, output: &mut Output) -> Result<Session, Failure> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match serving(place, output).await {
            Ok(Some(session)) => return Ok(session),
            Ok(None) => {}
            Err(failure) if failure.kind() == Kind::NotRunning => {}
            Err(failure) => return Err(failure),
        }
        if Instant::now() > deadline {
            return Err(Failure::refused(format!(
                "the daemon is not ready after {} s",
                PATIENCE.as_secs()
            ))
            .reason("start-slow"));
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn open_log(log: &Path) -> Result<File, Failure> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(log)
        .map_err(|error| Failure::file("open", log, &error))
}

fn has_ended(child: &mut Child) -> Result<Option<String>, Failure> {
    child
        .try_wait()
        .map(|status| status.map(|status| status.to_string()))
        .map_err(|error| Failure::new(Kind::Bug, format!("cannot wait for the daemon: {error}")))
}

/// Gives a session once the daemon says that it serves.
async fn serving(place: &Place, output: &mut Output) -> Result<Option<Session>, Failure> {
    let session = Session::open(place, output).await?;
    let answer = HealthClient::new(session.channel())
        .check(HealthCheckRequest::default())
        .await?
        .into_inner();
    Ok((answer.status() == ServingStatus::Serving).then_some(session))
}

fn last_lines(log: &Path) -> Vec<String> {
    let bytes = std::fs::read(log).unwrap_or_default();
    let content = String::from_utf8_lossy(&bytes);
    let lines: Vec<String> = text::clean_lines(&content)
        .filter(|line| !line.is_empty())
        .collect();
    let skipped = lines.len().saturating_sub(LAST_LINES);
    lines.into_iter().skip(skipped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_lines_of_the_output_are_shown_and_they_are_clean() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("agentd.out");
        let content: String = (1..=30)
            .map(|line| format!("line {line}\u{1b}[31m\n\n"))
            .collect();
        std::fs::write(&log, content).unwrap();
        let lines = last_lines(&log);
        assert_eq!(lines.len(), LAST_LINES);
        assert_eq!(lines.last().unwrap(), "line 30[31m");
        assert!(last_lines(&dir.path().join("none")).is_empty());
    }
}
