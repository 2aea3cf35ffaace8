//! Notices, their channels, and how the daemon is looked after.

use agent_api::v1;
use agent_store::{Notice, Sending, SendingState};

use super::time;
use crate::notify::{ChannelState, Shown};

pub(in crate::rpc) fn notices(shown: Shown) -> v1::ListNoticesResponse {
    v1::ListNoticesResponse {
        notices: shown.notices.into_iter().map(notice).collect(),
        channels: shown.channels.into_iter().map(channel).collect(),
        quiet_hours: shown.quiet_hours,
        per_hour: shown.per_hour,
    }
}

/// Who looks after the daemon, and the channels that are on.
pub(in crate::rpc) fn supervision(
    manager: &str,
    watchdog: Option<std::time::Duration>,
    channels: Vec<ChannelState>,
) -> v1::Supervision {
    let on: Vec<ChannelState> = channels.into_iter().filter(|state| state.on).collect();
    let failed = on.iter().find(|state| !state.problem.is_empty());
    let seconds = watchdog.map_or(0, |within| within.as_secs().max(1));
    v1::Supervision {
        service_manager: manager.to_owned(),
        watchdog_seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        notice_problem: failed
            .map(|state| format!("{}: {}", state.channel.name(), state.problem))
            .unwrap_or_default(),
        channels: on
            .iter()
            .map(|state| state.channel.name().to_owned())
            .collect(),
    }
}

fn notice((notice, sendings): (Notice, Vec<Sending>)) -> v1::Notice {
    v1::Notice {
        id: notice.id,
        at: Some(time(notice.at)),
        kind: notice.kind,
        text: notice.text,
        command: notice.command,
        sendings: sendings.into_iter().map(sending).collect(),
    }
}

fn sending(sending: Sending) -> v1::NoticeSending {
    let at = match sending.state {
        SendingState::Waiting => Some(sending.not_before),
        SendingState::Sent | SendingState::GivenUp | SendingState::Moot => sending.ended_at,
    };
    v1::NoticeSending {
        channel: sending.channel,
        state: sending.state.name().to_owned(),
        tries: sending.tries,
        at: at.map(time),
        problem: sending.problem,
    }
}

fn channel(state: ChannelState) -> v1::NoticeChannel {
    v1::NoticeChannel {
        name: state.channel.name().to_owned(),
        on: state.on,
        place: state.place,
        problem: state.problem,
    }
}
