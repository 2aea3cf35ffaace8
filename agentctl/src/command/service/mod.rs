//! `agentctl service`: has the system's own service manager run the daemon, so that it
//! is there after a restart of the machine and comes back when it fails.

mod launchd;
mod manager;
mod run;
mod systemd;
mod write;

use clap::Subcommand;
use serde::Serialize;

use self::manager::{Manager, Standing};
use super::{daemon_program, start, stop};
use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, GOOD, Screen, Span, WARN};
use crate::session::{Place, Session};

/// What can be done with the service.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Install the service, or bring it up to date, and start it
    #[command(
        after_help = "Examples:\n  agentctl service install --dry-run\n  agentctl service install\n\n\
        It runs as you, never as root. Safe to repeat: do so after an update of the programs.\n\
        A daemon that agentctl start runs is stopped first; nothing is lost by that."
    )]
    Install {
        /// Show what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Stop the service and remove it; your data stays
    #[command(after_help = "Examples:\n  agentctl service uninstall")]
    Uninstall {
        /// Show what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Stop the service and start it again, for example after a change of the configuration
    #[command(after_help = "Examples:\n  agentctl service restart")]
    Restart,
    /// Say whether the service is installed, up to date and running
    #[command(
        after_help = "Examples:\n  agentctl service status\n  agentctl --json service status"
    )]
    Status,
}

/// What was done, or would be.
#[derive(Debug, Serialize)]
struct Done {
    did: &'static str,
    manager: &'static str,
    file: String,
    /// Commands that were given to the service manager, or would be.
    commands: Vec<String>,
    /// What is written into the file; only when nothing is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    home: String,
    pid: u32,
}

/// How the service stands.
#[derive(Debug, Serialize)]
struct Status {
    manager: &'static str,
    file: String,
    installed: bool,
    /// Whether the file is what this build would write.
    current: bool,
    enabled: bool,
    active: bool,
    /// Whether a daemon answers for the home.
    answers: bool,
    /// Whether that daemon was started by hand.
    by_hand: bool,
}

/// Runs a command on the service.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    refuse_for_another()?;
    match command {
        Command::Install { dry_run } => install(place, output, dry_run).await,
        Command::Uninstall { dry_run } => uninstall(place, output, dry_run).await,
        Command::Restart => restart(place, output).await,
        Command::Status => status(place, output).await,
    }
}

/// With `sudo` the service would be root's and its files would be, in the home of
/// somebody else.
fn refuse_for_another() -> Result<(), Failure> {
    let root = rustix::process::geteuid().is_root();
    let of = |name| std::env::var(name).ok().filter(|id| id != "0");
    match of("SUDO_UID").or_else(|| of("DOAS_USER")) {
        Some(_) if root => Err(Failure::refused(
            "this would install a service of root for another user's data",
        )
        .reason("root")
        .hint("type it as yourself, without sudo: agentctl service install")),
        Some(_) | None => Ok(()),
    }
}

/// One service at a time: its file has one name.
fn refuse_foreign(standing: &Standing) -> Result<(), Failure> {
    let Standing::Foreign { home } = standing else {
        return Ok(());
    };
    let (of, command) = match home {
        Some(home) => (
            home.as_str(),
            format!("agentctl --home '{home}' service uninstall"),
        ),
        None => (
            "the usual one",
            "agentctl service uninstall, without a home".to_owned(),
        ),
    };
    Err(Failure::refused(format!(
        "the service that is installed is of another home: {of}"
    ))
    .reason("other-home")
    .hint(format!("remove it first: {command}")))
}

async fn install(place: &Place, output: &mut Output, dry_run: bool) -> Result<(), Failure> {
    let manager = Manager::find()?;
    let content = manager.content(place, &daemon_program::path()?)?;
    let file = manager.file()?;
    let standing = manager.standing(place, &content);
    refuse_foreign(&standing)?;
    let mut done = Done {
        did: "installed",
        manager: manager.name(),
        file: file.display().to_string(),
        commands: manager.install_commands(&file),
        content: None,
        home: place.home.root().display().to_string(),
        pid: 0,
    };
    if dry_run {
        done.did = "would-install";
        done.content = Some(content);
        return output.show(&done, draw_done);
    }
    manager.check()?;
    if by_hand(place, output).await? {
        output.note("Stopping the daemon that was started by hand …");
        stop::end(place, output).await?;
    }
    // What the unit is allowed to write to has to be there.
    agent_api::socket::private_dir(place.home.root())?;
    agent_api::socket::private_dir(&place.home.log_dir())?;
    write::replace(&file, &content)?;
    done.did = match standing {
        Standing::None => "installed",
        Standing::Older => "updated",
        Standing::Current | Standing::Foreign { .. } => "started",
    };
    manager.install(&file)?;
    output.note("Waiting for the daemon …");
    done.pid = healthy(manager, place, output).await?;
    output.show(&done, draw_done)
}

async fn uninstall(place: &Place, output: &mut Output, dry_run: bool) -> Result<(), Failure> {
    let manager = Manager::find()?;
    let file = manager.file()?;
    let mut done = Done {
        did: "removed",
        manager: manager.name(),
        file: file.display().to_string(),
        commands: manager.uninstall_commands(),
        content: None,
        home: place.home.root().display().to_string(),
        pid: 0,
    };
    if !file.exists() {
        done.did = "not-installed";
        done.commands.clear();
        return output.show(&done, draw_done);
    }
    refuse_foreign(&manager.standing(place, ""))?;
    if dry_run {
        done.did = "would-remove";
    } else {
        manager.check()?;
        manager.uninstall()?;
        write::remove(&file)?;
        manager.forget()?;
    }
    output.show(&done, draw_done)
}

async fn restart(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let manager = Manager::find()?;
    let file = manager.file()?;
    if !file.exists() {
        return Err(Failure::refused("the service is not installed")
            .reason("no-service")
            .hint("install it with: agentctl service install"));
    }
    manager.check()?;
    if by_hand(place, output).await? {
        stop::end(place, output).await?;
    }
    manager.restart(&file)?;
    let done = Done {
        did: "restarted",
        manager: manager.name(),
        file: file.display().to_string(),
        commands: Vec::new(),
        content: None,
        home: place.home.root().display().to_string(),
        pid: healthy(manager, place, output).await?,
    };
    output.show(&done, draw_done)
}

async fn status(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let manager = Manager::find()?;
    let file = manager.file()?;
    let current = daemon_program::path()
        .and_then(|program| manager.content(place, &program))
        .is_ok_and(|content| matches!(manager.standing(place, &content), Standing::Current));
    let session = Session::open_any(place, output).await.ok();
    let by_hand = session.as_ref().is_some_and(is_by_hand);
    let status = Status {
        manager: manager.name(),
        installed: file.exists(),
        current,
        enabled: manager.is_enabled(),
        active: manager.is_active(),
        answers: session.is_some(),
        by_hand,
        file: file.display().to_string(),
    };
    output.show(&status, draw_status)
}

/// Whether a daemon runs that no service manager started.
async fn by_hand(place: &Place, output: &mut Output) -> Result<bool, Failure> {
    match Session::open_any(place, output).await {
        Ok(session) => Ok(is_by_hand(&session)),
        Err(failure) if failure.kind() == Kind::NotRunning => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// A daemon too old to say counts as one started by hand: stopping it loses nothing.
fn is_by_hand(session: &Session) -> bool {
    let supervision = session.status.supervision.as_ref();
    supervision.is_none_or(|supervision| supervision.service_manager.is_empty())
}

async fn healthy(manager: Manager, place: &Place, output: &mut Output) -> Result<u32, Failure> {
    match start::until_serving(place, output).await {
        Ok(session) => Ok(session.status.pid),
        Err(failure) => Err(failure.hint(manager.where_it_says())),
    }
}

fn draw_done(done: &Done, screen: &mut Screen, _: &Clock) {
    let line = match done.did {
        "would-install" => "This would be written, and these commands given:".to_owned(),
        "would-remove" => "This file would be removed, with these commands:".to_owned(),
        "not-installed" => "The service is not installed; there is nothing to remove.".to_owned(),
        "removed" => format!("The service is removed. Your data stays in {}", done.home),
        did => format!(
            "The service is {did}, and the daemon runs (process {}).",
            done.pid
        ),
    };
    screen.line([line.into()]);
    screen.field("file", &done.file);
    if done.did.starts_with("would-") {
        for command in &done.commands {
            screen.field("command", command);
        }
    }
    if let Some(content) = &done.content {
        screen.blank();
        screen.text_lines(2, content);
    }
    match done.did {
        "installed" if done.manager == "systemd" => {
            screen.next("loginctl enable-linger   # keeps it running while you are logged out");
        }
        "removed" => screen.next("agentctl start"),
        _ => {}
    }
}

fn draw_status(status: &Status, screen: &mut Screen, _: &Clock) {
    let yes = |is: bool, yes: &str, no: &str| match is {
        true => Span::new(yes, GOOD),
        false => Span::new(no, WARN),
    };
    screen.field("manager", status.manager);
    screen.field("file", &status.file);
    screen.field("installed", yes(status.installed, "yes", "no"));
    if status.installed {
        let older = "no: it was written by another build, or for another program";
        screen.field("up to date", yes(status.current, "yes", older));
        screen.field("at log-in", yes(status.enabled, "starts", "does not start"));
        screen.field("running", yes(status.active, "yes", "no"));
    }
    screen.field(
        "daemon",
        match (status.answers, status.by_hand) {
            (true, false) => Span::new("answers", GOOD),
            (true, true) => Span::new("answers, but was started by hand", WARN),
            (false, _) => Span::new("does not answer", BAD),
        },
    );
    match (
        status.installed,
        status.current,
        status.active && status.answers,
    ) {
        (true, true, true) => {}
        (true, true, false) => screen.next("agentctl service restart"),
        (true, false, _) | (false, ..) => screen.next("agentctl service install"),
    }
}
