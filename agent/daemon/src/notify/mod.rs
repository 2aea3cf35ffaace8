//! Telling the person what waits for them while they do not look.
//!
//! A notice is a row: it is written with the place in the record of events it comes
//! from (`causes`), or for a moment that came (`due`), once for each cause. A loop per
//! channel tells of what waits, when it suits (`decide`), and writes down what came of
//! it. A kill loses nothing; it may at worst repeat the one message that was on its
//! way. What a notice says comes from postings too, so it is only ever text.

mod causes;
mod channel;
mod decide;
pub(crate) mod due;
mod message;
mod show;

use std::time::Duration;

use agent_store::{NewNotice, Notice, Sending, SendingEnd, StoreError, WriteTx};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

pub(crate) use self::show::{ChannelState, Shown, glance, shown, test};
use self::{
    channel::Failure,
    decide::{Decision, Rules, backoff, decide, is_hopeless},
    message::compose,
};
use crate::{
    clock,
    config::{Channel, Detail, Topic},
    fault::Fault,
    handle::Handle,
};

/// How often it is looked for what only time brings.
const TICK: Duration = Duration::from_secs(30);

/// Many events come in a row; they are read together.
const GATHER: Duration = Duration::from_millis(500);

/// How long notices are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What is to be told where.
#[derive(Debug, Clone)]
struct Wanted {
    kinds: Vec<Topic>,
    channels: Vec<&'static str>,
}

impl Wanted {
    /// Keeps a notice of a wanted kind for every channel.
    fn keep(&self, tx: &mut WriteTx<'_>, notice: &NewNotice) -> Result<(), StoreError> {
        if self.kinds.iter().any(|kind| kind.name() == notice.kind) {
            let clean = NewNotice {
                text: agent_core::text::quote(&notice.text, 400),
                ..notice.clone()
            };
            tx.add_notice(&clean, &self.channels)?;
        }
        Ok(())
    }
}

fn wanted(handle: &Handle) -> Wanted {
    Wanted {
        kinds: handle.config.notify.kinds.clone(),
        channels: channels(handle).into_iter().map(Channel::name).collect(),
    }
}

/// Where the person is told: as they wrote it, else on the desktop, where there is
/// one; a practice home tells nobody unless it is asked to.
fn channels(handle: &Handle) -> Vec<Channel> {
    match &handle.config.notify.channels {
        Some(channels) => {
            let all = Channel::ALL.into_iter();
            all.filter(|channel| channels.contains(channel)).collect()
        }
        None if handle.practice || !channel::has_desktop() => Vec::new(),
        None => vec![Channel::Desktop],
    }
}

/// Runs until the daemon ends.
pub(crate) async fn run(handle: Handle) {
    let fresh = watch::Sender::new(());
    for channel in channels(&handle) {
        let (handle, fresh) = (handle.clone(), fresh.subscribe());
        handle
            .tasks
            .clone()
            .spawn(async move { tell_of_all(&handle, channel, fresh).await });
    }
    let mut news = handle.news.subscribe();
    loop {
        news.mark_unchanged();
        if let Err(fault) = look(&handle).await {
            tracing::warn!(%fault, "no notices could be made");
        }
        fresh.send_replace(());
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = clock::tick(TICK) => {}
            _ = news.changed() => tokio::time::sleep(GATHER).await,
        }
    }
}

async fn look(handle: &Handle) -> Result<(), Fault> {
    causes::read(handle).await?;
    due::look(handle).await
}

/// Forgets notices that are long past.
pub(crate) async fn prune(handle: &Handle) -> Result<(), Fault> {
    let Ok(before) = clock::now().checked_sub(KEPT) else {
        return Ok(());
    };
    handle
        .store
        .write(move |tx| tx.prune_notices(before))
        .await?;
    Ok(())
}

/// Tells of what waits in one channel, until the daemon ends.
async fn tell_of_all(handle: &Handle, channel: Channel, mut fresh: watch::Receiver<()>) {
    loop {
        let rest = match tell_once(handle, channel).await {
            Ok(Some(until)) => {
                let left = until.duration_since(clock::now()).max(SignedDuration::ZERO);
                // Not to the end of it: the clock may be set.
                left.unsigned_abs().clamp(Duration::from_millis(200), TICK)
            }
            Ok(None) => TICK,
            Err(fault) => {
                tracing::warn!(channel = channel.name(), %fault, "notices could not be told");
                TICK
            }
        };
        tokio::select! {
            () = handle.shutdown.cancelled() => return,
            () = clock::tick(rest) => {}
            _ = fresh.changed() => {}
        }
    }
}

/// Tells of what is due, if something is; gives when to look again.
async fn tell_once(handle: &Handle, channel: Channel) -> Result<Option<Timestamp>, Fault> {
    let (now, name) = (clock::local(), channel.name());
    let at = now.timestamp();
    let hour_ago = at.checked_sub(SignedDuration::from_hours(1)).unwrap_or(at);
    let (waiting, moot, tellings) = handle
        .store
        .read(move |reader| {
            let (mut waiting, mut moot) = (Vec::new(), Vec::new());
            for (notice, sending) in reader.waiting_notices(name)? {
                match causes::is_moot(reader, &notice, at)? {
                    true => moot.push(notice.id),
                    false => waiting.push((notice, sending)),
                }
            }
            Ok((waiting, moot, reader.tellings(name, hour_ago)?))
        })
        .await?;
    if !moot.is_empty() {
        end(handle, channel, moot, SendingEnd::Moot).await?;
    }
    let settings = &handle.config.notify;
    let rules = Rules {
        quiet: settings.quiet_hours,
        per_hour: settings.per_hour,
    };
    let ids = match decide(&now, rules, &tellings, &waiting) {
        Decision::Nothing => return Ok(None),
        Decision::Wait(until) => return Ok(Some(until)),
        Decision::Tell(ids) => ids,
    };
    let told: Vec<&(Notice, Sending)> = waiting
        .iter()
        .filter(|(notice, _)| ids.contains(&notice.id))
        .collect();
    let notices: Vec<&Notice> = told.iter().map(|(notice, _)| notice).collect();
    let detail = match channel {
        // These stay on this machine.
        Channel::Desktop | Channel::Command => Detail::Full,
        Channel::Ntfy | Channel::Webhook => settings.detail,
    };
    let message = compose(&notices, detail);
    let sent = tokio::select! {
        sent = channel::send(handle, channel, &message) => sent,
        () = handle.shutdown.cancelled() => return Ok(None),
    };
    let (became, next) = match sent {
        Ok(()) => (SendingEnd::Sent, at),
        Err(failure) => later(failure, &told, at),
    };
    if let SendingEnd::Later { problem, .. } | SendingEnd::GivenUp { problem } = &became {
        tracing::warn!(channel = name, problem, "a notice was not told");
    }
    end(handle, channel, ids, became).await?;
    Ok(Some(next))
}

/// What is to be done after a failure, and when.
fn later(failure: Failure, told: &[&(Notice, Sending)], now: Timestamp) -> (SendingEnd, Timestamp) {
    let tries = told.iter().map(|(_, sending)| sending.tries + 1).max();
    let since = told
        .iter()
        .map(|(notice, _)| notice.at)
        .min()
        .unwrap_or(now);
    let tries = tries.unwrap_or(1);
    if is_hopeless(tries, since, now) {
        let problem = failure.why;
        return (SendingEnd::GivenUp { problem }, now);
    }
    let wait = backoff(tries, chance()).max(failure.after.unwrap_or_default());
    let not_before = now.checked_add(wait).unwrap_or(now);
    let end = SendingEnd::Later {
        not_before,
        problem: failure.why,
    };
    (end, not_before)
}

/// A number from 0 to 1 that nobody foresees.
fn chance() -> f64 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

async fn end(
    handle: &Handle,
    channel: Channel,
    ids: Vec<i64>,
    became: SendingEnd,
) -> Result<(), Fault> {
    let now = clock::now();
    handle
        .store
        .write(move |tx| {
            tx.end_sendings(channel.name(), &ids, &became, now)?;
            match became {
                SendingEnd::Sent => tx.add_telling(channel.name(), now),
                SendingEnd::Later { .. } | SendingEnd::GivenUp { .. } | SendingEnd::Moot => Ok(()),
            }
        })
        .await?;
    Ok(())
}
