//! `agentctl watch`: events as they happen.

use std::time::Duration;

use agent_api::v1::{Event, WatchRequest};

use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{DIM, Screen, Span};
use crate::session::{Place, Session};

/// First and longest pause between attempts to reach a daemon that went away.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// Print events as they happen.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl watch\n  agentctl watch --after 1200 --stored\n  \
    agentctl --json watch   (a line of JSON per event)\n\n\
    When the daemon restarts, it goes on after the last event printed."
)]
pub(crate) struct Args {
    /// Only events after this one; all that are kept when left out
    #[arg(long, value_name = "ID", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(i64).range(0..))]
    after: i64,
    /// End after the stored events instead of waiting for new ones
    #[arg(long)]
    stored: bool,
}

/// Prints events until interrupted, or until the stored ones are printed.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(place, output).await?;
    let mut after = args.after;
    loop {
        match follow(&session, &mut after, args.stored, output).await {
            Ok(()) if args.stored => return Ok(()),
            Ok(()) => {}
            Err(failure) if failure.kind() == Kind::NotRunning => {}
            Err(failure) => return Err(failure),
        }
        output.note("The daemon is gone; waiting for it to come back …");
        session = reopen(place, output).await?;
    }
}

async fn follow(
    session: &Session,
    after: &mut i64,
    stored_only: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let request = WatchRequest {
        after: *after,
        stored_only,
    };
    let mut events = session.daemon().watch(request).await?.into_inner();
    while let Some(event) = events.message().await? {
        output.item(&event, draw)?;
        *after = event.id;
    }
    Ok(())
}

async fn reopen(place: &Place, output: &mut Output) -> Result<Session, Failure> {
    let (mut pause, longest) = PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        match Session::open(place, output).await {
            Err(failure) if failure.kind() == Kind::NotRunning => pause = (pause * 2).min(longest),
            opened => return opened,
        }
    }
}

fn draw(event: &Event, screen: &mut Screen, clock: &Clock) {
    screen.cut_line([
        Span::new(
            format!("{:>6}  {}  ", event.id, clock.precise(event.at.as_ref())),
            DIM,
        ),
        format!("{:<12}  ", event.kind).into(),
        (&event.text).into(),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn an_event_is_one_line_however_long() {
        let event = Event {
            id: 1207,
            at: at("2026-03-02T07:30:05Z"),
            kind: "job.closed".to_owned(),
            text: format!(
                "Backend Engineer at Kranich\u{1b}[2K\n{}",
                "is gone ".repeat(30)
            ),
            ..Event::default()
        };
        insta::assert_snapshot!(drawn(&event, draw));
    }
}
