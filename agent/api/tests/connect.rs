//! Client and server ends of the socket against each other.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::os::unix::fs::PermissionsExt;

use agent_api::client::{ConnectError, connect};
use agent_api::paths::{Environment, Home};
use agent_api::reason;
use agent_api::socket::bind;
use agent_api::v1::schedules_client::SchedulesClient;
use agent_api::v1::schedules_server::{Schedules, SchedulesServer};
use agent_api::v1::{GetScheduleRequest, Schedule, SetScheduleRequest};
use tempfile::TempDir;
use tonic::transport::Server;
use tonic::{Code, Request, Response, Status};

struct Fixed;

#[tonic::async_trait]
impl Schedules for Fixed {
    async fn get(&self, _: Request<GetScheduleRequest>) -> Result<Response<Schedule>, Status> {
        Ok(Response::new(Schedule {
            sync: "hourly".to_owned(),
            ..Schedule::default()
        }))
    }

    async fn set(
        &self,
        request: Request<SetScheduleRequest>,
    ) -> Result<Response<Schedule>, Status> {
        Err(reason::status(
            Code::InvalidArgument,
            reason::INVALID_VALUE,
            format!("\"{}\" is not a schedule", request.get_ref().sync),
            "one of: off, hourly, daily 07:30, every 6h – wählen Sie",
        ))
    }
}

fn home() -> (TempDir, Home) {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path(), &Environment::default()).unwrap();
    (dir, home)
}

#[tokio::test]
async fn answers_and_refusals_cross_the_socket() {
    let (_dir, home) = home();
    let bound = bind(&home).unwrap();
    let server = Server::builder()
        .add_service(SchedulesServer::new(Fixed))
        .serve_with_incoming(bound.incoming);
    let client = async {
        let mut client = SchedulesClient::new(connect(&home).await.unwrap());
        let answer = client.get(GetScheduleRequest {}).await.unwrap();
        assert_eq!(answer.get_ref().sync, "hourly");

        let sync = "täglich".to_owned();
        let refusal = client.set(SetScheduleRequest { sync }).await.unwrap_err();
        assert_eq!(refusal.message(), "\"täglich\" is not a schedule");
        let (reason, hint) = reason::read(&refusal);
        assert_eq!(reason, reason::INVALID_VALUE);
        assert!(hint.ends_with("wählen Sie"), "{hint}");
    };
    tokio::select! {
        ended = server => panic!("the server ended: {ended:?}"),
        () = client => {}
    }
}

#[tokio::test]
async fn no_daemon_is_told_from_one_that_cannot_be_trusted() {
    let (_dir, home) = home();
    assert!(matches!(
        connect(&home).await,
        Err(ConnectError::NotRunning { .. })
    ));

    let bound = bind(&home).unwrap();
    let path = bound.guard.path().to_owned();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o666)).unwrap();
    assert!(matches!(
        connect(&home).await,
        Err(ConnectError::Open { mode: 0o666, .. })
    ));

    drop(bound);
    std::fs::write(&path, "").unwrap();
    assert!(matches!(
        connect(&home).await,
        Err(ConnectError::NotASocket { .. })
    ));
}

#[tokio::test]
async fn a_socket_left_by_a_killed_daemon_counts_as_not_running() {
    let (_dir, home) = home();
    let path = home.socket().unwrap();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    assert!(matches!(
        connect(&home).await,
        Err(ConnectError::NotRunning { .. })
    ));
}
