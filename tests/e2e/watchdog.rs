//! The watchdog of the service manager: fed while the daemon gets on, and not by one
//! that hangs.

use std::{
    os::unix::net::UnixDatagram,
    process::Stdio,
    time::{Duration, Instant},
};

use practice::PracticeOptions;

use crate::harness::{Home, PATIENCE, employer};

/// A service manager's socket.
struct Manager(UnixDatagram);

impl Manager {
    /// What it is told next; none when nothing comes for so long.
    fn told(&self, within: Duration) -> Option<String> {
        self.0.set_read_timeout(Some(within)).unwrap();
        let mut text = [0; 200];
        let length = self.0.recv(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text[..length]).trim().to_owned())
    }

    fn until(&self, wanted: &str) -> Vec<String> {
        let mut before = Vec::new();
        loop {
            let told = self.told(PATIENCE).expect(wanted);
            if told == wanted {
                return before;
            }
            before.push(told);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_watchdog_is_fed_by_progress_and_not_by_a_daemon_that_hangs() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    let path = home.path().join("notify");
    let manager = Manager(UnixDatagram::bind(&path).unwrap());
    home.start_example(
        "simulated_agentd",
        &[
            ("NOTIFY_SOCKET", path.to_str().unwrap()),
            ("WATCHDOG_USEC", "4000000"),
            ("SIMULATED_HANG", "1"),
        ],
    );
    let before = manager.until("READY=1");
    assert!(
        before
            .iter()
            .all(|told| told.starts_with("EXTEND_TIMEOUT_USEC=") || told == "WATCHDOG=1"),
        "{before:?}"
    );
    assert!(
        before.iter().any(|told| told.starts_with("EXTEND")),
        "{before:?}"
    );
    manager.until("WATCHDOG=1");
    assert_eq!(home.json(&["status"])["supervision"]["watchdog_seconds"], 4);
    manager.until("WATCHDOG=1");
    // The check of the browser holds every thread of the runtime.
    let mut doctor = home
        .agentctl()
        .arg("doctor")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let mut fed = 0;
    // Longer than the watchdog waits: by then the service manager has acted.
    while manager.told(Duration::from_secs(5)).is_some() {
        fed += 1;
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "it is fed on: {fed}"
        );
    }
    doctor.kill().unwrap();
    doctor.wait().unwrap();
    // As the service manager does; nothing is lost, and the next one is fed again.
    home.kill();
    home.start_example(
        "simulated_agentd",
        &[
            ("NOTIFY_SOCKET", path.to_str().unwrap()),
            ("WATCHDOG_USEC", "4000000"),
        ],
    );
    manager.until("READY=1");
    manager.until("WATCHDOG=1");
    home.json(&["doctor"]);
    manager.until("WATCHDOG=1");
    home.stop();
    manager.until("STOPPING=1");
}
