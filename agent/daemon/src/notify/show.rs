//! What `agentctl notify`, `status` and `doctor` say of notices, and a trial.

use agent_api::reason;
use agent_store::{Notice, Sending, SendingState};

use super::{channel, channels, message::trial};
use crate::{
    config::Channel,
    fault::{Fault, Kind},
    handle::Handle,
};

/// A channel and how it fares.
pub(crate) struct ChannelState {
    pub(crate) channel: Channel,
    /// Whether notices go there.
    pub(crate) on: bool,
    /// Where it leads, in words.
    pub(crate) place: String,
    /// Why the last try failed; empty when it did not.
    pub(crate) problem: String,
}

/// Notices and channels.
pub(crate) struct Shown {
    /// The newest first.
    pub(crate) notices: Vec<(Notice, Vec<Sending>)>,
    pub(crate) channels: Vec<ChannelState>,
    pub(crate) quiet_hours: String,
    pub(crate) per_hour: u32,
}

/// The channels that are on, or that could be.
pub(crate) async fn glance(handle: &Handle) -> Result<Vec<ChannelState>, Fault> {
    let on = channels(handle);
    let last = handle
        .store
        .read(|reader| {
            let all = Channel::ALL.into_iter();
            all.map(|channel| reader.last_sending(channel.name()))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let states = Channel::ALL.into_iter().zip(last).map(|(channel, last)| {
        let failed = last.filter(|last| last.state != SendingState::Sent);
        ChannelState {
            channel,
            on: on.contains(&channel),
            place: channel::place(handle, channel),
            problem: failed.map(|last| last.problem).unwrap_or_default(),
        }
    });
    Ok(states.collect())
}

/// The newest notices, and the channels.
pub(crate) async fn shown(handle: &Handle, limit: u32) -> Result<Shown, Fault> {
    let notices = handle
        .store
        .read(move |reader| reader.notices(limit))
        .await?;
    Ok(Shown {
        notices,
        channels: glance(handle).await?,
        quiet_hours: handle.config.notify.quiet_hours.to_string(),
        per_hour: handle.config.notify.per_hour.into(),
    })
}

/// Sends a trial through one channel, or all that are on; says what came of each:
/// an empty text, or why it failed.
pub(crate) async fn test(
    handle: &Handle,
    named: &str,
) -> Result<Vec<(&'static str, String)>, Fault> {
    let on = channels(handle);
    let wanted: Vec<Channel> = on
        .iter()
        .copied()
        .filter(|channel| named.is_empty() || channel.name() == named)
        .collect();
    if wanted.is_empty() {
        let known = Channel::ALL.into_iter().find(|known| known.name() == named);
        let message = match known {
            None if !named.is_empty() => {
                format!("there is no channel {}", crate::fault::shown(named, 30))
            }
            Some(channel) => format!("the channel {} is off", channel.name()),
            None => "no channel is on".to_owned(),
        };
        return Err(
            Fault::new(Kind::Refused, reason::INVALID_VALUE, message).hint(
                "write into the configuration (agentctl config path): \
             [notify] channels = [\"desktop\"]   # or command, ntfy, webhook; then restart",
            ),
        );
    }
    let mut results = Vec::new();
    for channel in wanted {
        let sent = channel::send(handle, channel, &trial()).await;
        let problem = sent.err().map(|failure| failure.why).unwrap_or_default();
        results.push((channel.name(), problem));
    }
    Ok(results)
}
