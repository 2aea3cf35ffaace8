//! `agentctl` as a process, against a daemon's socket served by the test.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::pin::Pin;
use std::process::Stdio;
use std::time::{Duration, Instant};

use agent_api::paths::{Environment, Home};
use agent_api::socket::{Bound, bind};
use agent_api::v1::daemon_server::{Daemon, DaemonServer};
use agent_api::v1::{
    DoctorRequest, DoctorResponse, Event, Finding, InboxItem, InboxRequest, InboxResponse,
    PauseRequest, PauseResponse, ShutdownRequest, ShutdownResponse, StatusRequest, StatusResponse,
    WatchRequest, finding,
};
use agent_api::{PROTOCOL, VERSION};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::runtime::{Builder, Runtime};
use tokio_stream::{Stream, StreamExt};
use tonic::transport::Server;
use tonic::{Request, Response, Status};

/// Longest wait for another process.
const WAIT: Duration = Duration::from_secs(20);

/// A daemon that knows three events.
struct Daemonlet {
    protocol: u32,
    practice: bool,
}

#[tonic::async_trait]
impl Daemon for Daemonlet {
    async fn status(&self, _: Request<StatusRequest>) -> Result<Response<StatusResponse>, Status> {
        Ok(Response::new(StatusResponse {
            version: VERSION.to_owned(),
            protocol: self.protocol,
            practice: self.practice,
            ..StatusResponse::default()
        }))
    }

    async fn doctor(&self, _: Request<DoctorRequest>) -> Result<Response<DoctorResponse>, Status> {
        Ok(Response::new(DoctorResponse {
            findings: vec![Finding {
                level: finding::Level::Fault.into(),
                check: "database".to_owned(),
                ..Finding::default()
            }],
        }))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<Event, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let WatchRequest { after, stored_only } = request.into_inner();
        let stored = (after + 1..=3).map(|id| {
            Ok(Event {
                id,
                kind: "job.new".to_owned(),
                detail_json: r#"{"n":1}"#.to_owned(),
                ..Event::default()
            })
        });
        let stored = tokio_stream::iter(stored.collect::<Vec<_>>());
        Ok(Response::new(match stored_only {
            true => Box::pin(stored),
            false => Box::pin(stored.chain(tokio_stream::pending())),
        }))
    }

    async fn inbox(&self, _: Request<InboxRequest>) -> Result<Response<InboxResponse>, Status> {
        Ok(Response::new(InboxResponse {
            items: vec![InboxItem {
                kind: "setup".to_owned(),
                text: "no CV \u{1b}[2Jwas read".to_owned(),
                command: "agentctl init CV".to_owned(),
            }],
        }))
    }

    async fn pause(&self, _: Request<PauseRequest>) -> Result<Response<PauseResponse>, Status> {
        Ok(Response::new(PauseResponse::default()))
    }

    async fn unpause(&self, _: Request<PauseRequest>) -> Result<Response<PauseResponse>, Status> {
        Ok(Response::new(PauseResponse::default()))
    }

    async fn shutdown(
        &self,
        _: Request<ShutdownRequest>,
    ) -> Result<Response<ShutdownResponse>, Status> {
        Ok(Response::new(ShutdownResponse {}))
    }
}

struct Served {
    home: Home,
    _dir: TempDir,
    runtime: Option<Runtime>,
}

impl Served {
    fn new(protocol: u32, practice: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path(), &Environment::default()).unwrap();
        let daemon = Daemonlet { protocol, practice };
        let runtime = Some(serve(&home, DaemonServer::new(daemon)));
        Self {
            home,
            _dir: dir,
            runtime,
        }
    }

    /// Cuts all connections and leaves, as a killed daemon would.
    fn kill(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    fn agentctl(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_agentctl"));
        command
            .env_clear()
            .env("AGENTD_HOME", self.home.root())
            .args(args)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    async fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.agentctl(args).output().await.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Serves on threads of its own, so that ending them cuts every connection.
fn serve<T: Daemon>(home: &Home, daemon: DaemonServer<T>) -> Runtime {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let deadline = Instant::now() + WAIT;
    let entered = runtime.enter();
    // The one before may still be letting go of its lock.
    let Bound { incoming, guard } = loop {
        match bind(home) {
            Ok(bound) => break bound,
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
    };
    drop(entered);
    runtime.spawn(async move {
        let _guard = guard;
        Server::builder()
            .add_service(daemon)
            .serve_with_incoming(incoming)
            .await
            .unwrap();
    });
    runtime
}

#[tokio::test]
async fn p6_the_inbox_is_clean_on_a_screen_and_in_json() {
    let served = Served::new(PROTOCOL, true);
    let (code, stdout, _) = served.run(&[]).await;
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout, @r"
    PRACTICE nothing here is real or leaves this machine
    - no CV [2Jwas read
      agentctl init CV
    ");
    assert!(!stdout.contains('\u{1b}'));
    let (_, stdout, _) = served.run(&["--json"]).await;
    let inbox: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(inbox["items"][0]["command"], "agentctl init CV");
}

#[tokio::test]
async fn another_protocol_ends_with_exit_code_four_but_can_be_asked_to_stop() {
    let mut served = Served::new(PROTOCOL + 1, false);
    let (code, stdout, stderr) = served.run(&["status"]).await;
    assert_eq!((code, stdout.as_str()), (4, ""));
    assert!(stderr.contains("agentctl is older"), "{stderr}");

    let mut stopping = served
        .agentctl(&["stop"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let still = tokio::time::timeout(Duration::from_millis(300), stopping.wait()).await;
    assert!(still.is_err(), "stop waits until the socket is gone");
    served.kill();
    assert!(stopping.wait().await.unwrap().success());
}

#[tokio::test]
async fn a_fault_found_by_the_doctor_is_an_exit_code() {
    let served = Served::new(PROTOCOL, false);
    let (code, stdout, stderr) = served.run(&["doctor"]).await;
    assert_eq!((code, stderr.as_str()), (1, "error: 1 fault found\n"));
    assert!(stdout.starts_with("FAULT  database"), "{stdout}");
}

#[tokio::test]
async fn stored_events_are_lines_of_json_and_end() {
    let served = Served::new(PROTOCOL, false);
    let (code, stdout, _) = served
        .run(&["--json", "watch", "--stored", "--after", "1"])
        .await;
    assert_eq!(code, 0);
    let events: Vec<serde_json::Value> = stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        events
            .iter()
            .map(|event| event["id"].as_i64().unwrap())
            .collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(events[0]["detail"]["n"], 1);
}

/// A daemon whose events begin anew would repeat 1 to 3; only one asked to go on after 3 stays silent.
#[tokio::test]
async fn p8_watch_goes_on_after_the_last_event_when_the_daemon_restarts() {
    let mut served = Served::new(PROTOCOL, false);
    let mut watching = served
        .agentctl(&["--json", "watch", "--after", "2"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    let event = lines.next_line().await.unwrap().unwrap();
    assert!(event.contains("\"id\":3"), "{event}");

    served.kill();
    let (seen, mut asked) = tokio::sync::mpsc::channel(1);
    served.runtime = Some(serve(&served.home, DaemonServer::new(Restarted { seen })));
    let after = tokio::time::timeout(WAIT, asked.recv()).await.unwrap();
    assert_eq!(after, Some(3));
    let event = tokio::time::timeout(WAIT, lines.next_line())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    assert!(event.contains("\"id\":4"), "{event}");
}

/// The daemon after its restart: tells what it was asked and has one new event.
struct Restarted {
    seen: tokio::sync::mpsc::Sender<i64>,
}

#[tonic::async_trait]
impl Daemon for Restarted {
    async fn status(
        &self,
        request: Request<StatusRequest>,
    ) -> Result<Response<StatusResponse>, Status> {
        Daemonlet {
            protocol: PROTOCOL,
            practice: false,
        }
        .status(request)
        .await
    }

    async fn doctor(&self, _: Request<DoctorRequest>) -> Result<Response<DoctorResponse>, Status> {
        Err(Status::unimplemented("not part of this test"))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<Event, Status>> + Send>>;

    async fn watch(
        &self,
        request: Request<WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let after = request.get_ref().after;
        let _ = self.seen.send(after).await;
        let event = Event {
            id: after + 1,
            ..Event::default()
        };
        Ok(Response::new(Box::pin(
            tokio_stream::once(Ok(event)).chain(tokio_stream::pending()),
        )))
    }

    async fn inbox(&self, _: Request<InboxRequest>) -> Result<Response<InboxResponse>, Status> {
        Err(Status::unimplemented("not part of this test"))
    }

    async fn pause(&self, _: Request<PauseRequest>) -> Result<Response<PauseResponse>, Status> {
        Ok(Response::new(PauseResponse::default()))
    }

    async fn unpause(&self, _: Request<PauseRequest>) -> Result<Response<PauseResponse>, Status> {
        Ok(Response::new(PauseResponse::default()))
    }

    async fn shutdown(
        &self,
        _: Request<ShutdownRequest>,
    ) -> Result<Response<ShutdownResponse>, Status> {
        Err(Status::unimplemented("not part of this test"))
    }
}
