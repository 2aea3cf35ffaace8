//! The ways to reach the person. Each takes a message or says why not; what comes of
//! that is decided elsewhere.

mod program;
mod web;

use jiff::SignedDuration;

use super::message::Message;
use crate::{
    config::{Channel, Target},
    handle::Handle,
};

pub(super) use program::has_desktop;

/// A message that was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// In words.
    pub(super) why: String,
    /// How long the other side wants to be left alone.
    pub(super) after: Option<SignedDuration>,
}

impl Failure {
    fn new(why: impl Into<String>) -> Self {
        Self {
            why: agent_core::text::quote(&why.into(), 200),
            after: None,
        }
    }
}

/// Sends a message; the time it may take is limited.
pub(super) async fn send(
    handle: &Handle,
    channel: Channel,
    message: &Message,
) -> Result<(), Failure> {
    let settings = &handle.config.notify;
    match channel {
        Channel::Desktop => program::desktop(message).await,
        Channel::Command => match &settings.command {
            Some(path) => program::command(path, message).await,
            None => Err(Failure::new("no program is set: notify.command")),
        },
        Channel::Ntfy => match &settings.ntfy {
            Some(target) => web::post(handle, target, web::ntfy(message)).await,
            None => Err(Failure::new("no address is set: notify.ntfy")),
        },
        Channel::Webhook => match &settings.webhook {
            Some(target) => web::post(handle, target, web::webhook(message)).await,
            None => Err(Failure::new("no address is set: notify.webhook")),
        },
    }
}

/// Where a channel leads, for the person; empty when it leads nowhere.
pub(super) fn place(handle: &Handle, channel: Channel) -> String {
    let settings = &handle.config.notify;
    let of = |target: &Option<Target>| match target {
        Some(target) if target.is_this_machine() => format!("{}, this machine", target.host()),
        Some(target) => format!("{}; what is told there LEAVES THIS MACHINE", target.host()),
        None => String::new(),
    };
    match channel {
        Channel::Desktop => program::DESKTOP.to_owned(),
        Channel::Command => {
            let path = settings.command.as_ref();
            path.map(|path| path.display().to_string())
                .unwrap_or_default()
        }
        Channel::Ntfy => of(&settings.ntfy),
        Channel::Webhook => of(&settings.webhook),
    }
}
