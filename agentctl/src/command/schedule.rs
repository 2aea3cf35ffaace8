//! `agentctl schedule`: when the daemon works by itself.

use agent_api::v1::{GetScheduleRequest, Schedule, SetScheduleRequest};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::Screen;
use crate::session::{Place, Session};

/// What can be done with the schedule.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show when boards are read
    #[command(after_help = "Examples:\n  agentctl schedule show")]
    Show,
    /// Set when boards are read
    #[command(
        after_help = "Examples:\n  agentctl schedule set daily 07:30\n  agentctl schedule set every 6h\n  \
        agentctl schedule set hourly\n  agentctl schedule set off"
    )]
    Set {
        /// off, hourly, daily HH:MM or every Nh
        #[arg(required = true, value_name = "WHEN")]
        when: Vec<String>,
    },
}

/// Runs a command on the schedule.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut schedules = session.schedules();
    let schedule = match command {
        Command::Show => schedules.get(GetScheduleRequest {}).await?,
        Command::Set { when } => {
            schedules
                .set(SetScheduleRequest {
                    sync: when.join(" "),
                })
                .await?
        }
    };
    output.show(&schedule.into_inner(), draw)
}

fn draw(schedule: &Schedule, screen: &mut Screen, clock: &Clock) {
    screen.field("sync", &schedule.sync);
    for (name, time, none) in [
        ("last run", &schedule.last_run, "never"),
        ("next run", &schedule.next_run, "not scheduled"),
    ] {
        let text = clock.relative(time.as_ref());
        screen.field(name, if text.is_empty() { none } else { &text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn the_schedule_says_when_it_ran_and_will_run() {
        let daily = Schedule {
            sync: "daily 07:30".to_owned(),
            last_run: at("2026-03-02T07:30:00Z"),
            next_run: at("2026-03-03T07:30:00Z"),
        };
        insta::assert_snapshot!(drawn(&daily, draw), @r"
        sync          daily 07:30
        last run      2026-03-02 07:30 (2 h 30 min ago)
        next run      2026-03-03 07:30 (in 22 h)
        ");
        let off = Schedule {
            sync: "off".to_owned(),
            ..Schedule::default()
        };
        insta::assert_snapshot!(drawn(&off, draw), @r"
        sync          off
        last run      never
        next run      not scheduled
        ");
    }
}
