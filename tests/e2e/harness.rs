//! A practice home with the built `agentd` and `agentctl`, and the practice
//! employer beside them.

pub(crate) mod applying;
pub(crate) mod clock;
pub(crate) mod forms;
pub(crate) mod model_server;
mod read_home;

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt as _, symlink},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use practice::{Practice, PracticeOptions, Running};
use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take before a test gives up on it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A program of the workspace, built beside the tests.
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    // target/debug/deps/e2e-… → target/debug/NAME
    let path = test.parent().and_then(Path::parent).unwrap().join(name);
    assert!(
        path.is_file(),
        "{} is not built; run `cargo xtask test`",
        path.display()
    );
    path
}

/// A component built by `cargo xtask plugins`.
pub(crate) fn component(name: &str) -> PathBuf {
    let path = root().join("target/plugins").join(name);
    assert!(
        path.is_file(),
        "{} is not built; run `cargo xtask plugins`",
        path.display()
    );
    path.canonicalize().unwrap()
}

/// The sample CV of a backend engineer.
pub(crate) fn sample_cv() -> PathBuf {
    root()
        .join("examples/cv/backend-engineer.md")
        .canonicalize()
        .unwrap()
}

/// Whether the long proofs run their full length.
pub(crate) fn long() -> bool {
    std::env::var_os("AGENT_LONG").is_some()
}

/// A folder of ours within the target folder, kept from one run to the next.
fn in_target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Copies what is in one folder to another.
fn copy_files(from: &Path, to: &Path) {
    let copied = Command::new("cp")
        .arg("-a")
        .arg(from.join("."))
        .arg(to)
        .status();
    assert!(copied.unwrap().success());
}

/// Starts the practice employer.
pub(crate) async fn employer(options: PracticeOptions) -> Running {
    Practice::start(options).await.unwrap()
}

/// A home directory and, while it runs, its daemon.
pub(crate) struct Home {
    dir: TempDir,
    daemon: Option<Child>,
}

impl Home {
    /// A home marked as practice, which reaches `employer` and nothing else.
    pub(crate) fn practice(employer: &Running) -> Self {
        let home = Self::bare();
        home.lead_to(employer);
        home
    }

    /// Marks the home as practice, with this employer; the daemon must be stopped.
    pub(crate) fn lead_to(&self, employer: &Running) {
        let ca = self.path().join("ca.pem");
        fs::write(&ca, &employer.ca_pem).unwrap();
        let mark = format!(
            "address = \"{}\"\nca = \"{}\"\n",
            employer.address,
            ca.display()
        );
        fs::write(self.path().join("practice.toml"), mark).unwrap();
    }

    /// A home without any mark.
    pub(crate) fn bare() -> Self {
        let dir = tempfile::Builder::new()
            .prefix("agent-e2e-")
            .tempdir()
            .unwrap();
        Self { dir, daemon: None }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Starts the daemon and waits until it answers.
    pub(crate) fn start(&mut self) {
        self.start_with(&[]);
    }

    /// Starts the daemon with these environment variables beside ours.
    pub(crate) fn start_with(&mut self, environment: &[(&str, &str)]) {
        self.spawn(&program("agentd"), environment);
        self.until_ready(Duration::from_millis(20), |home| {
            home.ctl(&["status"]).status.success()
        });
    }

    /// Starts a build of the daemon; it may not answer yet.
    fn spawn(&mut self, program: &Path, environment: &[(&str, &str)]) {
        self.share_compiled();
        let log = fs::File::create(self.path().join("stderr.log")).unwrap();
        let daemon = Command::new(program)
            .args(["run", "--home"])
            .arg(self.path())
            // No model server: one on this machine would make every run another.
            .env("OLLAMA_HOST", "http://127.0.0.1:9")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        self.daemon = Some(daemon);
    }

    /// Has all homes of all runs keep compiled plugins in one place: each is
    /// compiled once. What is kept there is known by the bytes it was made of.
    fn share_compiled(&self) {
        let (cache, all) = (self.path().join("cache"), in_target("compiled"));
        if cache.join("components").exists() {
            return;
        }
        fs::create_dir_all(&all).unwrap();
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&cache)
            .unwrap();
        symlink(all, cache.join("components")).unwrap();
    }

    /// Waits for a daemon that was just started.
    fn until_ready(&mut self, pause: Duration, ready: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !ready(self) {
            let ended = self.daemon.as_mut().unwrap().try_wait().unwrap();
            assert!(
                ended.is_none(),
                "the daemon ended: {ended:?}\n{}",
                self.stderr()
            );
            assert!(
                begun.elapsed() < PATIENCE,
                "the daemon does not answer\n{}",
                self.stderr()
            );
            std::thread::sleep(pause);
        }
    }

    /// Process id of the daemon.
    pub(crate) fn pid(&self) -> u32 {
        self.daemon.as_ref().unwrap().id()
    }

    /// What the daemon wrote to standard error since it was started.
    pub(crate) fn stderr(&self) -> String {
        fs::read_to_string(self.path().join("stderr.log")).unwrap_or_default()
    }

    /// Ends the daemon at once, as a power cut of its process would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            // It may have ended by itself.
            let _ = daemon.kill();
            daemon.wait().unwrap();
        }
    }

    /// Ends the daemon as a person does.
    pub(crate) fn stop(&mut self) {
        assert!(self.ctl(&["stop"]).status.success(), "{}", self.stderr());
        self.kill();
    }

    /// A home with the same files; the daemon must be stopped.
    pub(crate) fn copy(&self) -> Self {
        assert!(
            self.daemon.is_none(),
            "a running daemon's files cannot be copied"
        );
        let copy = Self::bare();
        copy_files(self.path(), copy.path());
        // The mark names the authority in the home it lies in.
        let mark = copy.path().join("practice.toml");
        let text = fs::read_to_string(&mark).unwrap();
        let (old, new) = (self.path().to_str().unwrap(), copy.path().to_str().unwrap());
        fs::write(&mark, text.replace(old, new)).unwrap();
        copy
    }

    /// Asserts that the daemon runs, whatever was done to it.
    pub(crate) fn assert_alive(&mut self) {
        let ended = self.daemon.as_mut().unwrap().try_wait().unwrap();
        assert!(
            ended.is_none(),
            "the daemon ended: {ended:?}\n{}",
            self.stderr()
        );
        self.json(&["status"]);
    }

    /// `agentctl` on this home, ready for arguments.
    pub(crate) fn agentctl(&self) -> Command {
        let mut command = Command::new(program("agentctl"));
        command
            .env_remove("AGENTD_HOME")
            .env("AGENTD_BIN", program("agentd"))
            .arg("--home")
            .arg(self.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs `agentctl`.
    pub(crate) fn ctl(&self, args: &[&str]) -> Output {
        self.agentctl().args(args).output().unwrap()
    }

    /// Runs `agentctl --json`, which must succeed, and reads its last line.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        self.json_with(args, 0)
    }

    /// Runs `agentctl --json`, which must end with `code`, and reads its last line.
    pub(crate) fn json_with(&self, args: &[&str], code: i32) -> Value {
        let output = self.agentctl().arg("--json").args(args).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(code),
            "agentctl {args:?}\n{errors}\n{}",
            self.stderr()
        );
        // Most answers are one object over several lines, a stream is an object a line.
        serde_json::from_str(&text)
            .or_else(|_| serde_json::from_str(text.lines().last().unwrap_or_default()))
            .unwrap_or_else(|error| panic!("agentctl {args:?}: {error}\n{text}"))
    }

    /// Runs `agentctl`, which must fail with `code` and one clear line; returns
    /// that line with the hints after it.
    pub(crate) fn refused(&self, args: &[&str], code: i32) -> String {
        let output = self.ctl(args);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            output.status.code(),
            Some(code),
            "agentctl {args:?}\n{errors}"
        );
        // Every screen of a practice home says so first.
        let (practice, errors) = errors.split_once('\n').unwrap_or_default();
        assert!(
            practice.starts_with("PRACTICE"),
            "agentctl {args:?}\n{practice}"
        );
        let errors = errors.to_owned();
        let first = errors.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: "), "agentctl {args:?}\n{errors}");
        errors
    }

    /// Installs the two shipped plugins.
    pub(crate) fn install_plugins(&self) {
        for name in ["greenhouse.wasm", "lever.wasm"] {
            let path = component(name);
            self.json(&["plugin", "install", "--yes", path.to_str().unwrap()]);
        }
    }

    /// Follows every board of the employer.
    pub(crate) fn follow(&self, employer: &Running) {
        for board in employer.boards() {
            self.json(&["source", "add", &board.url]);
        }
    }

    /// A daemon with plugins, the sample CV and all boards of the employer.
    pub(crate) fn set_up(&mut self, employer: &Running) {
        self.start();
        self.install_plugins();
        self.json(&["init", sample_cv().to_str().unwrap()]);
        self.follow(employer);
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The path is of use only to someone who keeps the directory.
            let _ = fs::copy(
                self.path().join("stderr.log"),
                std::env::temp_dir().join("agent-e2e-stderr.log"),
            );
        }
        self.kill();
    }
}

/// Waits for `condition`, and says what was waited for when it does not come.
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
