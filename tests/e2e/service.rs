//! `agentctl service` with service managers of our own making, which keep state and
//! really start and stop the daemon.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use practice::PracticeOptions;
use serde_json::Value;

use crate::harness::{Home, employer, program, wait_until};

/// What `systemctl --user` does of the unit's life, in a folder of its own.
const SYSTEMCTL: &str = r#"#!/bin/sh
state=STATE unit=UNIT
echo "$*" >> "$state/calls"
[ "$1" = --user ] || exit 1
shift
[ "$1" = --quiet ] && shift
stop() {
  [ -f "$state/pid" ] || return 0
  kill "$(cat "$state/pid")" 2>/dev/null
  while kill -0 "$(cat "$state/pid")" 2>/dev/null; do sleep 0.05; done
  rm -f "$state/pid"
}
start() {
  [ -f "$state/loaded" ] || exit 5
  eval "$(sed -n 's/^Environment="\(AGENTD_HOME\)=\(.*\)"$/export \1="\2"/p' "$state/loaded")"
  run=$(sed -n 's/^ExecStart=//p' "$state/loaded")
  eval "NOTIFY_SOCKET=$state/socket INVOCATION_ID=1 setsid $run > $state/out 2>&1 &"
  echo $! > "$state/pid"
}
case "$1" in
  show-environment) [ ! -f "$state/absent" ];;
  daemon-reload) rm -f "$state/loaded"; [ ! -f "$unit" ] || cp "$unit" "$state/loaded";;
  enable) touch "$state/enabled";;
  restart) stop; start;;
  disable) rm -f "$state/enabled"; stop;;
  is-enabled) [ -f "$state/enabled" ];;
  is-active) [ -f "$state/pid" ] && kill -0 "$(cat "$state/pid")" 2>/dev/null;;
  *) exit 1;;
esac
"#;

/// What `launchctl` does of an agent's life.
const LAUNCHCTL: &str = r#"#!/bin/sh
state=STATE unit=UNIT
echo "$*" >> "$state/calls"
case "$1" in
  print) case "$2" in gui/*/*) [ -f "$state/loaded" ];; *) true;; esac;;
  enable) true;;
  bootstrap)
    # The first time after a bootout the old one is still going.
    if [ -f "$state/going" ]; then rm "$state/going"; echo "Bootstrap failed: 5" >&2; exit 5; fi
    [ ! -f "$state/loaded" ] || exit 5
    [ "$3" = "$unit" ] || exit 1
    cp "$unit" "$state/loaded"
    program=$(sed -n '/ProgramArguments/,/<\/array>/s/.*<string>\(.*\)<\/string>/\1/p' "$unit" | head -1)
    home=$(sed -n '/AGENTD_HOME/{n;s/.*<string>\(.*\)<\/string>/\1/p;}' "$unit")
    AGENTD_HOME="$home" setsid "$program" run > "$state/out" 2>&1 &
    echo $! > "$state/pid";;
  bootout)
    [ -f "$state/loaded" ] || exit 3
    kill "$(cat "$state/pid")"
    while kill -0 "$(cat "$state/pid")" 2>/dev/null; do sleep 0.05; done
    rm "$state/loaded" "$state/pid"; touch "$state/going";;
  *) exit 1;;
esac
"#;

/// A service manager, and a person with a home folder.
struct Machine {
    dir: tempfile::TempDir,
    file: PathBuf,
    home: Home,
}

impl Machine {
    fn new(home: Home, name: &str, script: &str, file: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let person = dir.path().join("person");
        let (bin, state) = (dir.path().join("bin"), dir.path().join("state"));
        for folder in [&person, &bin, &state] {
            fs::create_dir(folder).unwrap();
        }
        let file = person.join(file);
        let script = script
            .replace("STATE", state.to_str().unwrap())
            .replace("UNIT", file.to_str().unwrap());
        fs::write(bin.join(name), script).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        Self { dir, file, home }
    }

    fn state(&self, name: &str) -> PathBuf {
        self.dir.path().join("state").join(name)
    }

    /// `agentctl service …` of this person, on a PATH with this manager alone.
    fn command(&self, args: &[&str]) -> Command {
        self.command_for(&self.home, args)
    }

    fn command_for(&self, home: &Home, args: &[&str]) -> Command {
        let mut command = home.agentctl();
        let bin = self.dir.path().join("bin");
        // What the scripts need, and no service manager of this machine.
        for tool in [
            "sh", "sed", "setsid", "sleep", "cat", "rm", "cp", "touch", "head",
        ] {
            let link = bin.join(tool);
            if !link.exists() {
                let real = ["/usr/bin", "/bin"].map(|dir| Path::new(dir).join(tool));
                let real = real.into_iter().find(|path| path.exists()).unwrap();
                std::os::unix::fs::symlink(real, link).unwrap();
            }
        }
        command
            .env("PATH", bin)
            .env("HOME", self.dir.path().join("person"))
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("SUDO_UID")
            .arg("service")
            .args(args);
        command
    }

    fn service(&self, args: &[&str]) -> Value {
        let output = self.command(args).arg("--json").output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        let out = fs::read_to_string(self.state("out")).unwrap_or_default();
        assert!(output.status.success(), "{args:?}\n{errors}\n{out}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refused(&self, args: &[&str]) -> String {
        let Output { status, stderr, .. } = self.command(args).output().unwrap();
        assert_eq!(status.code(), Some(1));
        String::from_utf8(stderr).unwrap()
    }

    fn pid(&self) -> u64 {
        self.home.json(&["status"])["pid"].as_u64().unwrap()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if let Ok(pid) = fs::read_to_string(self.state("pid")) {
            // It may have ended.
            let _ = Command::new("kill").args(["-9", pid.trim()]).status();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_systemd_service_is_installed_updated_and_removed_and_nothing_is_lost() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    home.json(&["prefs", "set", "places", "Leipzig"]);
    home.stop();
    // A daemon that was started by hand meanwhile.
    home.json(&["start"]);
    let by_hand = home.json(&["status"])["pid"].as_u64().unwrap();
    let unit = ".config/systemd/user/agentd.service";
    let machine = Machine::new(home, "systemctl", SYSTEMCTL, unit);
    let keeps = || {
        let wishes = machine.home.json(&["prefs", "show"]).to_string();
        assert!(wishes.contains("Leipzig"), "{wishes}");
    };

    let would = machine.service(&["install", "--dry-run"]);
    assert_eq!(would["did"], "would-install");
    assert!(!machine.file.exists() && !machine.state("loaded").exists());
    assert_eq!(machine.pid(), by_hand);
    assert_eq!(machine.service(&["uninstall"])["did"], "not-installed");

    // No manager answers: nothing is stopped, and what to do is said.
    fs::write(machine.state("absent"), "").unwrap();
    let said = machine.refused(&["install"]);
    assert!(said.contains("no service manager answers"), "{said}");
    assert!(said.contains("agentctl start"), "{said}");
    assert_eq!(machine.pid(), by_hand);
    fs::remove_file(machine.state("absent")).unwrap();

    // The unit of an earlier build, put there by hand for a program elsewhere.
    fs::create_dir_all(machine.file.parent().unwrap()).unwrap();
    let old = format!(
        "[Service]\nExecStart=/old/agentd run\nEnvironment=\"AGENTD_HOME={}\"\n",
        machine.home.path().display()
    );
    fs::write(&machine.file, old).unwrap();
    assert_eq!(machine.service(&["status"])["current"], false);
    let done = machine.service(&["install"]);
    assert_eq!(done["did"], "updated");
    assert_ne!(done["pid"].as_u64(), Some(by_hand), "the service runs now");
    assert_eq!(done["pid"].as_u64(), Some(machine.pid()));
    keeps();
    let written = fs::read_to_string(&machine.file).unwrap();
    assert!(
        written.contains(program("agentd").canonicalize().unwrap().to_str().unwrap())
            || written.contains(program("agentd").to_str().unwrap()),
        "{written}"
    );
    assert!(written.contains("WatchdogSec=30"), "{written}");
    let status = machine.service(&["status"]);
    for key in ["installed", "current", "enabled", "active", "answers"] {
        assert_eq!(status[key], true, "{key}: {status}");
    }
    assert_eq!(status["by_hand"], false);
    assert_eq!(
        machine.home.json(&["status"])["supervision"]["service_manager"],
        "systemd"
    );

    // Again, and it is as it was; a restart is another process.
    assert_eq!(machine.service(&["install"])["did"], "started");
    let before = machine.pid();
    assert_ne!(machine.service(&["restart"])["pid"].as_u64(), Some(before));
    keeps();

    // Another home's service is not touched.
    let other = Home::practice(&employer);
    let refused = machine.command_for(&other, &["install"]).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("another home"),
        "{said}"
    );
    keeps();

    for did in ["removed", "not-installed"] {
        assert_eq!(machine.service(&["uninstall"])["did"], did);
        assert!(!machine.file.exists() && !machine.state("enabled").exists());
    }
    let socket = machine.home.path().join("run/agentd.sock");
    wait_until("the daemon is gone", || !socket.exists());
    machine.home.json(&["start"]);
    keeps();
    machine.home.json(&["stop"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_launchd_agent_is_installed_anew_restarted_and_removed() {
    let employer = employer(PracticeOptions::default()).await;
    let home = Home::practice(&employer);
    let file = "Library/LaunchAgents/dev.jobagent.agentd.plist";
    let machine = Machine::new(home, "launchctl", LAUNCHCTL, file);
    assert_eq!(machine.service(&["install"])["did"], "installed");
    let first = machine.pid();
    // The one that runs is let go first.
    assert_eq!(machine.service(&["install"])["did"], "started");
    assert_ne!(machine.pid(), first);
    let status = machine.service(&["status"]);
    assert_eq!(
        (&status["active"], &status["current"]),
        (&true.into(), &true.into())
    );
    for did in ["removed", "not-installed"] {
        assert_eq!(machine.service(&["uninstall"])["did"], did);
        assert!(!machine.file.exists());
    }
    assert!(machine.home.path().join("agent.db").exists());
}

#[test]
fn a_service_is_never_made_for_another_user_and_a_machine_without_a_manager_says_so() {
    let machine = Machine::new(Home::bare(), "nothing", "", "nothing");
    let said = machine.refused(&["install"]);
    assert!(said.contains("no service manager answers"), "{said}");
    let sudo = machine
        .command(&["install"])
        .env("SUDO_UID", "1000")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&sudo.stderr).into_owned();
    if rustix::process::geteuid().is_root() {
        assert!(said.contains("without sudo"), "{said}");
    }
}

/// systemd's own judgement of the unit, where its program is there.
#[test]
fn systemd_finds_no_fault_in_the_unit() {
    let dir = tempfile::tempdir().unwrap();
    let analyze = |args: &[&str], file: &Path| {
        Command::new("systemd-analyze")
            .args(args)
            .arg(file)
            .env("XDG_RUNTIME_DIR", dir.path())
            .output()
    };
    let unit = crate::harness::root().join("packaging/agentd.service");
    let Ok(judged) = analyze(&["security", "--offline=true", "--threshold=25"], &unit) else {
        eprintln!("skipped: systemd-analyze is not here");
        return;
    };
    let said = String::from_utf8_lossy(&judged.stdout);
    eprintln!("{}", said.lines().last().unwrap_or_default());
    assert!(judged.status.success(), "{said}");
    // It wants the program to be there.
    let file = dir.path().join("agentd.service");
    let text = fs::read_to_string(&unit).unwrap();
    fs::write(
        &file,
        text.replace("%h/.local/bin/agentd", program("agentd").to_str().unwrap()),
    )
    .unwrap();
    let verified = analyze(&["verify", "--user"], &file).unwrap();
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(verified.status.success() && said.is_empty(), "{said}");
}
