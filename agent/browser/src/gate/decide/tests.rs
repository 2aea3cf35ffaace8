use agent_approval::{Release, ReleaseKind};

use super::*;
use crate::gate::{hosts::Hosts, phase::Running, release::Target};

fn target(kind: ReleaseKind, method: &str, origin: &str, path: &str) -> Target {
    let release = Release {
        path_prefix: kind != ReleaseKind::Submit,
        kind,
        method: method.to_owned(),
        origin: origin.to_owned(),
        path: path.to_owned(),
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
        target(upload, "PUT", "https://store.test", "/up/"),
        target(ReleaseKind::Submit, "POST", "https://jobs.test", "/apply"),
    ];
    machine.phase = phase;
    machine
}

fn verdict(phase: &Phase, line: &str, headers: &[(&str, &str)]) -> char {
    let (method, url) = line.split_once(' ').unwrap();
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let request = PausedRequest {
        method: method.to_owned(),
        url: url.to_owned(),
        headers: headers.collect(),
        ..PausedRequest::default()
    };
    let url = Url::parse(url).unwrap();
    match judge(&machine(phase.clone()), &request, &url) {
        Judged::Pass => 'p',
        Judged::Preflight => 'o',
        Judged::Challenge => 'c',
        Judged::Due(release) => char::from_digit(release as u32, 10).unwrap(),
        Judged::Refuse(_) => '-',
    }
}

#[test]
fn p1_each_phase_decides_by_method_address_and_host() {
    let admission = Admission {
        release: 1,
        host: "jobs.test".to_owned(),
        least: 0,
    };
    let running = Running {
        admission: admission.clone(),
        owner: 1,
        sent: 1,
        answering: true,
    };
    let phases = [
        Phase::Load,
        Phase::Fill,
        Phase::Waiting(0),
        Phase::Waiting(1),
        Phase::Checking(0),
        Phase::Armed(admission),
        Phase::Spent(running),
        Phase::Open,
        Phase::Closed,
    ];
    const NONE: &[(&str, &str)] = &[];
    let preflight: &[(&str, &str)] = &[("Access-Control-Request-Method", "PUT")];
    for (line, headers, expected) in [
        ("GET https://jobs.test/form", NONE, "p------p-"),
        ("GET https://jobs.test/apply", NONE, "p------p-"),
        ("POST https://jobs.test/log", NONE, "p--------"),
        ("POST https://jobs.test/apply", NONE, "p--1-----"),
        ("POST https://jobs.test/apply/", NONE, "p--------"),
        ("POST https://jobs.test/apply?x=1", NONE, "p--1-----"),
        ("PUT https://jobs.test/apply", NONE, "p--------"),
        ("POST https://jobs.test:8443/apply", NONE, "p--------"),
        ("POST http://jobs.test/apply", NONE, "---------"),
        ("PUT https://store.test/up/7", NONE, "--0------"),
        ("POST https://store.test/up/7", NONE, "---------"),
        ("PUT https://store.test/down/7", NONE, "---------"),
        ("OPTIONS https://store.test/up/7", preflight, "--o------"),
        ("OPTIONS https://store.test/up/7", NONE, "---------"),
        ("OPTIONS https://store.test/down/7", preflight, "---------"),
        ("GET https://store.test/up/7", NONE, "-------p-"),
        ("GET https://cdn.test/a.css", NONE, "p------c-"),
        ("POST https://captcha.test/token", NONE, "p-cc-----"),
        ("GET https://captcha.test/token", NONE, "p-cc-----"),
        ("GET https://other.test/a.js", NONE, "---------"),
        (
            "GET https://jobs.test/sw.js",
            &[("Service-Worker", "script")],
            "---------",
        ),
        ("GET wss://jobs.test/", NONE, "---------"),
        ("GET file:///etc/passwd", NONE, "---------"),
        ("GET data:text/html,x", NONE, "ppppppppp"),
        ("GET blob:https://jobs.test/1", NONE, "ppppppppp"),
    ] {
        let found: String = phases
            .iter()
            .map(|phase| verdict(phase, line, headers))
            .collect();
        assert_eq!(found, expected, "{line} {headers:?}");
    }
}

#[test]
fn a_preflight_is_answered_for_what_it_asks() {
    let headers = [
        ("Origin", "https://jobs.test"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "x-a"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let request = PausedRequest {
        headers: headers.to_vec(),
        ..PausedRequest::default()
    };
    let expected = [
        ("Access-Control-Allow-Origin", "https://jobs.test"),
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Allow-Headers", "x-a"),
        ("Access-Control-Allow-Credentials", "true"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(allowing(&request), expected);
}
