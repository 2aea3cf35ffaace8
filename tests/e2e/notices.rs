//! The person is told what waits: once, also across a kill, and by no way that leaves
//! the machine unless they set one.

use std::{fs, os::unix::fs::PermissionsExt as _};

use practice::Running;

use crate::{
    harness::{
        Home,
        clock::{MINUTE, SetClock},
        component, employer, sample_cv, wait_until,
    },
    p2_kill_scripted::openings::{options, plain},
};

/// Has the daemon tell by a program that writes down what it is told, and by whatever
/// else `more` sets.
pub(crate) fn told_by_program(home: &Home, channels: &str, more: &str) {
    let (hook, told) = (home.path().join("hook.sh"), home.path().join("told"));
    fs::write(&hook, format!("#!/bin/sh\ncat >> {}\n", told.display())).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let config = format!(
        "[notify]\nchannels = [{channels}]\ncommand = \"{}\"\n{more}",
        hook.display()
    );
    fs::write(home.path().join("config.toml"), config).unwrap();
}

/// Messages of a kind that the program was told.
pub(crate) fn told(home: &Home, kind: &str) -> usize {
    let told = fs::read_to_string(home.path().join("told")).unwrap_or_default();
    let kind = format!("\"kind\":\"{kind}\"");
    told.lines().filter(|line| line.contains(&kind)).count()
}

/// Reads boards and has one application wait; gives its id.
fn waiting(home: &Home, employer: &Running) -> String {
    let plugin = component("greenhouse.wasm");
    home.json(&["plugin", "install", "--yes", plugin.to_str().unwrap()]);
    home.json(&["init", sample_cv().to_str().unwrap()]);
    home.follow(employer);
    home.json(&["sync"]);
    let urls: Vec<String> = plain(employer).into_iter().map(|o| o.form_url).collect();
    let jobs = home.jobs();
    let job = jobs.iter().find(|job| urls.contains(&job.url)).unwrap();
    home.prepare_fully(&job.id)["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_notice_outlives_a_kill_and_is_told_once_and_p4_nothing_leaves_a_practice_home() {
    let employer = employer(options(2)).await;
    let mut home = Home::practice(&employer);
    told_by_program(
        &home,
        "\"command\", \"ntfy\"",
        "ntfy = \"https://ntfy.example/secret-topic\"\n",
    );
    let mut clock = SetClock::at(&home, "2027-03-13T12:00:00+01:00");
    clock.start(&mut home);
    let status = home.json(&["status"]);
    assert_eq!(status["supervision"]["channels"][0], "command", "{status}");
    let id = waiting(&home, &employer);
    let listed = |home: &Home| home.json(&["notify", "list"])["notices"].clone();
    wait_until("the notice is kept", || {
        listed(&home)
            .as_array()
            .unwrap()
            .iter()
            .any(|n| n["kind"] == "inbox")
    });
    // It waits for others that may come up with it; the daemon is killed meanwhile.
    assert_eq!(told(&home, "inbox"), 0);
    home.kill();
    clock.start(&mut home);
    clock.pass(MINUTE);
    wait_until("it is told", || told(&home, "inbox") == 1);
    let said = fs::read_to_string(home.path().join("told")).unwrap();
    assert!(
        said.contains(&format!("agentctl review {}", &id[..4])),
        "{said}"
    );
    let state = |channel: &str| {
        let notices = listed(&home);
        let notice = notices
            .as_array()
            .unwrap()
            .iter()
            .find(|n| n["kind"] == "inbox");
        let sendings = notice.unwrap()["sendings"].as_array().unwrap().clone();
        sendings
            .into_iter()
            .find(|s| s["channel"] == channel)
            .unwrap()
    };
    wait_until("it is written down", || state("command")["state"] == "sent");
    wait_until("the other channel was tried", || {
        state("ntfy")["tries"] != 0
    });
    // A practice home reaches this machine alone, and the ledger knows what was refused.
    let problem = state("ntfy")["problem"].to_string();
    assert!(problem.contains("nothing but this machine"), "{problem}");
    let egress = home.json(&["egress", "--each"]).to_string();
    assert!(
        egress.contains("ntfy.example") && !egress.contains("secret-topic"),
        "{egress}"
    );
    let tested = home.json_with(&["notify", "test", "--channel", "ntfy"], 1);
    assert_ne!(tested["channels"][0]["problem"], "", "{tested}");
    home.json(&["notify", "test", "--channel", "command"]);
    assert_eq!(told(&home, "test"), 1);
    let said = home.refused(&["notify", "test", "--channel", "desktop"], 1);
    assert!(said.contains("is off"), "{said}");
    // Killed once more: what was told is told.
    home.kill();
    clock.start(&mut home);
    clock.pass(10 * MINUTE);
    home.json(&["discard", &id]);
    home.stop();
    assert_eq!(told(&home, "inbox"), 1);
}
