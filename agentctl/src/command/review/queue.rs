//! The interactive queue: one application after the other, each decided alone.

use agent_api::paths::Home;
use agent_api::v1::DiscardRequest;
use agent_approval::Lifetime;

use super::draw::{self, Extent};
use super::item::Item;
use super::sign::{self, Decision};
use super::{edit, fetch, outcome, whole};
use crate::command::discard;
use crate::command::key::unlock::{PassphraseSource, Unlocked};
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{Span, WARN};
use crate::session::Session;

/// What the queue works with.
pub(super) struct Talk<'a> {
    /// The daemon.
    pub(super) session: &'a Session,
    /// Where the key is.
    pub(super) home: &'a Home,
    /// How long a signature may be used.
    pub(super) lifetime: Lifetime,
    /// Where a passphrase comes from.
    pub(super) passphrase: &'a PassphraseSource,
}

/// What to do after an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Next,
    /// The same application again, as it is now.
    Again,
    Quit,
}

/// Goes through the queue until it is through or the person quits.
pub(super) async fn run(
    items: Vec<Item>,
    talk: &Talk<'_>,
    output: &mut Output,
) -> Result<(), Failure> {
    let of = items.len();
    if of == 0 {
        let mut screen = output.screen();
        screen.line(["Nothing waits for your review.".into()]);
        return output.print(screen);
    }
    let mut key = None;
    for (item, number) in items.into_iter().zip(1..) {
        let heading = format!(" Application {number} of {of}: not sent yet ");
        let mut item = item;
        loop {
            match one(&item, &heading, &mut key, talk, output).await? {
                Then::Next => break,
                Then::Quit => return end(output),
                Then::Again => match fetch(talk.session, item.row.id.clone()).await?.pop() {
                    Some(fresh) => item = fresh,
                    None => break,
                },
            }
        }
    }
    end(output)
}

fn end(output: &mut Output) -> Result<(), Failure> {
    let mut screen = output.screen();
    screen.next("agentctl   (what waits for you)");
    output.print(screen)
}

/// Shows an item and asks until something is decided.
async fn one(
    item: &Item,
    heading: &str,
    key: &mut Option<Unlocked>,
    talk: &Talk<'_>,
    output: &mut Output,
) -> Result<Then, Failure> {
    let mut screen = output.screen();
    screen.blank();
    draw::item(item, heading, Extent::Brief, &mut screen, &output.clock);
    sign::draw_prompt(&item.digest, &mut screen);
    loop {
        let Some(typed) = output.ask(screen, "> ")? else {
            return Ok(Then::Quit);
        };
        screen = output.screen();
        match sign::decide(&typed, &item.digest) {
            Decision::Sign => return sign_and_send(item, key, talk, output).await,
            Decision::Edit(number) => {
                if edit::run(item, number, talk.session, output).await? {
                    return Ok(Then::Again);
                }
            }
            Decision::Discard => {
                if discard(item, talk, output).await? {
                    return Ok(Then::Next);
                }
            }
            Decision::Skip => return Ok(Then::Next),
            Decision::Quit => return Ok(Then::Quit),
            Decision::Whole => {
                let mut all = output.screen();
                draw::item(item, heading, Extent::Whole, &mut all, &output.clock);
                whole::page(all, output)?;
            }
            Decision::Nothing => {
                screen.line([Span::new(
                    "Nothing was signed: only the first six characters of the digest sign.",
                    WARN,
                )]);
            }
        }
        sign::draw_prompt(&item.digest, &mut screen);
    }
}

/// The key stays open until the queue is left, so that its passphrase is asked for once.
async fn sign_and_send(
    item: &Item,
    key: &mut Option<Unlocked>,
    talk: &Talk<'_>,
    output: &mut Output,
) -> Result<Then, Failure> {
    let unlocked = match key.take() {
        Some(unlocked) => unlocked,
        None => talk.passphrase.unlock(talk.home, output)?,
    };
    let unlocked = key.insert(unlocked);
    let now = output.now();
    let signed = sign::sign(item.digest, &unlocked.key, now, talk.lifetime)?;
    let row = sign::approve(talk.session, item, signed).await?;
    outcome::show(row, talk.session, output).await?;
    Ok(Then::Next)
}

/// Asks why; tells whether it was discarded.
async fn discard(item: &Item, talk: &Talk<'_>, output: &mut Output) -> Result<bool, Failure> {
    let screen = output.screen();
    let prompt = "Why? Enter discards without a reason, Ctrl-D keeps it: ";
    let Some(reason) = output.ask(screen, prompt)? else {
        let mut screen = output.screen();
        screen.blank();
        screen.line(["Kept.".into()]);
        output.print(screen)?;
        return Ok(false);
    };
    let request = DiscardRequest {
        id: item.row.id.clone(),
        reason: reason.trim().to_owned(),
    };
    let row = talk
        .session
        .applications()
        .discard(request)
        .await?
        .into_inner();
    let mut screen = output.screen();
    discard::draw(&row, &mut screen, &output.clock);
    output.print(screen)?;
    Ok(true)
}
