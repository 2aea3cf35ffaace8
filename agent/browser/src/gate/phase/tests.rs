use super::*;
use agent_approval::{Release, ReleaseKind};

const HELLO: Sent = Sent::Handshake;
const DATA: Sent = Sent::Application { plain: 600 };

fn release(kind: ReleaseKind, origin: &str) -> Target {
    let release = Release {
        kind,
        method: "POST".to_owned(),
        origin: origin.to_owned(),
        path: "/apply".to_owned(),
        path_prefix: false,
    };
    Target::of(&release).unwrap()
}

fn machine(phase: Phase) -> Machine {
    let hosts = |names: &[&str]| {
        Hosts::new(
            &names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let mut machine = Machine::new(hosts(&["jobs.test", "cdn.test"]), hosts(&["captcha.test"]));
    let upload = ReleaseKind::Upload {
        field: "CV".to_owned(),
    };
    machine.targets = vec![
        release(upload, "https://store.test"),
        release(ReleaseKind::Submit, "https://jobs.test"),
    ];
    machine.phase = phase;
    machine
}

fn admission(release: usize) -> Admission {
    let host = ["store.test", "jobs.test"][release].to_owned();
    Admission {
        release,
        host,
        least: 1000,
    }
}

fn every_phase() -> Vec<Phase> {
    let running = Running {
        admission: admission(1),
        owner: 1,
        sent: 600,
        answering: false,
    };
    vec![
        Phase::Load,
        Phase::Fill,
        Phase::Waiting(0),
        Phase::Checking(0),
        Phase::Armed(admission(1)),
        Phase::Spent(running),
        Phase::Open,
        Phase::Closed,
    ]
}

#[test]
fn p4_each_phase_opens_tunnels_to_its_hosts_alone() {
    // load, fill, waiting, checking, armed, spent, open, closed
    for (host, allowed) in [
        ("jobs.test", [1, 0, 0, 0, 1, 0, 1, 0]),
        ("cdn.test", [1, 0, 0, 0, 0, 0, 1, 0]),
        ("captcha.test", [1, 0, 1, 0, 0, 0, 1, 0]),
        ("store.test", [0, 0, 0, 0, 0, 0, 1, 0]),
        ("other.test", [0; 8]),
    ] {
        for (phase, allowed) in every_phase().into_iter().zip(allowed) {
            let machine = machine(phase.clone());
            assert_eq!(
                machine.connect(host, 443).is_ok(),
                allowed == 1,
                "{host} in {phase:?}"
            );
            assert!(
                machine.connect(host, 8443).is_err(),
                "{host}:8443 in {phase:?}"
            );
        }
    }
}

#[test]
fn p2_each_phase_lets_a_clients_record_pass_or_cuts_it() {
    use Verdict::{Cut, Forward, Spend};
    // load, fill, waiting, checking, armed, spent (by tunnel 1), open, closed
    for (tunnel, host, sent, expected) in [
        (
            1,
            "jobs.test",
            DATA,
            [Forward, Cut, Cut, Cut, Spend, Forward, Forward, Cut],
        ),
        (
            2,
            "jobs.test",
            DATA,
            [Forward, Cut, Cut, Cut, Spend, Cut, Forward, Cut],
        ),
        (
            2,
            "jobs.test",
            HELLO,
            [Forward, Cut, Cut, Cut, Forward, Cut, Forward, Cut],
        ),
        (
            2,
            "jobs.test",
            Sent::Control,
            [Forward, Cut, Cut, Cut, Cut, Cut, Forward, Cut],
        ),
        (
            2,
            "captcha.test",
            DATA,
            [Forward, Cut, Forward, Cut, Cut, Cut, Forward, Cut],
        ),
        (
            2,
            "captcha.test",
            HELLO,
            [Forward, Cut, Forward, Cut, Cut, Cut, Forward, Cut],
        ),
    ] {
        for (phase, expected) in every_phase().into_iter().zip(expected) {
            let found = machine(phase.clone()).record(tunnel, host, sent);
            assert_eq!(
                found, expected,
                "{sent:?} on {tunnel} to {host} in {phase:?}"
            );
        }
    }
}

#[test]
fn p2_one_admission_is_spent_once_and_only_by_its_tunnel() {
    let mut machine = machine(Phase::Armed(admission(1)));
    for finished in [HELLO, Sent::Finished] {
        assert_eq!(machine.record(1, "jobs.test", finished), Verdict::Forward);
        assert_eq!(machine.record(2, "jobs.test", finished), Verdict::Forward);
    }
    assert_eq!(machine.record(2, "jobs.test", DATA), Verdict::Spend);
    assert_eq!(
        machine.forwarded, 0,
        "nothing left before it is written down"
    );
    machine.received(2);
    assert!(!machine.spend(1, 600), "it is tunnel 2's");
    assert!(machine.spend(2, 600));
    assert_eq!(machine.record(1, "jobs.test", DATA), Verdict::Cut);
    assert!(machine.connect("jobs.test", 443).is_err());
    assert_eq!(machine.record(2, "jobs.test", DATA), Verdict::Forward);
    assert_eq!(machine.forwarded, 1200);
    machine.received(1);
    assert_eq!(
        machine.record(2, "jobs.test", DATA),
        Verdict::Forward,
        "no answer came on it"
    );
    machine.received(2);
    assert_eq!(
        machine.record(2, "jobs.test", Sent::Control),
        Verdict::Forward
    );
    assert_eq!(
        machine.record(2, "jobs.test", DATA),
        Verdict::Cut,
        "a second request"
    );
    assert_eq!(machine.forwarded, 1800);
}

#[test]
fn p2_an_early_answer_does_not_cut_a_body_that_is_still_sent() {
    let mut machine = machine(Phase::Armed(admission(1)));
    assert_eq!(machine.record(1, "jobs.test", DATA), Verdict::Spend);
    assert!(machine.spend(1, 600));
    machine.received(1);
    assert_eq!(
        machine.record(1, "jobs.test", DATA),
        Verdict::Forward,
        "400 bytes are missing"
    );
    assert_eq!(machine.record(1, "jobs.test", DATA), Verdict::Cut);
}

#[test]
fn p2_releases_leave_in_their_order_each_after_the_answer_to_the_last() {
    let mut machine = machine(Phase::Armed(admission(0)));
    assert_eq!(machine.answered(), None, "nothing was sent");
    assert_eq!(
        machine.record(1, "jobs.test", DATA),
        Verdict::Cut,
        "another host"
    );
    assert_eq!(machine.record(2, "store.test", DATA), Verdict::Spend);
    assert_eq!(machine.answered(), None, "nothing left yet");
    assert!(machine.spend(2, 0), "even a record of nothing counts");
    assert_eq!(machine.forwarded, 1);
    assert_eq!(machine.answered(), Some(0));
    assert_eq!(machine.phase, Phase::Waiting(1));
    assert_eq!(
        machine.record(2, "store.test", DATA),
        Verdict::Cut,
        "its release is over"
    );
    assert_eq!(
        machine.record(2, "store.test", Sent::Control),
        Verdict::Forward
    );
    assert_eq!(machine.answered(), None);
    machine.phase = Phase::Armed(admission(1));
    assert_eq!(machine.record(3, "jobs.test", DATA), Verdict::Spend);
    assert!(machine.spend(3, 700));
    assert_eq!(machine.answered(), Some(1));
    assert_eq!(machine.phase, Phase::Open);
    assert_eq!(machine.record(3, "jobs.test", DATA), Verdict::Cut);
    assert_eq!(machine.record(4, "jobs.test", DATA), Verdict::Forward);
    assert_eq!(machine.answered(), None);
}
