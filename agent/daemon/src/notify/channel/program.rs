//! Programs that tell the person: the desktop's own, and one of theirs. Text goes to
//! them as arguments, environment and input; no shell reads it.

use std::{path::Path, process::Stdio, time::Duration};

use serde_json::json;
use tokio::{io::AsyncWriteExt as _, process::Command, time::timeout};

use super::Failure;
use crate::{config, notify::message::Message};

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The desktop's own program.
pub(super) const DESKTOP: &str = if cfg!(target_os = "macos") {
    "osascript"
} else {
    "notify-send"
};

/// Whether there is a desktop to notify.
pub(in crate::notify) fn has_desktop() -> bool {
    config::on_path(DESKTOP)
}

/// A notification of the desktop.
pub(super) async fn desktop(message: &Message) -> Result<(), Failure> {
    let body = format!("{}\n{}", message.text, message.command);
    let mut command = Command::new(DESKTOP);
    if cfg!(target_os = "macos") {
        // The script is fixed; what it shows are its arguments.
        command.args([
            "-e",
            "on run argv",
            "-e",
            "display notification (item 2 of argv) with title (item 1 of argv)",
            "-e",
            "end run",
        ]);
        command.arg(&message.title).arg(body);
    } else {
        command.args(["--app-name=Job agent", "--"]);
        command.arg(&message.title).arg(unmarked(&body));
    }
    run(command, &[]).await
}

/// The person's own program: the message as JSON on its input, and in variables.
pub(super) async fn command(path: &Path, message: &Message) -> Result<(), Failure> {
    let mut command = Command::new(path);
    command
        .env("NOTICE_KIND", &message.kind)
        .env("NOTICE_TITLE", &message.title)
        .env("NOTICE_TEXT", &message.text)
        .env("NOTICE_COMMAND", &message.command)
        .env("NOTICE_COUNT", message.count.to_string());
    let told = json!({
        "kind": message.kind,
        "title": message.title,
        "text": message.text,
        "command": message.command,
        "count": message.count,
    });
    run(command, format!("{told}\n").as_bytes()).await
}

/// The body of a notification may be marked up (`<b>`); ours is plain text.
fn unmarked(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

async fn run(mut command: Command, input: &[u8]) -> Result<(), Failure> {
    let name = command
        .as_std()
        .get_program()
        .to_string_lossy()
        .into_owned();
    let failed = |what: String| Failure::new(format!("{name} {what}"));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    for ours in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] {
        command.env_remove(ours);
    }
    let mut child = command
        .spawn()
        .map_err(|error| failed(format!("cannot be run: {error}")))?;
    let mut stdin = child.stdin.take();
    let ended = timeout(PATIENCE, async {
        if let Some(stdin) = &mut stdin {
            // A program that does not read its input need not.
            let _ = stdin.write_all(input).await;
        }
        drop(stdin.take());
        child.wait().await
    })
    .await;
    match ended {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(failed(format!("ended with {status}"))),
        Ok(Err(error)) => Err(failed(format!("was lost: {error}"))),
        Err(_) => {
            if let Some(group) = child.id().and_then(|id| i32::try_from(id).ok())
                && let Some(group) = rustix::process::Pid::from_raw(group)
            {
                // What it started goes with it.
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
            let _ = child.wait().await;
            Err(failed(format!("took longer than {} s", PATIENCE.as_secs())))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn message() -> Message {
        Message {
            kind: "inbox".to_owned(),
            title: "An application waits for you".to_owned(),
            text: "Baker at `rm -rf /` $(id) \"&\" <b>".to_owned(),
            command: "agentctl review 3f2a".to_owned(),
            count: 1,
        }
    }

    async fn check(script: &str) -> (Result<(), Failure>, String) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hook");
        let out = dir.path().join("out");
        let script = script.replace("OUT", &out.display().to_string());
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        let ended = command(&path, &message()).await;
        (ended, std::fs::read_to_string(&out).unwrap_or_default())
    }

    #[tokio::test]
    async fn p6_a_hook_is_given_the_text_as_it_is_and_no_shell_reads_it() {
        let (ended, said) = check("cat > OUT; echo \"$NOTICE_TEXT|$NOTICE_COMMAND\" >> OUT").await;
        ended.unwrap();
        let (told, variables) = said.split_once('\n').unwrap();
        let told: serde_json::Value = serde_json::from_str(told).unwrap();
        assert_eq!(told["text"], message().text);
        assert_eq!(told["count"], 1);
        assert_eq!(
            variables.trim(),
            format!("{}|agentctl review 3f2a", message().text)
        );
    }

    #[tokio::test]
    async fn a_hook_that_fails_or_is_not_there_says_so() {
        let (ended, _) = check("exit 3").await;
        assert!(ended.unwrap_err().why.contains("exit status: 3"));
        let ended = command(Path::new("/nonexistent/hook"), &message()).await;
        assert!(ended.unwrap_err().why.contains("cannot be run"));
        // One that reads nothing is fine.
        check("exec 0<&-; echo done > OUT").await.0.unwrap();
    }

    #[test]
    fn p6_a_notification_is_plain_text() {
        assert_eq!(unmarked("<b>&\"x\""), "&lt;b&gt;&amp;\"x\"");
    }
}
