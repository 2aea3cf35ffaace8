//! How the daemon begins and ends, as service managers and clients see it.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::net::UnixDatagram,
    process::Stdio,
    time::Instant,
};

use practice::PracticeOptions;
use rustix::process::{Pid, Signal, kill_process};

use crate::harness::{Home, PATIENCE, employer};

#[tokio::test(flavor = "multi_thread")]
async fn the_service_manager_is_told_when_the_daemon_is_ready_and_when_it_stops() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    let path = home.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(PATIENCE)).unwrap();
    let told = || {
        let mut text = [0; 200];
        let length = manager.recv(&mut text).unwrap();
        String::from_utf8_lossy(&text[..length]).trim().to_owned()
    };
    home.start_with(&[("NOTIFY_SOCKET", path.to_str().unwrap())]);
    assert!(told().starts_with("EXTEND_TIMEOUT_USEC="));
    assert_eq!(told(), "READY=1");
    assert!(home.path().join("agent.db").is_file());
    home.stop();
    assert_eq!(told(), "STOPPING=1");
    assert!(
        !home.path().join("agent.db-wal").exists(),
        "the database was closed"
    );
    // A socket that was only inherited, and that nobody listens on any more.
    drop(manager);
    home.start_with(&[("NOTIFY_SOCKET", path.to_str().unwrap())]);
    home.assert_alive();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_cannot_keep_the_daemon() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    let mut watch = home
        .agentctl()
        .args(["--json", "watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    let client = Pid::from_child(&watch);
    kill_process(client, Signal::STOP).unwrap();
    let begun = Instant::now();
    home.stop();
    assert!(begun.elapsed() < PATIENCE);
    kill_process(client, Signal::KILL).unwrap();
    watch.wait().unwrap();
}
