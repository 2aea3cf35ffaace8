//! `agentctl key rotate`: a new key in the place of the old one.

use agent_api::paths::Home;
use agent_api::v1::KeyStatusRequest;
use agent_approval::SignedRotation;
use serde::Serialize;

use super::files::{self, Turn};
use super::show::draw_id;
use super::unlock::PassphraseSource;
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{Screen, Span, WARN};
use crate::session::{Place, Session};
use crate::text::count;

#[derive(Serialize)]
struct Rotated {
    key_id: String,
    /// Approvals that went back to review.
    returned: u32,
    /// Where the old secret key lies until the daemon took the new one; empty when it did.
    old_key: String,
    /// What the daemon found wrong; empty when nothing.
    fault: String,
}

/// Rotates the key and has the daemon read it.
pub(super) async fn run(
    passphrase: &PassphraseSource,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    // Only a running daemon can send approvals back to review.
    let session = Session::open(place, output).await?;
    let home = &place.home;
    session.keys().status(KeyStatusRequest {}).await?;
    let old = passphrase.unlock(home, output)?;
    check_present(home, &old.key.public())?;
    let key = files::generate()?;
    let at = output.clock.now.as_second();
    let rotation = SignedRotation::sign(&old.key, key.public(), at)
        .map_err(|error| Failure::refused(error.to_string()))?;
    let turn = Turn {
        key: &key,
        passphrase: old.passphrase.as_ref().map(|text| text.as_str()),
        rotation: &rotation,
    };
    files::turn(home, &turn)?;

    let status = session
        .keys()
        .status(KeyStatusRequest {})
        .await?
        .into_inner();
    let id = key.public().id().to_string();
    let taken = status.pinned && status.key_id.eq_ignore_ascii_case(&id) && status.fault.is_empty();
    if taken {
        files::forget_old(home)?;
    }
    let rotated = Rotated {
        key_id: id,
        returned: status.returned,
        old_key: match taken {
            true => String::new(),
            false => files::old_secret(home).display().to_string(),
        },
        fault: status.fault,
    };
    output.show(&rotated, |rotated, screen, _| draw(rotated, screen))?;
    match taken {
        true => Ok(()),
        false => Err(Failure::refused("the daemon has not taken the new key")
            .reason(agent_api::reason::KEY_FAULT)
            .hint("see what it says with: agentctl key show")),
    }
}

/// A key that is not the present one can sign no rotation.
fn check_present(home: &Home, key: &agent_approval::PublicKey) -> Result<(), Failure> {
    match files::chain(home)? {
        Some(chain) if chain.current() == key => Ok(()),
        Some(_) | None => Err(Failure::refused(
            "the secret key here is not the one the daemon trusts",
        )
        .reason(agent_api::reason::KEY_FAULT)
        .hint("restore the newest backup; see: agentctl key show")),
    }
}

fn draw(rotated: &Rotated, screen: &mut Screen) {
    screen.line(["A new key signs from now on.".into()]);
    draw_id(&rotated.key_id, screen);
    match rotated.returned {
        0 => screen.line(["No approval was waiting to be sent.".into()]),
        returned => screen.line([format!(
            "{} went back to review, to be signed with the new key.",
            count(returned, "approval")
        )
        .into()]),
    }
    if !rotated.old_key.is_empty() {
        screen.field("old key", Span::new(&rotated.old_key, WARN));
    }
    if !rotated.fault.is_empty() {
        screen.field("daemon", Span::new(&rotated.fault, WARN));
    }
    screen.next("agentctl key backup FILE   (the old backup is worth nothing now)");
}
