//! `agentctl key show`: which key signs, and what the daemon trusts.

use agent_api::v1::{KeyStatusRequest, KeyStatusResponse};
use agent_approval::SecretKey;
use serde::Serialize;

use super::files;
use crate::error::{Failure, Kind};
use crate::output::Output;
use crate::screen::{BAD, COMMAND, GOOD, Screen, Span, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// How the key stands, here and with the daemon.
#[derive(Serialize)]
struct Standing {
    key_id: String,
    secret_key_file: String,
    public_key_file: String,
    has_secret: bool,
    sealed: bool,
    rotations: usize,
    /// None when the daemon is not running.
    daemon: Option<KeyStatusResponse>,
}

/// Shows the key.
pub(super) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let home = &place.home;
    let secret = files::secret_text(home)?;
    let Some(public) = files::public(home)? else {
        return Err(Failure::refused("there is no approval key yet")
            .reason(agent_api::reason::KEY_FAULT)
            .hint("make one with: agentctl init CV"));
    };
    let sealed = match &secret {
        Some(text) => SecretKey::is_sealed(text).map_err(files::fault)?,
        None => false,
    };
    // The files can be looked at while nothing runs.
    let daemon = match Session::open(place, output).await {
        Ok(session) => {
            let status = session.keys().status(KeyStatusRequest {}).await?;
            Some(status.into_inner())
        }
        Err(failure) if failure.kind() == Kind::NotRunning => None,
        Err(failure) => return Err(failure),
    };
    let standing = Standing {
        key_id: public.id().to_string(),
        secret_key_file: home.secret_key_file().display().to_string(),
        public_key_file: home.public_key_file().display().to_string(),
        has_secret: secret.is_some(),
        sealed,
        rotations: files::rotations(home)?.len(),
        daemon,
    };
    output.show(&standing, |standing, screen, _| draw(standing, screen))
}

/// The id in groups of eight digits, on two lines.
pub(super) fn draw_id(id: &str, screen: &mut Screen) {
    let digits: Vec<char> = id.chars().collect();
    let groups: Vec<String> = digits
        .chunks(8)
        .map(|group| group.iter().collect())
        .collect();
    let mut halves = groups.chunks(4).map(|half| half.join(" "));
    screen.field("key", halves.next().unwrap_or_default());
    for half in halves {
        screen.field("", half);
    }
}

fn draw(standing: &Standing, screen: &mut Screen) {
    draw_id(&standing.key_id, screen);
    screen.field("secret key", &standing.secret_key_file);
    screen.field(
        "",
        match (standing.has_secret, standing.sealed) {
            (true, true) => Span::from("sealed: your passphrase is asked for when you sign"),
            (true, false) => Span::from("not sealed; seal it with: agentctl key passphrase"),
            (false, _) => Span::new("MISSING: copy your backup there", BAD),
        },
    );
    screen.field("public key", &standing.public_key_file);
    screen.field("rotations", standing.rotations.to_string());
    let Some(daemon) = &standing.daemon else {
        screen.field("daemon", "not running; start it with: agentctl start");
        return;
    };
    screen.field("daemon", daemon_words(standing, daemon));
    if standing.has_secret {
        screen.blank();
        screen.line([
            "Save a copy where this machine cannot lose it: ".into(),
            Span::new("agentctl key backup FILE", COMMAND),
        ]);
    }
}

fn daemon_words(standing: &Standing, daemon: &KeyStatusResponse) -> Span {
    if !daemon.fault.is_empty() {
        Span::new(&daemon.fault, BAD)
    } else if !daemon.pinned {
        Span::new("trusts no key yet", WARN)
    } else if daemon.key_id.eq_ignore_ascii_case(&standing.key_id) {
        let after = match daemon.rotations {
            0 => String::new(),
            rotations => format!(", after {}", count(rotations, "rotation")),
        };
        Span::new(format!("trusts this key{after}"), GOOD)
    } else {
        Span::new("trusts ANOTHER key: nothing you sign here is accepted", BAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn the_key_is_shown_with_its_files_and_what_the_daemon_trusts() {
        let id = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let mut standing = Standing {
            key_id: id.to_owned(),
            secret_key_file: "/home/ada/.local/share/agentd/keys/approval.key".to_owned(),
            public_key_file: "/home/ada/.local/share/agentd/keys/approval.pub".to_owned(),
            has_secret: true,
            sealed: true,
            rotations: 1,
            daemon: Some(KeyStatusResponse {
                pinned: true,
                key_id: id.to_owned(),
                rotations: 1,
                ..KeyStatusResponse::default()
            }),
        };
        let look =
            |standing: &Standing| drawn(standing, |standing, screen, _| draw(standing, screen));
        insta::assert_snapshot!(look(&standing));
        let mut other = standing.daemon.clone().unwrap();
        other.key_id = "00".repeat(32);
        standing.daemon = Some(other);
        assert!(look(&standing).contains("trusts ANOTHER key"));
        standing.daemon = None;
        standing.has_secret = false;
        let text = look(&standing);
        assert!(
            text.contains("MISSING") && text.contains("not running"),
            "{text}"
        );
    }
}
