//! What the processes of a session hold on to, looked at from outside.

use std::{collections::HashSet, process::Stdio};

use practice::{Shape, TrapClass};

use super::{nest::Nest, traps};
use crate::{
    harness::forms::path,
    sockets::{self, Socket},
};

/// A socket, whose it is, and whether it is UDP.
type Seen = HashSet<(String, bool, Socket)>;

#[tokio::test(flavor = "multi_thread")]
async fn p4_while_a_form_is_filled_the_browser_reaches_the_gate_and_nothing_else() {
    let mut nest = Nest::build().await;
    let opening = nest.opening(Shape::GreenhouseClassic, "How did you hear");
    for trap in traps(TrapClass::Leak) {
        nest.employer.set_trap(trap, path(&opening));
    }
    let job = nest.home.job(&opening);
    let mut seen = watched(&nest, &["prepare", &job]);
    let answers = nest.answers(&job);
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    seen.extend(watched(&nest, &answers));
    assert_eq!(nest.home.stage(&job), "awaiting-approval");

    let names: HashSet<&str> = seen.iter().map(|(name, ..)| name.as_str()).collect();
    for name in ["agentd", "chromedriver", "chromium"] {
        assert!(names.contains(name), "{name} among {names:?}");
    }
    let employer = nest.employer.address;
    let stun = nest.employer.ready().stun;
    let mut daemon_reached = false;
    for (name, udp, socket) in &seen {
        let ours =
            |end: &Option<std::net::SocketAddr>| end.is_none_or(|end| end.ip().is_loopback());
        assert!(ours(&socket.remote), "{name}: {socket:?}");
        assert!(*udp || ours(&socket.local), "{name}: {socket:?}");
        let to_employer = socket.remote == Some(employer);
        if name == "agentd" {
            daemon_reached |= to_employer;
        } else {
            assert!(!to_employer, "{name} went past the gate: {socket:?}");
            let port = socket.remote.map(|end| end.port());
            assert!(!*udp || port != Some(stun), "{name}: {socket:?}");
        }
    }
    assert!(daemon_reached, "the page was loaded through the daemon");
}

/// Runs `agentctl` and collects every socket that is seen meanwhile.
fn watched(nest: &Nest, args: &[&str]) -> Seen {
    let mut seen = Seen::new();
    let mut running = nest
        .home
        .agentctl()
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while running.try_wait().unwrap().is_none() {
        for process in sockets::by_process(nest.home.pid()) {
            let tcp = process.tcp.into_iter().map(|socket| (false, socket));
            let udp = process.udp.into_iter().map(|socket| (true, socket));
            let all = tcp.chain(udp);
            seen.extend(all.map(|(udp, socket)| (process.name.clone(), udp, socket)));
        }
    }
    assert!(running.wait().unwrap().success());
    seen
}
